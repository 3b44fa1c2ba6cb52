import { describe, expect, it, onTestFinished } from 'vitest'
import { createNumbers } from '../testing/numbers.ts'
import type { PlainGatewayOptions } from './plain-gateway.ts'
import { openLiveGraph } from './testing/live-graph.ts'
import { openPlainGateway } from './testing/open-plain-gateway.ts'

const open = async (options: Partial<PlainGatewayOptions> = {}) => {
  const graph = await openLiveGraph()
  const gateway = await openPlainGateway({ supergraph: graph.supergraph, ...options })
  onTestFinished(async () => {
    graph.release()
    await gateway[Symbol.asyncDispose]()
    await graph[Symbol.asyncDispose]()
  })
  return { graph, gateway }
}

const overSockets = async () => {
  const graph = await openLiveGraph()
  const gateway = await openPlainGateway({ supergraph: graph.supergraph, sockets: { clock: graph.socketUrl } })
  onTestFinished(async () => {
    await gateway[Symbol.asyncDispose]()
    await graph[Symbol.asyncDispose]()
  })
  return { graph, gateway }
}

const TICKS = 'subscription { ticked(upTo: 3) { n item { label price } } }'
const tick = (n: number) => ({ data: { ticked: { n, item: { label: `item ${n}`, price: n * 10 } } } })

describe.each([
  ['over SSE', () => open()],
  ['over WebSocket', overSockets],
])('a subgraph that serves subscriptions %s', (_, openBoth) => {
  it.each(['events', 'socketEvents'] as const)(
    'reaches clients by %s, each event completed by the other subgraphs',
    async way => {
      const { graph, gateway } = await openBoth()
      const seen: unknown[] = []
      const stream = gateway[way](TICKS)
      const reading = (async () => {
        for await (const event of stream) seen.push(event)
      })()
      for (const n of [1, 2, 3]) {
        await expect
          .poll(
            () => {
              graph.tick()
              return seen.length
            },
            { timeout: 10_000 },
          )
          .toBeGreaterThanOrEqual(n)
      }
      await reading
      expect(seen).toEqual([tick(1), tick(2), tick(3)])
    },
  )

  it('is left when the client leaves', async () => {
    const { graph, gateway } = await openBoth()
    const stream = gateway.socketEvents(TICKS)
    const first = stream.next()
    await expect.poll(() => graph.streams).toBe(1)
    graph.tick()
    await first
    await stream.return?.()
    await expect
      .poll(() => {
        graph.tick()
        return graph.streams
      })
      .toBe(0)
  })
})

describe('another supergraph', () => {
  it('takes over between two requests; what is under way ends with the one it began with', async () => {
    const { graph, gateway } = await open()
    const underWay = gateway.query('{ slow cheapest { price } }')
    await expect.poll(() => graph.asked.length).toBeGreaterThan(0)
    expect(gateway.gateway.reload(graph.without('price'))).toEqual({ outcome: 'loaded' })
    const after = await gateway.query('{ cheapest { price } }')
    expect(after.errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
    graph.release()
    expect(await underWay).toEqual({ data: { slow: 1, cheapest: { price: 10 } } })
  })

  it('leaves streams whose fields it has, and ends those whose fields are gone with a code', async () => {
    const { graph, gateway } = await open()
    const kept = gateway.events('subscription { ticked(upTo: 2) { n item { label } } }')
    const lost = gateway.events(TICKS)
    const next = [kept.next(), lost.next()]
    await expect.poll(() => graph.streams).toBe(2)
    gateway.gateway.reload(graph.without('price'))
    expect((await next[1])?.value.errors[0].extensions.code).toBe('NOT_FOUND')
    expect((await lost.next()).done).toBe(true)
    graph.tick()
    expect((await next[0])?.value).toEqual({ data: { ticked: { n: 1, item: { label: 'item 1' } } } })
    const last = kept.next()
    await expect
      .poll(() => {
        graph.tick()
        return graph.streams
      })
      .toBe(0)
    expect((await last).value).toEqual({ data: { ticked: { n: 2, item: { label: 'item 2' } } } })
  })

  it.each([
    ['is no GraphQL', 'a supergraph, once'],
    ['is no supergraph', 'type Query { a: Int }'],
    ['says nowhere where a subgraph is', undefined],
  ])('that %s is refused, and the old one stays', async (_, text) => {
    const { graph, gateway } = await open()
    const broken = text ?? graph.supergraph.replace(graph.pricesUrl, '')
    expect(gateway.gateway.reload(broken)).toEqual({ outcome: 'kept', problem: expect.any(String) })
    expect(await gateway.query('{ now cheapest { price } }')).toEqual({ data: { now: 7, cheapest: { price: 10 } } })
  })

  it('is counted: loaded, refused, and not at all when it is the one in service', async () => {
    const { metrics, read } = createNumbers()
    const { graph, gateway } = await open({ metrics })
    for (const text of [graph.supergraph, graph.without('price'), 'type Query { a: Int }']) gateway.gateway.reload(text)
    expect(await read('mercato_gateway_supergraph_loads_total')).toEqual({ loaded: 1, refused: 1 })
  })

  it('may move a subgraph to another address', async () => {
    const { graph, gateway } = await open()
    const moved = await openLiveGraph()
    onTestFinished(() => moved[Symbol.asyncDispose]())
    gateway.gateway.reload(graph.supergraph.replace(graph.pricesUrl, moved.pricesUrl))
    expect(await gateway.query('{ cheapest { price } }')).toEqual({ data: { cheapest: { price: 10 } } })
    expect(moved.asked).toHaveLength(1)
    expect(graph.asked).toHaveLength(0)
  })
})
