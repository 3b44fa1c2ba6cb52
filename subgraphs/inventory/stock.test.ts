import { describe, expect, it } from 'vitest'
import { customer, eventually, merchandiser, openShop, type Shop } from './testing.ts'

const as = { viewer: merchandiser }

const mutation = (name: string): string => {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`
  return `mutation ($input: ${type}!) { answer: ${name}(input: $input) {
    stock { sku available onHand reserved lowStockThreshold } userErrors { code field } } }`
}
const change = async (shop: Shop, name: string, input: object) =>
  (await shop.client.query(mutation(name), { input }, as)).data?.answer

const logSize = async ({ ports }: Shop): Promise<number> => (await ports.store.readLog('', 5_000)).events.length

describe('managing stock', () => {
  it('receives, corrects and watches it', async () => {
    await using shop = await openShop()
    await shop.stocked('A', 5)
    expect((await change(shop, 'receiveStock', { sku: 'a', quantity: 3 })).stock).toMatchObject({
      sku: 'A',
      onHand: 8,
      available: 8,
    })
    const lost = { sku: 'A', delta: -2, reason: 'LOST', note: 'Under the shelf?' }
    expect((await change(shop, 'adjustStock', lost)).stock).toMatchObject({ onHand: 6, reserved: 0 })
    expect((await change(shop, 'setLowStockThreshold', { sku: 'A', threshold: 2 })).stock).toMatchObject({
      lowStockThreshold: 2,
    })
  })

  it('raises the alarm once when stock runs low, for everybody who listens', async () => {
    await using shop = await openShop()
    await shop.stocked('A', 5)
    await change(shop, 'setLowStockThreshold', { sku: 'A', threshold: 2 })
    const alarms = () => shop.published.filter(({ type }) => type === 'inventory.LowStockReached')
    await change(shop, 'adjustStock', { sku: 'A', delta: -3, reason: 'LOST' })
    await eventually(async () => (alarms().length > 0 ? true : undefined))
    await change(shop, 'adjustStock', { sku: 'A', delta: -1, reason: 'LOST' })
    await change(shop, 'receiveStock', { sku: 'A', quantity: 9 })
    await change(shop, 'adjustStock', { sku: 'A', delta: -9, reason: 'LOST' })
    await eventually(async () => (alarms().length > 1 ? true : undefined))
    expect(alarms().map(({ data }) => data)).toMatchObject([
      { sku: 'A', available: 2, threshold: 2 },
      { sku: 'A', available: 1, threshold: 2 },
    ])
  })

  it.each<[string, object, string, readonly string[]]>([
    ['receiveStock', { sku: 'GHOST', quantity: 1 }, 'PRODUCT.NOT_FOUND', ['sku']],
    ['receiveStock', { sku: '\u0000', quantity: 1 }, 'PRODUCT.NOT_FOUND', ['sku']],
    ['receiveStock', { sku: 'A', quantity: 0 }, 'QUANTITY.OUT_OF_RANGE', ['quantity']],
    ['receiveStock', { sku: 'A', quantity: -1 }, 'QUANTITY.OUT_OF_RANGE', ['quantity']],
    ['receiveStock', { sku: 'A', quantity: 2_000_000_000 }, 'QUANTITY.OUT_OF_RANGE', ['quantity']],
    ['receiveStock', { sku: 'A', quantity: 1, reference: '\u0000' }, 'STOCK.INVALID_NOTE', ['reference']],
    ['receiveStock', { sku: 'A', quantity: 1, reference: 'x'.repeat(10_000) }, 'STOCK.INVALID_NOTE', ['reference']],
    ['adjustStock', { sku: 'A', delta: 0, reason: 'OTHER' }, 'STOCK.EMPTY_ADJUSTMENT', ['delta']],
    ['adjustStock', { sku: 'A', delta: -6, reason: 'OTHER' }, 'STOCK.BELOW_RESERVED', ['delta']],
    ['adjustStock', { sku: 'A', delta: 1, reason: 'OTHER', note: 'a\nb' }, 'STOCK.INVALID_NOTE', ['note']],
    ['adjustStock', { sku: 'GHOST', delta: 1, reason: 'OTHER' }, 'PRODUCT.NOT_FOUND', ['sku']],
    ['setLowStockThreshold', { sku: 'A', threshold: -1 }, 'STOCK.INVALID_THRESHOLD', ['threshold']],
    ['setLowStockThreshold', { sku: 'GHOST', threshold: 1 }, 'PRODUCT.NOT_FOUND', ['sku']],
  ])('%s refuses bad input and appends nothing: %j', async (name, input, code, field) => {
    await using shop = await openShop()
    await shop.stocked('A', 5)
    const before = await logSize(shop)
    expect((await change(shop, name, input)).userErrors).toEqual([{ code, field }])
    expect(await logSize(shop)).toBe(before)
  })

  it('is not for customers', async () => {
    await using shop = await openShop()
    await shop.stocked('A', 5)
    const inputs = {
      receiveStock: { sku: 'A', quantity: 1 },
      adjustStock: { sku: 'A', delta: 1, reason: 'FOUND' },
      setLowStockThreshold: { sku: 'A', threshold: 1 },
    }
    for (const [name, input] of Object.entries(inputs)) {
      const { errors } = await shop.client.query(mutation(name), { input }, { viewer: customer })
      expect([name, errors?.[0]?.extensions?.['code']]).toEqual([name, 'FORBIDDEN'])
    }
  })

  it('shows customers what is available, and only that', async () => {
    await using shop = await openShop()
    const id = await shop.stocked('A', 5)
    const query = `query ($id: ID!) { product(id: $id) { stock { available inStock onHand reserved lowStockThreshold } } }`
    const { data, errors } = await shop.client.query(query, { id }, { viewer: customer })
    expect(data.product.stock).toEqual({
      available: 5,
      inStock: true,
      onHand: null,
      reserved: null,
      lowStockThreshold: null,
    })
    expect(errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN'])
  })
})

describe('the ledger of a SKU', () => {
  const LEDGER = `query ($sku: String! $first: Int $after: String $last: Int $before: String) {
    stockMovements(sku: $sku, first: $first, after: $after, last: $last, before: $before) {
      edges { cursor node { kind quantity onHand reserved orderId reason note } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`
  const page = async (shop: Shop, args: object) =>
    (await shop.client.query(LEDGER, { sku: 'A', ...args }, as)).data.stockMovements
  const quantities = (connection: { edges: { node: { quantity: number } }[] }) =>
    connection.edges.map(({ node }) => node.quantity)

  it('is read both ways, newest first, without the alarms', async () => {
    await using shop = await openShop()
    await shop.stocked('A', 1)
    await change(shop, 'setLowStockThreshold', { sku: 'A', threshold: 3 })
    for (const delta of [2, 3, 4, 5]) await change(shop, 'adjustStock', { sku: 'A', delta, reason: 'FOUND' })
    const first = await page(shop, { first: 2 })
    expect(quantities(first)).toEqual([5, 4])
    expect(first.edges[0].node).toMatchObject({ kind: 'ADJUSTED', onHand: 15, reserved: 0, reason: 'FOUND' })
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false })
    const second = await page(shop, { first: 2, after: first.pageInfo.endCursor })
    expect(quantities(second)).toEqual([3, 2])
    const third = await page(shop, { first: 2, after: second.pageInfo.endCursor })
    expect(quantities(third)).toEqual([1])
    expect(third.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true })
    expect(quantities(await page(shop, { last: 2 }))).toEqual([2, 1])
    const back = await page(shop, { last: 2, before: third.pageInfo.startCursor })
    expect(quantities(back)).toEqual([3, 2])
    expect(back.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true })
    expect(quantities(await page(shop, { first: 0 }))).toEqual([])
  })

  it.each([{ first: -1 }, { first: 101 }, { first: 1, last: 1 }, { first: 1, after: 'nonsense' }])(
    'refuses a page %j',
    async args => {
      await using shop = await openShop()
      await shop.stocked('A', 1)
      const { errors } = await shop.client.query(LEDGER, { sku: 'A', ...args }, as)
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' })
    },
  )

  it('is for those who may read stock', async () => {
    await using shop = await openShop()
    await shop.stocked('A', 1)
    const { errors } = await shop.client.query(LEDGER, { sku: 'A' }, { viewer: customer })
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' })
  })
})
