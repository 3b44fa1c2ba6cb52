import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { createSystemClock } from '../clock/system.ts'
import { createFetchListener } from '../http-server/fetch-listener.ts'
import { createUuidIds } from '../ids/uuid.ts'
import { createLogger } from '../logger/winston.ts'
import { watchPool } from '../metrics/pg-pool.ts'
import { createMetrics, processMetrics } from '../metrics/prometheus.ts'
import { MalformedSettings } from '../settings/read-settings.ts'
import { type ContextConfig, readContextConfig } from './config.ts'
import type { CheckSettings, HostedContext, OpenContext } from './context-host.ts'
import { withInsideRoutes } from './inside-routes.ts'
import { openKafka } from './open-bus.ts'
import { openDirectory } from './open-directory.ts'
import { openMailer } from './open-mailer.ts'
import { openContextPorts } from './open-ports.ts'
import { main, type Running, runProcess } from './run-process.ts'
import { seedOnce } from './seed-once.ts'

export interface ContextProgram {
  readonly name: string
  readonly openContext: OpenContext
  readonly checkSettings?: CheckSettings
  /** The supergraph: it says on which port the context is found unless HTTP_PORT says otherwise. */
  readonly supergraph: URL
}

const problemsOf = (check: CheckSettings | undefined): readonly string[] => {
  try {
    check?.(process.env)
    return []
  } catch (error) {
    return [error instanceof Error ? error.message.replace(/\.$/, '') : String(error)]
  }
}

const portIn = (supergraph: URL, name: string): number => {
  const address = new RegExp(`name: "${name}", url: "([^"]+)"`).exec(readFileSync(supergraph, 'utf8'))?.[1]
  if (address === undefined) throw new MalformedSettings([`HTTP_PORT is required: the supergraph has no ${name}`])
  return Number(new URL(address).port)
}

/** Where others reach a process that listens on all addresses: the name of its machine. */
const reachableAt = ({ HTTP_HOST, SERVICE_HOST }: ContextConfig): string =>
  SERVICE_HOST ?? (HTTP_HOST === '0.0.0.0' || HTTP_HOST === '::' ? hostname() : HTTP_HOST)

/** Runs a bounded context as a process of its own; see {@link runProcess} for its life. */
export const runContext = (program: ContextProgram): void => main(() => start(program))

const start = async ({ name, openContext, checkSettings, supergraph }: ContextProgram): Promise<void> => {
  const config = readContextConfig(process.env, problemsOf(checkSettings))
  const port = config.HTTP_PORT ?? portIn(supergraph, name)
  const logger = createLogger({ level: config.LOG_LEVEL }).child({ context: name })
  const clock = createSystemClock()
  const ids = createUuidIds()
  const holder = `${hostname()}-${process.pid}`
  const development = config.NODE_ENV === 'development'
  const metrics = createMetrics({
    context: name,
    onReadError: (metric, error) => logger.warn('a metric could not be read', { metric, error }),
  })
  const directory = openDirectory(config, logger)

  const open = async (): Promise<Running> => {
    await using opening = new AsyncDisposableStack()
    const bus = opening.use(openKafka(config, { clientId: `mercato-${name}`, logger }))
    const opened = opening.use(
      await openContextPorts({
        ...{ context: name, bus, clock, ids, logger, metrics, holder },
        databaseUrl: config.DATABASE_URL,
        replicaUrl: config.DATABASE_REPLICA_URL,
        connections: config.DATABASE_CONNECTIONS,
        eventStoreUrl: config.EVENT_STORE_URL,
        redisUrl: config.REDIS_URL,
        redisCaFile: config.REDIS_CA_FILE,
        secret: config.CONTEXT_SECRET,
        dataKey: config.DATA_KEY,
      }),
    )
    opening.defer(watchPool(metrics, opened.pool))
    const { mailer, mailbox } = await openMailer(config, { pool: opened.pool, clock, opening })
    const alsoAnswers = new Map<string, number>()
    const services = new Map<string, unknown>()
    const context: HostedContext = opening.use(
      await openContext({
        ports: opened.ports,
        pool: opened.pool,
        gatewaySecret: config.GATEWAY_SECRET,
        dataKey: config.DATA_KEY,
        mailer,
        development,
        alone: { ...(directory ? { directory } : {}), announce: (service, at) => alsoAnswers.set(service, at) },
        offer: (service, implementation) => services.set(service, implementation),
        find: service => services.get(service),
      }),
    )
    await context.connect()
    await context.start()
    if (config.DEMO_DATA) await seedOnce(context, opened.ports)
    const onError = (error: unknown) => logger.warn('an answer could not be sent', { error })
    const fetch = withInsideRoutes({ context, mailbox, gatewaySecret: config.GATEWAY_SECRET, clock })
    const all = opening.move()
    return {
      request: createFetchListener(fetch, { onError }),
      drain: () => context.drain(),
      alsoAnswers: Object.fromEntries(alsoAnswers),
      [Symbol.asyncDispose]: () => all.disposeAsync(),
    }
  }

  const { HTTP_HOST: host, DRAIN_MS: drainMs } = config
  const serviceHost = reachableAt(config)
  const scraped = [processMetrics(), metrics]
  await runProcess({ name, host, port, serviceHost, logger, scraped, directory, drainMs, open })
}
