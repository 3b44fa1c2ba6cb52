import { describe, expect, it } from 'vitest'
import { openShop } from './testing.ts'

describe('the demo catalogue', () => {
  it('is made once, through real commands, however often it is asked for', async () => {
    await using shop = await openShop()
    await shop.inventory.seed()
    const { events } = await shop.ports.store.readLog('', 5_000)
    await shop.inventory.seed()
    await shop.inventory.seed()
    expect((await shop.ports.store.readLog('', 5_000)).events).toEqual(events)
    const query = '{ categories { name productCount } products(first: 100) { totalCount edges { node { sku } } } }'
    const shown = async () => (await shop.client.query(query)).data
    await expect.poll(async () => (await shown()).products.totalCount).toBe(40)
    const { categories, products } = await shown()
    expect(categories).toHaveLength(5)
    expect(new Set(products.edges.map(({ node }: { node: { sku: string } }) => node.sku)).size).toBe(40)
    expect((await shop.inventory.quote([{ sku: 'LAST-UNIT-001', quantity: 1 }])).lines).toMatchObject([
      { available: 1, unitPrice: { currency: 'EUR' } },
    ])
  })

  it('completes what a first try left half-way', async () => {
    await using shop = await openShop()
    const { store } = shop.ports
    const append = store.append.bind(store)
    let left = 10
    store.append = async (...given) => {
      if (left-- === 0) throw new Error('the store is away')
      return append(...given)
    }
    await expect(shop.inventory.seed()).rejects.toThrow('the store is away')
    await shop.inventory.seed()
    const { data } = await shop.client.query('{ products(first: 100) { edges { node { stock { available } } } } }')
    expect(data.products.edges.length).toBeGreaterThan(0)
    await expect
      .poll(async () => (await shop.client.query('{ products { totalCount } }')).data.products.totalCount)
      .toBe(40)
  })
})
