import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { createPostgresCheckpoints } from '@mercato/adapters/checkpoints/postgres'
import { createSystemClock } from '@mercato/adapters/clock/system'
import { createInProcessBus } from '@mercato/adapters/event-bus/in-process'
import type { HostedContext } from '@mercato/adapters/hosting/context-host'
import { openKafka } from '@mercato/adapters/hosting/open-bus'
import { openContextPorts } from '@mercato/adapters/hosting/open-ports'
import { createUuidIds } from '@mercato/adapters/ids/uuid'
import { createLogger } from '@mercato/adapters/logger/winston'
import { createDevMailbox } from '@mercato/adapters/mailer/dev-mailbox'
import { watchPool } from '@mercato/adapters/metrics/pg-pool'
import { createMetrics, mergeMetrics, processMetrics, type Scrapable } from '@mercato/adapters/metrics/prometheus'
import { migrate } from '@mercato/adapters/postgres/migrate'
import { createPool } from '@mercato/adapters/postgres/pool'
import { createHttpTransport } from '@mercato/adapters/subgraph-transport/http'
import { createInProcessTransport } from '@mercato/adapters/subgraph-transport/in-process'
import { createEdge, loadKongConfig } from '@mercato/edge/edge'
import { createGateway, type Gateway } from '@mercato/gateway/composition'
import { examplePages } from '@mercato/gateway/example-page'
import { mailboxPage } from '@mercato/gateway/mailbox-page'
import { browserPages } from '@mercato/gateway/pages'
import { readManifest } from '@mercato/gateway/persisted-documents'
import { createRest, sellerFrom } from '@mercato/gateway/rest'
import { createRevocations } from '@mercato/gateway/revocations'
import type { EventStore } from '@mercato/shared-kernel/application'
import type { JSONWebKeySet } from 'jose'
import type { EmbeddedConfig } from './config.ts'
import { contextNames, openerOf } from './contexts.ts'
import { openDatabase } from './database.ts'
import { DEMO_API_KEY } from './demo.ts'
import { loadSecrets } from './secrets.ts'
import { seedShop } from './seed.ts'

export interface Mercato extends AsyncDisposable {
  /** Where clients go: the edge. */
  readonly url: string
  /** The edge's admin interface, with the metrics of everything. */
  readonly adminUrl: string
  /** Settles when the database has ended: once disposed, or because something outside ended it. */
  readonly databaseEnded: Promise<void>
}

const BUS = 'bus'
/** Of each context; one server has a hundred for all. */
const CONNECTIONS = 8
const SUPERGRAPH = new URL('../../schema/supergraph.graphql', import.meta.url)
const KONG = new URL('../kong/kong.yml', import.meta.url)

interface Hosted {
  readonly name: string
  readonly store: EventStore
  readonly context: HostedContext
}

/** Drains all contexts at once, then closes them: relays and policies of one may still need another. */
const closeAll = async (contexts: readonly Hosted[]): Promise<void> => {
  await Promise.all(contexts.map(({ context }) => context.drain()))
  for (const { context } of contexts) await context[Symbol.asyncDispose]()
}

const jwksOf = (contexts: readonly Hosted[]): (() => Promise<JSONWebKeySet>) => {
  const issuer = contexts.find(({ context }) => context.jwks)?.context
  return async () => {
    if (!issuer?.jwks) throw new TypeError('no context issues tokens')
    return { keys: [...(await issuer.jwks()).keys] }
  }
}

/** In this process, or over HTTP where a subgraph is said to run elsewhere. */
const transportsTo = (contexts: readonly Hosted[], elsewhere: EmbeddedConfig['subgraphs']) =>
  Object.fromEntries(
    contexts.map(({ name, context }) => {
      const url = elsewhere[name]
      const transport = url
        ? createHttpTransport({ name, origin: new URL(url).origin })
        : createInProcessTransport(context)
      return [name, transport]
    }),
  )

/** Demo data, once: each context its own, then orders through the public API. What is there already is left alone. */
const seed = async (contexts: readonly Hosted[], gateway: Gateway, say: (sentence: string) => void): Promise<void> => {
  for (const { context } of contexts) await context.seed?.()
  await seedShop({ fetch: request => gateway.fetch(request), say })
}

/**
 * Runs all of Mercato in this process; resolves when it serves. Disposing drains: what is under way is finished first.
 * Once `signal` aborts, a start under way closes what it has opened and rejects with its reason.
 */
