import { createMetrics } from '@mercato/adapters/metrics/prometheus'

/** A gateway's metrics, and what Prometheus would read of them: values by the values of their labels, with spaces between. */
export const createNumbers = () => {
  const metrics = createMetrics({ context: 'gateway' })
  return {
    metrics,
    async read(name: string): Promise<Readonly<Record<string, number>>> {
      const found = await (await metrics.scrape()).getSingleMetric(name)?.get()
      return Object.fromEntries(
        (found?.values ?? []).map(({ labels, value }) => [Object.values(labels).join(' '), value]),
      )
    },
  }
}
