import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createSystemClock } from '@mercato/adapters/clock/system'
import { listen } from '@mercato/adapters/http-server/listen'
import { createLogger } from '@mercato/adapters/logger/winston'
import { createMetrics, METRICS_CONTENT_TYPE, mergeMetrics, processMetrics } from '@mercato/adapters/metrics/prometheus'
import { createHttpTransport } from '@mercato/adapters/subgraph-transport/http'
import { createGateway } from './composition.ts'
import { readConfig } from './config.ts'
import { noRevocations } from './identity/revocations.ts'
import { createRest } from './rest/rest.ts'
import { readSubgraphAddresses } from './supergraph.ts'

const COMMITTED = fileURLToPath(new URL('../schema/supergraph.graphql', import.meta.url))

const start = async (): Promise<void> => {
  const config = readConfig(process.env)
  const logger = createLogger({ level: config.logLevel }).child({ context: 'gateway' })
  const metrics = createMetrics({
    context: 'gateway',
    onReadError: (metric, error) => logger.warn('a metric could not be read', { metric, error }),
  })
  const scraped = [processMetrics(), metrics]
  const supergraph = readFileSync(config.supergraphFile ?? COMMITTED, 'utf8')
  const addresses = { ...readSubgraphAddresses(supergraph), ...config.subgraphs }
  const transports = Object.fromEntries(
    Object.entries(addresses).map(([name, url]) => [name, createHttpTransport({ name, origin: new URL(url).origin })]),
  )
  logger.warn('there is no event bus between processes yet: revoked tokens are honoured until they expire')
  const gateway = createGateway({
    ...config,
    supergraph,
    transports,
    jwks: config.jwksUrl ?? new URL('/.well-known/jwks.json', addresses['user']),
    revocations: noRevocations,
    logger,
    metrics,
    clock: createSystemClock(),
    rest: createRest().fetch,
    // Not among the routes of the edge: whoever can reach this port is inside.
    pages: {
      '/metrics': async () =>
        new Response(await mergeMetrics(scraped), { headers: { 'content-type': METRICS_CONTENT_TYPE } }),
    },
  })
  const listening = await listen(gateway.request, config)
  listening.server.on('upgrade', (request, socket, head) => gateway.upgrade(request, socket, head))
  logger.info('the gateway serves', { url: listening.url })

  let stopping = false
  const stop = async (): Promise<void> => {
    const closed = listening[Symbol.asyncDispose]()
    await gateway.drain()
    await gateway[Symbol.asyncDispose]()
    for (const transport of Object.values(transports)) await transport[Symbol.asyncDispose]()
    listening.server.closeIdleConnections()
    await closed
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      stop().then(
        () => process.exit(0),
        error => {
          logger.error('stopping failed', { error })
          process.exit(1)
        },
      )
    })
}

start().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