export const startMercato = async (
  config: EmbeddedConfig,
  say: (sentence: string) => void,
  signal: AbortSignal,
): Promise<Mercato> => {
  await using open = new AsyncDisposableStack()
  const rest = createRest(sellerFrom(process.env))
  const names = contextNames()
  const kong = await loadKongConfig(KONG.pathname)
  const postgres = open.use(await openDatabase(config, [...names, BUS], say))
  signal.throwIfAborted()
  const secrets = await loadSecrets(config.dataDir)
  const gatewaySecret = config.gatewaySecret ?? secrets.gateway
  const logger = createLogger({ level: config.logLevel })
  const clock = createSystemClock()
  const ids = createUuidIds()
  const scraped: Scrapable[] = [processMetrics()]
  const metricsOf = (context: string) => {
    const metrics = createMetrics({
      context,
      onReadError: (metric, error) => logger.warn('a metric could not be read', { metric, error }),
    })
    scraped.push(metrics)
    return metrics
  }

  const busPool = createPool({
    url: postgres.url(BUS),
    applicationName: 'mercato-bus',
    max: 4,
    onError: error => logger.warn('a database connection broke', { error }),
  })
  open.defer(() => busPool.end())
  await migrate(busPool)
  const mailbox = open.use(createDevMailbox({ clock, pool: busPool }))
  const stores = new Map<string, EventStore>()
  const endOf = async (topic: string) => (await stores.get(topic.split('.')[0] ?? '')?.head()) ?? ''
  const checkpoints = open.use(createPostgresCheckpoints({ pool: busPool }))
  const bus = open.use(
    config.kafka
      ? openKafka(config.kafka, { clientId: 'mercato-embedded', logger })
      : createInProcessBus({ checkpoints, logger, endOf }),
  )

  const services = new Map<string, unknown>()
  let publicUrl: string | undefined
  const openHosted = async (name: string): Promise<Hosted> => {
    const metrics = metricsOf(name)
    const holder = `${hostname()}-${process.pid}`
    const common = { bus, clock, ids, metrics, holder, logger: logger.child({ context: name }) }
    const dataKey = Buffer.from(secrets.data, 'base64')
    const opened = open.use(
      await openContextPorts({
        context: name,
        databaseUrl: postgres.url(name),
        eventStoreUrl: config.eventStoreUrl,
        redisUrl: config.redisUrl,
        redisCaFile: config.redisCaFile,
        connections: CONNECTIONS,
        secret: secrets.context,
        dataKey,
        ...common,
      }),
    )
    stores.set(name, opened.ports.store)
    open.defer(watchPool(metrics, opened.pool))
    const openContext = await openerOf(name)
    const context = await openContext({
      ports: opened.ports,
      pool: opened.pool,
      gatewaySecret,
      dataKey,
      mailer: mailbox,
      development: true,
      offer: (service, implementation) => services.set(service, implementation),
      find: service => services.get(service),
      publicUrl: () => publicUrl,
    })
    return { name, store: opened.ports.store, context }
  }

  const hosted = await Promise.all(names.map(openHosted))
  const contexts = open.adopt(hosted, closeAll)
  signal.throwIfAborted()
  await Promise.all(contexts.map(({ context }) => context.connect()))
  const initial = async () =>
    (await Promise.all(contexts.map(({ context }) => context.recentRevocations?.() ?? []))).flat()
  const revocations = open.use(await createRevocations({ bus, logger, now: () => clock.now().getTime(), initial }))
  const transports = transportsTo(contexts, config.subgraphs)
  for (const transport of Object.values(transports)) open.use(transport)
  const gateway = open.use(
    createGateway({
      supergraph: readFileSync(SUPERGRAPH, 'utf8'),
      persisted: { manifest: readManifest() },
      transports,
      gatewaySecret,
      sessionSecret: secrets.session,
      jwks: jwksOf(contexts),
      issuer: config.issuer,
      audience: config.audience,
      revocations,
      development: true,
      logger: logger.child({ context: 'gateway' }),
      metrics: metricsOf('gateway'),
      clock,
      rest: rest.fetch,
      pages: { '/dev/mailbox': mailboxPage(mailbox), ...browserPages(DEMO_API_KEY), ...examplePages(DEMO_API_KEY) },
    }),
  )
  await Promise.all(contexts.map(({ context }) => context.start()))
  signal.throwIfAborted()
  await seed(contexts, gateway, say)
  signal.throwIfAborted()

  const edge = open.use(
    createEdge({
      config: kong,
      targets: { gateway },
      log: (level, message, fields) => logger[level](message, fields),
      alsoScrape: () => mergeMetrics(scraped),
    }),
  )
  const bound = await edge.listen({
    host: config.host,
    port: config.edgePort,
    adminHost: config.host,
    adminPort: config.adminPort,
  })
  const opened = open.move()
  const name = config.host === '127.0.0.1' ? 'localhost' : config.host
  const address = (port: number | undefined) => `http://${name.includes(':') ? `[${name}]` : name}:${port}`
  publicUrl = address(bound.port)
  return {
    url: publicUrl,
    adminUrl: address(bound.adminPort),
    databaseEnded: postgres.ended,
    async [Symbol.asyncDispose]() {
      publicUrl = undefined
      edge.stopAccepting()
      await gateway.drain()
      await opened.disposeAsync()
    },
  }
}
