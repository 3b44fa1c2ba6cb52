import { hostname } from 'node:os'
import { parseArgs } from 'node:util'
import { createSystemClock } from '../../infrastructure/adapters/clock/system.ts'
import { readContextConfig } from '../../infrastructure/adapters/hosting/config.ts'
import { openKafka } from '../../infrastructure/adapters/hosting/open-bus.ts'
import { openContextPorts } from '../../infrastructure/adapters/hosting/open-ports.ts'
import { createUuidIds } from '../../infrastructure/adapters/ids/uuid.ts'
import { createLogger } from '../../infrastructure/adapters/logger/winston.ts'
import { createMetrics } from '../../infrastructure/adapters/metrics/prometheus.ts'
import { contextNames, openerOf } from '../../infrastructure/embedded/contexts.ts'
import type { Rebuilding } from '../../shared-kernel/application/rebuilding.ts'
import { comparisonTable, createProgress } from './report.ts'

const say = (text: string): void => void process.stdout.write(`${text}\n`)

/** Nobody is written to by a rebuild. */
const mailer = { send: () => Promise.reject(new Error('a rebuild sends no mail')), forget: async () => undefined }

/** Opens a context where its own processes have it, without joining their work. */
const openRebuilding = async (name: string): Promise<AsyncDisposable & { readonly rebuilding: Rebuilding }> => {
  const config = readContextConfig(process.env)
  await using opening = new AsyncDisposableStack()
  const logger = createLogger({ level: 'warn' }).child({ context: name })
  const opened = opening.use(
    await openContextPorts({
      context: name,
      bus: opening.use(openKafka(config, { clientId: `rebuild-${name}`, logger })),
      clock: createSystemClock(),
      ids: createUuidIds(),
      logger,
      metrics: createMetrics({ context: name, onReadError: () => undefined }),
      holder: `rebuild-${hostname()}-${process.pid}`,
      databaseUrl: config.DATABASE_URL,
      replicaUrl: config.DATABASE_REPLICA_URL,
      eventStoreUrl: config.EVENT_STORE_URL,
      redisUrl: config.REDIS_URL,
      redisCaFile: config.REDIS_CA_FILE,
      secret: config.CONTEXT_SECRET,
      dataKey: config.DATA_KEY,
    }),
  )
  const openContext = await openerOf(name)
  const context = opening.use(
    await openContext({
      ports: opened.ports,
      pool: opened.pool,
      gatewaySecret: config.GATEWAY_SECRET,
      dataKey: config.DATA_KEY,
      mailer,
      development: false,
      offer: () => undefined,
      find: () => undefined,
    }),
  )
  const all = opening.move()
  return { rebuilding: context.rebuilding, [Symbol.asyncDispose]: () => all.disposeAsync() }
}

const run = async (): Promise<number> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'env-file': { type: 'string' },
      accept: { type: 'boolean', default: false },
      rollback: { type: 'boolean', default: false },
      forget: { type: 'boolean', default: false },
    },
  })
  const [context, view, ...more] = positionals
  if (context === undefined || view === undefined || more.length > 0 || !contextNames().includes(context)) {
    process.stderr.write(
      `Usage: npm run rebuild -- <context> <view>. Contexts: ${contextNames().join(', ')}. --help says more.\n`,
    )
    return 2
  }
  if (values['env-file'] !== undefined) process.loadEnvFile(values['env-file'])
  // The context's own process listens there.
  delete process.env['GRPC_PORT']
  await using opened = await openRebuilding(context)
  const { rebuilding } = opened

  if (values.rollback) {
    say(`${view} is read from ${await rebuilding.rollBack(view)} again.`)
    return 0
  }
  if (values.forget) {
    say((await rebuilding.forget(view)) ? `The previous build of ${view} is gone.` : `${view} has no previous build.`)
    return 0
  }
  const { onProgress, end } = createProgress(view, process.stdout)
  const rebuilt = await rebuilding.rebuild(view, { accept: values.accept, onProgress })
  end()
  say(comparisonTable(rebuilt.comparison))
  if (rebuilt.switched) {
    say(`${view} is read from ${rebuilt.build} now. The old build is kept: --rollback goes back, --forget drops it.`)
    return 0
  }
  const { different } = rebuilt.comparison
  say(
    `${different.length} documents differ, first ${different.slice(0, 5).join(', ')}. Nothing was switched; --accept does.`,
  )
  return 1
}

run().then(
  code => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  },
)
