import { createMemoryCheckpoints } from '@mercato/adapters/checkpoints/memory'
import { createInProcessBus } from '@mercato/adapters/event-bus/in-process'
import { createUuidIds } from '@mercato/adapters/ids/uuid'
import type { Subgraph } from '@mercato/adapters/subgraph-server/subgraph'
import { createFakeClock, type FakeClock } from '@mercato/adapters/testing/fake-clock'
import { createMemoryPorts } from '@mercato/adapters/testing/memory-ports'
import { createRecordingLogger } from '@mercato/adapters/testing/quiet'
import { subgraphClient, viewerOf } from '@mercato/adapters/testing/subgraph-client'
import type { EventBus, IntegrationEvent } from '@mercato/shared-kernel/application'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryLedger, createPaymentSubgraph, createSandboxProvider } from './composition.ts'
import type { SandboxLedger } from './infrastructure/sandbox-ledger.ts'

const secret = 'the gateway and this subgraph share it'
const ids = createUuidIds()
const customerId = ids.next()
const customer = viewerOf(customerId)
const stranger = viewerOf(ids.next())
const support = viewerOf(ids.next(), { scopes: ['payments:read:any', 'payments:refund'] })

let clock: FakeClock
let bus: EventBus
let subgraph: Subgraph
let ledger: SandboxLedger
let client: ReturnType<typeof subgraphClient>
let published: IntegrationEvent[]
let open: AsyncDisposableStack

beforeEach(async () => {
  open = new AsyncDisposableStack()
  clock = createFakeClock()
  ledger = createMemoryLedger()
  published = []
  bus = open.use(createInProcessBus({ checkpoints: createMemoryCheckpoints(), logger: createRecordingLogger() }))
  const ports = open.use(createMemoryPorts({ bus, clock }))
  const provider = open.use(createSandboxProvider({ ledger, clock, ids, secret, slowMs: 50 }))
  subgraph = open.use(
    await createPaymentSubgraph({
      ...ports,
      gatewaySecret: secret,
      provider,
      settings: { providerTimeoutMs: 1_000, inquiryMs: 500 },
    }),
  )
  await bus.subscribe({
    topic: 'payment.integration-events',
    group: 'test',
    from: 'earliest',
    handler: async ({ value }) => {
      published.push(value as IntegrationEvent)
    },
  })
  await subgraph.connect()
  await subgraph.start()
  client = subgraphClient(subgraph, { secret, viewer: customer, now: () => clock.now().getTime() })
})
afterEach(() => open.disposeAsync())

const sequences = new Map<string, number>()
/** Publishes what the order saga would. */
const ask = async (
  type: string,
  data: { readonly orderId: string } & Record<string, unknown>,
): Promise<IntegrationEvent> => {
  const streamId = `order.Saga-${data.orderId}`
  const sequence = (sequences.get(streamId) ?? -1) + 1
  sequences.set(streamId, sequence)
  const event: IntegrationEvent = {
    id: ids.next(),
    type: `order.${type}`,
    version: 1,
    sequence,
    streamId,
    revision: sequence,
    occurredAt: clock.now().toISOString(),
    actor: { kind: 'system', id: 'order' },
    correlationId: 'c',
    commandId: ids.next(),
    data,
  }
  await send(event)
  return event
}
const send = (event: IntegrationEvent) =>
  bus.publish('order.integration-events', [
    { key: event.streamId, id: event.id, value: event, headers: {}, position: '' },
  ])

const eur = (amount: number) => ({ amount, currency: 'EUR' })
const answersTo = (orderId: string) => published.filter(({ data }) => (data as { orderId: string }).orderId === orderId)
const answered = (orderId: string, type: string) =>
  vi.waitFor(
    () => {
      const answer = answersTo(orderId).find(each => each.type === `payment.${type}`)
      if (!answer) throw new Error(`no ${type} yet`)
      return answer
    },
    { timeout: 5_000 },
  )
