import { testPostgres } from '@mercato/embedded/testing'
import { createEventCodec, domainTopic, NO_STREAM, startRelay } from '@mercato/shared-kernel/application'
import { Client } from 'pg'
import { expect, it, vi } from 'vitest'
import { createPostgresCheckpoints } from '../checkpoints/postgres.ts'
import { createSystemClock } from '../clock/system.ts'
import { createInProcessBus } from '../event-bus/in-process.ts'
import { createMemoryKeyVault } from '../key-vault/memory.ts'
import { testDatabase } from '../postgres/test-database.ts'
import { createRecordingLogger, noMetrics } from '../testing/quiet.ts'
import { createPostgresEventStore } from './postgres.ts'

type Counted = { readonly type: 'Counted'; readonly data: { readonly n: number } }

const database = testDatabase()
const codec = createEventCodec<Counted>('test', { Counted: { version: 1 } }, createMemoryKeyVault())
const longAgo = new Date(Date.now() - 30_000).toISOString()

const encode = (n: number) =>
  codec.encode(
    { type: 'Counted', data: { n } },
    {
      id: `event-${n}`,
      occurredAt: longAgo,
      actor: { kind: 'system', id: 'test' },
      commandId: `command-${n}`,
      correlationId: 'test',
    },
  )

/** A transaction somebody forgot, in another database of the server. */
const forgetTransaction = async () => {
  const url = await (await testPostgres()).createDatabase()
  const client = new Client({ connectionString: url, application_name: 'forgotten report' })
  await client.connect()
  await client.query('begin')
  await client.query('select pg_current_xact_id()')
  return {
    commit: () => client.query('commit'),
    [Symbol.asyncDispose]: () => client.end(),
  }
}

it('a transaction left open makes the relay wait, raises its lag, is named in the alarm, and costs no event', async () => {
  const logger = createRecordingLogger()
  const checkpoints = createPostgresCheckpoints({ pool: database.pool() })
  await using store = createPostgresEventStore({ pool: database.pool(), listenUrl: database.url(), logger })
  await using bus = createInProcessBus({ checkpoints, logger })
  const heard: number[] = []
  await bus.subscribe({
    topic: domainTopic('test'),
    group: 'all',
    from: 'earliest',
    handler: async ({ value }) => void heard.push((value as { data: { n: number } }).data.n),
  })
  const lag = vi.fn()
  const metrics = { ...noMetrics, gauge: (name: string, value: number) => lag(name, value) }
  await using forgotten = await forgetTransaction()
  await using _relay = startRelay({
    ...{ context: 'test', holder: 'one', store, bus, checkpoints, codec, clock: createSystemClock(), logger, metrics },
    translate: () => undefined,
  })
  for (let n = 0; n < 5; n++) await store.append(`test.Counter-${n}`, NO_STREAM, [await encode(n)])

  const alarm = await vi.waitFor(
    () => logger.lines.find(({ message }) => message === 'the relay is behind') ?? expect.fail('no alarm yet'),
    { timeout: 10_000 },
  )
  expect(alarm.level).toBe('warn')
  expect(alarm.fields['heldBackBy']).toMatch(
    /^session \d+ \(forgotten report\) in database test_\w+, idle in transaction, /,
  )
  expect(alarm.fields['seconds']).toBeGreaterThan(29)
  expect(lag).toHaveBeenLastCalledWith(
    'mercato_relay_lag_seconds',
    expect.toSatisfy((value: number) => value > 29),
  )
  expect(heard).toEqual([])

  await forgotten.commit()
  await vi.waitFor(() => expect(heard.toSorted()).toEqual([0, 1, 2, 3, 4]), { timeout: 10_000 })
  await vi.waitFor(() => expect(lag).toHaveBeenLastCalledWith('mercato_relay_lag_seconds', 0), { timeout: 10_000 })
  expect(logger.lines.map(({ message }) => message)).toContain('the relay has caught up')
})
