import { viewerOf } from '@mercato/adapters/testing/subgraph-client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { customer, merchandiser, openShop, type Shop } from './testing.ts'

const auditor = viewerOf('s', { scopes: ['audit:read'] })
const admin = viewerOf('a', { scopes: ['operations:admin'] })

let shop: Shop
let id: string

/** Created at nine, dearer at ten, published at nine (before that), in stock. */
beforeEach(async () => {
  shop = await openShop()
  id = await shop.stocked('MUG-1', 5)
  shop.clock.advance(3_600_000)
  const price = { amount: '12.50', currency: 'EUR' }
  await shop.client.query(
    'mutation ($input: ChangePriceInput!) { changePrice(input: $input) { userErrors { code } } }',
    { input: { id, price } },
    { viewer: merchandiser },
  )
})
afterEach(() => shop[Symbol.asyncDispose]())

const codeOf = ({ errors }: { readonly errors?: readonly { readonly extensions?: Record<string, unknown> }[] }) =>
  errors?.[0]?.extensions?.['code']

describe('the history of a product', () => {
  const HISTORY = `query ($sku: String!) { product(sku: $sku) { history { totalCount
    edges { node { version event at actor { kind id } cause } } } } }`

  it('says what happened, when and by whom', async () => {
    const { data } = await shop.client.query(HISTORY, { sku: 'MUG-1' }, { viewer: auditor })
    expect(data.product.history.totalCount).toBe(3)
    const entries = data.product.history.edges.map(({ node }: { node: unknown }) => node)
    expect(entries).toMatchObject([
      { version: 1, event: 'ProductCreated', actor: { kind: 'USER', id: 'm' } },
      { version: 2, event: 'ProductPublished' },
      { version: 3, event: 'PriceChanged', at: shop.clock.now().toISOString() },
    ])
  })

  it.each([
    ['a customer', customer],
    ['a merchandiser', merchandiser],
    ['somebody unknown', { consumer: 'frontend' }],
  ])('is not for %s', async (_, viewer) => {
    const answer = await shop.client.query(HISTORY, { sku: 'MUG-1' }, { viewer })
    expect(answer.data.product.history).toBeNull()
    expect(codeOf(answer)).toMatch(/FORBIDDEN|UNAUTHENTICATED/)
  })
})

describe('a product at a moment', () => {
  const THEN = `query ($id: ID, $sku: String, $at: MomentInput!) {
    product(id: $id, sku: $sku, at: $at) { price { amount } published priceHistory { since } } }`
  const then = async (at: unknown, name: Record<string, string> = { id }, viewer = merchandiser) =>
    shop.client.query(THEN, { ...name, at }, { viewer })

  it('is what it was then', async () => {
    expect((await then({ version: 1 })).data.product).toMatchObject({ price: { amount: '9.90' }, published: false })
    expect((await then({ version: 2 }, { sku: 'MUG-1' })).data.product).toMatchObject({ published: true })
    const before = new Date(shop.clock.now().getTime() - 1).toISOString()
    expect((await then({ instant: before })).data.product).toMatchObject({
      price: { amount: '9.90' },
      priceHistory: [{}],
    })
    const now = shop.clock.now().toISOString()
    expect((await then({ instant: now }, { id }, auditor)).data.product).toMatchObject({ price: { amount: '12.50' } })
  })

  it('is nothing before it was there, at a version it never had, or when it never was', async () => {
    expect((await then({ instant: '2000-01-01T00:00:00Z' })).data.product).toBeNull()
    expect((await then({ version: 4 })).data.product).toBeNull()
    expect((await then({ version: 1 }, { sku: 'NO-SUCH' })).data.product).toBeNull()
  })

  it('is not for customers: it may not have been on sale', async () => {
    expect(codeOf(await then({ version: 1 }, { id }, customer))).toBe('FORBIDDEN')
    expect(codeOf(await then({ version: 1 }, { sku: 'NO-SUCH' }, customer))).toBe('FORBIDDEN')
  })

  it.each([{}, { version: 0 }, { version: 1, instant: '2026-01-01T00:00:00Z' }, { instant: 'soon' }])(
    'is not found for %j',
    async at => {
      expect(codeOf(await then(at))).toBe('BAD_USER_INPUT')
    },
  )
})

describe('parked messages of the inventory', () => {
  const LIST = '{ inventoryParkedMessages { id context group stream type cause } }'
  const REPLAY = `mutation ($input: ReplayInventoryParkedMessagesInput!) { replayInventoryParkedMessages(input: $input) {
    handled left failure userErrors { code field } } }`

  it('are listed and replayed by those who operate, on record', async () => {
    const messageId = await shop.request('not-an-order-id', 'StockReservationRequested', { lines: [] })
    const look = async () => (await shop.client.query(LIST, {}, { viewer: admin })).data.inventoryParkedMessages
    await expect.poll(async () => (await look()).length, { timeout: 5_000 }).toBe(1)
    expect(await look()).toMatchObject([
      { id: messageId, context: 'inventory', group: 'inventory.from-order', type: 'order.StockReservationRequested' },
    ])
    const { data } = await shop.client.query(REPLAY, { input: { group: 'inventory.from-order' } }, { viewer: admin })
    expect(data.replayInventoryParkedMessages).toMatchObject({ handled: 0, left: 1, failure: expect.any(String) })
    const records = await shop.ports.store.readStream('inventory.Operations-replays')
    expect(records.map(({ actor }) => actor.id)).toEqual(['a', 'a'])
  })

  it('are nobody else’s business', async () => {
    expect(codeOf(await shop.client.query(LIST, {}, { viewer: merchandiser }))).toBe('FORBIDDEN')
    const input = { group: 'inventory.views' }
    expect(codeOf(await shop.client.query(REPLAY, { input }, { viewer: merchandiser }))).toBe('FORBIDDEN')
    expect(await shop.ports.store.readStream('inventory.Operations-replays')).toEqual([])
  })
})
