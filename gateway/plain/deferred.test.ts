import type { RequestListener } from 'node:http'
import { listen } from '@mercato/adapters/http-server/listen'
import { describe, expect, it, onTestFinished } from 'vitest'
import { collect, IN_PARTS, post, WAYS } from '../testing/in-parts.ts'
import { openLiveGraph } from './testing/live-graph.ts'
import { openPlainGateway } from './testing/open-plain-gateway.ts'

const open = async (addresses: Readonly<Record<string, string>> = {}) => {
  const graph = await openLiveGraph()
  const gateway = await openPlainGateway({ supergraph: graph.supergraph, addresses })
  onTestFinished(async () => {
    graph.release()
    await gateway[Symbol.asyncDispose]()
    await graph[Symbol.asyncDispose]()
  })
  return { graph, gateway, url: gateway.url.replace('/graphql', '') }
}

/** A subgraph that takes requests and never answers. */
const openSilent = async () => {
  let open = 0
  let left = 0
  const take: RequestListener = (_, response) => {
    open++
    response.once('close', () => left++)
  }
  const listening = await listen(take, { port: 0 })
  onTestFinished(async () => {
    listening.server.closeAllConnections()
    await listening[Symbol.asyncDispose]()
  })
  return { url: `${listening.url}/graphql`, asked: () => open, left: () => left }
}

const QUERY = '{ item(id: "3") { label ... @defer(label: "money") { price } } }'

describe.each(WAYS)('a plain gateway answers @defer over %s', way => {
  it('in parts', async () => {
    const { url } = await open()
    expect(await collect(IN_PARTS[way]({ query: QUERY }, { url }))).toEqual([
      { data: { item: { label: 'item 3' } }, hasNext: true },
      { incremental: [{ label: 'money', path: ['item'], data: { price: 30 } }], hasNext: false },
    ])
  })

  it('while what is deferred takes its time', async () => {
    const { graph, url } = await open()
    const payloads = IN_PARTS[way]({ query: '{ now ... @defer { slow } }' }, { url })
    expect((await payloads.next()).value).toEqual({ data: { now: 7 }, hasNext: true })
    await expect.poll(() => graph.asked.length).toBe(2)
    graph.release()
    expect(await collect(payloads)).toEqual([{ incremental: [{ path: [], data: { slow: 1 } }], hasNext: false }])
  })

  it('and stops working for a client that leaves in between', async () => {
    const silent = await openSilent()
    const { url } = await open({ prices: silent.url })
    const client = new AbortController()
    const payloads = IN_PARTS[way]({ query: QUERY }, { url, signal: client.signal })
    expect((await payloads.next()).value.hasNext).toBe(true)
    await expect.poll(silent.asked).toBe(1)
    const left = way === 'WebSocket' ? payloads.return(undefined) : payloads.next().catch(() => undefined)
    client.abort()
    await expect.poll(silent.left, { timeout: 1_500 }).toBe(1)
    await left
  })
})

describe('a plain gateway', () => {
  it('answers whole who takes no parts', async () => {
    const { url } = await open()
    const response = await post({ query: QUERY }, 'application/json', { url })
    expect(await response.json()).toEqual({ data: { item: { label: 'item 3', price: 30 } } })
  })
})
