import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { migrate } from '@mercato/adapters/postgres/migrate'
import { createPool } from '@mercato/adapters/postgres/pool'
import { startKafka } from '@mercato/native/kafka'
import { startPostgres } from '@mercato/native/postgres'
import { startRedis } from '@mercato/native/redis'
import { installables } from '@mercato/native/services'
import { openContext, type Places } from './loop-context.ts'
import {
  ackToPush,
  type CostAt,
  costAt,
  fillRate,
  growTo,
  type Latency,
  type LongStream,
  longStream,
  rate,
  rawInserts,
  startSeconds,
} from './loop-measures.ts'
import { measureSystem, type SystemCost } from './loop-system.ts'
import { writeSection } from './page.ts'

const { values } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '5' },
    events: { type: 'string', default: '1000000' },
    write: { type: 'boolean', default: false },
  },
})
const seconds = Number(values.seconds)
const most = Number(values.events)
const SIZES = [1_000, 10_000, 100_000, 1_000_000].filter(size => size <= most)
const AT_START = Math.min(100_000, most)
const LONG_STREAMS = [1_000, 10_000].filter(size => size <= most)

const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`)
const whole = (value: number): string => Math.round(value).toLocaleString('en')
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map((_, column) => (column === 0 ? '---' : '---:')), ...rows]
    .map(row => `| ${row.join(' | ')} |`)
    .join('\n')

interface Measured {
  readonly kind: string
  readonly raw: number
  readonly commands: number
  readonly push: Latency
  readonly fill: number
  readonly cold: number
  readonly warm: number | undefined
  readonly costs: readonly CostAt[]
  readonly long: readonly LongStream[]
}

const measure = async (kind: string, places: Places): Promise<Measured> => {
  const pool = createPool({ url: places.databaseUrl, applicationName: 'bench', onError: console.error })
  await migrate(pool)
  await pool.end()
  say(`${kind}: raw inserts and commands …`)
  const raw = await rawInserts(places.databaseUrl, seconds)
  const costs: CostAt[] = []
  let commands: number
  let push: Latency
  {
    await using context = await openContext(places)
    await context.runtime.connect()
    await context.runtime.start()
    commands = await rate(seconds, n => context.move(`${kind}-${n}`))
    await context.runtime.catchUp()
    await using other = places.engines ? await openContext(places) : undefined
    await other?.runtime.connect()
    push = await ackToPush(context, other ?? context, 300)
  }
  let [fill, cold, warm]: [number, number, number | undefined] = [0, 0, undefined]
  await using context = await openContext(places)
  await context.pool.query('truncate events')
  let size = 0
  for (const next of SIZES) {
    say(`${kind}: a log of ${whole(next)} events …`)
    await growTo(context, size, next)
    size = next
    await context.pool.query('analyze events')
    costs.push(await costAt(context, next))
    if (next !== AT_START) continue
    fill = await fillRate(places, next)
    const fresh = places.engines && { ...places.engines, prefix: `${places.engines.prefix}-start` }
    const at: Places = { databaseUrl: places.databaseUrl, ...(fresh ? { engines: fresh } : {}) }
    cold = await startSeconds(at)
    if (fresh) warm = await startSeconds(at)
  }
  const long: LongStream[] = []
  for (const events of LONG_STREAMS) long.push(await longStream(places, events))
  return { kind, raw, commands, push, fill, cold, warm, costs, long }
}

const showSystem = (cost: SystemCost): string =>
  table(
    ['what', 'CPU ms, Node', 'CPU ms, PostgreSQL'],
    [
      [
        'a command (`receiveStock`), with relay, views and its event',
        cost.command.node.toFixed(2),
        cost.command.database.toFixed(2),
      ],
      ['a query (`product` with stock)', cost.query.node.toFixed(2), cost.query.database.toFixed(2)],
      [`an event at one of ${cost.subscribers} subscribers`, cost.push.node.toFixed(3), cost.push.database.toFixed(3)],
    ],
  )

const run = async (): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'mercato-bench-'))
  const [processor] = cpus()
  for (const engine of ['redis', 'kafka'] as const) {
    if (installables[engine].missing() !== undefined) say(`installing ${engine} …`)
    await installables[engine].install()
  }
  try {
    await using postgres = await startPostgres({
      dir: join(folder, 'postgres'),
      databases: ['embedded', 'native'],
    })
    await using redis = await startRedis({ dir: join(folder, 'redis') })
    await using kafka = await startKafka({ dir: join(folder, 'kafka') })
    const before = loadavg()[0] ?? 0
    const measured = [
      await measure('embedded', { databaseUrl: postgres.url('embedded') }),
      await measure('native', {
        databaseUrl: postgres.url('native'),
        engines: { brokers: kafka.brokers, redisUrl: redis.url, prefix: 'bench' },
      }),
    ]
    say('the whole system in one process …')
    const system = await measureSystem(join(folder, 'system'))
    const rows = measured.map(({ kind, raw, commands, push, fill, cold, warm }) => [
      kind,
      whole(raw),
      `${whole(commands)} (${Math.round((commands / raw) * 100)} %)`,
      `${push.p50.toFixed(1)} / ${push.p99.toFixed(1)}`,
      whole(fill),
      warm === undefined ? cold.toFixed(1) : `${cold.toFixed(1)}, again ${warm.toFixed(1)}`,
    ])
    const text = [
      `${cpus().length} × ${processor?.model}, Node ${process.version}; load average before ${before.toFixed(1)}, after ${(loadavg()[0] ?? 0).toFixed(1)}.`,
      '',
      table(
        [
          '',
          'raw INSERTs/s',
          'commands/s (of raw)',
          'ack → push ms, p50 / p99',
          'projector events/s',
          `start at ${whole(AT_START)} events, s`,
        ],
        rows,
      ),
      '',
      table(
        ['events in the log', ...measured.flatMap(({ kind }) => [`command ms, ${kind}`, `page of 500 ms, ${kind}`])],
        SIZES.map((size, place) => [
          whole(size),
          ...measured.flatMap(({ costs }) => [
            (costs[place]?.commandMs ?? Number.NaN).toFixed(2),
            (costs[place]?.pageMs ?? Number.NaN).toFixed(1),
          ]),
        ]),
      ),
      '',
      showSystem(system),
      '',
      table(
        ['events in one stream', ...measured.flatMap(({ kind }) => [`first command ms, ${kind}`, `next ms, ${kind}`])],
        LONG_STREAMS.map((size, place) => [
          whole(size),
          ...measured.flatMap(({ long }) => [
            (long[place]?.coldMs ?? Number.NaN).toFixed(0),
            (long[place]?.warmMs ?? Number.NaN).toFixed(1),
          ]),
        ]),
      ),
      '',
      `At rest the one process takes ${whole(system.idleMb)} MB, and each of ${whole(system.subscribers)} subscribers ${whole(system.subscriberKb)} KB of heap more.`,
    ].join('\n')
    console.log(text)
    if (values.write) writeSection('loop', text)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

await run()
