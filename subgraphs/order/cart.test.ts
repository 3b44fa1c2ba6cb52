import { createMemoryEventStore } from '@mercato/adapters/event-store/memory'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { address, customer, eventually, LAMP, MUG, openShop, PEN, type Shop, stranger } from './testing/shop.ts'

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop[Symbol.asyncDispose]())

const CART = `fragment C on Cart { id itemCount itemsTotal { amount currency } lines { product { id } sku quantity unitPrice { amount } lineTotal { amount } available } }`
const cartOf = async (viewer = customer) =>
  (await shop.client.query(`{ cart { ...C } } ${CART}`, {}, { viewer })).data.cart
const change = async (name: string, input: Record<string, unknown>, idempotencyKey?: string) => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
  const answer = await shop.client.query(
    `mutation M($input: ${type}!) { ${name}(input: $input) { cart { ...C } userErrors { code field } consistencyToken } } ${CART}`,
    { input },
    idempotencyKey ? { idempotencyKey } : {},
  )
  return { ...answer.data?.[name], errors: answer.errors }
}

describe('a cart', () => {
  it('is empty at first', async () =>
    expect(await cartOf()).toEqual({ id: customer.user?.id, itemCount: 0, itemsTotal: null, lines: [] }))

  it('holds what was added, at the prices of this moment', async () => {
    await change('addToCart', { productId: MUG, quantity: 2 })
    const { cart, userErrors } = await change('addToCart', { sku: 'PEN-1', quantity: 1 })
    expect(userErrors).toEqual([])
    expect(cart).toMatchObject({
      itemCount: 3,
      itemsTotal: { amount: '21.50', currency: 'EUR' },
      lines: [
        {
          product: { id: MUG },
          sku: 'MUG-1',
          quantity: 2,
          unitPrice: { amount: '10.00' },
          lineTotal: { amount: '20.00' },
        },
        { product: { id: PEN }, sku: 'PEN-1', quantity: 1, available: true },
      ],
    })
    for (const product of shop.catalogue) product.unitPrice.amount += 500
    expect(await cartOf()).toMatchObject({
      itemsTotal: { amount: '36.50' },
      lines: [{ unitPrice: { amount: '15.00' } }, {}],
    })
  })

  it('shows what is no longer sold without a price', async () => {
    await change('addToCart', { productId: MUG, quantity: 2 })
    shop.catalogue.shift()
    expect(await cartOf()).toMatchObject({
      itemsTotal: null,
      lines: [{ unitPrice: null, lineTotal: null, available: false }],
    })
  })

  it('says when there is not enough', async () => {
    await change('addToCart', { productId: PEN, quantity: 4 })
    expect(await cartOf()).toMatchObject({ lines: [{ available: false }] })
  })

  it('estimates what an order would cost', async () => {
    const estimate = async (country: string) =>
      (
        await shop.client.query(
          `query($c: String!) { cart { estimate(country: $c) { shipping { amount } tax { amount } grandTotal { amount } } } }`,
          { c: country },
        )
      ).data.cart.estimate
    expect(await estimate('DE')).toBeNull()
    await change('addToCart', { productId: MUG, quantity: 2 })
    expect(await estimate('DE')).toEqual({
      shipping: { amount: '4.90' },
      tax: { amount: '4.73' },
      grandTotal: { amount: '29.63' },
    })
    expect(await estimate('US')).toEqual({
      shipping: { amount: '4.90' },
      tax: { amount: '0.00' },
      grandTotal: { amount: '24.90' },
    })
    expect(await estimate('ZZ')).toBeNull()
    await change('addToCart', { productId: LAMP, quantity: 1 })
    expect(await estimate('DE')).toBeNull()
  })

  it('changes, loses and forgets lines', async () => {
    await change('addToCart', { productId: MUG, quantity: 2 })
    await change('addToCart', { productId: PEN, quantity: 1 })
    expect((await change('changeQuantity', { productId: MUG, quantity: 5 })).cart.itemCount).toBe(6)
    expect((await change('removeFromCart', { productId: PEN })).cart.itemCount).toBe(5)
    expect((await change('clearCart', {})).cart.itemCount).toBe(0)
  })

  it('is the customer’s own', async () => {
    await change('addToCart', { productId: MUG, quantity: 2 })
    expect((await cartOf(stranger)).itemCount).toBe(0)
  })

  it('needs somebody signed in', async () => {
    const { data, errors } = await shop.client.query('{ cart { id } }', {}, { viewer: { consumer: 'frontend' } })
    expect(data.cart).toBeNull()
    expect(errors?.[0]?.extensions?.['code']).toBe('UNAUTHENTICATED')
  })

  it('adds once however often the request is repeated', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => change('addToCart', { productId: MUG, quantity: 2 }, 'key-1')),
    )
    expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1)
    expect((await cartOf()).itemCount).toBe(2)
    const { errors } = await change('addToCart', { productId: MUG, quantity: 3 }, 'key-1')
    expect(errors?.[0]?.extensions?.['code']).toBe('IDEMPOTENCY_KEY_REUSED')
  })
})

