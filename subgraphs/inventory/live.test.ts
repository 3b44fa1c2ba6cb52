import type { Answer } from '@mercato/adapters/testing/subgraph-client'
import { describe, expect, it } from 'vitest'
import { customer, merchandiser, openShop, type Shop } from './testing.ts'

const STOCK = `subscription ($skus: [String!]! $after: String) {
  stockChanged(skus: $skus, after: $after) { cursor stock { sku available } } }`
const PRODUCT = `subscription ($id: ID! $after: String) {
  productChanged(id: $id, after: $after) { cursor change product { name price { amount } published } } }`

const receive = (shop: Shop, sku: string, quantity: number) =>
  shop.client.query(
    `mutation ($sku: String!, $n: Int!) { receiveStock(input: { sku: $sku, quantity: $n }) { userErrors { code } } }`,
    { sku, n: quantity },
    { viewer: merchandiser },
  )
const change = (shop: Shop, name: string, input: object) =>
  shop.client.query(
    `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { userErrors { code } } }`,
    { input },
    { viewer: merchandiser },
  )

/** Takes so many items, or the one error. */
const take = async (stream: AsyncGenerator<Answer>, count: number): Promise<Answer[]> => {
  const items: Answer[] = []
  for await (const item of stream) {
    items.push(item)
    if (items.length === count || item.errors) break
  }
  return items
}

/** The first item of a live stream: makes things happen until the stream has begun and shows one of them. */
const begin = async (stream: AsyncGenerator<Answer>, poke: () => Promise<unknown>): Promise<Answer> => {
  const first = stream.next()
  let item: Answer | undefined
  void first.then(({ value }) => {
    item = value
  })
  while (!item) await poke()
  return item
}
const code = (items: readonly Answer[]) => items[0]?.errors?.[0]?.extensions?.['code']

describe('stock as it changes', () => {
  it('is pushed for the SKUs asked for, each as its change left it, and resumes without gap or repeat', async () => {
    await using shop = await openShop()
    await shop.stocked('A', 1)
    await shop.stocked('B', 1)
    const all = shop.client.subscribe(STOCK, { skus: ['a'] }, { viewer: customer })
    const { data } = await begin(all, async () => {
      await receive(shop, 'B', 1)
      await receive(shop, 'A', 1)
    })
    const { cursor, stock } = data.stockChanged
    for (let n = 0; n < 5; n++) await receive(shop, 'A', 1)
    const rest = await take(all, 5)
    const levels = rest.map(({ data }) => data.stockChanged.stock.available)
    expect(new Set(rest.map(({ data }) => data.stockChanged.stock.sku))).toEqual(new Set(['A']))
    expect(levels).toEqual(levels.map((_, index) => stock.available + index + 1))

    const resumed = await take(shop.client.subscribe(STOCK, { skus: ['A'], after: cursor }, { viewer: customer }), 5)
    expect(resumed.map(({ data }) => data)).toEqual(rest.map(({ data }) => data))
  })

  it('tells when an order reserves and releases', async () => {
    await using shop = await openShop()
    await shop.stocked('A', 5)
    const from = shop.client.subscribe(STOCK, { skus: ['A'] }, { viewer: customer })
    const { data } = await begin(from, () => receive(shop, 'A', 1))
    const { stock } = data.stockChanged
    const order = shop.ports.ids.next()
    const lines = [{ sku: 'A', quantity: 2 }]
    await shop.answerTo(
      await shop.request(order, 'StockReservationRequested', { lines, expiresAt: '2026-01-01T00:15:00Z' }),
    )
    await shop.answerTo(await shop.request(order, 'StockReleaseRequested', { reason: 'CANCELLED' }))
    const seen: number[] = []
    for await (const { data } of from) {
      seen.push(data.stockChanged.stock.available)
      if (seen.length >= 2 && seen.at(-2) === (seen.at(-1) ?? 0) - 2) break
    }
    expect(seen.at(-1)).toBeGreaterThanOrEqual(stock.available)
  })

  it.each([[[]], [['\u0000']], [Array.from({ length: 51 }, (_, n) => `S${n}`)]])('refuses the SKUs %j', async skus => {
    await using shop = await openShop()
    expect(code(await take(shop.client.subscribe(STOCK, { skus }), 1))).toBe('BAD_USER_INPUT')
  })

  it('refuses a cursor made for others', async () => {
    await using shop = await openShop()
    const id = await shop.stocked('A', 1)
    const live = shop.client.subscribe(STOCK, { skus: ['A'] }, { viewer: customer })
    const after = (await begin(live, () => receive(shop, 'A', 1))).data.stockChanged.cursor
    await live.return(undefined)
    const attempts = [
      shop.client.subscribe(STOCK, { skus: ['A'], after }, { viewer: merchandiser }),
      shop.client.subscribe(STOCK, { skus: ['A', 'B'], after }, { viewer: customer }),
      shop.client.subscribe(PRODUCT, { id, after }, { viewer: customer }),
      shop.client.subscribe(STOCK, { skus: ['A'], after: `${after}x` }, { viewer: customer }),
      shop.client.subscribe(STOCK, { skus: ['A'], after: 'nonsense' }, { viewer: customer }),
    ]
    for (const attempt of attempts) expect(code(await take(attempt, 1))).toBe('CURSOR_EXPIRED')
  })
})

