import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { customerId, eur, ids, openPaymentContext, type PaymentContext, stranger } from './testing.ts'

let context: PaymentContext
beforeEach(async () => {
  context = await openPaymentContext()
})
afterEach(() => context[Symbol.asyncDispose]())

describe('the live payment of an order', () => {
  const CHANGED =
    'subscription Changed($orderId: ID!, $after: String) { paymentChanged(orderId: $orderId, after: $after) { cursor type payment { status } } }'

  it('tells each event once, and goes on after a cursor', async () => {
    const orderId = ids.next()
    const paymentMethodId = await context.addMethod('tok_approved')
    const live = await context.client.listen(CHANGED, { orderId })
    const first = live.next()
    await context.ask('PaymentAuthorisationRequested', { orderId, customerId, paymentMethodId, amount: eur(1) })
    const cursor = (await first).value?.data.paymentChanged.cursor
    expect((await live.next()).value?.data.paymentChanged).toMatchObject({
      type: 'PaymentAuthorised',
      payment: { status: 'AUTHORISED' },
    })
    await live.return(undefined)
    await context.ask('PaymentVoidRequested', { orderId, reason: 'cancelled' })
    const resumed = context.client.subscribe(CHANGED, { orderId, after: cursor })
    const types = []
    for await (const item of resumed) {
      types.push(item.data.paymentChanged.type)
      if (types.length === 3) break
    }
    expect(types).toEqual(['PaymentAuthorised', 'PaymentVoidRequested', 'PaymentVoided'])
  })

  it('refuses a stranger and a foreign cursor', async () => {
    const { orderId } = await context.authorise()
    await context.answered(orderId, 'PaymentAuthorised')
    const stolen = await context.client.subscribe(CHANGED, { orderId }, { viewer: stranger }).next()
    expect(stolen.value?.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' })
    const wrong = await context.client.subscribe(CHANGED, { orderId, after: 'rubbish' }).next()
    expect(wrong.value?.errors?.[0]?.extensions).toMatchObject({ code: 'CURSOR_EXPIRED' })
  })
})
