import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { address, MUG, openShop, PEN, type Shop } from './testing/shop.ts'

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop[Symbol.asyncDispose]())

const PROBLEMS = /* GraphQL */ `
  fragment P on CartProblem {
    __typename message line { sku }
    ... on NotEnoughStock { left: available }
    ... on PriceChanged { before { amount } now { amount } }
  }
`
const add = (productId: string, quantity: number) =>
  shop.client.query('mutation A($input: AddToCartInput!) { addToCart(input: $input) { userErrors { code } } }', {
    input: { productId, quantity },
  })
const problems = async () => (await shop.client.query(`{ cart { problems { ...P } } } ${PROBLEMS}`)).data.cart.problems
const checkout = async (input: Record<string, unknown> = {}) => {
  const given = { paymentMethodId: '0198c0de-0000-7000-8000-000000000001', shippingAddress: address, ...input }
  const document = `mutation Out($input: CheckoutInput!) { checkout(input: $input) {
    order { totals { grandTotal { amount } } } cart { itemCount problems { ...P } } userErrors { code field } } } ${PROBLEMS}`
  return (await shop.client.query(document, { input: given })).data.checkout
}
const [mug, pen] = [0, 1] as const
const product = (index: number) => {
  const found = shop.catalogue[index]
  if (!found) throw new Error('no such product')
  return found
}
const mugChanged = {
  __typename: 'PriceChanged',
  message: 'MUG-1 has another price than when it was put in.',
  line: { sku: 'MUG-1' },
  before: { amount: '10.00' },
  now: { amount: '12.50' },
}

describe('before money moves', () => {
  it('a cart has no problems', async () => {
    await add(MUG, 2)
    expect(await problems()).toEqual([])
  })

  it('every line is named that stands in the way, and why', async () => {
    await add(MUG, 2)
    await add(PEN, 4)
    product(mug).unitPrice.amount = 1_250
    expect(await problems()).toEqual([
      mugChanged,
      { __typename: 'NotEnoughStock', message: 'Only 3 of PEN-1 are left.', line: { sku: 'PEN-1' }, left: 3 },
    ])
    product(pen).available = 0
    shop.catalogue.shift()
    expect(await problems()).toMatchObject([
      { __typename: 'ProductUnavailable', message: 'MUG-1 is not sold any more.', line: { sku: 'MUG-1' } },
      { __typename: 'NotEnoughStock', message: 'PEN-1 is sold out.' },
    ])
  })

  it('checking out is refused, orders nothing, and shows them all', async () => {
    await add(MUG, 2)
    await add(PEN, 4)
    product(mug).unitPrice.amount = 1_250
    const { order, cart, userErrors } = await checkout()
    expect([order, userErrors]).toEqual([null, [{ code: 'ORDER.OUT_OF_STOCK', field: ['cart', PEN] }]])
    expect(cart.problems.map(({ __typename }: { __typename: string }) => __typename)).toEqual([
      'PriceChanged',
      'NotEnoughStock',
    ])
    expect((await shop.ports.store.readLog('', 100)).events.map(({ type }) => type)).not.toContain('CartCheckedOut')
  })
})

describe('a price that changed since a product was put in', () => {
  beforeEach(async () => {
    await add(MUG, 2)
    product(mug).unitPrice.amount = 1_250
  })

  it.each([
    ['up', 1_250],
    ['down', 750],
  ])('%s stops a checkout that does not say what it expects', async (_, amount) => {
    product(mug).unitPrice.amount = amount
    const { order, userErrors } = await checkout()
    expect([order, userErrors]).toEqual([null, [{ code: 'ORDER.PRICE_CHANGED', field: ['cart', MUG] }]])
  })

  it('is accepted by naming the total of now', async () => {
    const wrong = await checkout({ expectedTotal: { amount: '29.63', currency: 'EUR' } })
    expect(wrong.userErrors).toEqual([{ code: 'ORDER.PRICE_CHANGED', field: ['expectedTotal'] }])
    const { order, cart } = await checkout({ expectedTotal: { amount: '35.58', currency: 'EUR' } })
    expect([order.totals.grandTotal.amount, cart]).toEqual(['35.58', { itemCount: 0, problems: [] }])
  })

  it('is seen by putting in more', async () => {
    await add(MUG, 1)
    expect(await problems()).toEqual([])
    expect((await checkout()).userErrors).toEqual([])
  })

  it('and back again is no change', async () => {
    product(mug).unitPrice.amount = 1_000
    expect((await checkout()).userErrors).toEqual([])
  })
})
