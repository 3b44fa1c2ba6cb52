import { Writable } from 'node:stream'
import { createLogger } from '@mercato/adapters/logger/winston'
import { createMetrics, mergeMetrics, type Scrapable } from '@mercato/adapters/metrics/prometheus'
import type { ContextPorts, Logger, Metrics } from '@mercato/shared-kernel/application'

/** Collects everything that a system writes down about itself. */
export interface Recorders {
  readonly logger: Logger
  readonly metricsOf: (part: string) => Metrics
  readonly wrap: (context: string, ports: ContextPorts) => ContextPorts
  /** Log lines as an operator gets them, at the level `debug`. */
  readonly lines: readonly string[]
  /** What scraping shows. */
  metrics(): Promise<string>
  /** What was handed to a port to be kept or sent, as JSON, by the port's name. */
  readonly kept: ReadonlyMap<string, readonly string[]>
}

export const createRecorders = (): Recorders => {
  const lines: string[] = []
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  const scraped: Scrapable[] = []
  const kept = new Map<string, string[]>()
  const keep = (port: string, what: unknown): void => {
    kept.set(port, [...(kept.get(port) ?? []), JSON.stringify(what)])
  }

  /** The port, with what its writing methods are called with kept. */
  const recorded = <Port extends object>(port: Port, name: string, methods: readonly (keyof Port & string)[]): Port => {
    const heard = methods.map(method => {
      const call = port[method] as (...given: unknown[]) => unknown
      const hear = (...given: unknown[]): unknown => {
        keep(name, { method, given })
        return call(...given)
      }
      return [method, hear] as const
    })
    return { ...port, ...Object.fromEntries(heard) }
  }

  return {
    logger: createLogger({ level: 'debug', stream, pretty: false }),
    metricsOf(part) {
      const metrics = createMetrics({ context: part })
      scraped.push(metrics)
      return metrics
    },
    wrap: (_, ports) => ({
      ...ports,
      store: recorded(ports.store, 'event log', ['append']),
      bus: recorded(ports.bus, 'bus', ['publish']),
      idempotency: recorded(ports.idempotency, 'idempotency records', ['begin', 'complete']),
      claims: recorded(ports.claims, 'claims', ['claim', 'confirm', 'release']),
      timers: recorded(ports.timers, 'timers', ['schedule']),
      checkpoints: recorded(ports.checkpoints, 'checkpoints', ['save']),
      parked: recorded(ports.parked, 'parked messages', ['park']),
    }),
    lines,
    metrics: () => mergeMetrics(scraped),
    kept,
  }
}
