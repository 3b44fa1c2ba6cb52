import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  act,
  address,
  customer,
  eventually,
  GET,
  inStatus,
  LAMP,
  MUG,
  merchandiser,
  openShop,
  PEN,
  placed,
  placeOrder,
  type Shop,
  stranger,
  support,
} from './testing/shop.ts'

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop[Symbol.asyncDispose]())

const parcel = { carrier: 'DHL', trackingNumber: '00340434161094015902' }
const typesOf = (orderId: string) =>
  shop.published.filter(({ data }) => (data as { orderId: string }).orderId === orderId).map(({ type }) => type)

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
    await eventually(() => (typesOf(id).includes('order.OrderDelivered') ? true : undefined))
    expect(typesOf(id).sort()).toEqual(
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
    await eventually(() => (typesOf(id).includes('order.PaymentVoidRequested') ? true : undefined))
    await shop.publish('payment', 'PaymentAuthorised', {
      orderId: id,
      paymentId: id,
      amount: { amount: 3_142, currency: 'EUR' },
      expiresAt: '2026-01-08T00:00:00.000Z',
    })
    await eventually(() =>
      typesOf(id).filter(type => type === 'order.PaymentVoidRequested').length === 2 ? true : undefined,
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

describe('deadlines', () => {
  it('cancel an order that is not shipped in time', async () => {
    const id = await placed(shop)
    const { shipBy } = await inStatus(shop, id, 'CONFIRMED')
    shop.clock.set(new Date(shipBy))
    expect(await inStatus(shop, id, 'CANCELLED')).toMatchObject({ statusReason: 'SHIP_BY_PASSED' })
    await eventually(() => (shop.inventory.heldFor(id) === 0 && !shop.payment.holds(id) ? true : undefined))
  })

  it('reject an order to which inventory does not answer, and release what it says late', async () => {
    shop.inventoryListens = false
    const id = await placed(shop)
    await eventually(() => (typesOf(id).includes('order.StockReservationRequested') ? true : undefined))
    shop.clock.advance(31_000)
    expect(await inStatus(shop, id, 'REJECTED')).toMatchObject({ statusReason: 'STOCK_UNANSWERED' })
    await eventually(() => (typesOf(id).includes('order.StockReleaseRequested') ? true : undefined))
    await shop.publish('inventory', 'StockReserved', { orderId: id, expiresAt: '2026-01-01T00:15:00.000Z' })
    await eventually(() =>
      typesOf(id).filter(type => type === 'order.StockReleaseRequested').length > 1 ? true : undefined,
    )
  })

  it('reject an order whose payment is not answered', async () => {
    shop.provider = 'is silent'
    const id = await placed(shop)
    await inStatus(shop, id, 'AWAITING_PAYMENT')
    shop.clock.advance(121_000)
    expect(await inStatus(shop, id, 'REJECTED')).toMatchObject({ statusReason: 'PAYMENT_UNANSWERED' })
  })

  it('take a shipped order for delivered', async () => {
    const id = await placed(shop)
    await inStatus(shop, id, 'CONFIRMED')
    await act(shop, 'shipOrder', { orderId: id, ...parcel }, merchandiser)
    await eventually(() => (shop.payment.capturedOf(id) === 3_142 ? true : undefined))
    shop.clock.advance(14 * 86_400_000)
    await inStatus(shop, id, 'DELIVERED')
  })

  it('can be shortened', async () => {
    await shop[Symbol.asyncDispose]()
    shop = await openShop({ timings: { shipWithinMs: 60_000 } })
    const id = await placed(shop)
    expect(await inStatus(shop, id, 'CONFIRMED')).toMatchObject({ shipBy: '2026-01-01T00:01:00.000Z' })
  })
})

describe('placing refuses', () => {
  const huge = 'x'.repeat(10_240)
  const cases: [string, Record<string, unknown>, string, string[] | null][] = [
    ['no lines', { lines: [] }, 'ORDER.NO_LINES', ['lines']],
    [
      'too many lines',
      { lines: Array.from({ length: 101 }, () => ({ productId: MUG, quantity: 1 })) },
      'ORDER.TOO_MANY_LINES',
      ['lines'],
    ],
    [
      'an unknown product',
      { lines: [{ productId: '018f0000-0000-7000-8000-00000000dead', quantity: 1 }] },
      'ORDER.PRODUCT_UNAVAILABLE',
      ['lines', '0'],
    ],
    [
      'a malformed product id',
      { lines: [{ productId: 'a\u0000', quantity: 1 }] },
      'ORDER.PRODUCT_UNAVAILABLE',
      ['lines', '0', 'productId'],
    ],
    ['a product without a name', { lines: [{ quantity: 1 }] }, 'ORDER.WHICH_PRODUCT', ['lines', '0', 'productId']],
    ['zero pieces', { lines: [{ productId: MUG, quantity: 0 }] }, 'QUANTITY.OUT_OF_RANGE', ['lines', '0', 'quantity']],
    [
      'negative pieces',
      { lines: [{ productId: MUG, quantity: -3 }] },
      'QUANTITY.OUT_OF_RANGE',
      ['lines', '0', 'quantity'],
    ],
    [
      'huge quantities',
      { lines: [{ productId: MUG, quantity: 2_000_000_000 }] },
      'QUANTITY.OUT_OF_RANGE',
      ['lines', '0', 'quantity'],
    ],
    [
      'huge quantities in small lines',
      { lines: Array.from({ length: 2 }, () => ({ productId: MUG, quantity: 600 })) },
      'ORDER.QUANTITY_TOO_LARGE',
      ['lines', '1'],
    ],
    ['more than there is', { lines: [{ productId: PEN, quantity: 4 }] }, 'ORDER.OUT_OF_STOCK', ['lines', '0']],
    [
      'products of different currencies',
      {
        lines: [
          { productId: MUG, quantity: 1 },
          { productId: LAMP, quantity: 1 },
        ],
      },
      'ORDER.MIXED_CURRENCIES',
      null,
    ],
    [
      'another total than expected',
      { expectedTotal: { amount: '31.41', currency: 'EUR' } },
      'ORDER.PRICE_CHANGED',
      ['expectedTotal'],
    ],
    [
      'a total in another currency',
      { expectedTotal: { amount: '31.42', currency: 'USD' } },
      'ORDER.OTHER_CURRENCY',
      ['expectedTotal', 'currency'],
    ],
    [
      'a negative total',
      { expectedTotal: { amount: '-1', currency: 'EUR' } },
      'MONEY.INVALID_AMOUNT',
      ['expectedTotal', 'amount'],
    ],
    ['a payment method that is none', { paymentMethodId: 'a b' }, 'ORDER.INVALID_PAYMENT_METHOD', ['paymentMethodId']],
    ['a payment method of 10 kB', { paymentMethodId: huge }, 'ORDER.INVALID_PAYMENT_METHOD', ['paymentMethodId']],
    [
      'an address without a name',
      { shippingAddress: { ...address, name: ' ' } },
      'ADDRESS.INVALID',
      ['shippingAddress', 'name'],
    ],
    [
      'an address with NUL',
      { shippingAddress: { ...address, city: 'Ber\u0000lin' } },
      'ADDRESS.INVALID',
      ['shippingAddress', 'city'],
    ],
    [
      'an address of 10 kB',
      { billingAddress: { ...address, line1: huge } },
      'ADDRESS.INVALID',
      ['billingAddress', 'line1'],
    ],
    [
      'a country that is none',
      { shippingAddress: { ...address, country: 'Germany' } },
      'ADDRESS.INVALID',
      ['shippingAddress', 'country'],
    ],
  ]
  it.each(cases)('%s', async (_what, input, code, field) => {
    const { data } = await placeOrder(shop, input)
    expect(data.placeOrder).toMatchObject({ order: null, userErrors: [{ code, field }] })
    expect((await shop.ports.store.readLog('', 10)).events).toEqual([])
  })

  it('a catalogue that cannot be asked, with a code', async () => {
    await shop[Symbol.asyncDispose]()
    for (const quote of [() => Promise.reject(new Error('ECONNREFUSED')), async () => ({ lines: [{ sku: 7 }] })]) {
      shop = await openShop({ quote })
      const { errors } = await placeOrder(shop)
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'SERVICE_UNAVAILABLE', retryable: true })
      await shop[Symbol.asyncDispose]()
    }
    shop = await openShop({ quote: () => new Promise(() => undefined) })
    const late = await shop.client.query(
      'mutation($i: AddToCartInput!) { addToCart(input: $i) { cart { id } } }',
      { i: { productId: MUG, quantity: 1 } },
      { timeoutMs: 30 },
    )
    expect(late.errors?.[0]?.extensions).toMatchObject({ code: 'TIMEOUT', retryable: true })
  })
})

