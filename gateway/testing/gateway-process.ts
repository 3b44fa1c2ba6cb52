import { noMetrics } from '@mercato/adapters/testing/quiet'
import { openGateway } from './open-gateway.ts'

/** A gateway over the fixture graph in a process of its own, so that its memory is its own. Answers every message over IPC with {@link Figures}. */
export interface Figures {
  /** Where its WebSockets are. */
  readonly url: string
  /** Resident bytes, after a collection of garbage. */
  readonly rss: number
  readonly heap: number
  /** Milliseconds of CPU that it has taken so far. */
  readonly cpu: number
  readonly slowClients: number
  readonly followed: number
  readonly upstreams: number
}

/** `tell`: so many events of the subscription `told`. */
export type Order = { readonly tell: number; readonly name: string } | { readonly tell: 0 }

let slowClients = 0
const [, , stallMs = '2000', initMs = '5000'] = process.argv
const gate = await openGateway({
  timing: { stallMs: Number(stallMs), initMs: Number(initMs) },
  metrics: { ...noMetrics, count: name => void (name === 'mercato_gateway_slow_clients_total' && slowClients++) },
})
const { ws: url } = await gate.listen()

const figures = (): Figures => {
  globalThis.gc?.()
  const { rss, heapUsed: heap } = process.memoryUsage()
  const { user, system } = process.cpuUsage()
  return { url, rss, heap, cpu: (user + system) / 1_000, slowClients, ...gate.gateway.streams() }
}

process.on('message', (order: Order) => {
  if (order.tell > 0 && 'name' in order) for (let i = 0; i < order.tell; i++) gate.graph.tell(order.name)
  else process.send?.(figures())
})
process.on('disconnect', () => process.exit(0))
process.on('error', () => process.exit(1))
process.send?.(figures())
