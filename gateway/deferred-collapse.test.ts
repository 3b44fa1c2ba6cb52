import type { SubgraphTransport } from '@mercato/adapters/subgraph-transport/subgraph-transport'
import { describe, expect, it, onTestFinished } from 'vitest'
import { collect, IN_PARTS, WAYS } from './testing/in-parts.ts'
import { createNumbers } from './testing/numbers.ts'
import { issueToken, openGateway } from './testing/open-gateway.ts'

/** Orders that come when they are released, and tell with which request they came. */
const holding = () => {
  let asked = 0
  const released = Promise.withResolvers<void>()
  const transport: SubgraphTransport = {
    async fetch(request) {
      const total = ++asked
      const gone = Promise.withResolvers<never>()
      request.signal.addEventListener('abort', () => gone.reject(request.signal.reason))
      await Promise.race([released.promise, gone.promise])
      return Response.json({ data: { orders: [{ id: 'o1', total }] } })
    },
    [Symbol.asyncDispose]: async () => undefined,
  }
  return { transport, asked: () => asked, release: () => released.resolve() }
}

const open = async () => {
  const numbers = createNumbers()
  const orders = holding()
  const now = new Date()
  const gate = await openGateway({
    collapse: true,
    metrics: numbers.metrics,
    clock: { now: () => now },
    replace: { orders: orders.transport },
  })
  onTestFinished(() => gate[Symbol.asyncDispose]())
  const collapsed = async () => (await numbers.read('mercato_gateway_collapsed_requests_total'))['orders'] ?? 0
  return { orders, collapsed, url: (await gate.listen()).http }
}

const QUERY = '{ motto ... @defer(label: "later") { orders { id total } } }'
const first = { data: { motto: 'Festina lente' }, hasNext: true }
const later = (total: number) => ({
  incremental: [{ label: 'later', path: [], data: { orders: [{ id: 'o1', total }] } }],
  hasNext: false,
})

describe.each(WAYS)('what equal callers defer at the same time, over %s', way => {
  const ask = (url: string, token?: string, signal?: AbortSignal) =>
    IN_PARTS[way]({ query: QUERY }, { url, ...(token && { token }), ...(signal && { signal }) })

  it('is asked for once, and comes to each of them; nobody gets what was fetched for another', async () => {
    const { orders, collapsed, url } = await open()
    const [ada, bob] = [await issueToken(), await issueToken({ sub: '2', sid: 's2' })]
    const payloads = [ask(url, ada), ask(url, ada), ask(url, ada), ask(url, bob), ask(url, bob)]
    for (const each of payloads.slice(0, 3)) expect((await each.next()).value).toEqual(first)
    await expect.poll(collapsed).toBe(2)
    for (const each of payloads.slice(3)) expect((await each.next()).value).toEqual(first)
    await expect.poll(collapsed).toBe(3)
    expect(orders.asked()).toBe(2)
    orders.release()
    const rest = await Promise.all(payloads.map(collect))
    expect(rest).toEqual([1, 1, 1, 2, 2].map(total => [later(total)]))
  })

  it('still comes to those who stay when whoever asked first leaves', async () => {
    const { orders, collapsed, url } = await open()
    const client = new AbortController()
    const leaving = ask(url, undefined, client.signal)
    expect((await leaving.next()).value).toEqual(first)
    await expect.poll(orders.asked).toBe(1)
    const staying = ask(url)
    expect((await staying.next()).value).toEqual(first)
    await expect.poll(collapsed).toBe(1)
    const left = way === 'WebSocket' ? leaving.return(undefined) : leaving.next().catch(() => undefined)
    client.abort()
    await left
    orders.release()
    expect(await collect(staying)).toEqual([later(1)])
    expect(orders.asked()).toBe(1)
  })
})