describe('other people’s orders', () => {
  const code = (errors?: readonly { extensions?: Record<string, unknown> }[]) => errors?.[0]?.extensions?.['code']

  it('cannot be read', async () => {
    const id = await placed(shop)
    const { data, errors } = await shop.client.query(GET, { id }, { viewer: stranger })
    expect(data.order).toBeNull()
    expect(code(errors)).toBe('FORBIDDEN')
  })

  it('cannot be cancelled, shipped, delivered or returned', async () => {
    const id = await placed(shop)
    const before = (await shop.ports.store.readStream(`order.Order-${id}`)).length
    for (const [name, input] of [
      ['cancelOrder', {}],
      ['shipOrder', parcel],
      ['markDelivered', {}],
      ['requestReturn', { lines: [{ sku: 'MUG-1', quantity: 1 }] }],
      ['approveReturn', { returnId: id }],
      ['declineReturn', { returnId: id }],
      ['receiveReturn', { returnId: id }],
    ] as const)
      expect(code((await act(shop, name, { orderId: id, ...input }, stranger)).errors)).toBe('FORBIDDEN')
    await inStatus(shop, id, 'CONFIRMED')
    const after = await shop.ports.store.readStream(`order.Order-${id}`)
    expect(after.slice(before).map(({ type }) => type)).toEqual(
      ['OrderPaymentAwaited', 'OrderConfirmed'].slice(before - 1),
    )
  })

  it.each(['', 'nonsense', '018f0000-0000-7000-8000-00000000dead', `a\u0000b`, 'x'.repeat(10_240)])(
    'unknown ones (%#) are not found',
    async orderId => {
      for (const name of ['cancelOrder', 'markDelivered'])
        expect(await act(shop, name, { orderId }, support)).toMatchObject({
          order: null,
          userErrors: [{ code: 'ORDER.NOT_FOUND', field: ['orderId'] }],
        })
      expect((await shop.client.query(GET, { id: orderId })).data).toEqual({ order: null })
      expect((await shop.ports.store.readLog('', 10)).events).toEqual([])
    },
  )
})

