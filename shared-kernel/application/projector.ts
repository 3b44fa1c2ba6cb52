import { setTimeout as delay } from 'node:timers/promises'
import type { DomainEvent } from '#domain/decider.ts'
import type { Consistency } from './consistency.ts'
import type { EventCodec } from './event-codec.ts'
import { categoryOf, type RecordedEvent } from './event-envelope.ts'
import { Fault } from './faults.ts'
import { isPassing } from './patience.ts'
import type { EventStore } from './ports/event-store.ts'
import type { VersionedDocument, ViewStore } from './ports/view-store.ts'
import type { SetAsides } from './set-aside.ts'
import { buildOf, type View } from './view.ts'
import { allBuilds, type ViewBuilds } from './view-builds.ts'
import { type FillingOptions, fillBuilds, type Target } from './view-filling.ts'
import { foldAll, keysOfAll } from './view-fold.ts'
import { MARKER, type Marker } from './view-marker.ts'

export interface Projector {
  /**
   * Applies one event to every view that reads its category; rejects when one could not take it, which holds up no other. Duplicates do
   * nothing; missing revisions are read from the log first.
   */
  apply(recorded: RecordedEvent): Promise<void>
  /** Applies what is missing, up to the present end of the log. */
  catchUp(): Promise<void>
  /** Fills one build, in use or not, up to the present end of the log; tells after each page how many events it held. */
  fill(view: string, build: string, onPage?: (events: number) => void): Promise<void>
  /** Waits until the view includes what the session wrote to its categories; false when `timeoutMs` passes first. */
  includes(view: string, consistency: Consistency, timeoutMs: number): Promise<boolean>
  /** The build that is to be read. */
  live(view: string): string
  /** Documents of the live build; Fault SERVICE_UNAVAILABLE while it is not whole because its data was lost. */
  getMany(view: string, keys: readonly string[]): Promise<readonly (VersionedDocument | undefined)[]>
}

export interface ProjectorOptions<Event extends DomainEvent> {
  readonly views: readonly View<Event, unknown>[]
  readonly store: ViewStore
  readonly log: EventStore
  readonly codec: EventCodec<Event>
  /** Which builds there are; one each when absent. */
  readonly builds?: Pick<ViewBuilds, 'of'>
  readonly onStuck?: FillingOptions<Event>['onStuck']
  /** What catching up leaves to others, and where it gives up; without it, to {@link onStuck}. */
  readonly sweep?: Pick<SetAsides, 'lookUp' | 'giveUp'>
  /** A live build turned out to have lost its data: it should be filled soon. */
  readonly onLost?: () => void
  /** An event was applied to a view. */
  readonly onApplied?: (view: string, recorded: RecordedEvent) => void
}

/** An event whose predecessors are not in the log: it is of another log. */
export class MissingEvents extends Error {
  override readonly name = 'MissingEvents'
  readonly code = 'MISSING_EVENTS'
  constructor({ streamId, revision }: RecordedEvent) {
    super(`${streamId}: what comes before revision ${revision} is not in the log`)
  }
}

