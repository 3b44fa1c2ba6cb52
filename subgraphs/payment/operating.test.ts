import { viewerOf } from '@mercato/adapters/testing/subgraph-client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { customer, customerId, openPaymentContext, type PaymentContext, stranger } from './testing.ts'

const orderId = '018f0000-0000-7000-8000-0000000000a1'
const support = viewerOf('018f0000-0000-7000-8000-0000000000c3', { scopes: ['payments:read:any', 'audit:read'] })
const admin = viewerOf('018f0000-0000-7000-8000-0000000000c4', { scopes: ['operations:admin'] })

let context: PaymentContext
beforeEach(async () => {
  context = await openPaymentContext()
})
afterEach(() => context[Symbol.asyncDispose]())

const ADD = `mutation { addPaymentMethod(input: { token: "tok_approved", label: "canary label" }) {
  paymentMethod { id } userErrors { code } } }`
const addMethod = async (): Promise<string> => (await context.client.query(ADD)).data.addPaymentMethod.paymentMethod.id

const STATUS = 'query ($id: ID!, $at: MomentInput) { payment(id: $id, at: $at) { status amount { amount } } }'
const statusAt = async (at: unknown, viewer = customer) =>
  (await context.client.query(STATUS, { id: orderId, at }, { viewer })).data.payment?.status ?? null

/** Requested at one instant, authorised at a later one. */
const authorised = async () => {
  const paymentMethodId = await addMethod()
  const amount = { amount: 1999, currency: 'EUR' }
  const data = { orderId, customerId, paymentMethodId, amount }
  const request = await context.hear('order', `order.Saga-${orderId}`, 0, 'PaymentAuthorisationRequested', data)
  await expect.poll(() => statusAt(null)).toBe('AUTHORISED')
  return request
}

