import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  act,
  address,
  customer,
  eventually,
  inStatus,
  MUG,
  merchandiser,
  openShop,
  PEN,
  parcel,
  placed,
  placeOrder,
  type Shop,
  support,
  typesOf,
} from './testing/shop.ts'

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop[Symbol.asyncDispose]())

describe('an order', () => {
  it('goes from placing to delivery', async () => {
    const { data } = await placeOrder(shop)
    const { order, userErrors } = data.placeOrder
    expect(userErrors).toEqual([])
    expect(order).toMatchObject({
      status: 'PENDING',
      customer: { id: customer.user?.id },
      lines: [
        {
          product: { id: MUG },
          name: 'Mug',
          quantity: 2,
          unitPrice: { amount: '10.00', currency: 'EUR' },
          lineTotal: { amount: '20.00' },
          tax: { amount: '3.80' },
        },
        { product: { id: PEN }, sku: 'PEN-1', quantity: 1 },
      ],
      totals: {
        items: { amount: '21.50' },
        shipping: { amount: '4.90' },
        tax: { amount: '5.02' },
        grandTotal: { amount: '31.42', currency: 'EUR' },
      },
      shippingAddress: address,
      billingAddress: null,
    })
    const { id } = order
    expect(await inStatus(shop, id, 'CONFIRMED')).toMatchObject({ shipBy: '2026-01-06T00:00:00.000Z' })
    const shipped = await act(shop, 'shipOrder', { orderId: id, ...parcel }, merchandiser)
    expect(shipped).toMatchObject({
      userErrors: [],
      order: { status: 'SHIPPED', shipments: [{ ...parcel, amount: { amount: '31.42' } }] },
    })
    await eventually(() => (shop.payment.capturedOf(id) === 3_142 ? true : undefined))
    const delivered = await act(shop, 'markDelivered', { orderId: id }, merchandiser)
    expect(delivered.order).toMatchObject({ status: 'DELIVERED', deliveredAt: '2026-01-01T00:00:00.000Z', version: 5 })
    expect(delivered.order.timeline.map(({ event }: { event: string }) => event)).toEqual([
      'OrderPlaced',
      'OrderPaymentAwaited',
      'OrderConfirmed',
      'OrderShipped',
      'OrderDelivered',
    ])
    await eventually(() => (typesOf(shop, id).includes('order.OrderDelivered') ? true : undefined))
    expect(typesOf(shop, id).sort()).toEqual(
      [
        'OrderPlaced',
        'StockReservationRequested',
        'PaymentAuthorisationRequested',
        'ReservationConfirmationRequested',
        'OrderConfirmed',
        'OrderShipped',
        'StockShipmentRequested',
        'PaymentCaptureRequested',
        'OrderDelivered',
      ]
        .map(type => `order.${type}`)
        .sort(),
    )
  })

  it('ships in parts, each charged at its value', async () => {
    const id = await placed(shop)
    await inStatus(shop, id, 'CONFIRMED')
    const first = await act(
      shop,
      'shipOrder',
      { orderId: id, ...parcel, lines: [{ sku: 'PEN-1', quantity: 1 }] },
      support,
    )
    expect(first.order).toMatchObject({ status: 'PARTLY_SHIPPED', shipments: [{ amount: { amount: '7.62' } }] })
    const second = await act(shop, 'shipOrder', { orderId: id, ...parcel }, support)
    expect(second.order).toMatchObject({ status: 'SHIPPED', shipments: [{}, { amount: { amount: '23.80' } }] })
    await eventually(() => (shop.payment.capturedOf(id) === 3_142 ? true : undefined))
  })

  it('whose payment is declined is rejected and gives its stock back', async () => {
    shop.provider = 'declines'
    const id = await placed(shop)
    expect(await inStatus(shop, id, 'REJECTED')).toMatchObject({ statusReason: 'PAYMENT_DECLINED' })
    await eventually(() => (shop.inventory.heldFor(id) === 0 ? true : undefined))
  })

  it('that finds the last piece gone is rejected', async () => {
    const lines = [{ sku: 'PEN-1', quantity: 2 }]
    const [first, second] = [await placed(shop, { lines }), await placed(shop, { lines })]
    await inStatus(shop, first, 'CONFIRMED')
    expect(await inStatus(shop, second, 'REJECTED')).toMatchObject({ statusReason: 'OUT_OF_STOCK' })
  })

  it('cancelled before shipping gives everything back', async () => {
    const id = await placed(shop)
    await inStatus(shop, id, 'CONFIRMED')
    const { order } = await act(shop, 'cancelOrder', { orderId: id, reason: 'Found it at home' })
    expect(order).toMatchObject({ status: 'CANCELLED', statusReason: 'CUSTOMER_REQUEST' })
    await eventually(() => (shop.inventory.heldFor(id) === 0 && !shop.payment.holds(id) ? true : undefined))
  })

  it('authorised after it was cancelled is voided', async () => {
    shop.provider = 'is silent'
    const id = await placed(shop)
    await inStatus(shop, id, 'AWAITING_PAYMENT')
    await act(shop, 'cancelOrder', { orderId: id })
    await eventually(() => (typesOf(shop, id).includes('order.PaymentVoidRequested') ? true : undefined))
    await shop.publish('payment', 'PaymentAuthorised', {
      orderId: id,
      paymentId: id,
      amount: { amount: 3_142, currency: 'EUR' },
      expiresAt: '2026-01-08T00:00:00.000Z',
    })
    await eventually(() =>
      typesOf(shop, id).filter(type => type === 'order.PaymentVoidRequested').length === 2 ? true : undefined,
    )
  })

  it('captured after it was cancelled is paid back', async () => {
    const id = await placed(shop)
    await inStatus(shop, id, 'CONFIRMED')
    await act(shop, 'cancelOrder', { orderId: id })
    await eventually(() => (shop.payment.holds(id) ? undefined : true))
    await shop.publish('payment', 'PaymentCaptured', {
      orderId: id,
      captureId: 'late',
      amount: { amount: 3_142, currency: 'EUR' },
    })
    const refund = await eventually(() => shop.published.find(({ type }) => type === 'order.PaymentRefundRequested'))
    expect(refund.data).toMatchObject({
      orderId: id,
      amount: { amount: 3_142, currency: 'EUR' },
      reason: 'STRAY_CAPTURE',
    })
  })

  it('is returned, restocked and paid back', async () => {
    const id = await placed(shop)
    await inStatus(shop, id, 'CONFIRMED')
    await act(shop, 'shipOrder', { orderId: id, ...parcel }, merchandiser)
    await eventually(() => (shop.payment.capturedOf(id) === 3_142 ? true : undefined))
    await act(shop, 'markDelivered', { orderId: id }, merchandiser)
    const asked = await act(shop, 'requestReturn', {
      orderId: id,
      lines: [{ sku: 'MUG-1', quantity: 1 }],
      reason: 'Chipped',
    })
    expect(asked.order).toMatchObject({
      returns: [{ status: 'REQUESTED', refund: null }],
      lines: [{ returnedQuantity: 1 }, {}],
    })
    const returnId: string = asked.order.returns[0].id
    await act(shop, 'approveReturn', { orderId: id, returnId }, merchandiser)
    const received = await act(shop, 'receiveReturn', { orderId: id, returnId }, merchandiser)
    expect(received.order.returns).toMatchObject([{ status: 'RECEIVED', refund: { amount: '11.90' } }])
    await eventually(() => (shop.payment.refundedOf(id) === 1_190 ? true : undefined))
  })
})