/** Applies events of one context to its views. */
export const createProjector = <Event extends DomainEvent>(options: ProjectorOptions<Event>): Projector => {
  const { views, store, log, codec, onLost, onApplied } = options
  const builds: Pick<ViewBuilds, 'of'> = options.builds ?? { of: view => ({ live: buildOf(view) }) }
  const waiting = new Set<() => void>()
  /** Builds that were whole once: from then on they must stay so. */
  const whole = new Set<string>()
  let catchingUp: Promise<void> = Promise.resolve()

  const viewNamed = (name: string): View<Event, unknown> => {
    const view = views.find(each => each.name === name)
    if (!view) throw new TypeError(`no view ${name}`)
    return view
  }

  const applyTo = async (target: Target<Event>, recorded: RecordedEvent): Promise<void> => {
    const { view, build } = target
    const envelope = await codec.decode(recorded)
    const keys = keysOfAll(view, [envelope])
    for (;;) {
      const before = await store.getMany(build, keys)
      const outcome = await store.apply({
        view: build,
        streamId: recorded.streamId,
        revision: recorded.revision,
        writes: foldAll(view, [envelope], keys, before),
      })
      if (outcome === 'applied' || outcome === 'duplicate') return
      if (outcome === 'gap') {
        const from = (await store.appliedRevision(build, recorded.streamId)) + 1
        const missing = await log.readStream(recorded.streamId, { from, to: recorded.revision - 1 })
        if (missing.length < recorded.revision - from) throw new MissingEvents(recorded)
        for (const each of missing) await applyTo(target, each)
      }
    }
  }

  const filling: FillingOptions<Event> = {
    ...{ store, log, codec, applyTo },
    onStuck:
      options.onStuck ??
      (async (_, cause) => {
        throw cause
      }),
  }

  const wakeAll = (): void => {
    for (const wake of waiting) wake()
  }

  const apply: Projector['apply'] = async recorded => {
    const category = categoryOf(recorded.streamId)
    const failures: unknown[] = []
    for (const view of views) {
      if (!view.categories.includes(category)) continue
      const before = failures.length
      for (const build of allBuilds(builds.of(view)))
        try {
          await applyTo({ view, build }, recorded)
        } catch (error) {
          if (isPassing(error)) throw error
          failures.push(error)
        }
      if (failures.length === before) onApplied?.(view.name, recorded)
    }
    wakeAll()
    if (failures.length > 0) throw failures[0]
  }

  const catchUpNow = async (): Promise<void> => {
    const inUse = views.map(view => ({ view, builds: builds.of(view) }))
    // One that is being filled is left to whoever fills it.
    const targets = inUse.flatMap(({ view, builds: { live, previous } }) =>
      [live, previous].filter(build => build !== undefined).map(build => ({ view, build })),
    )
    const { sweep } = options
    await fillBuilds(targets, { ...filling, ...(sweep ? { setAside: sweep.lookUp, onStuck: sweep.giveUp } : {}) })
    for (const { builds } of inUse) whole.add(builds.live)
    wakeAll()
  }

  const live: Projector['live'] = name => builds.of(viewNamed(name)).live

  const lost = (): Fault => {
    onLost?.()
    return new Fault('SERVICE_UNAVAILABLE', 'This view is being filled again. Try again in a moment.')
  }

  const getMany: Projector['getMany'] = async (name, keys) => {
    const build = live(name)
    const found = await store.getMany(build, [MARKER, ...keys])
    const marker = found[0]?.doc as Marker | undefined
    if (whole.has(build) && !marker?.complete) throw lost()
    return found.slice(1)
  }

  const includesNow = async (name: string, wanted: readonly [string, number][]): Promise<boolean> => {
    if (wanted.length === 0) return true
    const streams = wanted.map(([streamId]) => streamId)
    const applied = await store.appliedRevisions(live(name), streams)
    return wanted.every(([, revision], place) => (applied[place] ?? -1) >= revision)
  }

  const includes: Projector['includes'] = async (name, consistency, timeoutMs) => {
    const view = viewNamed(name)
    const wanted = Object.entries(consistency).filter(([streamId]) => view.categories.includes(categoryOf(streamId)))
    const until = performance.now() + timeoutMs
    while (!(await includesNow(name, wanted))) {
      const left = until - performance.now()
      if (left <= 0) return false
      let wake: () => void = () => undefined
      const woken = new Promise<void>(resolve => {
        wake = resolve
      })
      waiting.add(wake)
      await Promise.race([woken, delay(Math.min(left, 50))])
      waiting.delete(wake)
    }
    return true
  }

  return {
    apply,
    catchUp() {
      // One after the other: two would only get in each other's way.
      catchingUp = catchingUp.catch(() => undefined).then(catchUpNow)
      return catchingUp
    },
    fill: (name, build, onPage) => fillBuilds([{ view: viewNamed(name), build }], filling, onPage),
    includes,
    live,
    getMany,
  }
}
