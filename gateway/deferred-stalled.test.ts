import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { listen } from '@mercato/adapters/http-server/listen'
import type { SubgraphTransport } from '@mercato/adapters/subgraph-transport/subgraph-transport'
import type { Metrics } from '@mercato/shared-kernel/application'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openLiveGraph } from './plain/testing/live-graph.ts'
import { openPlainGateway } from './plain/testing/open-plain-gateway.ts'
import { APOLLO } from './testing/in-parts.ts'
import { createNumbers } from './testing/numbers.ts'
import { openGateway } from './testing/open-gateway.ts'

/** More than operating systems keep for somebody who does not read. */
const LONG = 'x'.repeat(14_000_000)
const STALL_MS = 300

const openShop = async (metrics: Metrics) => {
  const transport: SubgraphTransport = {
    fetch: async () => Response.json({ data: { orders: [{ id: LONG }] } }),
    [Symbol.asyncDispose]: async () => undefined,
  }
  const gate = await openGateway({ metrics, replace: { orders: transport }, timing: { stallMs: STALL_MS } })
  onTestFinished(() => gate[Symbol.asyncDispose]())
  return (await gate.listen()).http
}

const openAny = async (metrics: Metrics) => {
  const graph = await openLiveGraph()
  const prices = await listen(
    async (request, response) => {
      await text(request)
      response.end(JSON.stringify({ data: { cheapest: { id: LONG } } }))
    },
    { port: 0 },
  )
  const gateway = await openPlainGateway({
    supergraph: graph.supergraph,
    addresses: { prices: `${prices.url}/graphql` },
    metrics,
    stallMs: STALL_MS,
  })
  onTestFinished(async () => {
    await gateway[Symbol.asyncDispose]()
    await prices[Symbol.asyncDispose]()
    await graph[Symbol.asyncDispose]()
  })
  return gateway.url.replace('/graphql', '')
}

/** Asks, reads until `hasNext`, and then no more. */
const stall = async (url: string, query: string, accept: string) => {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  socket.on('error', () => undefined)
  const body = JSON.stringify({ query })
  socket.write(
    `POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\naccept: ${accept}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  )
  let received = ''
  let reads = true
  socket.setEncoding('latin1').on('data', chunk => {
    received += chunk
    if (reads && received.includes('"hasNext":true')) {
      reads = false
      socket.pause()
    }
  })
  await expect.poll(() => reads, { timeout: 3000 }).toBe(false)
  return { socket, received: () => received }
}

describe.each([
  { gateway: "the shop's gateway", open: openShop, query: '{ motto ... @defer { orders { id } } }' },
  { gateway: 'a plain gateway', open: openAny, query: '{ now ... @defer { cheapest { id } } }' },
])('$gateway', ({ open, query }) => {
  it.each([
    ['multipart', APOLLO],
    ['SSE', 'text/event-stream'],
  ])('cuts off who stops reading an answer in parts over %s and counts it', async (_, accept) => {
    const { metrics, read } = createNumbers()
    const url = await open(metrics)
    const { socket, received } = await stall(url, query, accept)
    await expect.poll(() => read('mercato_gateway_slow_clients_total'), { timeout: 4_000 }).toEqual({ '': 1 })
    socket.resume()
    await expect.poll(() => socket.closed, { timeout: 5_000 }).toBe(true)
    expect(received().length).toBeLessThan(LONG.length)
    expect(received()).not.toMatch(/--graphql--|event: complete/)
  })
})
