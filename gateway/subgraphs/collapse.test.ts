import type { SubgraphTransport } from '@mercato/adapters/subgraph-transport/subgraph-transport'
import { describe, expect, it } from 'vitest'
import { createNumbers } from '../testing/numbers.ts'
import { issueToken, openGateway } from '../testing/open-gateway.ts'

/** A subgraph that answers when it is told to, and remembers what was asked and what was given up. */
const holding = (answer: unknown) => {
  const asked: string[] = []
  const gone: string[] = []
  let waiting: (() => void)[] = []
  const transport: SubgraphTransport = {
    async fetch(request) {
      const body = await request.text()
      asked.push(body)
      await new Promise<void>((resolve, reject) => {
        waiting.push(resolve)
        request.signal.addEventListener('abort', () => {
          gone.push(body)
          reject(request.signal.reason)
        })
      })
      return Response.json(answer)
    },
    [Symbol.asyncDispose]: async () => undefined,
  }
  return {
    transport,
    asked,
    gone,
    release() {
      for (const go of waiting) go()
      waiting = []
    },
  }
}

const ORDERS = { data: { orders: [{ id: 'o1', total: 10 }] } }

/** Time stands still, unless it is moved on. */
const open = async (options: { readonly collapse?: boolean; readonly answer?: unknown } = {}) => {
  let now = Date.now()
  const numbers = createNumbers()
  const held = holding(options.answer ?? ORDERS)
  const gate = await openGateway({
    collapse: options.collapse ?? true,
    metrics: numbers.metrics,
    clock: { now: () => new Date(now) },
    replace: { orders: held.transport },
  })
  const collapsed = async () => (await numbers.read('mercato_gateway_collapsed_requests_total'))['orders'] ?? 0
  const pass = (ms: number): void => {
    now += ms
  }
  return { gate, held, collapsed, pass, [Symbol.asyncDispose]: () => gate[Symbol.asyncDispose]() }
}

const QUERY = 'query ($first: Int) { orders(first: $first) { id total } }'

describe('equal queries of equal callers at the same time', () => {
  it('are asked once, and each caller gets an answer of its own', async () => {
    await using opened = await open()
    const { gate, held, collapsed } = opened
    const token = await issueToken({ scope: 'a b' })
    const answers = [1, 2, 3].map(() => gate.ask(QUERY, { token, variables: { first: 1 } }))
    await expect.poll(collapsed).toBe(2)
    held.release()
    for (const { body } of await Promise.all(answers)) expect(body).toEqual(ORDERS)
    expect(held.asked).toHaveLength(1)
  })

  it('are asked again once they were answered', async () => {
    await using opened = await open()
    const { gate, held } = opened
    for (const times of [1, 2]) {
      const answer = gate.ask(QUERY)
      await expect.poll(() => held.asked).toHaveLength(times)
      held.release()
      await answer
    }
  })

  it('are asked again when the one under way has taken a second, since what it reads is old by then', async () => {
    await using opened = await open()
    const { gate, held, collapsed, pass } = opened
    const answers = [gate.ask(QUERY)]
    await expect.poll(() => held.asked).toHaveLength(1)
    pass(999)
    answers.push(gate.ask(QUERY))
    await expect.poll(collapsed).toBe(1)
    pass(1)
    answers.push(gate.ask(QUERY))
    await expect.poll(() => held.asked).toHaveLength(2)
    held.release()
    for (const { body } of await Promise.all(answers)) expect(body).toEqual(ORDERS)
  })

  it('are asked each unless that is wanted', async () => {
    await using opened = await open({ collapse: false })
    const { gate, held } = opened
    const answers = [gate.ask(QUERY), gate.ask(QUERY)]
    await expect.poll(() => held.asked).toHaveLength(2)
    held.release()
    await Promise.all(answers)
  })

  it('fail together, each with the error', async () => {
    const failing = { data: null, errors: [{ message: 'No.', extensions: { code: 'CONFLICT' } }] }
    await using opened = await open({ answer: failing })
    const { gate, held, collapsed } = opened
    const answers = [gate.ask(QUERY), gate.ask(QUERY)]
    await expect.poll(collapsed).toBe(1)
    held.release()
    for (const { body } of await Promise.all(answers)) expect(body.errors[0].extensions.code).toBe('CONFLICT')
  })
})

