import type { EncodedEvent } from '@mercato/shared-kernel/application'
import { createEventStoreDB, type EventStoreDBOptions } from '../../eventstoredb.ts'

export const quiet = { warn: () => undefined, error: () => undefined }

/** A store on a server of the tests that polls for nobody while a test runs. */
export const openStore = (port: number, options: Partial<EventStoreDBOptions> = {}) =>
  createEventStoreDB({
    connectionString: `esdb://127.0.0.1:${port}?tls=false`,
    prefixes: ['test.'],
    pollMs: 600_000,
    logger: quiet,
    ...options,
  })

let made = 0

/** An event that differs from every other one made here. */
export const anEvent = (data: unknown = {}): EncodedEvent => {
  const id = `event-${++made}`
  return {
    id,
    type: 'Happened',
    schemaVersion: 1,
    context: 'test',
    occurredAt: '2030-01-01T00:00:00.000Z',
    actor: { kind: 'system', id: 'test' },
    commandId: `command-${id}`,
    correlationId: `correlation-${id}`,
    data,
  }
}

export const someEvents = (count: number): EncodedEvent[] => Array.from({ length: count }, (_, n) => anEvent({ n }))

/** A stream that no other test uses. */
export const aStream = (prefix = 'test.'): string => `${prefix}Thing-${++made}`
