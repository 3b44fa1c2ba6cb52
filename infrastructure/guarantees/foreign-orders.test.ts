import { signGatewayContext, type Viewer } from '@mercato/shared-kernel/application'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, createClient } from './testing-client.ts'
import { type ContextName, GATEWAY_SECRET } from './testing-contexts.ts'
import { ADDRESS, ordered, type Person, payingWith, person, stocked } from './testing-people.ts'
import { type Listening, listen } from './testing-socket.ts'
import { openSystem, type System } from './testing-system.ts'
import { eventually } from './testing-waiting.ts'

const ORDER =
  'number status customer { email } shippingAddress { line1 } lines { sku } payment { id } invoices { number }'
const PAYMENT = 'status amount { amount } order { number }'

interface Owned {
  readonly orderId: string
  readonly number: string
  readonly invoice: string
  /** What nobody else may ever read. */
  readonly secrets: readonly string[]
}

let system: System
let door: Listening
let owner: Person
let curious: Person
let owned: Owned

beforeAll(async () => {
  system = await openSystem()
  door = await listen(system.gateway)
  const merchandiser = await person(system, 'merchandiser', 'MERCHANDISER')
  owner = await person(system, 'owner')
  curious = await person(system, 'curious')
  await stocked(merchandiser, 'SECRETLY-BOUGHT', 5)
  await owner.tell('addAddress', { address: ADDRESS }, '')
  const orderId = await ordered(owner, await payingWith(owner), [{ sku: 'SECRETLY-BOUGHT', quantity: 1 }])
  const read = async () =>
    (await owner.send(`query ($id: ID!) { order(id: $id) { ${ORDER} } }`, { id: orderId })).data.order
  await eventually('the order is confirmed', async () => ((await read()).status === 'CONFIRMED' ? true : undefined))
  await merchandiser.tell('shipOrder', { orderId, carrier: 'DHL', trackingNumber: 'T1' }, '')
  const { number, invoices } = await eventually('there is an invoice', async () => {
    const order = await read()
    return order.invoices.length > 0 ? order : undefined
  })
  const invoice: string = invoices[0].number
  const secrets = [number, invoice, ADDRESS.line1, 'a card', 'owner@example.com', 'SECRETLY-BOUGHT']
  owned = { orderId, number, invoice, secrets }
})
afterAll(async () => {
  await door[Symbol.asyncDispose]()
  await system[Symbol.asyncDispose]()
})

/** Every way through the graph that leads from what can be guessed to what somebody owns. */
const WAYS: Readonly<
  Record<string, (owned: Owned, owner: string) => readonly [string, Readonly<Record<string, unknown>>]>
> = {
  'an order by id': ({ orderId }) => [`query ($id: ID!) { order(id: $id) { ${ORDER} } }`, { id: orderId }],
  'an order by number': ({ number }) => [
    `query ($number: String!) { order(number: $number) { id lines { sku } } }`,
    { number },
  ],
  'a payment by id': ({ orderId }) => [`query ($id: ID!) { payment(id: $id) { ${PAYMENT} } }`, { id: orderId }],
  'an invoice by number': ({ invoice }) => [
    `query ($number: String!) { invoice(number: $number) { id amount { amount } order { ${ORDER} } } }`,
    { number: invoice },
  ],
  'orders nested in a person': (_, id) => [
    `query ($id: ID!) { user(id: $id) { orders(first: 5) { edges { node { ${ORDER} } } } } }`,
    { id },
  ],
  'what else is nested in a person': (_, id) => [
    'query ($id: ID!) { user(id: $id) { email addresses { address { line1 } } paymentMethods { label } invoices(first: 5) { edges { node { number order { number } } } } sessions { id } } }',
    { id },
  ],
  'the person of an order, and back': ({ orderId }) => [
    `query ($id: ID!) { order(id: $id) { customer { orders(first: 5) { edges { node { ${ORDER} } } } } } }`,
    { id: orderId },
  ],
  'the order of a payment': ({ orderId }) => [
    `query ($id: ID!) { payment(id: $id) { order { customer { email } payment { order { ${ORDER} } } } } }`,
    { id: orderId },
  ],
  'an alias and a fragment': ({ orderId }) => [
    `query ($id: ID!) { mine: order(id: $id) { ...F } } fragment F on Order { ... on Order { ${ORDER} } }`,
    { id: orderId },
  ],
  'lists of one’s own': () => [
    `{ orders(first: 50) { edges { node { ${ORDER} } } } payments(first: 50) { edges { node { ${PAYMENT} } } } invoices(first: 50) { edges { node { number } } } }`,
    {},
  ],
}

