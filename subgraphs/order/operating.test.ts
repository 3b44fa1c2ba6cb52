import { viewerOf } from '@mercato/adapters/testing/subgraph-client'
import type { Viewer } from '@mercato/shared-kernel/application'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  act,
  customer,
  eventually,
  inStatus,
  merchandiser,
  openShop,
  placed,
  type Shop,
  stranger,
  support,
} from './testing/shop.ts'

const auditor = viewerOf('018f0000-0000-7000-8000-0000000000f1', { scopes: ['audit:read', 'orders:read:any'] })
const admin = viewerOf('018f0000-0000-7000-8000-0000000000f2', { scopes: ['operations:admin', 'orders:read:any'] })
const UNKNOWN = '018f0000-0000-7000-8000-000000000fff'

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop[Symbol.asyncDispose]())

const ask = (document: string, variables: unknown, viewer: Viewer = customer) =>
  shop.client.query(document, variables, { viewer })
const codeIn = ({ errors }: Awaited<ReturnType<typeof ask>>) => errors?.[0]?.extensions?.['code']

describe('the history of an order', () => {
  const HISTORY = `query ($id: ID!, $first: Int) { order(id: $id) { version history(first: $first) {
    totalCount pageInfo { hasNextPage } edges { node { version event actor { kind id } cause correlation } } } } }`

  it('says what happened, by whom and why', async () => {
    const id = await placed(shop)
    await inStatus(shop, id, 'CONFIRMED')
    await act(shop, 'cancelOrder', { orderId: id, reason: 'canary note' })
    const { data } = await ask(HISTORY, { id }, auditor)
    const { edges, totalCount } = data.order.history
    expect(totalCount).toBe(data.order.version)
    const entries = edges.map(({ node }: { node: unknown }) => node)
    expect(entries).toMatchObject([
      { version: 1, event: 'OrderPlaced', actor: { kind: 'USER', id: customer.user?.id }, cause: null },
      { event: 'OrderPaymentAwaited', actor: { kind: 'SYSTEM', id: 'order-saga' }, cause: expect.any(String) },
      { event: 'OrderConfirmed', cause: expect.any(String) },
      { version: 4, event: 'OrderCancelled', actor: { kind: 'USER', id: customer.user?.id } },
    ])
    expect(JSON.stringify(data)).not.toMatch(/canary|Lane 1/)
  })

  it('is for those with the scope, not even for the customer', async () => {
    const id = await placed(shop)
    for (const viewer of [customer, support]) {
      const answer = await ask(HISTORY, { id }, viewer)
      expect(answer.data.order.history).toBeNull()
      expect(codeIn(answer)).toBe('FORBIDDEN')
    }
  })
})

describe('an order at a moment', () => {
  const THEN = `query ($id: ID, $number: String, $at: MomentInput) { order(id: $id, number: $number, at: $at) {
    number status version shipments { id } timeline { event } } }`

  it('is what it was then, for its customer and for support', async () => {
    const id = await placed(shop)
    const { number } = await inStatus(shop, id, 'CONFIRMED')
    const confirmedAt = shop.clock.now().toISOString()
    shop.clock.advance(60_000)
    await act(shop, 'shipOrder', { orderId: id, carrier: 'DHL', trackingNumber: '1Z' }, merchandiser)
    const at = async (moment: unknown, viewer = customer) => (await ask(THEN, { id, at: moment }, viewer)).data.order
    expect(await at({ version: 1 })).toMatchObject({ status: 'PENDING', version: 1, timeline: [{}] })
    expect(await at({ version: 4 }, support)).toMatchObject({ status: 'SHIPPED', shipments: [{}] })
    expect(await at({ instant: confirmedAt })).toMatchObject({ status: 'CONFIRMED', shipments: [] })
    expect(await at({ instant: '2001-01-01T00:00:00Z' })).toBeNull()
    expect(await at({ version: 9 })).toBeNull()
    const named = await ask(THEN, { number, at: { version: 2 } })
    expect(named.data.order).toMatchObject({ number, status: 'AWAITING_PAYMENT' })
  })

  it('is nobody else’s business', async () => {
    const id = await placed(shop)
    expect(codeIn(await ask(THEN, { id, at: { version: 1 } }, stranger))).toBe('FORBIDDEN')
    expect(codeIn(await ask(THEN, { id, at: { version: 1 } }, { consumer: 'frontend' }))).toBe('UNAUTHENTICATED')
  })

  it.each([{}, { version: 0 }, { version: -1 }, { version: 1, instant: '2026-01-01T00:00:00Z' }, { instant: 'soon' }])(
    'is not found for %j',
    async at => {
      expect(codeIn(await ask(THEN, { id: await placed(shop), at }))).toBe('BAD_USER_INPUT')
    },
  )
})