const ADD = /* GraphQL */ `
  mutation Add($input: AddPaymentMethodInput!) {
    addPaymentMethod(input: $input) { paymentMethod { id label addedAt } userErrors { code field } consistencyToken }
  }
`
const METHODS = /* GraphQL */ `query Methods($id: ID!) { _entities(representations: [{ __typename: "User", id: $id }]) { ... on User { paymentMethods { id label } } } }`
const addMethod = async (token: string): Promise<string> => {
  const { data, errors } = await client.query(ADD, { input: { token, label: 'My card' } })
  expect(errors).toBeUndefined()
  return data.addPaymentMethod.paymentMethod.id
}
const authorise = async (token = 'tok_approved', amount = 1999) => {
  const orderId = ids.next()
  const paymentMethodId = await addMethod(token)
  const request = await ask('PaymentAuthorisationRequested', {
    orderId,
    customerId,
    paymentMethodId,
    amount: eur(amount),
  })
  return { orderId, request }
}
const PAYMENT = /* GraphQL */ `
  query Payment($id: ID!) {
    payment(id: $id) { id status amount { amount currency } captured { amount } refunded { amount } declineReason captures { status amount { amount } } refunds { status reason } }
  }
`
const INVOICES = /* GraphQL */ `
  query Invoices($after: String, $first: Int) {
    invoices(first: $first, after: $after) { totalCount pageInfo { hasNextPage hasPreviousPage endCursor } edges { node { number kind amount { amount } order { id } } } }
  }
`
const paymentOf = async (orderId: string) => (await client.query(PAYMENT, { id: orderId })).data.payment

describe('payment methods', () => {
  it('are kept for their customer and read back at once', async () => {
    const id = await addMethod('tok_approved')
    const { data } = await client.query(METHODS, { id: customerId })
    expect(data._entities[0].paymentMethods).toEqual([{ id, label: 'My card' }])
  })
  it('are nobody else’s business', async () => {
    await addMethod('tok_approved')
    const { data, errors } = await client.query(METHODS, { id: customerId }, { viewer: stranger })
    expect(data._entities[0].paymentMethods).toBeNull()
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' })
  })
  it.each([
    ['an unknown token', { token: 'tok_magic', label: 'x' }, 'PAYMENT_METHOD.INVALID_TOKEN'],
    ['a card number', { token: '4111111111111111', label: 'x' }, 'PAYMENT_METHOD.INVALID_TOKEN'],
    ['an empty label', { token: 'tok_approved', label: ' ' }, 'PAYMENT_METHOD.INVALID_LABEL'],
    ['a label with a NUL', { token: 'tok_approved', label: 'a\0b' }, 'PAYMENT_METHOD.INVALID_LABEL'],
    ['a label of 10 kB', { token: 'tok_approved', label: 'x'.repeat(10_000) }, 'PAYMENT_METHOD.INVALID_LABEL'],
  ])('are refused for %s', async (_what, input, code) => {
    const { data } = await client.query(ADD, { input })
    expect(data.addPaymentMethod).toMatchObject({ paymentMethod: null, userErrors: [{ code }], consistencyToken: null })
  })
  it('need somebody signed in', async () => {
    const { errors } = await client.query(
      ADD,
      { input: { token: 'tok_approved', label: 'x' } },
      { viewer: { consumer: 'frontend' } },
    )
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' })
  })
  it('are added once for twenty parallel repeats of one key', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        client.query(ADD, { input: { token: 'tok_approved', label: 'x' } }, { idempotencyKey: 'k1' }),
      ),
    )
    expect(new Set(answers.map(({ data }) => JSON.stringify(data)))).toHaveLength(1)
    const { data } = await client.query(METHODS, { id: customerId })
    expect(data._entities[0].paymentMethods).toHaveLength(1)
  })
})

