import { describe, expect, it, onTestFinished } from 'vitest'
import { openLiveGraph } from './testing/live-graph.ts'
import { openPlainGateway } from './testing/open-plain-gateway.ts'

const open = async (cors: readonly string[]) => {
  const graph = await openLiveGraph()
  const gateway = await openPlainGateway({ supergraph: graph.supergraph, cors })
  onTestFinished(async () => {
    await gateway[Symbol.asyncDispose]()
    await graph[Symbol.asyncDispose]()
  })
  const preflight = (origin: string) =>
    fetch(gateway.url, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type, x-tenant',
      },
    })
  const ask = (origin: string) => gateway.post({ query: '{ now }' }, { origin })
  return { graph, gateway, preflight, ask }
}
const SHOP = 'https://shop.example'
const allowed = ({ headers }: Response) => headers.get('access-control-allow-origin')

describe('a page of another origin', () => {
  it('may not read answers of a gateway that was told of no origin', async () => {
    const { preflight, ask } = await open([])
    expect(allowed(await preflight(SHOP))).toBeNull()
    const answer = await ask(SHOP)
    expect(allowed(answer)).toBeNull()
    expect(await answer.json()).toEqual({ data: { now: 7 } })
  })

  it('may when its origin is on the list, with cookies and the headers it asks for', async () => {
    const { graph, preflight, ask } = await open(['https://other.example', SHOP])
    const { status, headers } = await preflight(SHOP)
    expect(status).toBe(204)
    expect(Object.fromEntries(headers)).toMatchObject({
      'access-control-allow-origin': SHOP,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'content-type, x-tenant',
      vary: 'origin',
    })
    expect(graph.asked).toHaveLength(0)
    const answer = await ask(SHOP)
    expect(allowed(answer)).toBe(SHOP)
    expect(await answer.json()).toEqual({ data: { now: 7 } })
  })

  it('may not when it is not on the list, and caches tell the two apart', async () => {
    const { preflight, ask } = await open([SHOP])
    for (const response of [await preflight('https://evil.example'), await ask('https://evil.example')]) {
      expect(allowed(response)).toBeNull()
      expect(response.headers.get('vary')).toBe('origin')
    }
  })

  it('may whatever it is where anybody may, without cookies', async () => {
    const { preflight, ask } = await open(['*'])
    for (const response of [await preflight(SHOP), await ask(SHOP)]) {
      expect(allowed(response)).toBe('*')
      expect(response.headers.get('access-control-allow-credentials')).toBeNull()
    }
  })

  it('may also follow streams, and read why it was refused', async () => {
    const { graph, gateway } = await open([SHOP])
    const headers = { 'content-type': 'application/json', accept: 'text/event-stream', origin: SHOP }
    const body = JSON.stringify({ query: 'subscription { ticked(upTo: 1) { n } }' })
    const stream = await fetch(gateway.url, { method: 'POST', headers, body })
    expect(allowed(stream)).toBe(SHOP)
    await expect.poll(() => graph.streams).toBe(1)
    await stream.body?.cancel()
    await expect
      .poll(() => {
        graph.tick()
        return graph.streams
      })
      .toBe(0)
    const refused = await gateway.post('{', { origin: SHOP })
    expect(refused.status).toBe(400)
    expect(allowed(refused)).toBe(SHOP)
  })
})
