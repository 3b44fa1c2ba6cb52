import { createEventCodec, domainTopic, NO_STREAM, startRelay } from '@mercato/shared-kernel/application'
import { expect, it, vi } from 'vitest'
import { createPostgresCheckpoints } from '../checkpoints/postgres.ts'
import { createSystemClock } from '../clock/system.ts'
import { createInProcessBus } from '../event-bus/in-process.ts'
import { createMemoryKeyVault } from '../key-vault/memory.ts'
import { testDatabase } from '../postgres/test-database.ts'
import { createRecordingLogger, noMetrics } from '../testing/quiet.ts'
import { startProtocolServer } from './eventstoredb/testing/protocol-server.ts'
import { createEventStoreDB } from './eventstoredb.ts'

type Counted = { readonly type: 'Counted'; readonly data: { readonly n: number } }

const database = testDatabase()
const codec = createEventCodec<Counted>('test', { Counted: { version: 1 } }, createMemoryKeyVault())

it('a relay of a log in EventStoreDB keeps its place in PostgreSQL, and the next one goes on there', async () => {
  await using server = await startProtocolServer()
  const connectionString = `esdb://127.0.0.1:${server.port}?tls=false`
  const heard: number[] = []

  const live = async (holder: string, from: number): Promise<void> => {
    const logger = createRecordingLogger()
    const checkpoints = createPostgresCheckpoints({ pool: database.pool() })
    await using store = createEventStoreDB({ connectionString, prefixes: ['test.'], logger })
    await using bus = createInProcessBus({ checkpoints, logger })
    await bus.subscribe({
      ...{ topic: domainTopic('test'), group: 'all', from: 'earliest' },
      handler: async ({ value }) => void heard.push((value as { data: Counted['data'] }).data.n),
    })
    await using _relay = startRelay({
      ...{ context: 'test', holder, store, bus, checkpoints, codec, clock: createSystemClock(), logger },
      ...{ metrics: noMetrics, translate: () => undefined },
    })
    for (let n = from; n < from + 3; n++) {
      const [id, actor] = [`event-${n}`, { kind: 'system', id: 'test' } as const]
      const causation = { id, actor, occurredAt: '2030-01-01T00:00:00.000Z', commandId: id, correlationId: id }
      await store.append(`test.Counter-${n}`, NO_STREAM, [
        await codec.encode({ type: 'Counted', data: { n } }, causation),
      ])
    }
    await vi.waitFor(() => expect(heard).toHaveLength(from + 3), { timeout: 10_000 })
    await vi.waitFor(async () => expect(await checkpoints.load('relay/test')).toBe(await store.head()), {
      timeout: 10_000,
    })
  }

  await live('one', 0)
  await live('two', 3)
  expect(heard.toSorted()).toEqual([0, 1, 2, 3, 4, 5])
})