const TRANSPORTS: Readonly<
  Record<string, (query: string, variables: Readonly<Record<string, unknown>>, as?: Person) => Promise<string>>
> = {
  HTTP: async (query, variables, as) => (await (as ?? createClient(system.gateway)).send(query, variables)).text,
  WebSocket: async (query, variables, as) => {
    await using socket = door.open(as?.token)
    try {
      return JSON.stringify(await socket.send({ query, variables: { ...variables } }))
    } catch (errors) {
      return JSON.stringify({ errors })
    }
  },
}

/** Without what was asked for by the asker. */
const shown = (text: string, { secrets }: Owned, asked: unknown): readonly string[] =>
  secrets.filter(secret => text.includes(secret) && !JSON.stringify(asked).includes(secret))

describe.each(Object.keys(TRANSPORTS))('over %s', over => {
  const ask = TRANSPORTS[over] as (typeof TRANSPORTS)[string]

  it.each(Object.keys(WAYS))('%s shows its owner something, and nobody else anything', async way => {
    const [query, variables] = (WAYS[way] as (typeof WAYS)[string])(owned, owner.id)
    const own = await ask(query, variables, owner)
    expect(JSON.parse(own).errors, own).toBeUndefined()
    expect(shown(own, owned, variables)).not.toEqual([])
    for (const somebody of [curious, undefined]) {
      const foreign = await ask(query, variables, somebody)
      expect(shown(foreign, owned, variables), foreign).toEqual([])
    }
  })

  it('_entities is no way in at all', async () => {
    const query = '{ _entities(representations: []) { __typename } }'
    expect(await ask(query, {}, curious)).toContain('GRAPHQL_VALIDATION_FAILED')
  })
})

describe('a subgraph that the gateway asks for entities as somebody else', () => {
  const entities = async (name: ContextName, as: Person, typename: string, id: string, selection: string) => {
    const { sid: sessionId = '', roles = [] } = decodeJwt<{ sid?: string; roles?: string[] }>(as.token ?? '')
    const user = { id: as.id, roles, scopes: [], sessionId, emailVerified: true, authenticatedAt: 0 }
    const viewer: Viewer = { consumer: 'test', user }
    const query = `query ($all: [_Any!]!) { _entities(representations: $all) { ... on ${typename} { ${selection} } } }`
    const body = JSON.stringify({ query, variables: { all: [{ __typename: typename, id }] } })
    const issuedAt = Date.now()
    const call = { viewer, correlationId: 'c', consistency: {}, deadline: issuedAt + 5_000, issuedAt }
    const headers = { 'content-type': 'application/json', ...signGatewayContext(GATEWAY_SECRET, call, body) }
    const request = new Request(`http://${name}/graphql`, { method: 'POST', headers, body })
    return (await (await system.context(name).fetch(request)).json()) as Pick<Answer, 'data' | 'errors'>
  }

  it.each<[ContextName, string, 'order' | 'person', string]>([
    ['order', 'Order', 'order', 'number shippingAddress { line1 } lines { sku }'],
    ['order', 'User', 'person', 'orders(first: 5) { edges { node { number } } }'],
    ['payment', 'Payment', 'order', 'amount { amount } status'],
    ['payment', 'Order', 'order', 'payment { amount { amount } } invoices { number }'],
    ['payment', 'User', 'person', 'paymentMethods { label } invoices(first: 5) { edges { node { number } } }'],
    ['user', 'User', 'person', 'email addresses { address { line1 } } sessions { id }'],
  ])('%s: gives a %s to its owner only', async (name, typename, of, selection) => {
    const id = of === 'order' ? owned.orderId : owner.id
    const [mine] = (await entities(name, owner, typename, id, selection)).data._entities
    expect(JSON.stringify(mine)).toMatch(/:"[^"]+"/)
    const { data } = await entities(name, curious, typename, id, selection)
    const values = JSON.stringify(data?._entities?.[0] ?? null).replaceAll(/"\w+":/g, '')
    expect(values).toMatch(/^[[\]{}null,]*$/)
  })
})