describe('what the saga asks for', () => {
  it('authorises, captures in parts, and numbers invoices without gaps', async () => {
    const { orderId, request } = await authorise()
    expect(await answered(orderId, 'PaymentAuthorised')).toMatchObject({
      causationId: request.id,
      data: { amount: eur(1999) },
    })
    await ask('PaymentCaptureRequested', { orderId, captureId: ids.next(), amount: eur(999), final: false })
    await ask('PaymentCaptureRequested', { orderId, captureId: ids.next(), amount: eur(1000), final: true })
    await vi.waitFor(async () =>
      expect(await paymentOf(orderId)).toMatchObject({ status: 'CAPTURED', captured: { amount: '19.99' } }),
    )
    await vi.waitFor(async () => expect((await client.query(INVOICES)).data.invoices.totalCount).toBe(2))
    const { data } = await client.query(INVOICES, { first: 1 })
    expect(data.invoices).toMatchObject({
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
      edges: [{ node: { number: '2026-000002', order: { id: orderId } } }],
    })
    const next = await client.query(INVOICES, { first: 1, after: data.invoices.pageInfo.endCursor })
    expect(next.data.invoices).toMatchObject({
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
      edges: [{ node: { number: '2026-000001' } }],
    })
  })

  it.each([
    ['tok_declined', 'DECLINED'],
    ['tok_insufficient_funds', 'INSUFFICIENT_FUNDS'],
  ])('declines %s', async (token, reason) => {
    const { orderId } = await authorise(token)
    expect((await answered(orderId, 'PaymentDeclined')).data).toEqual({ orderId, reason })
    expect(await paymentOf(orderId)).toMatchObject({ status: 'DECLINED', declineReason: reason })
  })

  it('declines a payment method of somebody else', async () => {
    const paymentMethodId = await addMethod('tok_approved')
    const orderId = ids.next()
    await ask('PaymentAuthorisationRequested', { orderId, customerId: ids.next(), paymentMethodId, amount: eur(1) })
    expect((await answered(orderId, 'PaymentDeclined')).data).toMatchObject({ reason: 'UNKNOWN_PAYMENT_METHOD' })
  })

  it('finds out by asking when the answer to an authorisation is lost: one authorisation, no second try', async () => {
    const { orderId } = await authorise('tok_timeout_after_authorise')
    await vi.waitFor(async () => expect((await paymentOf(orderId))?.status).toBe('REQUESTED'))
    await vi.waitFor(
      () => {
        clock.advance(5_000)
        expect(answersTo(orderId).map(({ type }) => type)).toEqual(['payment.PaymentAuthorised'])
      },
      { timeout: 5_000, interval: 100 },
    )
  })

  it('captures once when the answer to a capture is lost', async () => {
    const { orderId } = await authorise('tok_timeout_after_capture')
    await answered(orderId, 'PaymentAuthorised')
    await ask('PaymentCaptureRequested', { orderId, captureId: ids.next(), amount: eur(1999), final: true })
    await vi.waitFor(
      () => {
        clock.advance(5_000)
        expect(answersTo(orderId).map(({ type }) => type)).toEqual([
          'payment.PaymentAuthorised',
          'payment.PaymentCaptured',
        ])
      },
      { timeout: 5_000, interval: 100 },
    )
  })

  it('tries again when the provider was unavailable', async () => {
    const { orderId } = await authorise('tok_capture_fails_once')
    await answered(orderId, 'PaymentAuthorised')
    await ask('PaymentCaptureRequested', { orderId, captureId: ids.next(), amount: eur(1999), final: true })
    await vi.waitFor(
      () => {
        clock.advance(5_000)
        expect(answersTo(orderId).at(-1)?.type).toBe('payment.PaymentCaptured')
      },
      { timeout: 5_000, interval: 100 },
    )
  })

  it('voids an authorisation that was still under way when the order was cancelled', async () => {
    const { orderId } = await authorise('tok_slow')
    await ask('PaymentVoidRequested', { orderId, reason: 'cancelled' })
    await answered(orderId, 'PaymentVoided')
    expect(await paymentOf(orderId)).toMatchObject({ status: 'VOIDED' })
  })

  it('does nothing twice for a request that is delivered twice', async () => {
    const { orderId, request } = await authorise()
    await answered(orderId, 'PaymentAuthorised')
    await send(request)
    await ask('PaymentVoidRequested', { orderId, reason: 'cancelled' })
    await answered(orderId, 'PaymentVoided')
    expect(answersTo(orderId).map(({ type }) => type)).toEqual(['payment.PaymentAuthorised', 'payment.PaymentVoided'])
  })

  it('lets an authorisation expire', async () => {
    const { orderId } = await authorise()
    await answered(orderId, 'PaymentAuthorised')
    clock.advance(8 * 86_400_000)
    await answered(orderId, 'AuthorisationExpired')
    expect(await paymentOf(orderId)).toMatchObject({ status: 'EXPIRED' })
  })
})

