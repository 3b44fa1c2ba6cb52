import type { RequestListener } from 'node:http'
import { listen } from '@mercato/adapters/http-server/listen'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openLiveGraph } from './testing/live-graph.ts'
import { openPlainGateway } from './testing/open-plain-gateway.ts'

/** A gateway whose subgraph `prices` is what it is told to be. */
const open = async (
  prices: RequestListener,
  options: { readonly timeoutMs?: number; readonly breakerMs?: number } = {},
) => {
  const graph = await openLiveGraph()
  const broken = await listen(prices, { port: 0 })
  const gateway = await openPlainGateway({
    supergraph: graph.supergraph,
    addresses: { prices: `${broken.url}/graphql` },
    ...options,
  })
  onTestFinished(async () => {
    await gateway[Symbol.asyncDispose]()
    broken.server.closeAllConnections()
    await broken[Symbol.asyncDispose]()
    await graph[Symbol.asyncDispose]()
  })
  return { graph, gateway }
}

const QUERY = '{ now item(id: 1) { label price } }'
const answer =
  (text: string): RequestListener =>
  (_, response) =>
    void response.end(text)
const GOOD = answer('{"data":{"_entities":[{"price":10}]}}')

describe('a subgraph that knows nothing of us', () => {
  it.each<[string, RequestListener, string]>([
    ['answers with HTML', answer('<html>nginx on 10.0.0.7</html>'), 'SERVICE_UNAVAILABLE'],
    ['answers with half of some JSON', answer('{"data":{"_entities":['), 'SERVICE_UNAVAILABLE'],
    ['answers with 50 MB', answer(`{"data":"${'x'.repeat(50_000_000)}"}`), 'SERVICE_UNAVAILABLE'],
    ['breaks off', (_, response) => void response.write('{"data', () => response.destroy()), 'SERVICE_UNAVAILABLE'],
    ['never answers', () => undefined, 'TIMEOUT'],
    ['never ends', (_, response) => void response.write('{"data'), 'TIMEOUT'],
    ['fails without a code', answer('{"errors":[{"message":"at 10.0.0.7"}]}'), 'INTERNAL_SERVER_ERROR'],
  ])('and %s loses only its part, with a code and no host', async (_, prices, code) => {
    const { gateway } = await open(prices, { timeoutMs: code === 'TIMEOUT' ? 400 : 15_000 })
    const { data, errors } = await gateway.query(QUERY)
    expect(data).toEqual({ now: 7, item: { label: 'item 1', price: null } })
    expect(errors[0].extensions.code).toBe(code)
    expect(JSON.stringify(errors)).not.toMatch(/10\.0\.0\.7|127\.0\.0\.1/)
  })

  it('is asked a query again when it was not available, and a mutation only once', async () => {
    let asked = 0
    const flaky: RequestListener = (request, response) => {
      if (++asked === 1) response.destroy()
      else GOOD(request, response)
    }
    const { gateway } = await open(flaky)
    expect((await gateway.query(QUERY)).data.item.price).toBe(10)
    expect(asked).toBe(2)

    let written = 0
    const graph = await openLiveGraph()
    const dead = await listen(
      (_, response) => {
        written++
        response.destroy()
      },
      { port: 0 },
    )
    const other = await openPlainGateway({ supergraph: graph.supergraph, addresses: { clock: `${dead.url}/graphql` } })
    onTestFinished(async () => {
      await other[Symbol.asyncDispose]()
      await dead[Symbol.asyncDispose]()
      await graph[Symbol.asyncDispose]()
    })
    const { errors } = await other.query('mutation { bump }')
    expect(errors[0].extensions.code).toBe('SERVICE_UNAVAILABLE')
    expect(written).toBe(1)
  })

  it('is given up after five failures in a row, tried again later, and trusted again once it answers', async () => {
    let asked = 0
    let well = false
    const prices: RequestListener = (request, response) => {
      asked++
      if (well) GOOD(request, response)
      else response.end('no')
    }
    const { gateway } = await open(prices, { breakerMs: 300 })
    for (let i = 0; i < 4; i++) await gateway.query(QUERY)
    const given = asked
    await gateway.query(QUERY)
    expect(asked).toBe(given)
    well = true
    await expect.poll(async () => (await gateway.query(QUERY)).data.item.price, { timeout: 10_000 }).toBe(10)
    expect(asked).toBe(given + 1)
  })
})

describe('a mutation', () => {
  it('is sent with POST only', async () => {
    const { graph, gateway } = await open(GOOD)
    const response = await fetch(`${gateway.url}?query=${encodeURIComponent('mutation { bump }')}`)
    expect(response.status).toBe(405)
    expect(graph.asked).toHaveLength(0)
  })
})
