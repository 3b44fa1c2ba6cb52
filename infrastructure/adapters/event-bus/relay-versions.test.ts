import {
  createEventCodec,
  domainTopic,
  type EventSchemas,
  NO_STREAM,
  startRelay,
  UndecodableEvent,
} from '@mercato/shared-kernel/application'
import { expect, it, vi } from 'vitest'
import { createMemoryCheckpoints } from '../checkpoints/memory.ts'
import { createSystemClock } from '../clock/system.ts'
import { createMemoryEventStore, createMemoryLog } from '../event-store/memory.ts'
import { createMemoryKeyVault } from '../key-vault/memory.ts'
import { createRecordingLogger, noMetrics } from '../testing/quiet.ts'
import { createInProcessBus } from './in-process.ts'

type Known = { readonly type: 'Counted' | 'Added'; readonly data: object }

const log = createMemoryLog()
const checkpoints = createMemoryCheckpoints()
const logger = createRecordingLogger()

/** A relay of one version of the code, with the bus of its process. */
const openRelay = (holder: string, schemas: Partial<EventSchemas<Known>>) => {
  const codec = createEventCodec<Known>('test', schemas as EventSchemas<Known>, createMemoryKeyVault())
  const store = createMemoryEventStore({ log })
  const bus = createInProcessBus({ checkpoints, logger })
  const relay = startRelay({
    ...{ context: 'test', holder, store, bus, checkpoints, codec, logger },
    translate: () => undefined,
    clock: createSystemClock(),
    metrics: noMetrics,
    // Long enough that nobody gets it because it ran out.
    leaseMs: 3_600_000,
  })
  const write = async (type: Known['type']): Promise<void> => {
    const id = `event-${type}`
    const actor = { kind: 'system', id: 'test' } as const
    const causation = { id, occurredAt: '2030-01-01T00:00:00.000Z', actor, commandId: id, correlationId: id }
    await store.append(`test.Counter-${type}`, NO_STREAM, [await codec.encode({ type, data: {} }, causation)])
  }
  return {
    ...{ relay, bus, write },
    async [Symbol.asyncDispose]() {
      await relay[Symbol.asyncDispose]()
      await bus[Symbol.asyncDispose]()
      await store[Symbol.asyncDispose]()
    },
  }
}

it('a relay that meets an event of a newer version leaves the log to a relay of that version', async () => {
  await using older = openRelay('older', { Counted: { version: 1 } })
  await older.write('Counted')
  await vi.waitFor(() => expect(Number(older.relay.position())).toBe(1), 30_000)

  await using newer = openRelay('newer', { Counted: { version: 1 }, Added: { version: 1 } })
  const heard: string[] = []
  await newer.bus.subscribe({
    topic: domainTopic('test'),
    group: 'all',
    from: 'earliest',
    handler: async ({ id }) => void heard.push(id),
  })
  await newer.write('Added')
  await vi.waitFor(() => expect(heard).toContain('event-Added'), 30_000)
  expect(logger.lines).toContainEqual(
    expect.objectContaining({
      level: 'error',
      fields: expect.objectContaining({ error: expect.any(UndecodableEvent) }),
    }),
  )
}, 90_000)
