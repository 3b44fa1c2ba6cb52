import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { fileURLToPath } from 'node:url'
import { createSystemClock } from '@mercato/adapters/clock/system'
import { openKafka } from '@mercato/adapters/hosting/open-bus'
import { openDirectory } from '@mercato/adapters/hosting/open-directory'
import { main, type Running, runProcess } from '@mercato/adapters/hosting/run-process'
import { createLogger } from '@mercato/adapters/logger/winston'
import { createMetrics, processMetrics } from '@mercato/adapters/metrics/prometheus'
import {
  fixedInstances,
  type Instances,
  instanceAt,
  type ServiceDirectory,
} from '@mercato/adapters/service-directory/service-directory'
import { createBalancedTransport } from '@mercato/adapters/subgraph-transport/balanced'
import type { Logger } from '@mercato/shared-kernel/application'
import { createGateway } from './composition.ts'
import { type GatewayConfig, readConfig } from './config.ts'
import { examplePages } from './example-page.ts'
import { createRevocations, noRevocations, type Revocations } from './identity/revocations.ts'
import { createUserContext, type UserContext } from './inside.ts'
import { mailboxPage } from './mailbox-page.ts'
import { browserPages } from './pages.ts'
import { readManifest } from './persisted-documents.ts'
import { createRest } from './rest/rest.ts'
import { sellerFrom } from './settings.ts'
import { readSubgraphAddresses } from './supergraph.ts'

const COMMITTED = fileURLToPath(new URL('../schema/supergraph.graphql', import.meta.url))

/** Where each subgraph answers: where the environment says, else where Consul finds it, else where the supergraph says. */
const instancesOf = (
  name: string,
  address: string,
  { subgraphs }: GatewayConfig,
  directory: ServiceDirectory | undefined,
): Instances => {
  const configured = subgraphs[name]
  if (configured === undefined && directory) return directory.watch(name)
  return fixedInstances([instanceAt(configured ?? address)])
}

const followRevocations = async (
  config: GatewayConfig,
  user: UserContext,
  { logger, now, open }: { readonly logger: Logger; readonly now: () => number; readonly open: AsyncDisposableStack },
): Promise<Revocations> => {
  const { KAFKA_BROKERS } = config
  if (KAFKA_BROKERS === undefined) {
    logger.warn('there is no KAFKA_BROKERS: revoked tokens are honoured until they expire')
    return noRevocations
  }
  const bus = open.use(openKafka({ ...config, KAFKA_BROKERS }, { clientId: 'mercato-gateway', logger }))
  return open.use(await createRevocations({ bus, logger, now, initial: () => user.recentRevocations() }))
}

const start = async (): Promise<void> => {
  const config = readConfig(process.env)
  const logger = createLogger({ level: config.LOG_LEVEL }).child({ context: 'gateway' })
  const clock = createSystemClock()
  const now = (): number => clock.now().getTime()
  const metrics = createMetrics({
    context: 'gateway',
    onReadError: (metric, error) => logger.warn('a metric could not be read', { metric, error }),
  })
  const supergraph = readFileSync(config.SUPERGRAPH_FILE ?? COMMITTED, 'utf8')
  const { BROWSER_API_KEY: apiKey } = config
  const directory = openDirectory(config, logger)
  const development = config.NODE_ENV === 'development'

  const open = async (): Promise<Running> => {
    await using opening = new AsyncDisposableStack()
    const ways = Object.entries(readSubgraphAddresses(supergraph)).map(
      ([name, address]) =>
        [
          name,
          opening.use(createBalancedTransport({ name, instances: instancesOf(name, address, config, directory) })),
        ] as const,
    )
    const transports = Object.fromEntries(ways)
    const { user: transport } = transports
    if (!transport && !config.JWKS_URL) throw new Error('there is no user subgraph, and no JWKS_URL instead')
    const user = transport && createUserContext({ transport, secret: config.GATEWAY_SECRET, now })
    const revocations = user ? await followRevocations(config, user, { logger, now, open: opening }) : noRevocations
    const gateway = opening.use(
      createGateway({
        supergraph,
        persisted: { manifest: readManifest(), only: config.PERSISTED_DOCUMENTS === 'only' },
        labels: config.OVERRIDE_LABELS,
        collapse: config.COLLAPSE_QUERIES,
        defer: config.DEFER,
        transports,
        gatewaySecret: config.GATEWAY_SECRET,
        sessionSecret: config.SESSION_SECRET,
        jwks: config.JWKS_URL !== undefined || !user ? new URL(config.JWKS_URL ?? '') : () => user.jwks(),
        issuer: config.ISSUER,
        audience: config.AUDIENCE,
        revocations,
        development,
        logger,
        metrics,
        clock,
        rest: createRest(sellerFrom(process.env)).fetch,
        pages: {
          ...(apiKey === undefined ? {} : browserPages(apiKey)),
          ...(development && apiKey !== undefined ? examplePages(apiKey) : {}),
          ...(development && user ? { '/dev/mailbox': mailboxPage(user) } : {}),
        },
      }),
    )
    const all = opening.move()
    return {
      request: gateway.request,
      upgrade: (request, socket, head) => gateway.upgrade(request, socket, head),
      drain: () => gateway.drain(),
      [Symbol.asyncDispose]: () => all.disposeAsync(),
    }
  }

  const { GATEWAY_HOST: host, GATEWAY_PORT: port, DRAIN_MS: drainMs } = config
  const serviceHost = config.SERVICE_HOST ?? (host === '0.0.0.0' ? hostname() : host)
  const scraped = [processMetrics(), metrics]
  await runProcess({ name: 'gateway', host, port, serviceHost, logger, scraped, directory, drainMs, open })
}

main(start)