it('an order is placed once, however often the request is repeated', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => placeOrder(shop, { idempotencyKey: 'key-1' })))
  expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1)
  const log = (await shop.ports.store.readLog('', 1_000)).events
  expect(log.filter(({ type }) => type === 'OrderPlaced')).toHaveLength(1)
  const id: string = answers[0]?.data.placeOrder.order.id
  await inStatus(shop, id, 'CONFIRMED')
  expect((await placeOrder(shop, { idempotencyKey: 'key-1' })).data).toEqual(answers[0]?.data)
  const reused = await placeOrder(shop, {
    idempotencyKey: 'key-1',
    paymentMethodId: '0198c0de-0000-7000-8000-000000000002',
  })
  expect(reused.errors?.[0]?.extensions?.['code']).toBe('IDEMPOTENCY_KEY_REUSED')
})

it('no personal data stands in the log or on the topics in the clear', async () => {
  const id = await placed(shop)
  await inStatus(shop, id, 'CONFIRMED')
  await act(shop, 'cancelOrder', { orderId: id, reason: 'Allergic to porcelain' })
  const log = JSON.stringify((await shop.ports.store.readLog('', 1_000)).events) + JSON.stringify(shop.published)
  for (const secret of ['Ada', 'Lane 1', '10115', 'Allergic']) expect(log).not.toContain(secret)
})
