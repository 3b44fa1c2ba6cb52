import { setTimeout as delay } from 'node:timers/promises'
import type { DomainEvent } from '#domain/decider.ts'
import type { Consistency } from './consistency.ts'
import type { EventCodec } from './event-codec.ts'
import { categoryOf, type RecordedEvent } from './event-envelope.ts'
import type { EventStore } from './ports/event-store.ts'
import { LOG_START } from './ports/event-store.ts'
import type { ViewStore, ViewWrite } from './ports/view-store.ts'
import { buildOf, type View } from './view.ts'

export interface Projector {
  /** Applies one event to every view that reads its category. Duplicates do nothing; missing revisions are read from the log first. */
  apply(recorded: RecordedEvent): Promise<void>
  /** Applies the log from a position to its present end; returns where it ended. */
  catchUp(from?: string): Promise<string>
  /** Waits until the view includes what the session wrote to its categories; false when `timeoutMs` passes first. */
  includes(view: string, consistency: Consistency, timeoutMs: number): Promise<boolean>
}

const writesOf = async <Event extends DomainEvent>(
  view: View<Event, unknown>,
  store: ViewStore,
  envelope: Parameters<View<Event, unknown>['keysOf']>[0],
): Promise<readonly ViewWrite[]> => {
  const keys = [...new Set(view.keysOf(envelope))]
  if (keys.length === 0) return []
  const current = await store.getMany(buildOf(view), keys)
  return keys.map((key, index) => {
    const before = current[index]
    const doc = view.evolve(before?.doc, envelope, key)
    return { key, doc, indexes: doc === undefined ? {} : view.indexes(doc, key), basedOn: before?.version ?? 0 }
  })
}

/** Applies events of one context to its views. */
export const createProjector = <Event extends DomainEvent>(options: {
  readonly views: readonly View<Event, unknown>[]
  readonly store: ViewStore
  readonly log: EventStore
  readonly codec: EventCodec<Event>
}): Projector => {
  const { views, store, log, codec } = options
  const waiting = new Set<() => void>()

  const applyTo = async (view: View<Event, unknown>, recorded: RecordedEvent): Promise<void> => {
    for (;;) {
      const envelope = await codec.decode(recorded)
      const writes = await writesOf(view, store, envelope)
      const outcome = await store.apply({
        view: buildOf(view),
        streamId: recorded.streamId,
        revision: recorded.revision,
        writes,
      })
      if (outcome === 'applied' || outcome === 'duplicate') return
      if (outcome === 'gap') {
        const from = (await store.appliedRevision(buildOf(view), recorded.streamId)) + 1
        for (const missing of await log.readStream(recorded.streamId, { from, to: recorded.revision - 1 }))
          await applyTo(view, missing)
      }
    }
  }

  const apply: Projector['apply'] = async recorded => {
    const category = categoryOf(recorded.streamId)
    for (const view of views) if (view.categories.includes(category)) await applyTo(view, recorded)
    for (const wake of waiting) wake()
  }

  const catchUp: Projector['catchUp'] = async (from = LOG_START) => {
    for (let position = from; ; ) {
      const page = await log.readLog(position, 1_000)
      for (const recorded of page.events) await apply(recorded)
      position = page.next
      if (page.atEnd) return position
    }
  }

  const includesNow = async (view: View<Event, unknown>, wanted: readonly [string, number][]): Promise<boolean> => {
    for (const [streamId, revision] of wanted)
      if ((await store.appliedRevision(buildOf(view), streamId)) < revision) return false
    return true
  }

  const includes: Projector['includes'] = async (name, consistency, timeoutMs) => {
    const view = views.find(each => each.name === name)
    if (!view) throw new TypeError(`no view ${name}`)
    const wanted = Object.entries(consistency).filter(([streamId]) => view.categories.includes(categoryOf(streamId)))
    const until = performance.now() + timeoutMs
    while (!(await includesNow(view, wanted))) {
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

  return { apply, catchUp, includes }
}
