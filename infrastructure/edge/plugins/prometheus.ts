import * as z from 'zod'
import type { Exchange } from '../exchange.ts'
import { definePlugin } from '../plugin.ts'

const off = z.boolean().default(false)

/** Counts and times exchanges under the names that Kong uses; read at the admin port. */
export const prometheus = definePlugin({
  name: 'prometheus',
  priority: 13,
  onConsumer: true,
  config: z
    .strictObject({
      per_consumer: off,
      status_code_metrics: off,
      latency_metrics: off,
      bandwidth_metrics: off,
      upstream_health_metrics: off,
    })
    .prefault({}),
  create:
    (config, { metrics }) =>
    exchange => {
      const { socket } = exchange.request
      const before = transferred(socket)
      const head = exchange.request.rawHeaders.reduce(
        (sum, text) => sum + text.length + 2,
        exchange.request.url?.length ?? 0,
      )
      return {
        log() {
          if (!exchange.service) return
          const place = { service: exchange.service.name, route: exchange.route?.name ?? '' }
          const consumer = (config.per_consumer && exchange.consumer?.username) || ''
          if (config.status_code_metrics) {
            const source = exchange.timing.forwarded === undefined ? 'kong' : 'service'
            metrics.requests.inc({ ...place, code: exchange.response.statusCode, source, consumer })
          }
          if (config.latency_metrics) {
            const { total, upstream } = latencies(exchange)
            metrics.requestLatency.observe(place, total)
            metrics.edgeLatency.observe(place, total - (upstream ?? 0))
            if (upstream !== undefined) metrics.upstreamLatency.observe(place, upstream)
          }
          if (config.bandwidth_metrics) {
            const after = transferred(socket)
            metrics.bandwidth.inc(
              { ...place, direction: 'ingress', consumer },
              head + Math.max(0, after.in - before.in),
            )
            metrics.bandwidth.inc({ ...place, direction: 'egress', consumer }, Math.max(0, after.out - before.out))
          }
        },
      }
    },
})

const transferred = (socket: Exchange['request']['socket']) => ({ in: socket.bytesRead, out: socket.bytesWritten })

function latencies({ timing }: Exchange): { total: number; upstream: number | undefined } {
  const over = performance.now()
  return {
    total: over - timing.arrived,
    upstream: timing.forwarded === undefined ? undefined : (timing.answered ?? over) - timing.forwarded,
  }
}
