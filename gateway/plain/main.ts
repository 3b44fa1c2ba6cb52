import { createFetchListener } from '@mercato/adapters/http-server/fetch-listener'
import { listen } from '@mercato/adapters/http-server/listen'
import { createLogger } from '@mercato/adapters/logger/winston'
import { createMetrics, METRICS_CONTENT_TYPE, mergeMetrics, processMetrics } from '@mercato/adapters/metrics/prometheus'
import { readOptions } from './options.ts'
import { createPlainGateway } from './plain-gateway.ts'
import { openSupergraphSource } from './supergraph-source.ts'

const start = async (): Promise<void> => {
  const options = readOptions(process.argv.slice(2))
  const logger = createLogger({ level: 'info' }).child({ context: 'gateway' })
  const metrics = createMetrics({ context: 'gateway' })
  const scraped = [processMetrics(), metrics]
  const source = openSupergraphSource(options.supergraph, options.pollMs)
  const gateway = createPlainGateway({ ...options, supergraph: await source.read(), logger, metrics })
  source.follow(
    text => {
      const reloaded = gateway.reload(text)
      if (reloaded.outcome === 'loaded') logger.info('a new supergraph is in service', { from: options.supergraph })
      else logger.error('a supergraph was refused, the old one stays', { problem: reloaded.problem })
    },
    problem => logger.error('the supergraph could not be read, the old one stays', { problem }),
  )
  const listening = await listen(gateway.request, options)
  listening.server.on('upgrade', (request, socket, head) => gateway.upgrade(request, socket, head))
  const scrape = async () =>
    new Response(await mergeMetrics(scraped), { headers: { 'content-type': METRICS_CONTENT_TYPE } })
  const measured =
    options.metricsPort === undefined
      ? undefined
      : await listen(createFetchListener(scrape), { host: options.host, port: options.metricsPort })
  process.stdout.write(
    `The gateway serves ${options.supergraph} on ${listening.url}/graphql; GraphiQL is on ${listening.url}/\n`,
  )

  let stopping = false
  const stop = async (): Promise<void> => {
    source[Symbol.dispose]()
    const closed = Promise.all([listening[Symbol.asyncDispose](), measured?.[Symbol.asyncDispose]()])
    await gateway.drain()
    listening.server.closeIdleConnections()
    await closed
    await gateway[Symbol.asyncDispose]()
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
  const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  process.stderr.write(`The gateway cannot start: ${sentence.replace(/\.$/, '')}. Try npm run gateway -- --help.\n`)
  process.exitCode = 1
})