describe('a product as it changes', () => {
  const open = async (shop: Shop, id: string, viewer = customer) => {
    const stream = shop.client.subscribe(PRODUCT, { id }, { viewer })
    let cents = 100
    await begin(stream, () =>
      change(shop, 'changePrice', { id, price: { amount: `${++cents / 100}`, currency: 'EUR' } }),
    )
    return stream
  }

  it('is pushed as each change left it, and disappears when it is taken off sale', async () => {
    await using shop = await openShop()
    const id = await shop.stocked('A', 1)
    const stream = await open(shop, id)
    await change(shop, 'updateProduct', { id, name: 'Renamed' })
    await change(shop, 'changePrice', { id, price: { amount: '50', currency: 'EUR' } })
    await change(shop, 'unpublishProduct', { id })
    await change(shop, 'updateProduct', { id, name: 'Secret' })
    await change(shop, 'publishProduct', { id })
    const seen: unknown[] = []
    for await (const { data } of stream) {
      const { change: what, product } = data.productChanged
      if (what !== 'PRICE_CHANGED' || product.price.amount === '50.00') seen.push([what, product?.name ?? null])
      if (what === 'PUBLISHED') break
    }
    expect(seen).toEqual([
      ['UPDATED', 'Renamed'],
      ['PRICE_CHANGED', 'Renamed'],
      ['UNPUBLISHED', null],
      ['PUBLISHED', 'Secret'],
    ])
  })

  it('shows everything to those who manage the catalogue', async () => {
    await using shop = await openShop()
    const id = await shop.stocked('A', 1)
    await change(shop, 'unpublishProduct', { id })
    const stream = await open(shop, id, merchandiser)
    await change(shop, 'updateProduct', { id, name: 'Draft two' })
    for await (const { data } of stream)
      if (data.productChanged.change === 'UPDATED') {
        expect(data.productChanged.product).toMatchObject({ name: 'Draft two', published: false })
        break
      }
  })

  it('does not exist for those who never could see it', async () => {
    await using shop = await openShop()
    const { data } = await shop.client.query(
      `mutation { createProduct(input: { sku: "DRAFT", name: "Draft", category: "x", weightGrams: 1, price: { amount: "1", currency: EUR } }) { product { id } } }`,
      {},
      { viewer: merchandiser },
    )
    for (const id of [data.createProduct.product.id, shop.ports.ids.next(), 'nonsense'])
      expect(code(await take(shop.client.subscribe(PRODUCT, { id }, { viewer: customer }), 1))).toBe('NOT_FOUND')
  })
})
