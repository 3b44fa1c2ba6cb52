import { listen } from '@mercato/adapters/http-server/listen'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openLiveGraph } from './testing/live-graph.ts'
import { openPlainGateway } from './testing/open-plain-gateway.ts'

/** Time stands still: whoever comes later still comes at the same time. */
const now = Date.now()

const open = async (options: { readonly collapse: boolean; readonly addresses?: Readonly<Record<string, string>> }) => {
  const graph = await openLiveGraph()
  const forward = ['X-Tenant', 'Accept-Language']
  const gateway = await openPlainGateway({ supergraph: graph.supergraph, forward, now: () => now, ...options })
  onTestFinished(async () => {
    graph.release()
    await gateway[Symbol.asyncDispose]()
    await graph[Symbol.asyncDispose]()
  })
  return { graph, gateway }
}

describe('equal queries at the same time', () => {
  const ask = async (collapse: boolean, clients: readonly Readonly<Record<string, string>>[], expected: number) => {
    const { graph, gateway } = await open({ collapse })
    const answers = clients.map(headers => gateway.query('{ slow }', headers))
    await expect.poll(() => graph.asked.length).toBe(expected)
    // Whoever is collapsed has nothing to wait for but the answer of another.
    await gateway.query('{ now }')
    graph.release()
    expect(await Promise.all(answers)).toEqual(clients.map(() => ({ data: { slow: 1 } })))
    expect(graph.asked).toHaveLength(expected + 1)
  }
  const tenant = (name: string) => ({ 'x-tenant': name })
  const language = (name: string) => ({ 'accept-language': name })

  it('are asked once when the headers that are passed on are equal', () =>
    ask(true, [tenant('a'), tenant('a'), { ...tenant('a'), 'x-other': '1' }], 1))
  it('are asked once for each value of such a header, the language too', async () => {
    await ask(true, [tenant('a'), tenant('b'), tenant('a'), {}], 3)
    await ask(true, [language('de'), language('en'), language('de')], 2)
  })
  it('are asked each when nobody wants them collapsed', () => ask(false, [tenant('a'), tenant('a')], 2))
})

describe('what has to be read after something happened', () => {
  it('does not join a query that began before: neither what follows a mutation nor what completes an event', async () => {
    let asked = 0
    let held: (() => void)[] = []
    const prices = await listen(
      (_, response) => {
        asked++
        held.push(() => response.end('{"data":{"_entities":[{"__typename":"Item","price":10}]}}'))
      },
      { port: 0 },
    )
    onTestFinished(async () => {
      prices.server.closeAllConnections()
      await prices[Symbol.asyncDispose]()
    })
    const { graph, gateway } = await open({ collapse: true, addresses: { prices: `${prices.url}/graphql` } })
    const before = gateway.query('{ item(id: 1) { price } }')
    await expect.poll(() => asked).toBe(1)
    const mutation = gateway.query('mutation { touch(id: 1) { price } }')
    await expect.poll(() => asked).toBe(2)
    const later = gateway.events('mutation { touch(id: 1) { id ... @defer { price } } }')
    expect((await later.next()).value.data).toEqual({ touch: { id: '1' } })
    await expect.poll(() => asked).toBe(3)
    const event = gateway.events('subscription { ticked(upTo: 1) { item { price } } }').next()
    await expect.poll(() => graph.streams).toBe(1)
    graph.tick()
    await expect.poll(() => asked).toBe(4)
    for (const answer of held) answer()
    held = []
    expect(await before).toEqual({ data: { item: { price: 10 } } })
    expect(JSON.stringify((await later.next()).value)).toContain('"price":10')
    expect(await mutation).toEqual({ data: { touch: { price: 10 } } })
    expect((await event).value).toEqual({ data: { ticked: { item: { price: 10 } } } })
  })
})
