import { randomUUID } from 'node:crypto'
import { createPool } from '@mercato/adapters/postgres/pool'
import { LOG_START } from '@mercato/shared-kernel/application'
import { type BenchContext, openContext, type Places, streamOf } from './loop-context.ts'

const AT_ONCE = 32

/** Calls as many at a time as {@link AT_ONCE} for so long; gives calls a second. */
export const rate = async (seconds: number, call: (n: number) => Promise<unknown>): Promise<number> => {
  const started = performance.now()
  let calls = 0
  const worker = async (): Promise<void> => {
    while (performance.now() - started < seconds * 1_000) await call(calls++)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return (calls * 1_000) / (performance.now() - started)
}

/** The same row that an append writes, without a question asked: what the database alone can do. */
export const rawInserts = async (url: string, seconds: number): Promise<number> => {
  const pool = createPool({ url, applicationName: 'bench-raw', max: AT_ONCE, onError: console.error })
  await pool.query('create table if not exists raw_events (like events including all)')
  const text = `insert into raw_events (stream_id, revision, id, type, schema_version, context, occurred_at, actor,
    command_id, correlation_id, data) values ($1, 0, $2, 'Moved', 1, 'bench', $3, $4, $2, 'bench', $5)`
  const perSecond = await rate(seconds, async () => {
    const id = randomUUID()
    const actor = { kind: 'system', id: 'bench' }
    await pool.query({
      name: 'raw',
      text,
      values: [streamOf(id), id, new Date().toISOString(), actor, { place: 'here' }],
    })
  })
  await pool.query('drop table raw_events')
  await pool.end()
  return perSecond
}

export interface Latency {
  readonly p50: number
  readonly p99: number
}

const latencyOf = (values: readonly number[]): Latency => {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return { p50: at(0.5), p99: at(0.99) }
}

/** From a command's acknowledgement in one process to the event at a subscriber of another (or the same) process. */
export const ackToPush = async (writer: BenchContext, reader: BenchContext, commands: number): Promise<Latency> => {
  const arrived = new Map<string, number>()
  const stop = new AbortController()
  const stream = reader.runtime.feed.read({ matches: () => true, signal: stop.signal })
  const following = (async () => {
    for await (const { streamId } of stream) arrived.set(streamId, performance.now())
  })()
  const acknowledged = new Map<string, number>()
  for (let n = 0; n < commands; n++) {
    const { streamId } = await writer.move(randomUUID())
    acknowledged.set(streamId, performance.now())
    await new Promise(resolve => setTimeout(resolve, 5))
  }
  while (arrived.size < commands) await new Promise(resolve => setTimeout(resolve, 5))
  stop.abort()
  await following
  return latencyOf([...acknowledged].map(([stream, at]) => (arrived.get(stream) ?? Number.NaN) - at))
}

/** Events of a stream, as an order has them. */
const PER_STREAM = 10

/** Fills the log up to so many events, written by the database itself: appending them would take the time of the whole benchmark. */
export const growTo = async ({ pool }: BenchContext, from: number, to: number): Promise<void> => {
  const client = await pool.connect()
  try {
    await client.query('set statement_timeout = 0')
    for (let at = from; at < to; at += 50_000)
      await client.query(
        `insert into events (stream_id, revision, id, type, schema_version, context, occurred_at, actor, command_id,
           correlation_id, data)
         select 'bench.Item-grown-' || n / $1::integer, n % $1::integer, 'grown-' || n, 'Moved', 1, 'bench',
           '2030-01-01T00:00:00.000Z', '{"kind":"system","id":"bench"}', 'grown-' || n, 'bench',
           jsonb_build_object('place', 'place-' || n % 5)
         from generate_series($2::integer, $3::integer) n`,
        [PER_STREAM, at, Math.min(at + 50_000, to) - 1],
      )
  } finally {
    client.release(true)
  }
}

export interface CostAt {
  readonly events: number
  /** Milliseconds of one command on a new stream, nothing else running. */
  readonly commandMs: number
  /** Milliseconds of reading 500 events from the middle of the log. */
  readonly pageMs: number
}

export const costAt = async (context: BenchContext, events: number): Promise<CostAt> => {
  const timed = async (times: number, call: () => Promise<unknown>): Promise<number> => {
    const took: number[] = []
    for (let n = 0; n < times; n++) {
      const started = performance.now()
      await call()
      took.push(performance.now() - started)
    }
    return latencyOf(took).p50
  }
  const middle = await context.pool.query<{ xid: string; position: string }>(
    'select e.xid, e.position from events e order by e.xid, e.position offset $1 limit 1',
    [Math.floor(events / 2)],
  )
  const place = middle.rows[0]
  const after = place ? `${place.xid.padStart(20, '0')}-${place.position.padStart(20, '0')}` : LOG_START
  return {
    events,
    commandMs: await timed(100, () => context.move(randomUUID())),
    pageMs: await timed(20, () => context.store.readLog(after, 500)),
  }
}

/** Seconds until a process that starts has its views: those of the whole log, or what is new since they were left. */
export const startSeconds = async (places: Places): Promise<number> => {
  await using context = await openContext(places)
  const started = performance.now()
  await context.runtime.connect()
  return (performance.now() - started) / 1_000
}

/** Events a second of a projector that reads the log from its beginning, into an empty build. */
export const fillRate = async (places: Places, events: number): Promise<number> => {
  await using context = await openContext(places)
  const started = performance.now()
  await context.runtime.projector.fill('items', `items@1#bench-${randomUUID().slice(0, 8)}`)
  return (events * 1_000) / (performance.now() - started)
}

export interface LongStream {
  readonly events: number
  /** Milliseconds of the first command of a process on that stream, which folds it from its beginning. */
  readonly coldMs: number
  /** Of the commands after it. */
  readonly warmMs: number
}

/** What a command on one very long stream costs: there are no stored snapshots. */
export const longStream = async (places: Places, events: number): Promise<LongStream> => {
  const id = `long-${randomUUID()}`
  await using context = await openContext(places)
  await context.pool.query(
    `insert into events (stream_id, revision, id, type, schema_version, context, occurred_at, actor, command_id,
       correlation_id, data)
     select $1, n, $1 || '-' || n, 'Moved', 1, 'bench', '2030-01-01T00:00:00.000Z', '{"kind":"system","id":"bench"}',
       $1 || '-' || n, 'bench', '{"place":"here"}' from generate_series(0, $2::integer - 1) n`,
    [streamOf(id), events],
  )
  const took: number[] = []
  for (let n = 0; n < 50; n++) {
    const started = performance.now()
    await context.move(id)
    took.push(performance.now() - started)
  }
  return { events, coldMs: took[0] ?? Number.NaN, warmMs: latencyOf(took.slice(1)).p50 }
}