describe('what a cart refuses', () => {
  const cases: [string, string, Record<string, unknown>, string, string[]][] = [
    [
      'an unknown product',
      'addToCart',
      { productId: '018f0000-0000-7000-8000-00000000dead', quantity: 1 },
      'ORDER.PRODUCT_UNAVAILABLE',
      ['productId'],
    ],
    ['an unknown SKU', 'addToCart', { sku: 'NOPE', quantity: 1 }, 'ORDER.PRODUCT_UNAVAILABLE', ['sku']],
    [
      'a product id with NUL',
      'addToCart',
      { productId: 'a\u0000b', quantity: 1 },
      'ORDER.PRODUCT_UNAVAILABLE',
      ['productId'],
    ],
    [
      'a product id of 10 kB',
      'addToCart',
      { productId: 'x'.repeat(10_240), quantity: 1 },
      'ORDER.PRODUCT_UNAVAILABLE',
      ['productId'],
    ],
    ['no product', 'addToCart', { quantity: 1 }, 'ORDER.WHICH_PRODUCT', ['productId']],
    [
      'a product named twice',
      'addToCart',
      { productId: MUG, sku: 'PEN-1', quantity: 1 },
      'ORDER.WHICH_PRODUCT',
      ['productId'],
    ],
    ['zero pieces', 'addToCart', { productId: MUG, quantity: 0 }, 'QUANTITY.OUT_OF_RANGE', ['quantity']],
    ['negative pieces', 'addToCart', { productId: MUG, quantity: -1 }, 'QUANTITY.OUT_OF_RANGE', ['quantity']],
    [
      'huge quantities',
      'addToCart',
      { productId: MUG, quantity: 2_147_483_647 },
      'QUANTITY.OUT_OF_RANGE',
      ['quantity'],
    ],
    [
      'a change of what is not there',
      'changeQuantity',
      { productId: PEN, quantity: 1 },
      'CART.NOT_IN_CART',
      ['productId'],
    ],
    ['a change to zero', 'changeQuantity', { productId: PEN, quantity: 0 }, 'QUANTITY.OUT_OF_RANGE', ['quantity']],
    ['removing what is not there', 'removeFromCart', { productId: 'x\u0000' }, 'CART.NOT_IN_CART', ['productId']],
  ]
  it.each(cases)('%s', async (_what, name, input, code, field) => {
    const { cart, userErrors } = await change(name, input)
    expect({ cart, userErrors }).toEqual({ cart: null, userErrors: [{ code, field }] })
    expect((await shop.ports.store.readLog('', 10)).events).toEqual([])
  })

  it('a quantity beyond what a number can be', async () => {
    const { errors } = await change('addToCart', { productId: MUG, quantity: 9_999_999_999 })
    expect(errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT')
  })

  it('more than a thousand of one product in all', async () => {
    await change('addToCart', { productId: MUG, quantity: 1_000 })
    expect((await change('addToCart', { productId: MUG, quantity: 1 })).userErrors).toEqual([
      { code: 'CART.QUANTITY_TOO_LARGE', field: ['quantity'] },
    ])
  })
})

describe('checking out', () => {
  const CHECKOUT = `mutation Out($input: CheckoutInput!) { checkout(input: $input) { order { id number status totals { grandTotal { amount } } lines { sku quantity } } userErrors { code field } } }`
  const checkout = async (input: Record<string, unknown> = {}, idempotencyKey?: string) => {
    const answer = await shop.client.query(
      CHECKOUT,
      { input: { paymentMethodId: '0198c0de-0000-7000-8000-000000000001', shippingAddress: address, ...input } },
      idempotencyKey ? { idempotencyKey } : {},
    )
    return { ...answer.data?.checkout, errors: answer.errors }
  }
  const orders = async () =>
    (await shop.ports.store.readLog('', 1_000)).events.filter(({ type }) => type === 'OrderPlaced')

  it('makes the cart an order and leaves it empty', async () => {
    await change('addToCart', { productId: MUG, quantity: 2 })
    const { order, userErrors } = await checkout()
    expect(userErrors).toEqual([])
    expect(order).toMatchObject({
      status: 'PENDING',
      totals: { grandTotal: { amount: '29.63' } },
      lines: [{ sku: 'MUG-1', quantity: 2 }],
    })
    expect(order.number).toMatch(/^M-2026-[0-9A-Z]{6}$/)
    expect((await cartOf()).itemCount).toBe(0)
  })

  it('of an empty cart is refused', async () => {
    expect((await checkout()).userErrors).toEqual([{ code: 'CART.EMPTY', field: null }])
    expect(await orders()).toEqual([])
  })

  it('pressed twice makes one order, with a key or without', async () => {
    await change('addToCart', { productId: MUG, quantity: 2 })
    const [first, second] = await Promise.all([checkout(), checkout()])
    expect([first, second].filter(({ order }) => order)).toHaveLength(1)
    await change('addToCart', { productId: MUG, quantity: 1 })
    const answers = await Promise.all(Array.from({ length: 20 }, () => checkout({}, 'key-2')))
    expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1)
    expect(await orders()).toHaveLength(2)
  })

  it('keeps what was added while it ran for the next order', async () => {
    await change('addToCart', { productId: MUG, quantity: 2 })
    await checkout()
    await change('addToCart', { productId: PEN, quantity: 1 })
    expect((await checkout()).order.lines).toEqual([{ sku: 'PEN-1', quantity: 1 }])
  })

  it('that died between the cart and the order is finished by the repeat, as it was', async () => {
    await shop[Symbol.asyncDispose]()
    let dead = true
    const store = createMemoryEventStore()
    const append: typeof store.append = (streamId, ...rest) =>
      dead && streamId.startsWith('order.Order-')
        ? Promise.reject(new Error('the process died here'))
        : store.append(streamId, ...rest)
    shop = await openShop({ ports: { store: { ...store, append } } })
    await change('addToCart', { productId: MUG, quantity: 2 })
    const { errors } = await checkout({}, 'key-3')
    expect(errors?.[0]?.extensions?.['code']).toBe('INTERNAL_SERVER_ERROR')
    expect((await cartOf()).itemCount).toBe(0)
    dead = false
    for (const product of shop.catalogue) product.unitPrice.amount += 500
    const { order } = await checkout({}, 'key-3')
    expect(order).toMatchObject({ totals: { grandTotal: { amount: '29.63' } } })
    expect(await orders()).toHaveLength(1)
  })

  it('that died between the cart and the order is finished without a repeat', async () => {
    await shop[Symbol.asyncDispose]()
    let deaths = 0
    const store = createMemoryEventStore()
    const append: typeof store.append = (streamId, ...rest) =>
      streamId.startsWith('order.Order-') && deaths++ === 0
        ? Promise.reject(new Error('the process died here'))
        : store.append(streamId, ...rest)
    shop = await openShop({ ports: { store: { ...store, append } } })
    await change('addToCart', { productId: MUG, quantity: 2 })
    await checkout()
    await eventually(async () => ((await orders()).length === 1 ? true : undefined))
  })

  it('needs a verified e-mail address', async () => {
    const viewer = {
      ...customer,
      user: { ...(customer.user as NonNullable<typeof customer.user>), emailVerified: false },
    }
    const { errors } = await shop.client.query(
      CHECKOUT,
      { input: { paymentMethodId: '0198c0de-0000-7000-8000-000000000001', shippingAddress: address } },
      { viewer },
    )
    expect(errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN')
  })
})
