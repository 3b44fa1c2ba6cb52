import type { DomainEvent } from '#domain/decider.ts'
import type { EventCodec } from './event-codec.ts'
import { categoryOf, type EventEnvelope, type RecordedEvent } from './event-envelope.ts'
import { isPassing } from './patience.ts'
import type { EventStore, LogPage } from './ports/event-store.ts'
import type { ViewStore } from './ports/view-store.ts'
import type { SetAside } from './set-aside.ts'
import type { View } from './view.ts'
import { foldAll, keysOfAll } from './view-fold.ts'
import { type Marker, moveMarker, openMarker } from './view-marker.ts'

/** A build of a view. */
export interface Target<Event extends DomainEvent> {
  readonly view: View<Event, unknown>
  readonly build: string
}

export interface FillingOptions<Event extends DomainEvent> {
  readonly store: ViewStore
  readonly log: Pick<EventStore, 'readLog'>
  readonly codec: Pick<EventCodec<Event>, 'decode'>
  /** Applies one event to one build, reading from the log what is missing before it. */
  readonly applyTo: (target: Target<Event>, recorded: RecordedEvent) => Promise<void>
  /** An event that cannot be applied, or one behind it in its stream; the rest goes on without. */
  readonly onStuck: (recorded: RecordedEvent, cause: unknown) => Promise<void>
  /** Which events are not to be tried while builds that were whole are kept up; one that is filled anew tries them all. */
  readonly setAside?: () => Promise<SetAside>
}

interface Decoded<Event extends DomainEvent> {
  readonly recorded: RecordedEvent
  readonly envelope: EventEnvelope<Event>
}

/** What every port call of a batch can bear (see the ViewStore port), and what Redis does without holding up others. */
const PAGE = 500
/** So few are kept up one by one: each event of a page that fails is tried twice. */
const FEW = 16

/**
 * Applies the log to builds from where each stands to the present end, page by page: the events of a page are folded together and
 * written at once. Others may apply to the same builds meanwhile. A build that loses its data on the way is begun anew.
 */
export const fillBuilds = async <Event extends DomainEvent>(
  targets: readonly Target<Event>[],
  options: FillingOptions<Event>,
  /** Told after each page how many events it held. */
  onPage: (events: number) => void = () => undefined,
): Promise<void> => {
  const { store, log, codec, applyTo, onStuck } = options
  const stuck = new Map<string, unknown>()
  let keptUp = false
  let setAside: SetAside = () => false

  const decode = async (recorded: RecordedEvent): Promise<Decoded<Event> | undefined> => {
    if (setAside(recorded)) return undefined
    try {
      if (!stuck.has(recorded.streamId)) return { recorded, envelope: await codec.decode(recorded) }
    } catch (error) {
      if (isPassing(error)) throw error
      stuck.set(recorded.streamId, error)
    }
    await onStuck(recorded, stuck.get(recorded.streamId))
    return undefined
  }

  const oneByOne = async (target: Target<Event>, events: readonly Decoded<Event>[]): Promise<void> => {
    for (const { recorded } of events)
      try {
        if (!setAside(recorded)) await applyTo(target, recorded)
      } catch (error) {
        if (isPassing(error)) throw error
        await onStuck(recorded, error)
      }
  }

  /** Whether all of it could be applied at once. */
  const atOnce = async ({ view, build }: Target<Event>, events: readonly Decoded<Event>[]): Promise<boolean> => {
    const streams = [...Map.groupBy(events, ({ recorded }) => recorded.streamId)].map(([streamId, all]) => ({
      streamId,
      from: all[0]?.recorded.revision ?? 0,
      to: all.at(-1)?.recorded.revision ?? 0,
    }))
    const envelopes = events.map(({ envelope }) => envelope)
    const keys = keysOfAll(view, envelopes)
    if (keys.length > PAGE) return false
    const before = await store.getMany(build, keys)
    try {
      const writes = foldAll(view, envelopes, keys, before)
      return (await store.applyAll({ view: build, streams, writes })) === 'applied'
    } catch (error) {
      if (isPassing(error)) throw error
      return false
    }
  }

  const applyPage = async (target: Target<Event>, events: readonly Decoded<Event>[]): Promise<void> => {
    const streams = [...new Set(events.map(({ recorded }) => recorded.streamId))]
    const revisions = await store.appliedRevisions(target.build, streams)
    const applied = new Map(streams.map((stream, place) => [stream, revisions[place] ?? -1]))
    const fresh = events.filter(({ recorded }) => recorded.revision > (applied.get(recorded.streamId) ?? -1))
    if (fresh.length === 0) return
    if ((keptUp && fresh.length <= FEW) || !(await atOnce(target, fresh))) await oneByOne(target, fresh)
  }

  /** The marker after the page; `undefined` when the build must be begun anew. */
  const take = async (
    target: Target<Event>,
    marker: Marker,
    events: readonly Decoded<Event>[],
    { next, atEnd }: LogPage,
  ): Promise<Marker | undefined> => {
    const mine = events.filter(
      ({ recorded }) =>
        recorded.position > marker.position && target.view.categories.includes(categoryOf(recorded.streamId)),
    )
    if (mine.length > 0) await applyPage(target, mine)
    const position = next > marker.position ? next : marker.position
    const complete = marker.complete || atEnd
    if (position === marker.position && complete === marker.complete) return marker
    return moveMarker(store, target.build, marker, { position, complete })
  }

  const pass = async (): Promise<boolean> => {
    let markers = await Promise.all(targets.map(({ build }) => openMarker(store, build)))
    const start = markers.map(({ position }) => position).toSorted()[0]
    if (start === undefined) return true
    keptUp = markers.every(({ complete }) => complete)
    setAside = (keptUp && (await options.setAside?.())) || (() => false)
    let reading: Promise<LogPage> | undefined = log.readLog(start, PAGE)
    while (reading) {
      const page: LogPage = await reading
      reading = page.atEnd ? undefined : log.readLog(page.next, PAGE)
      // Awaited after this page; until then a failure is nobody's.
      reading?.catch(() => undefined)
      const events = (await Promise.all(page.events.map(decode))).filter(each => each !== undefined)
      const moved = await Promise.all(
        targets.map((target, place) => take(target, markers[place] as Marker, events, page)),
      )
      onPage(page.events.length)
      if (moved.some(marker => marker === undefined)) return false
      markers = moved as Marker[]
    }
    return true
  }

  while (!(await pass()));
}