const REFUND = /* GraphQL */ `
  mutation Refund($input: RefundPaymentInput!) { refundPayment(input: $input) { payment { status refunds { status } } userErrors { code field } } }
`
describe('a refund', () => {
  const captured = async () => {
    const { orderId } = await authorise()
    await answered(orderId, 'PaymentAuthorised')
    await ask('PaymentCaptureRequested', { orderId, captureId: ids.next(), amount: eur(1999), final: true })
    await answered(orderId, 'PaymentCaptured')
    return orderId
  }
  const input = (paymentId: string, amount = '5.00', currency = 'EUR', reason = 'broken') => ({
    input: { paymentId, amount: { amount, currency }, reason },
  })

  it('gives a part back and issues a credit note', async () => {
    const orderId = await captured()
    const { data } = await client.query(REFUND, input(orderId), { viewer: support })
    expect(data.refundPayment).toMatchObject({ userErrors: [], payment: { refunds: [{ status: 'REQUESTED' }] } })
    await vi.waitFor(async () =>
      expect(await paymentOf(orderId)).toMatchObject({ status: 'PARTLY_REFUNDED', refunded: { amount: '5.00' } }),
    )
    await vi.waitFor(async () =>
      expect((await client.query(INVOICES)).data.invoices.edges[0].node).toMatchObject({
        kind: 'CREDIT_NOTE',
        amount: { amount: '5.00' },
      }),
    )
  })
  it.each([
    ['more than was captured', '20.00', 'EUR', 'x', 'PAYMENT.REFUND_EXCEEDS_CAPTURED'],
    ['nothing', '0', 'EUR', 'x', 'PAYMENT.REFUND_NOT_POSITIVE'],
    ['a negative amount', '-1.00', 'EUR', 'x', 'MONEY.INVALID_AMOUNT'],
    ['a huge amount', '999999999999', 'EUR', 'x', 'MONEY.TOO_LARGE'],
    ['too many places', '1.001', 'EUR', 'x', 'MONEY.INVALID_AMOUNT'],
    ['another currency', '1.00', 'USD', 'x', 'PAYMENT.OTHER_CURRENCY'],
    ['no reason', '1.00', 'EUR', '', 'PAYMENT.INVALID_REASON'],
  ])('is refused for %s', async (_what, amount, currency, reason, code) => {
    const orderId = await captured()
    const { data } = await client.query(REFUND, input(orderId, amount, currency, reason), { viewer: support })
    expect(data.refundPayment).toMatchObject({ payment: null, userErrors: [{ code }] })
  })
  it.each(['123', ids.next()])('is refused for the unknown payment %s', async paymentId => {
    const { data } = await client.query(REFUND, input(paymentId), { viewer: support })
    expect(data.refundPayment.userErrors).toMatchObject([{ code: 'PAYMENT.NOT_FOUND', field: ['paymentId'] }])
  })
  it('needs the scope', async () => {
    const { errors } = await client.query(REFUND, input(ids.next()))
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' })
  })
})

describe('reading payments', () => {
  it('is for the customer and for support', async () => {
    const { orderId } = await authorise()
    await answered(orderId, 'PaymentAuthorised')
    expect((await client.query(PAYMENT, { id: orderId }, { viewer: support })).data.payment.id).toBe(orderId)
    const denied = await client.query(PAYMENT, { id: orderId }, { viewer: stranger })
    expect(denied).toMatchObject({ data: { payment: null }, errors: [{ extensions: { code: 'FORBIDDEN' } }] })
    const entity = await client.query(
      'query E($id: ID!) { _entities(representations: [{ __typename: "Order", id: $id }]) { ... on Order { payment { id } invoices { id } } } }',
      { id: orderId },
      { viewer: stranger },
    )
    expect(entity.data._entities).toEqual([{ payment: null, invoices: [] }])
  })
})

describe('the live payment of an order', () => {
  const CHANGED =
    'subscription Changed($orderId: ID!, $after: String) { paymentChanged(orderId: $orderId, after: $after) { cursor type payment { status } } }'

  it('tells each event once, and goes on after a cursor', async () => {
    const orderId = ids.next()
    const paymentMethodId = await addMethod('tok_approved')
    const live = await client.listen(CHANGED, { orderId })
    const first = live.next()
    await ask('PaymentAuthorisationRequested', { orderId, customerId, paymentMethodId, amount: eur(1) })
    const cursor = (await first).value?.data.paymentChanged.cursor
    expect((await live.next()).value?.data.paymentChanged).toMatchObject({
      type: 'PaymentAuthorised',
      payment: { status: 'AUTHORISED' },
    })
    await live.return(undefined)
    await ask('PaymentVoidRequested', { orderId, reason: 'cancelled' })
    const resumed = client.subscribe(CHANGED, { orderId, after: cursor })
    const types = []
    for await (const item of resumed) {
      types.push(item.data.paymentChanged.type)
      if (types.length === 3) break
    }
    expect(types).toEqual(['PaymentAuthorised', 'PaymentVoidRequested', 'PaymentVoided'])
  })

  it('refuses a stranger and a foreign cursor', async () => {
    const { orderId } = await authorise()
    await answered(orderId, 'PaymentAuthorised')
    const stolen = await client.subscribe(CHANGED, { orderId }, { viewer: stranger }).next()
    expect(stolen.value?.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' })
    const wrong = await client.subscribe(CHANGED, { orderId, after: 'rubbish' }).next()
    expect(wrong.value?.errors?.[0]?.extensions).toMatchObject({ code: 'CURSOR_EXPIRED' })
  })
})