describe('queries that differ', () => {
  const mine = { sub: '1', sid: 's1', scope: 'a', roles: ['CUSTOMER'], auth_time: 5, email_verified: true }
  it.each<[string, () => Promise<Parameters<Awaited<ReturnType<typeof openGateway>>['ask']>[1]>]>([
    ['in who asks', async () => ({ token: await issueToken({ ...mine, sub: '2' }) })],
    ['in the session', async () => ({ token: await issueToken({ ...mine, sid: 's2' }) })],
    ['in scopes', async () => ({ token: await issueToken({ ...mine, scope: 'a b' }) })],
    ['in roles', async () => ({ token: await issueToken({ ...mine, roles: ['SUPPORT'] }) })],
    ['in when somebody signed in', async () => ({ token: await issueToken({ ...mine, auth_time: 6 }) })],
    ['in a verified address', async () => ({ token: await issueToken({ ...mine, email_verified: false }) })],
    ['in whether anybody is signed in', async () => ({})],
    ['in the API key', async () => ({ token: await issueToken(mine), headers: { 'x-consumer-username': 'mobile' } })],
    ['in variables', async () => ({ token: await issueToken(mine), variables: { first: 2 } })],
  ])('%s are asked each', async (_, other) => {
    await using opened = await open()
    const { gate, held, collapsed } = opened
    const answers = [gate.ask(QUERY, { token: await issueToken(mine), variables: {} }), gate.ask(QUERY, await other())]
    await expect.poll(() => held.asked).toHaveLength(2)
    held.release()
    await Promise.all(answers)
    expect(await collapsed()).toBe(0)
  })

  it('in what the session has written are asked each', async () => {
    await using opened = await open()
    const { gate, held } = opened
    const { headers } = await gate.ask('mutation { rename(id: "1", name: "x") { consistencyToken } }')
    const token = headers.get('x-consistency-token') ?? ''
    const answers = [gate.ask(QUERY), gate.ask(QUERY, { headers: { 'x-consistency-token': token } })]
    await expect.poll(() => held.asked).toHaveLength(2)
    held.release()
    await Promise.all(answers)
  })
})

describe('who leaves', () => {
  const asking = ({ gate }: Awaited<ReturnType<typeof open>>, signal: AbortSignal) =>
    gate.gateway.fetch(
      new Request('http://gateway/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: QUERY }),
        signal,
      }),
    )

  it.each([0, 1])('takes nothing from the others, be it who came first or later: %i', async leaves => {
    await using opened = await open()
    const { held, collapsed } = opened
    const clients = [new AbortController(), new AbortController()]
    const [first, second] = clients.map(({ signal }) => asking(opened, signal))
    await expect.poll(collapsed).toBe(1)
    clients[leaves]?.abort()
    await [first, second][leaves]?.catch(() => undefined)
    expect(held.gone).toEqual([])
    held.release()
    expect(await (await [second, first][leaves])?.json()).toEqual(ORDERS)
    expect(held.asked).toHaveLength(1)
  })

  it('last ends the request, and who comes then begins another', async () => {
    await using opened = await open()
    const { gate, held, collapsed } = opened
    const clients = [new AbortController(), new AbortController()]
    const both = clients.map(({ signal }) => asking(opened, signal).catch(() => undefined))
    await expect.poll(collapsed).toBe(1)
    for (const client of clients) client.abort()
    await expect.poll(() => held.gone).toHaveLength(1)
    const late = gate.ask(QUERY)
    await expect.poll(() => held.asked).toHaveLength(2)
    held.release()
    expect((await late).body).toEqual(ORDERS)
    await Promise.all(both)
  })
})

describe('a mutation', () => {
  it('is sent for everybody who asks for it', async () => {
    const numbers = createNumbers()
    const held = holding({ data: { rename: { person: { name: 'x' } } } })
    await using gate = await openGateway({
      collapse: true,
      metrics: numbers.metrics,
      replace: { people: held.transport },
    })
    const rename = () => gate.ask('mutation { rename(id: "1", name: "x") { person { name } } }')
    const answers = [rename(), rename()]
    await expect.poll(() => held.asked).toHaveLength(2)
    held.release()
    await Promise.all(answers)
    expect(await numbers.read('mercato_gateway_collapsed_requests_total')).toEqual({})
  })
})