const SAGA = `fragment SagaFields on Saga {
  id state outcome reason deadline startedAt updatedAt order { id status }
  tasks { name request attempts askedAgainAt giveUpAt gaveUp }
  steps(first: 100) { totalCount edges { node { event actor { id } } } } }`
const sagaOf = async (orderId: string) =>
  (await ask(`query ($orderId: ID!) { saga(orderId: $orderId) { ...SagaFields } } ${SAGA}`, { orderId }, admin)).data
    .saga
const sagaIn = (orderId: string, state: string) =>
  eventually(async () => {
    const saga = await sagaOf(orderId)
    return saga?.state === state ? saga : undefined
  })
const operate = async (name: string, orderId: string, viewer = admin) => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
  const answer = await ask(
    `mutation ($input: ${type}!) { ${name}(input: $input) { saga { ...SagaFields } userErrors { code field } consistencyToken } } ${SAGA}`,
    { input: { orderId } },
    viewer,
  )
  return { ...answer.data?.[name], code: codeIn(answer), refusal: answer.data?.[name]?.userErrors[0] }
}

describe('sagas', () => {
  it('are shown with what they wait for, until when, and how they came there', async () => {
    shop.inventoryListens = false
    const id = await placed(shop)
    const saga = await sagaIn(id, 'RESERVING')
    expect(saga).toMatchObject({
      id,
      order: { id, status: 'PENDING' },
      outcome: null,
      deadline: new Date(shop.clock.now().getTime() + 30_000).toISOString(),
      tasks: [],
      steps: { totalCount: 2, edges: [{ node: { event: 'SagaStarted' } }, {}] },
    })
  })

  it('are listed by how they stand, newest first, page by page', async () => {
    const LIST = `query ($state: SagaState, $first: Int, $after: String) { sagas(state: $state, first: $first, after: $after) {
      totalCount pageInfo { hasNextPage endCursor } edges { node { id } } } }`
    const list = async (variables: unknown) => (await ask(LIST, variables, admin)).data.sagas
    const idsOf = (page: { edges: { node: { id: string } }[] }) => page.edges.map(({ node }) => node.id)
    const ids: string[] = []
    for (const lines of [1, 2, 3]) {
      ids.unshift(await placed(shop, { lines: [{ sku: 'MUG-1', quantity: lines }] }))
      shop.clock.advance(1_000)
    }
    for (const id of ids) await sagaIn(id, 'CONFIRMED')
    await act(shop, 'cancelOrder', { orderId: ids[1] })
    await sagaIn(ids[1] ?? '', 'ENDED')
    await eventually(async () => ((await list({ state: 'ENDED' })).totalCount === 1 ? true : undefined))
    expect(idsOf(await list({ state: 'ENDED' }))).toEqual([ids[1]])
    expect(idsOf(await list({ state: 'CONFIRMED' }))).toEqual([ids[0], ids[2]])
    const one = await list({ first: 2 })
    expect(one).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } })
    const two = await list({ first: 2, after: one.pageInfo.endCursor })
    expect([...idsOf(one), ...idsOf(two)]).toEqual(ids)
    expect((await list({ state: 'STUCK' })).edges).toEqual([])
  })

  it('are nobody else’s business', async () => {
    const id = await placed(shop)
    for (const viewer of [customer, support, { consumer: 'frontend' }]) {
      expect(codeIn(await ask('{ sagas { totalCount } }', {}, viewer))).toMatch(/FORBIDDEN|UNAUTHENTICATED/)
      expect(codeIn(await ask(`{ saga(orderId: "${id}") { id } }`, {}, viewer))).toMatch(/FORBIDDEN|UNAUTHENTICATED/)
      for (const name of ['retrySaga', 'compensateSaga'])
        expect((await operate(name, id, viewer)).code).toMatch(/FORBIDDEN|UNAUTHENTICATED/)
    }
    const { steps } = await sagaIn(id, 'CONFIRMED')
    expect(JSON.stringify(steps)).not.toMatch(/Ordered/)
  })

  it('that are nowhere are shown as nothing', async () => {
    expect(await sagaOf(UNKNOWN)).toBeNull()
    expect(await sagaOf('\0')).toBeNull()
  })
})

