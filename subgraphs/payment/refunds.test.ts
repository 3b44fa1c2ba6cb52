import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { eur, INVOICES, ids, openPaymentContext, type PaymentContext, support } from './testing.ts'

let context: PaymentContext
beforeEach(async () => {
  context = await openPaymentContext()
})
afterEach(() => context[Symbol.asyncDispose]())

const REFUND = /* GraphQL */ `
  mutation Refund($input: RefundPaymentInput!) { refundPayment(input: $input) { payment { status refunds { status } } userErrors { code field } } }
`
describe('a refund', () => {
  const captured = async () => {
    const { orderId } = await context.authorise()
    await context.answered(orderId, 'PaymentAuthorised')
    await context.ask('PaymentCaptureRequested', { orderId, captureId: ids.next(), amount: eur(1999), final: true })
    await context.answered(orderId, 'PaymentCaptured')
    return orderId
  }
  const input = (paymentId: string, amount = '5.00', currency = 'EUR', reason = 'broken') => ({
    input: { paymentId, amount: { amount, currency }, reason },
  })

  it('gives a part back and issues a credit note', async () => {
    const orderId = await captured()
    const { data } = await context.client.query(REFUND, input(orderId), { viewer: support })
    expect(data.refundPayment).toMatchObject({ userErrors: [], payment: { refunds: [{ status: 'REQUESTED' }] } })
    await vi.waitFor(async () =>
      expect(await context.paymentOf(orderId)).toMatchObject({
        status: 'PARTLY_REFUNDED',
        refunded: { amount: '5.00' },
      }),
    )
    await vi.waitFor(async () =>
      expect((await context.client.query(INVOICES)).data.invoices.edges[0].node).toMatchObject({
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
    const { data } = await context.client.query(REFUND, input(orderId, amount, currency, reason), { viewer: support })
    expect(data.refundPayment).toMatchObject({ payment: null, userErrors: [{ code }] })
  })
  it.each(['123', ids.next()])('is refused for the unknown payment %s', async paymentId => {
    const { data } = await context.client.query(REFUND, input(paymentId), { viewer: support })
    expect(data.refundPayment.userErrors).toMatchObject([{ code: 'PAYMENT.NOT_FOUND', field: ['paymentId'] }])
  })
  it('needs the scope', async () => {
    const { errors } = await context.client.query(REFUND, input(ids.next()))
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' })
  })
})
