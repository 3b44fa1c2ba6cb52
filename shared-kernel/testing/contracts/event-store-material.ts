import { expect, vi } from 'vitest'
import type { EncodedEvent, RecordedEvent } from '#application/event-envelope.ts'
import { type EventStore, LOG_START } from '#application/ports/event-store.ts'

let made = 0

/** An event that differs from every other one made here. */
export const anEvent = (data: unknown = {}, overrides: Partial<EncodedEvent> = {}): EncodedEvent => {
  const number = String(++made).padStart(12, '0')
  return {
    id: `00000000-0000-5000-8000-${number}`,
    type: 'CounterIncremented',
    schemaVersion: 1,
    context: 'test',
    occurredAt: '2030-01-01T00:00:00.000Z',
    actor: { kind: 'user', id: 'ann' },
    commandId: `command-${number}`,
    correlationId: `correlation-${number}`,
    data,
    ...overrides,
  }
}

/** As many different events as asked for. */
export const someEvents = (count: number): EncodedEvent[] => Array.from({ length: count }, (_, n) => anEvent({ n }))

/** A stream that no other test uses. */
export const aStream = (): string => `test.Counter-${String(++made).padStart(12, '0')}`

/** What the store was given of a recorded event. */
export const encodedOf = ({ streamId: _s, revision: _r, position: _p, ...event }: RecordedEvent): EncodedEvent => event

/** Every event after a position that is safe to read now, page by page. */
export const readAll = async (store: EventStore, after = LOG_START, limit = 100): Promise<RecordedEvent[]> => {
  const events: RecordedEvent[] = []
  for (let position = after; ; ) {
    const page = await store.readLog(position, limit)
    events.push(...page.events)
    position = page.next
    if (page.atEnd) return events
  }
}

/** The whole log once it holds that many events: what is committed may become safe to read a moment later. */
export const readCount = (store: EventStore, count: number, limit = 100): Promise<RecordedEvent[]> =>
  vi.waitFor(
    async () => {
      const events = await readAll(store, LOG_START, limit)
      expect(events).toHaveLength(count)
      return events
    },
    { timeout: 10_000, interval: 10 },
  )

/** Fails unless each stream's revisions run from 0 without a gap, in log order, and positions grow as strings. */
export const expectOrdered = (events: readonly RecordedEvent[]): void => {
  const next = new Map<string, number>()
  let position = LOG_START
  for (const event of events) {
    expect(event.revision).toBe(next.get(event.streamId) ?? 0)
    next.set(event.streamId, event.revision + 1)
    expect(event.position > position).toBe(true)
    position = event.position
  }
}

/** What a promise is rejected with; the test fails when it is not. */
export const faultOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => expect.fail('should have been refused'),
    (error: unknown) => error,
  )
