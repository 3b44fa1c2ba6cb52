import { createFetchListener } from '@mercato/adapters/http-server/fetch-listener'
import { listen } from '@mercato/adapters/http-server/listen'
import { fixedInstances, instanceAt } from '@mercato/adapters/service-directory/service-directory'
import { createBalancedTransport } from '@mercato/adapters/subgraph-transport/balanced'
import { createHttpTransport } from '@mercato/adapters/subgraph-transport/http'
import { createInProcessTransport } from '@mercato/adapters/subgraph-transport/in-process'
import type { SubgraphTransport } from '@mercato/adapters/subgraph-transport/subgraph-transport'
import { describe, expect, it } from 'vitest'
import { webhooks } from './webhooks.ts'

type Receive = (request: Request) => Promise<Response>

const embedded = (receive: Receive, open: AsyncDisposableStack): SubgraphTransport =>
  open.use(createInProcessTransport({ name: 'payment', fetch: receive }))

const remote = async (receive: Receive, open: AsyncDisposableStack): Promise<SubgraphTransport> => {
  const listener = createFetchListener(receive, { stallMs: 5_000, onError: () => undefined })
  const { url } = open.use(await listen(listener, { port: 0 }))
  return open.use(createHttpTransport({ name: 'payment', origin: url }))
}

/** As a fleet does: the first instance of two is not there. */
const balanced = async (receive: Receive, open: AsyncDisposableStack): Promise<SubgraphTransport> => {
  const listener = createFetchListener(receive, { stallMs: 5_000, onError: () => undefined })
  const { url } = open.use(await listen(listener, { port: 0 }))
  await using gone = await listen(() => undefined, { port: 0 })
  const instances = fixedInstances([instanceAt(gone.url), instanceAt(url)])
  return open.use(createBalancedTransport({ name: 'payment', instances }))
}

/** A receiver that says what came, and the gateway's way to it. */
const opened = async (to: typeof embedded | typeof remote | typeof balanced, open: AsyncDisposableStack) => {
  const came: { path: string; headers: Headers; body: Buffer }[] = []
  const receive: Receive = async request => {
    const body = Buffer.from(await request.arrayBuffer())
    came.push({ path: new URL(request.url).pathname, headers: request.headers, body })
    return body.includes('unsigned')
      ? Response.json({ errors: [] }, { status: 401 })
      : new Response(null, { status: 204 })
  }
  const page = webhooks({ payment: await to(receive, open) })['/webhooks/payments/*']
  if (!page) throw new TypeError('nobody receives payments')
  const send = async (body: BodyInit | null, headers: Record<string, string> = {}, method = 'POST') =>
    page(
      new Request('http://shop.example/webhooks/payments/sandbox', {
        method,
        headers,
        ...(body === null ? {} : { body }),
      }),
    )
  return { came, send }
}

describe.each([
  ['in this process', embedded],
  ['over HTTP', remote],
  ['over HTTP, one instance of which is gone', balanced],
] as const)('a report for a subgraph %s', (_where, to) => {
  it('arrives byte by byte, with its signature and its correlation id', async () => {
    await using open = new AsyncDisposableStack()
    const { came, send } = await opened(to, open)
    const bytes = new Uint8Array([0xef, 0xbb, 0xbf, 0x7b, 0xff, 0x00, 0x7d, 0x0a])
    const answer = await send(bytes, {
      'mercato-sandbox-signature': 't=1,v1=ab',
      'x-correlation-id': '018f0000-0000-7000-8000-000000000001',
    })
    expect(answer.status).toBe(204)
    expect(came).toHaveLength(1)
    expect(came[0]?.path).toBe('/webhooks/payments/sandbox')
    expect([...(came[0]?.body ?? [])]).toEqual([...bytes])
    expect(came[0]?.headers.get('mercato-sandbox-signature')).toBe('t=1,v1=ab')
    expect(came[0]?.headers.get('x-correlation-id')).toBe('018f0000-0000-7000-8000-000000000001')
  })

  it('brings no identity along, and none of the gateway’s own words', async () => {
    await using open = new AsyncDisposableStack()
    const { came, send } = await opened(to, open)
    const names = ['authorization', 'cookie', 'x-consumer-username', 'x-mercato-context', 'x-mercato-signature']
    await send('{}', Object.fromEntries(names.map(name => [name, 'forged'])))
    for (const name of names) expect(came[0]?.headers.has(name)).toBe(false)
  })

  it('gets the answer of the subgraph, refusals included', async () => {
    await using open = new AsyncDisposableStack()
    const { send } = await opened(to, open)
    const refused = await send('unsigned')
    expect([refused.status, refused.headers.get('cache-control')]).toEqual([401, 'no-store'])
  })

  it('is refused here when it is too large, or no POST', async () => {
    await using open = new AsyncDisposableStack()
    const { came, send } = await opened(to, open)
    await expect(send('x'.repeat(64_001))).rejects.toMatchObject({ extensions: { code: 'PAYLOAD_TOO_LARGE' } })
    await expect(send(null, {}, 'GET')).rejects.toMatchObject({ extensions: { code: 'METHOD_NOT_ALLOWED' } })
    expect(came).toEqual([])
  })
})

describe('where there is no payment subgraph', () => {
  it('nobody receives its reports', () => expect(webhooks({})).toEqual({}))
})
