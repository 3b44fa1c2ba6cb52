import type { PrometheusMetrics } from './prometheus.ts'

/** Anything that counts connections as pg's pool does. */
export interface CountedPool {
  readonly totalCount: number
  readonly idleCount: number
  readonly waitingCount: number
}

/** Shows a PostgreSQL pool on `/metrics`. Returns how to stop. */
export const watchPool = (metrics: PrometheusMetrics, pool: CountedPool): (() => void) =>
  metrics.watch('mercato_pg_pool_connections', () => [
    { labels: { state: 'idle' }, value: pool.idleCount },
    { labels: { state: 'active' }, value: pool.totalCount - pool.idleCount },
    { labels: { state: 'waiting' }, value: pool.waitingCount },
  ])