describe('an operator', () => {
  it('has a saga ask again at once what it waits for, on record', async () => {
    const id = await placed(shop)
    await inStatus(shop, id, 'CONFIRMED')
    shop.provider = 'is silent'
    await act(shop, 'shipOrder', { orderId: id, carrier: 'DHL', trackingNumber: '1Z' }, merchandiser)
    await eventually(async () => ((await sagaOf(id)).tasks.length === 1 ? true : undefined))
    const { saga, consistencyToken } = await operate('retrySaga', id)
    expect(saga).toMatchObject({
      state: 'FULFILLING',
      tasks: [{ name: expect.stringContaining('capture/'), request: 'PaymentCaptureRequested', attempts: 2 }],
    })
    expect(consistencyToken).toEqual(expect.any(String))
    const order = saga.steps.edges.find(({ node }: { node: { event: string } }) => node.event === 'RetryOrdered')
    expect(order.node.actor.id).toBe(admin.user?.id)
    await eventually(() =>
      shop.published.filter(({ type }) => type === 'order.PaymentCaptureRequested').length === 2 ? true : undefined,
    )
    shop.provider = 'approves'
    await operate('retrySaga', id)
    await eventually(async () => ((await sagaOf(id)).tasks.length === 0 ? true : undefined))
  })

  it('gives up an order that waits for its payment: stock and authorisation go back', async () => {
    shop.provider = 'is silent'
    const id = await placed(shop)
    await inStatus(shop, id, 'AWAITING_PAYMENT')
    const { saga } = await operate('compensateSaga', id)
    expect(saga).toMatchObject({ state: 'UNDOING', outcome: 'REJECTED', reason: 'OPERATOR' })
    expect(await inStatus(shop, id, 'REJECTED')).toMatchObject({ statusReason: 'OPERATOR' })
    await eventually(() => shop.published.find(({ type }) => type === 'order.StockReleaseRequested'))
    await eventually(() => shop.published.find(({ type }) => type === 'order.PaymentVoidRequested'))
  })

  it('gives up a confirmed order, which cancels itself', async () => {
    const id = await placed(shop)
    await sagaIn(id, 'CONFIRMED')
    await operate('compensateSaga', id)
    expect(await inStatus(shop, id, 'CANCELLED')).toMatchObject({ statusReason: 'OPERATOR' })
    await sagaIn(id, 'ENDED')
  })

  it('is refused what makes no sense, and nothing is recorded', async () => {
    const id = await placed(shop)
    const { steps } = await sagaIn(id, 'CONFIRMED')
    expect((await operate('retrySaga', id)).refusal.code).toBe('SAGA.NOTHING_TO_RETRY')
    expect((await sagaOf(id)).steps.totalCount).toBe(steps.totalCount)
    await act(shop, 'shipOrder', { orderId: id, carrier: 'DHL', trackingNumber: '1Z' }, merchandiser)
    await sagaIn(id, 'FULFILLING')
    expect((await operate('compensateSaga', id)).refusal.code).toBe('SAGA.PAST_PIVOT')
  })

  it.each([UNKNOWN, '', '123', '\0', 'x'.repeat(10_000)])('finds no saga %j', async orderId => {
    for (const name of ['retrySaga', 'compensateSaga'])
      expect((await operate(name, orderId)).refusal).toEqual({ code: 'SAGA.NOT_FOUND', field: ['orderId'] })
    expect((await shop.ports.store.readLog('', 10)).events).toEqual([])
  })
})

describe('parked messages of orders', () => {
  const LIST = '{ orderParkedMessages { group stream type cause } }'
  const REPLAY = `mutation ($input: ReplayOrderParkedMessagesInput!) { replayOrderParkedMessages(input: $input) {
    handled left userErrors { code field } } }`

  it('are listed and replayed by those who operate, on record', async () => {
    await shop.publish('payment', 'PaymentDeclined', { orderId: UNKNOWN })
    const look = async () => (await ask(LIST, {}, admin)).data.orderParkedMessages
    const [parked] = await eventually(async () => {
      const found = await look()
      return found.length > 0 ? found : undefined
    })
    expect(parked).toMatchObject({ group: 'order.from-payment', type: 'payment.PaymentDeclined' })
    const { data } = await ask(REPLAY, { input: { group: 'order.from-payment' } }, admin)
    expect(data.replayOrderParkedMessages).toMatchObject({ handled: 0, left: 1 })
    const records = await shop.ports.store.readStream('order.Operations-replays')
    expect(records.map(({ actor }) => actor.id)).toEqual([admin.user?.id, admin.user?.id])
  })

  it('are nobody else’s business', async () => {
    expect(codeIn(await ask(LIST, {}, support))).toBe('FORBIDDEN')
    expect(codeIn(await ask(REPLAY, { input: { group: 'order.views' } }, support))).toBe('FORBIDDEN')
  })
})
