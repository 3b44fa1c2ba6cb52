import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { eur, INVOICES, ids, openPaymentContext, PAYMENT, type PaymentContext, stranger, support } from './testing.ts'

let context: PaymentContext
beforeEach(async () => {
  context = await openPaymentContext()
})
afterEach(() => context[Symbol.asyncDispose]())

describe('what the saga asks for', () => {
  it('authorises, captures in parts, and numbers invoices without gaps', async () => {
    const { orderId, request } = await context.authorise()
    expect(await context.answered(orderId, 'PaymentAuthorised')).toMatchObject({
      causationId: request.id,
      data: { amount: eur(1999) },
    })
    await context.ask('PaymentCaptureRequested', { orderId, captureId: ids.next(), amount: eur(999), final: false })
    await context.ask('PaymentCaptureRequested', { orderId, captureId: ids.next(), amount: eur(1000), final: true })
    await vi.waitFor(async () =>
      expect(await context.paymentOf(orderId)).toMatchObject({ status: 'CAPTURED', captured: { amount: '19.99' } }),
    )
    await vi.waitFor(async () => expect((await context.client.query(INVOICES)).data.invoices.totalCount).toBe(2))
    const { data } = await context.client.query(INVOICES, { first: 1 })
    expect(data.invoices).toMatchObject({
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
      edges: [{ node: { number: '2026-000002', order: { id: orderId } } }],
    })
    const next = await context.client.query(INVOICES, { first: 1, after: data.invoices.pageInfo.endCursor })
    expect(next.data.invoices).toMatchObject({
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
      edges: [{ node: { number: '2026-000001' } }],
    })
  })

  it.each([
    ['tok_declined', 'DECLINED'],
    ['tok_insufficient_funds', 'INSUFFICIENT_FUNDS'],
  ])('declines %s', async (token, reason) => {
    const { orderId } = await context.authorise(token)
    expect((await context.answered(orderId, 'PaymentDeclined')).data).toEqual({ orderId, reason })
    expect(await context.paymentOf(orderId)).toMatchObject({ status: 'DECLINED', declineReason: reason })
  })

  it('declines a payment method of somebody else', async () => {
    const paymentMethodId = await context.addMethod('tok_approved')
    const orderId = ids.next()
    await context.ask('PaymentAuthorisationRequested', {
      orderId,
      customerId: ids.next(),
      paymentMethodId,
      amount: eur(1),
    })
    expect((await context.answered(orderId, 'PaymentDeclined')).data).toMatchObject({
      reason: 'UNKNOWN_PAYMENT_METHOD',
    })
  })

  it('finds out by asking when the answer to an authorisation is lost: one authorisation, no second try', async () => {
    const { orderId } = await context.authorise('tok_timeout_after_authorise')
    await vi.waitFor(async () => expect((await context.paymentOf(orderId))?.status).toBe('REQUESTED'))
    await vi.waitFor(
      () => {
        context.clock.advance(5_000)
        expect(context.answersTo(orderId).map(({ type }) => type)).toEqual(['payment.PaymentAuthorised'])
      },
      { timeout: 5_000, interval: 100 },
    )
  })

  it('captures once when the answer to a capture is lost', async () => {
    const { orderId } = await context.authorise('tok_timeout_after_capture')
    await context.answered(orderId, 'PaymentAuthorised')
    await context.ask('PaymentCaptureRequested', { orderId, captureId: ids.next(), amount: eur(1999), final: true })
    await vi.waitFor(
      () => {
        context.clock.advance(5_000)
        expect(context.answersTo(orderId).map(({ type }) => type)).toEqual([
          'payment.PaymentAuthorised',
          'payment.PaymentCaptured',
        ])
      },
      { timeout: 5_000, interval: 100 },
    )
  })

  it('tries again when the provider was unavailable', async () => {
    const { orderId } = await context.authorise('tok_capture_fails_once')
    await context.answered(orderId, 'PaymentAuthorised')
    await context.ask('PaymentCaptureRequested', { orderId, captureId: ids.next(), amount: eur(1999), final: true })
    await vi.waitFor(
      () => {
        context.clock.advance(5_000)
        expect(context.answersTo(orderId).at(-1)?.type).toBe('payment.PaymentCaptured')
      },
      { timeout: 5_000, interval: 100 },
    )
  })

  it('voids an authorisation that was still under way when the order was cancelled', async () => {
    const { orderId } = await context.authorise('tok_slow')
    await context.ask('PaymentVoidRequested', { orderId, reason: 'cancelled' })
    await context.answered(orderId, 'PaymentVoided')
    expect(await context.paymentOf(orderId)).toMatchObject({ status: 'VOIDED' })
  })

  it('does nothing twice for a request that is delivered twice', async () => {
    const { orderId, request } = await context.authorise()
    await context.answered(orderId, 'PaymentAuthorised')
    await context.send('order', request)
    await context.ask('PaymentVoidRequested', { orderId, reason: 'cancelled' })
    await context.answered(orderId, 'PaymentVoided')
    expect(context.answersTo(orderId).map(({ type }) => type)).toEqual([
      'payment.PaymentAuthorised',
      'payment.PaymentVoided',
    ])
  })

  it('lets an authorisation expire', async () => {
    const { orderId } = await context.authorise()
    await context.answered(orderId, 'PaymentAuthorised')
    context.clock.advance(8 * 86_400_000)
    await context.answered(orderId, 'AuthorisationExpired')
    expect(await context.paymentOf(orderId)).toMatchObject({ status: 'EXPIRED' })
  })
})

describe('reading payments', () => {
  it('is for the customer and for support', async () => {
    const { orderId } = await context.authorise()
    await context.answered(orderId, 'PaymentAuthorised')
    expect((await context.client.query(PAYMENT, { id: orderId }, { viewer: support })).data.payment.id).toBe(orderId)
    const denied = await context.client.query(PAYMENT, { id: orderId }, { viewer: stranger })
    expect(denied).toMatchObject({ data: { payment: null }, errors: [{ extensions: { code: 'FORBIDDEN' } }] })
    const entity = await context.client.query(
      'query E($id: ID!) { _entities(representations: [{ __typename: "Order", id: $id }]) { ... on Order { payment { id } invoices { id } } } }',
      { id: orderId },
      { viewer: stranger },
    )
    expect(entity.data._entities).toEqual([{ payment: null, invoices: [] }])
  })
})