describe('the history of a payment', () => {
  const HISTORY = `query ($id: ID!, $last: Int) { payment(id: $id) { history(last: $last) {
    totalCount pageInfo { hasPreviousPage }
    edges { node { version event at actor { kind id } cause correlation } } } } }`

  it('says what happened, by whom and why', async () => {
    const request = await authorised()
    const { data } = await context.client.query(HISTORY, { id: orderId }, { viewer: support })
    const { edges, totalCount } = data.payment.history
    expect(totalCount).toBe(2)
    expect(edges.map(({ node }: { node: unknown }) => node)).toMatchObject([
      {
        version: 1,
        event: 'PaymentRequested',
        actor: { kind: 'SYSTEM', id: 'order-saga' },
        cause: request.id,
        correlation: 'what belongs together',
      },
      { version: 2, event: 'PaymentAuthorised', actor: { kind: 'SYSTEM', id: 'payment-operations' } },
    ])
  })

  it('comes in pages', async () => {
    await authorised()
    const { data } = await context.client.query(HISTORY, { id: orderId, last: 1 }, { viewer: support })
    expect(data.payment.history).toMatchObject({
      pageInfo: { hasPreviousPage: true },
      edges: [{ node: { version: 2 } }],
    })
  })

  it('is for those with the scope, not even for the customer', async () => {
    await authorised()
    const { data, errors } = await context.client.query(HISTORY, { id: orderId })
    expect(data.payment.history).toBeNull()
    expect(errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN')
  })
})

describe('a payment at a moment', () => {
  it('is what it was then', async () => {
    await authorised()
    expect(await statusAt({ version: 1 })).toBe('REQUESTED')
    expect(await statusAt({ version: 2 })).toBe('AUTHORISED')
    expect(await statusAt({ version: 3 })).toBeNull()
    expect(await statusAt({ instant: context.clock.now().toISOString() }, support)).toBe('AUTHORISED')
    expect(await statusAt({ instant: '2020-01-01T00:00:00Z' })).toBeNull()
  })

  it('is nobody else’s business', async () => {
    await authorised()
    const { errors } = await context.client.query(STATUS, { id: orderId, at: { version: 1 } }, { viewer: stranger })
    expect(errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN')
  })

  it.each([{}, { version: 0 }, { version: -1 }, { version: 1, instant: '2026-01-01T00:00:00Z' }, { instant: 'soon' }])(
    'is not found for %j',
    async at => {
      const { errors } = await context.client.query(STATUS, { id: orderId, at })
      expect(errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT')
    },
  )
})

describe('a customer who is erased', () => {
  const erase = () => context.hear('user', `user.User-${customerId}`, 0, 'UserErased', { userId: customerId, at: '' })
  const METHODS =
    'query ($id: ID!) { _entities(representations: [{ __typename: "User", id: $id }]) { ... on User { paymentMethods { label } } } }'

  it('loses the payment methods and the key; what was paid stays', async () => {
    await authorised()
    await erase()
    await expect.poll(() => context.ports.vault.find(customerId)).toBeUndefined()
    await expect
      .poll(async () => (await context.client.query(METHODS, { id: customerId })).data._entities[0].paymentMethods)
      .toEqual([])
    const stored = await context.ports.views.getMany('payment-methods@1', [customerId])
    expect(JSON.stringify(stored)).not.toContain('canary')
    const { data } = await context.client.query(STATUS, { id: orderId }, { viewer: support })
    expect(data.payment).toEqual({ status: 'AUTHORISED', amount: { amount: '19.99' } })
  })

  it('is erased once, however often that is said', async () => {
    await addMethod()
    await erase()
    await expect.poll(() => context.ports.vault.find(customerId)).toBeUndefined()
    await context.hear('user', `user.User-${customerId}`, 1, 'UserErased', { userId: customerId, at: '' })
    await expect
      .poll(async () => context.ports.checkpoints.load(`inbox/payment.from-user/user.User-${customerId}`))
      .toBe('1')
    const events = await context.ports.store.readStream(`payment.PaymentMethods-${customerId}`)
    expect(events.map(({ type }) => type)).toEqual(['PaymentMethodAdded', 'PaymentMethodsErased'])
  })

  it('can keep no new payment method, also while an old token lives', async () => {
    await erase()
    await expect
      .poll(async () => (await context.client.query(ADD)).data?.addPaymentMethod.userErrors[0]?.code)
      .toBe('PAYMENT_METHOD.CUSTOMER_ERASED')
  })
})

describe('parked messages of payments', () => {
  const LIST = '{ paymentParkedMessages { id group stream type cause } }'
  const REPLAY = `mutation ($input: ReplayPaymentParkedMessagesInput!) { replayPaymentParkedMessages(input: $input) {
    handled left failure userErrors { code field } consistencyToken } }`

  it('are listed and replayed by those who operate, and it is on record who did', async () => {
    const stream = `order.Saga-${orderId}`
    await context.hear('order', stream, 1, 'PaymentVoidRequested', { orderId, reason: 'early' })
    await expect
      .poll(async () => (await context.client.query(LIST, {}, { viewer: admin })).data.paymentParkedMessages.length)
      .toBe(1)
    const { data } = await context.client.query(LIST, {}, { viewer: admin })
    expect(data.paymentParkedMessages[0]).toMatchObject({
      group: 'payment.from-order',
      stream,
      type: 'order.PaymentVoidRequested',
      cause: expect.stringContaining('SEQUENCE_GAP'),
    })
    const input = { group: 'payment.from-order', stream }
    const again = await context.client.query(REPLAY, { input }, { viewer: admin })
    expect(again.data.replayPaymentParkedMessages).toMatchObject({
      handled: 0,
      left: 1,
      failure: expect.stringContaining('SEQUENCE_GAP'),
      consistencyToken: expect.any(String),
    })
    const [order] = await context.ports.store.readStream('payment.Operations-replays')
    expect(order).toMatchObject({ type: 'ReplayOrdered', actor: { kind: 'user', id: admin.user?.id }, data: input })
  })

  it('give a repeat with the same key the first answer', async () => {
    const run = () =>
      context.client.query(REPLAY, { input: { group: 'payment.views', idempotencyKey: 'k' } }, { viewer: admin })
    const first = await run()
    expect((await run()).data).toEqual(first.data)
    expect(await context.ports.store.readStream('payment.Operations-replays')).toHaveLength(2)
  })

  it.each(['', 'nope', '\0', 'x'.repeat(10_000), 'order.reactions', '__proto__'])(
    'are not replayed for the group %j',
    async group => {
      const { data } = await context.client.query(REPLAY, { input: { group } }, { viewer: admin })
      expect(data.replayPaymentParkedMessages).toMatchObject({
        handled: null,
        userErrors: [{ code: 'OPERATIONS.UNKNOWN_GROUP', field: ['group'] }],
      })
      expect((await context.ports.store.readLog('', 10)).events).toEqual([])
    },
  )

  it('are nobody else’s business', async () => {
    const listed = await context.client.query(LIST, {}, { viewer: support })
    expect(listed).toMatchObject({ data: { paymentParkedMessages: null } })
    const replayed = await context.client.query(REPLAY, { input: { group: 'payment.views' } }, { viewer: support })
    for (const { errors } of [listed, replayed]) expect(errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN')
  })
})
