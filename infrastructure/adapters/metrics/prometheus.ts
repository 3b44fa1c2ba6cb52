import type { Metrics } from '@mercato/shared-kernel/application'
import { AggregatorRegistry, Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { createBoundedLabels } from './bounded-labels.ts'
import { catalogue, type MetricDefinition, type MetricName } from './catalogue.ts'

/** A gauge's value read when metrics are asked for: one number, or one per set of labels. */
export type Reading = number | readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[]

export interface Scrapable {
  /** Reads the gauges that are computed on demand, then gives everything. */
  scrape(): Promise<Registry>
}

export interface PrometheusMetrics extends Metrics, Scrapable {
  /** Computes a gauge at every scrape. Several readers of one gauge add their label sets. Returns how to stop. */
  watch(name: MetricName, read: () => Reading | Promise<Reading>): () => void
}

export interface MetricsOptions {
  /** Value of the label `context`: `order`, `gateway`. */
  readonly context: string
  /** Different values a label may take before it says `other`; 100 when not given. */
  readonly maxLabelValues?: number
  /** Milliseconds a watched gauge may take to be read; 2,000 when not given. */
  readonly readTimeoutMs?: number
  /** Told when a watched gauge cannot be read; it is left out of that scrape and counted as a failure. */
  readonly onReadError?: (metric: string, error: unknown) => void
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

const definitions = new Map<string, MetricDefinition>(Object.entries(catalogue))

/** The metrics of one composition, in a registry of its own. Names, kinds and labels are those of the catalogue; others are a fault. */
export const createMetrics = ({
  context,
  maxLabelValues = 100,
  readTimeoutMs = 2_000,
  onReadError,
}: MetricsOptions): PrometheusMetrics => {
  const registry = new Registry()
  registry.setDefaultLabels({ context })
  const used = new Map<string, ReturnType<typeof register>>()
  const readers = new Map<MetricName, Set<() => Reading | Promise<Reading>>>()

  const register = (name: string, definition: MetricDefinition) => {
    const { kind, help, labels, buckets = SECONDS } = definition
    const common = { name, help, labelNames: [...labels], registers: [registry] }
    const bound = createBoundedLabels(labels, maxLabelValues)
    if (kind === 'counter') return { kind, bound, metric: new Counter(common) }
    if (kind === 'gauge') return { kind, bound, metric: new Gauge(common) }
    return { kind, bound, metric: new Histogram({ ...common, buckets: [...buckets] }) }
  }

  const metricOf = (name: string) => {
    const known = used.get(name)
    if (known) return known
    const definition = definitions.get(name)
    if (!definition) throw new TypeError(`no metric ${name} in the catalogue`)
    const made = register(name, definition)
    used.set(name, made)
    return made
  }
  const wrongKind = (name: string, kind: string): TypeError => new TypeError(`${name} is a ${kind}`)

  const metrics: Metrics = {
    count(name, labels = {}, by = 1) {
      const { kind, bound, metric } = metricOf(name)
      if (kind !== 'counter') throw wrongKind(name, kind)
      metric.inc(bound(labels), by)
    },
    observe(name, value, labels = {}) {
      const { kind, bound, metric } = metricOf(name)
      if (kind !== 'histogram') throw wrongKind(name, kind)
      metric.observe(bound(labels), value)
    },
    gauge(name, value, labels = {}) {
      const { kind, bound, metric } = metricOf(name)
      if (kind !== 'gauge') throw wrongKind(name, kind)
      metric.set(bound(labels), value)
    },
  }

  const readAll = async (name: MetricName, reads: ReadonlySet<() => Reading | Promise<Reading>>): Promise<void> => {
    const readings = await Promise.all(
      [...reads].map(read =>
        within(readTimeoutMs, read).catch((error: unknown) => {
          onReadError?.(name, error)
          metrics.count('mercato_scrape_failures_total', { metric: name })
          return []
        }),
      ),
    )
    metricOf(name).metric.reset()
    for (const reading of readings.flatMap(each => (typeof each === 'number' ? [{ labels: {}, value: each }] : each)))
      metrics.gauge(name, reading.value, reading.labels)
  }

  return {
    ...metrics,
    watch(name, read) {
      const { kind } = metricOf(name)
      if (kind !== 'gauge') throw wrongKind(name, kind)
      const reads = readers.get(name) ?? new Set()
      readers.set(name, reads.add(read))
      return () => void reads.delete(read)
    },
    async scrape() {
      await Promise.all([...readers].map(([name, reads]) => readAll(name, reads)))
      return registry
    },
  }
}

const within = async <Value>(ms: number, read: () => Value | Promise<Value>): Promise<Value> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not read within ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([Promise.resolve().then(read), late])
  } finally {
    clearTimeout(timer)
  }
}

let ofProcess: Registry | undefined

/** CPU, memory, event loop, garbage collection of this process: one registry, however many compositions ask. */
export const processMetrics = (): Scrapable => {
  if (!ofProcess) {
    ofProcess = new Registry()
    collectDefaultMetrics({ register: ofProcess })
  }
  const registry = ofProcess
  return { scrape: async () => registry }
}

/** The content type of {@link mergeMetrics}. */
export const METRICS_CONTENT_TYPE = Registry.PROMETHEUS_CONTENT_TYPE

/** The text of `/metrics`: the metrics of several compositions as one, each name once. */
export const mergeMetrics = async (parts: readonly Scrapable[]): Promise<string> => {
  const registries = await Promise.all(parts.map(part => part.scrape()))
  const values = await Promise.all([...new Set(registries)].map(registry => registry.getMetricsAsJSON()))
  return AggregatorRegistry.aggregate(values).metrics()
}
