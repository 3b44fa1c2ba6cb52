import { createMemoryEventStore } from '@mercato/adapters/event-store/memory'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { GUEST_CART_MS } from '#domain/guest-cart.ts'
import { createGuestTokens } from '#infrastructure/guest-tokens.ts'
import { customer, eventually, LAMP, MUG, openShop, PEN, type Shop, stranger } from './testing/shop.ts'

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop[Symbol.asyncDispose]())

const guest = { consumer: 'frontend' }
const CART = `fragment B on Basket { itemCount itemsTotal { amount } lines { product { id } sku quantity unitPrice { amount } available } problems { __typename message } }`
type Sent = { readonly viewer?: typeof guest | typeof customer; readonly idempotencyKey?: string }

const change = async (name: string, input: Record<string, unknown>, { viewer = guest, ...options }: Sent = {}) => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
  const answer = await shop.client.query(
    `mutation M($input: ${type}!) { ${name}(input: $input) { guestToken cart { ...B expiresAt } userErrors { code field } } } ${CART}`,
    { input },
    { viewer, ...options },
  )
  return { ...answer.data?.[name], errors: answer.errors }
}
const merge = async (guestToken: string, { viewer = customer, ...options }: Sent = {}) => {
  const answer = await shop.client.query(
    `mutation M($input: MergeGuestCartInput!) { mergeGuestCart(input: $input) { cart { ...B } leftOut { sku quantity } userErrors { code field } } } ${CART}`,
    { input: { guestToken } },
    { viewer, ...options },
  )
  return { ...answer.data?.mergeGuestCart, errors: answer.errors }
}
const look = async (guestToken: string) =>
  (
    await shop.client.query(
      `query Q($t: String!) { guestCart(guestToken: $t) { ...B } } ${CART}`,
      { t: guestToken },
      { viewer: guest },
    )
  ).data.guestCart
const opened = async (quantity = 2): Promise<string> =>
  (await change('addToGuestCart', { productId: MUG, quantity })).guestToken
const linesOf = ({ cart }: { readonly cart: { readonly lines: readonly { sku: string; quantity: number }[] } }) =>
  cart.lines.map(({ sku, quantity }) => `${quantity} ${sku}`)
const logged = async () => (await shop.ports.store.readLog('', 1_000)).events
const GONE = [{ code: 'CART.GUEST_CART_GONE', field: ['guestToken'] }]

describe('the cart of somebody who has not signed in', () => {
  it('is opened with the first product, and found again by its token', async () => {
    const { guestToken, cart, userErrors } = await change('addToGuestCart', { productId: MUG, quantity: 2 })
    expect(userErrors).toEqual([])
    expect(cart).toMatchObject({ itemCount: 2, itemsTotal: { amount: '20.00' }, problems: [] })
    expect(Date.parse(cart.expiresAt)).toBe(shop.clock.now().getTime() + GUEST_CART_MS)
    expect(await look(guestToken)).toMatchObject({ lines: [{ product: { id: MUG }, quantity: 2, available: true }] })
  })

  it('is filled, changed and emptied', async () => {
    const guestToken = await opened()
    expect(linesOf(await change('addToGuestCart', { guestToken, sku: 'PEN-1', quantity: 1 }))).toEqual([
      '2 MUG-1',
      '1 PEN-1',
    ])
    expect(linesOf(await change('changeGuestQuantity', { guestToken, productId: MUG, quantity: 5 }))).toEqual([
      '5 MUG-1',
      '1 PEN-1',
    ])
    expect(linesOf(await change('removeFromGuestCart', { guestToken, productId: MUG }))).toEqual(['1 PEN-1'])
    expect((await change('removeFromGuestCart', { guestToken, productId: PEN })).cart.lines).toEqual([])
  })

  it('is nobody’s but who holds the token', async () => {
    const guestToken = await opened()
    for (const other of [`${guestToken.slice(0, -1)}${guestToken.endsWith('A') ? 'B' : 'A'}`, '', 'x', 'a\u0000'])
      expect(await look(other)).toBeNull()
    const strangers = createGuestTokens('another secret').make('018f0000-0000-7000-8000-0000000000dd')
    expect((await change('addToGuestCart', { guestToken: strangers, productId: MUG, quantity: 1 })).userErrors).toEqual(
      GONE,
    )
    const neverOpened = createGuestTokens(shop.ports.secret).make('018f0000-0000-7000-8000-0000000000dd')
    expect(
      (await change('addToGuestCart', { guestToken: neverOpened, productId: MUG, quantity: 1 })).userErrors,
    ).toEqual(GONE)
  })

  it('is another one for everybody who opens one, whatever key they thought of', async () => {
    const [one, other] = await Promise.all(
      [1, 2].map(() => change('addToGuestCart', { productId: MUG, quantity: 1 }, { idempotencyKey: '1' })),
    )
    expect(one.guestToken).not.toBe(other.guestToken)
  })

  it('takes a repeated request once', async () => {
    const guestToken = await opened(1)
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        change('addToGuestCart', { guestToken, productId: MUG, quantity: 2 }, { idempotencyKey: 'key-1' }),
      ),
    )
    expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1)
    expect((await look(guestToken)).itemCount).toBe(3)
  })

  it('is gone after thirty days without a change', async () => {
    const guestToken = await opened()
    shop.clock.advance(GUEST_CART_MS - 1)
    expect((await look(guestToken)).itemCount).toBe(2)
    shop.clock.advance(1)
    expect(await look(guestToken)).toBeNull()
    expect((await merge(guestToken)).userErrors).toEqual(GONE)
    expect((await change('changeGuestQuantity', { guestToken, productId: MUG, quantity: 1 })).userErrors).toEqual(GONE)
  })

  it('holds no person: nothing of it is sealed for anybody', async () => {
    await opened()
    expect((await logged()).map(({ type, subjectId }) => [type, subjectId])).toEqual([
      ['GuestCartItemAdded', undefined],
    ])
  })
})

