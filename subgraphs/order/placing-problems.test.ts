import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { address, LAMP, MUG, openShop, PEN, placeOrder, type Shop } from './testing/shop.ts'

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop[Symbol.asyncDispose]())

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
