/** The edge as a process of its own: serves a declarative Kong configuration whose targets are reached over HTTP. */
import { fileURLToPath } from 'node:url'
import { main } from '@mercato/adapters/hosting/run-process'
import { createLogger } from '@mercato/adapters/logger/winston'
import { mergeMetrics, processMetrics } from '@mercato/adapters/metrics/prometheus'
import { readSettings } from '@mercato/adapters/settings/read-settings'
import { createEdge, loadKongConfig } from './edge.ts'
import { edgeSettings } from './settings.ts'

const COMMITTED = fileURLToPath(new URL('../kong/kong.yml', import.meta.url))

main(async () => {
  const settings = readSettings(edgeSettings, process.env)
  const logger = createLogger({ level: settings.LOG_LEVEL }).child({ context: 'edge' })
  const scraped = [processMetrics()]
  const edge = createEdge({
    config: await loadKongConfig(settings.KONG_FILE ?? COMMITTED),
    log: (level, message, fields) => logger[level](message, fields),
    alsoScrape: () => mergeMetrics(scraped),
  })
  const { HOST: host, EDGE_PORT: port, EDGE_ADMIN_PORT: adminPort } = settings
  const bound = await edge.listen({ host, port, adminPort })
  logger.info('serving', { url: `http://${host}:${bound.port}`, adminPort: bound.adminPort })

  let stopping = false
  const stop = async (): Promise<void> => {
    if (stopping) return
    stopping = true
    edge.stopAccepting()
    await edge[Symbol.asyncDispose]()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop())
})