describe('what a guest’s cart refuses', () => {
  it.each([
    ['addToGuestCart', { productId: LAMP, quantity: 0 }, 'QUANTITY.OUT_OF_RANGE', ['quantity']],
    ['addToGuestCart', { quantity: 1 }, 'ORDER.WHICH_PRODUCT', ['productId']],
    ['addToGuestCart', { sku: 'NOPE', quantity: 1 }, 'ORDER.PRODUCT_UNAVAILABLE', ['sku']],
    ['addToGuestCart', { productId: 'a\u0000', quantity: 1 }, 'ORDER.PRODUCT_UNAVAILABLE', ['productId']],
    ['changeGuestQuantity', { productId: MUG, quantity: -1 }, 'QUANTITY.OUT_OF_RANGE', ['quantity']],
    ['changeGuestQuantity', { productId: PEN, quantity: 1 }, 'CART.NOT_IN_CART', ['productId']],
    ['removeFromGuestCart', { productId: PEN }, 'CART.NOT_IN_CART', ['productId']],
  ])('%s %j', async (name, input, code, field) => {
    const guestToken = await opened()
    const before = (await logged()).length
    const { cart, userErrors, ...answer } = await change(name, { guestToken, ...input })
    expect({ cart, userErrors, token: answer.guestToken }).toEqual({
      cart: null,
      userErrors: [{ code, field }],
      token: null,
    })
    expect(await logged()).toHaveLength(before)
  })
})

describe('a guest who signs in', () => {
  it('finds what was gathered before in the own cart, beside what was there', async () => {
    const own = { input: { productId: MUG, quantity: 1 } }
    await shop.client.query(`mutation A($input: AddToCartInput!) { addToCart(input: $input) { cart { id } } }`, own)
    const guestToken = await opened()
    await change('addToGuestCart', { guestToken, productId: PEN, quantity: 1 })
    const merged = await merge(guestToken)
    expect([linesOf(merged), merged.leftOut, merged.userErrors]).toEqual([['3 MUG-1', '1 PEN-1'], [], []])
    expect(await look(guestToken)).toBeNull()
  })

  it('may merge twice, or twenty times at once: it happens once', async () => {
    const guestToken = await opened()
    const all = await Promise.all(Array.from({ length: 20 }, () => merge(guestToken)))
    expect(all.map(linesOf)).toEqual(all.map(() => ['2 MUG-1']))
    expect(linesOf(await merge(guestToken, { idempotencyKey: 'again' }))).toEqual(['2 MUG-1'])
  })

  it('is told what found no room, also when asking again', async () => {
    const own = { input: { productId: MUG, quantity: 999 } }
    await shop.client.query(`mutation A($input: AddToCartInput!) { addToCart(input: $input) { cart { id } } }`, own)
    const guestToken = await opened(5)
    for (const _ of [1, 2]) {
      const merged = await merge(guestToken)
      expect([linesOf(merged), merged.leftOut]).toEqual([['1000 MUG-1'], [{ sku: 'MUG-1', quantity: 4 }]])
    }
  })

  it('leaves nothing for anybody else who holds the token', async () => {
    const guestToken = await opened()
    await merge(guestToken)
    expect((await merge(guestToken, { viewer: stranger })).userErrors).toEqual(GONE)
    expect((await change('addToGuestCart', { guestToken, productId: MUG, quantity: 1 })).userErrors).toEqual(GONE)
  })

  it('has to have signed in', async () => {
    const guestToken = await opened()
    const { errors } = await merge(guestToken, { viewer: guest })
    expect(errors?.[0]?.extensions?.['code']).toBe('UNAUTHENTICATED')
    expect((await look(guestToken)).itemCount).toBe(2)
  })

  it('gets it also when the process died half-way, without asking again', async () => {
    await shop[Symbol.asyncDispose]()
    let deaths = 0
    const store = createMemoryEventStore()
    const append: typeof store.append = (streamId, ...rest) =>
      streamId.startsWith('order.Cart-') && deaths++ === 0
        ? Promise.reject(new Error('the process died here'))
        : store.append(streamId, ...rest)
    shop = await openShop({ ports: { store: { ...store, append } } })
    const guestToken = await opened()
    expect((await merge(guestToken)).errors?.[0]?.extensions?.['code']).toBe('INTERNAL_SERVER_ERROR')
    await eventually(async () => {
      const { data } = await shop.client.query('{ cart { itemCount } }')
      return data.cart.itemCount === 2 ? true : undefined
    })
    expect(linesOf(await merge(guestToken))).toEqual(['2 MUG-1'])
  })
})
