import { createMercatoClient } from '@mercato/client'
import { Order, OrderChanged, PaymentChanged } from '@mercato/client/operations'
import { signGatewayContext } from '@mercato/shared-kernel/application'
import { auditServer } from 'graphql-http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CONTEXTS, GATEWAY_SECRET } from './testing-contexts.ts'
import { openFrontDoor } from './testing-front-door.ts'
import { ordered, PASSWORD, payingWith, people, person, stocked } from './testing-people.ts'
import { openSystem, type System } from './testing-system.ts'

let system: System
beforeAll(async () => {
  system = await openSystem()
})
afterAll(async () => system[Symbol.asyncDispose]())

/** As the gateway signs a call for a customer. */
const signed = (text: string): Readonly<Record<string, string>> => {
  const user = { id: 'u1', roles: ['CUSTOMER'], scopes: [], sessionId: 's1', emailVerified: true, authenticatedAt: 0 }
  const now = Date.now()
  const call = { viewer: { consumer: 'test', user }, correlationId: 'audit', consistency: {}, deadline: now + 5_000 }
  return signGatewayContext(GATEWAY_SECRET, { ...call, issuedAt: now }, text)
}

describe.each(CONTEXTS)('the subgraph of %s', name => {
  it('passes the audits of GraphQL over HTTP', async () => {
    const results = await auditServer({
      url: `http://${name}/graphql`,
      fetchFn: (url: string, init: { method?: string; headers?: Record<string, string>; body?: string } = {}) => {
        const text = init.method === 'POST' ? (init.body ?? '') : new URL(url).search
        return system.context(name).fetch(new Request(url, { ...init, headers: { ...init.headers, ...signed(text) } }))
      },
    })
    expect(results.filter(({ status }) => status !== 'ok').map(one => `${one.name}: ${one.status}`)).toEqual([])
    expect(results).toHaveLength(61)
  })

  it('answers nobody but its gateway', async () => {
    const body = '{"query":"{ __typename }"}'
    const ask = (headers: Readonly<Record<string, string>>) =>
      system.context(name).fetch(
        new Request(`http://${name}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body,
        }),
      )
    expect((await ask({})).status).toBe(401)
    expect((await ask(signed(`${body} `))).status).toBe(401)
    expect((await ask(signed(body))).status).toBe(200)
  })
})

describe('of another customer’s order', () => {
  it.each(['websocket', 'sse'] as const)('nothing is shown, over HTTP and %s alike', async live => {
    const merchandiser = await person(system, `merchandiser-${live}`, 'MERCHANDISER')
    const [owner, curious] = await people(system, [`owner-${live}`, `curious-${live}`])
    if (!owner || !curious) throw new Error('nobody is there')
    const sku = `FOREIGN-${live.toUpperCase()}`
    await stocked(merchandiser, sku, 5)
    const id = await ordered(owner, await payingWith(owner), [{ sku, quantity: 1 }])
    await using door = await openFrontDoor(system)
    const as = async ({ username }: { readonly username: string }) => {
      const client = createMercatoClient({ url: `${door.url}/graphql`, live })
      await client.signIn(`${username}@example.com`, PASSWORD)
      return client
    }
    using theirs = await as(owner)
    using foreign = await as(curious)
    expect((await theirs.query(Order, { id })).data.order?.id).toBe(id)
    expect(
      await foreign.query(Order, { id }).then(
        ({ data }) => data.order,
        () => null,
      ),
    ).toBeNull()
    for (const stream of [foreign.subscribe(OrderChanged, { id }), foreign.subscribe(PaymentChanged, { orderId: id })])
      await expect(stream.next()).rejects.toMatchObject({ code: expect.stringMatching(/^(FORBIDDEN|NOT_FOUND)$/) })
  })
})
