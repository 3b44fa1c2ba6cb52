import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSubgraphServer } from '@mercato/adapters/subgraph-server/create-subgraph-server'
import { createInProcessTransport } from '@mercato/adapters/subgraph-transport/in-process'
import { createGateway } from '@mercato/gateway/composition'
import { noRevocations } from '@mercato/gateway/revocations'
import { composeSubgraphs } from '@mercato/schema/compose'
import { nobody, quietLogger, quietMetrics } from '../quiet.ts'

/**
 * A gateway with one subscription, of which each event is completed by a second subgraph. Over IPC: `tick` makes an event that carries
 * the time, anything else is answered with what is followed and the memory in use.
 */
const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])\n'
const SDL = {
  ticker: `${link} type Query { ticks: Int! } type Subscription { ticked(after: String): Tick! } type Tick { cursor: String! at: Float! product: Product! } type Product @key(fields: "id") { id: ID! }`,
  catalogue: `${link} type Product @key(fields: "id") { id: ID! name: String! price: Int! }`,
}
const ticks: number[] = []
const waiting = new Set<() => void>()
const wake = (): void => {
  for (const resolve of waiting) resolve()
  waiting.clear()
}
const now = (): number => performance.timeOrigin + performance.now()

const RESOLVERS = {
  ticker: {
    Query: { ticks: () => ticks.length },
    Subscription: {
      ticked: {
        async *subscribe(_: unknown, { after }: { after?: string }, { signal }: { signal: AbortSignal }) {
          signal.addEventListener('abort', wake)
          for (let next = after === undefined ? ticks.length : Number(after); !signal.aborted; ) {
            if (next < ticks.length)
              yield { ticked: { cursor: `${next + 1}`, at: ticks[next++], product: { id: '1' } } }
            else await new Promise<void>(resolve => waiting.add(resolve))
          }
        },
      },
    },
  },
  catalogue: { Product: { __resolveReference: ({ id }: { id: string }) => ({ id, name: 'Coffee', price: 1_290 }) } },
}

const composed = composeSubgraphs(
  Object.entries(SDL).map(([name, sdl]) => ({ name, url: `http://${name}.internal`, sdl })),
)
if (composed.outcome === 'refused') throw new Error(composed.problems.join('\n'))
const transports = Object.fromEntries(
  (['ticker', 'catalogue'] as const).map(name => {
    const { gatewaySecret } = nobody
    const served = { context: name, sdl: SDL[name], resolvers: RESOLVERS[name], gatewaySecret }
    const server = createSubgraphServer({ ...served, logger: quietLogger, metrics: quietMetrics, extend: base => base })
    return [name, createInProcessTransport({ name, fetch: request => server.fetch(request) })]
  }),
)
const gateway = createGateway({ ...nobody, supergraph: composed.supergraph, transports, revocations: noRevocations })
const server = createServer(gateway.request)
server.on('upgrade', (request, socket, head) => gateway.upgrade(request, socket, head))
await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`

process.on('message', message => {
  if (message !== 'tick') {
    globalThis.gc?.()
    return process.send?.({ url, rss: process.memoryUsage.rss(), ...gateway.streams() })
  }
  ticks.push(now())
  wake()
  return undefined
})
process.on('disconnect', () => process.exit(0))
process.send?.({ url })
