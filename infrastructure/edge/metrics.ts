import { Counter, Gauge, Histogram, Registry } from 'prom-client'

const BUCKETS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000]
const perRoute = ['service', 'route'] as const

/** The series that Kong's prometheus plugin exports, under Kong's names. */
export function createEdgeMetrics() {
  const registry = new Registry()
  const registers = [registry]
  const latency = (name: string, help: string) =>
    new Histogram({ name, help, labelNames: perRoute, buckets: BUCKETS, registers })
  return {
    registry,
    requests: new Counter({
      name: 'kong_http_requests_total',
      help: 'HTTP status codes per consumer/service/route in Kong',
      labelNames: [...perRoute, 'code', 'source', 'consumer'] as const,
      registers,
    }),
    requestLatency: latency(
      'kong_request_latency_ms',
      'Total latency incurred during requests for each service/route in Kong',
    ),
    edgeLatency: latency(
      'kong_kong_latency_ms',
      'Latency added by Kong and enabled plugins for each service/route in Kong',
    ),
    upstreamLatency: latency(
      'kong_upstream_latency_ms',
      'Latency added by upstream response for each service/route in Kong',
    ),
    bandwidth: new Counter({
      name: 'kong_bandwidth_bytes',
      help: 'Total bandwidth (ingress/egress) throughput in bytes',
      labelNames: [...perRoute, 'direction', 'consumer'] as const,
      registers,
    }),
    connections: new Gauge({
      name: 'kong_nginx_connections_total',
      help: 'Number of connections by subsystem',
      labelNames: ['state', 'subsystem'] as const,
      registers,
    }),
    total: new Gauge({ name: 'kong_nginx_requests_total', help: 'Total number of requests', registers }),
    targetHealth: new Gauge({
      name: 'kong_upstream_target_health',
      help: 'Health status of targets of upstream. States = healthchecks_off|healthy|unhealthy|dns_error, value is 1 when state is populated.',
      labelNames: ['upstream', 'target', 'address', 'state', 'subsystem'] as const,
      registers,
    }),
  }
}

export type EdgeMetrics = ReturnType<typeof createEdgeMetrics>