describe('what an order refuses', () => {
  const refused = async (name: string, input: Record<string, unknown>, viewer = merchandiser) =>
    (await act(shop, name, input, viewer)).userErrors

  it('says why', async () => {
    const id = await placed(shop)
    await inStatus(shop, id, 'CONFIRMED')
    const bad = (change: Record<string, unknown>) => refused('shipOrder', { orderId: id, ...parcel, ...change })
    expect(await bad({ carrier: '' })).toEqual([{ code: 'TEXT.INVALID', field: ['carrier'] }])
    expect(await bad({ trackingNumber: 'a\u0000' })).toEqual([{ code: 'TEXT.INVALID', field: ['trackingNumber'] }])
    expect(await bad({ lines: [] })).toEqual([{ code: 'ORDER.NOTHING_TO_SHIP', field: ['lines'] }])
    expect(await bad({ lines: [{ sku: 'MUG-1', quantity: 0 }] })).toEqual([
      { code: 'QUANTITY.OUT_OF_RANGE', field: ['lines', '0', 'quantity'] },
    ])
    expect(await bad({ lines: [{ sku: 'MUG-1', quantity: 3 }] })).toEqual([
      { code: 'ORDER.MORE_THAN_ORDERED', field: ['lines', '0', 'quantity'] },
    ])
    expect(await bad({ lines: [{ sku: 'x\u0000', quantity: 1 }] })).toEqual([
      { code: 'ORDER.NOT_ON_ORDER', field: ['lines', '0', 'sku'] },
    ])
    expect(await refused('markDelivered', { orderId: id })).toEqual([{ code: 'ORDER.NOT_SHIPPED', field: null }])
    expect(await refused('cancelOrder', { orderId: id, reason: 'x'.repeat(501) }, customer)).toEqual([
      { code: 'TEXT.INVALID', field: ['reason'] },
    ])
    expect(await refused('requestReturn', { orderId: id, lines: [{ sku: 'MUG-1', quantity: 1 }] }, customer)).toEqual([
      { code: 'RETURN.NOT_DELIVERED', field: null },
    ])
    expect(await refused('cancelOrder', { orderId: id }, customer)).toEqual([])
    expect(await refused('cancelOrder', { orderId: id }, customer)).toEqual([
      { code: 'ORDER.ALREADY_CANCELLED', field: null },
    ])
    expect(await bad({})).toEqual([{ code: 'ORDER.ALREADY_CANCELLED', field: null }])
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
