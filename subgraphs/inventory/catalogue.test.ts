import { viewerOf } from '@mercato/adapters/testing/subgraph-client'
import { describe, expect, it } from 'vitest'
import { aProduct, customer, merchandiser, openShop, type Shop } from './testing.ts'

const as = { viewer: merchandiser }
const FIELDS = `
  product { id sku name category published weightGrams price { amount currency } priceHistory { price { amount } }
    attributes { name value } stock { sku available inStock } }
  userErrors { code field } consistencyToken`

const mutation = (name: string): string => {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`
  return `mutation ($input: ${type}!) { answer: ${name}(input: $input) { ${FIELDS} } }`
}
const change = async (shop: Shop, name: string, input: object, options: object = as) =>
  (await shop.client.query(mutation(name), { input }, options)).data?.answer
const logSize = async ({ ports }: Shop): Promise<number> => (await ports.store.readLog('', 5_000)).events.length

describe('managing the catalogue', () => {
  it('creates, changes, prices, publishes and unpublishes, each answer showing what it made', async () => {
    await using shop = await openShop()
    const { product } = await change(
      shop,
      'createProduct',
      aProduct('cof-1', { attributes: [{ name: 'Roast', value: 'light' }] }),
    )
    expect(product).toMatchObject({
      sku: 'COF-1',
      published: false,
      price: { amount: '9.90', currency: 'EUR' },
      attributes: [{ name: 'Roast', value: 'light' }],
      stock: { sku: 'COF-1', available: 0, inStock: false },
    })
    const { id } = product
    expect((await change(shop, 'updateProduct', { id, name: 'Sidamo', category: 'beans' })).product).toMatchObject({
      name: 'Sidamo',
      category: 'beans',
      weightGrams: 250,
    })
    const price = { amount: '10.50', currency: 'EUR' }
    expect((await change(shop, 'changePrice', { id, price })).product.priceHistory).toEqual([
      { price: { amount: '9.90' } },
      { price: { amount: '10.50' } },
    ])
    expect((await change(shop, 'publishProduct', { id })).product.published).toBe(true)
    expect((await change(shop, 'publishProduct', { id })).product.published).toBe(true)
    expect((await change(shop, 'unpublishProduct', { id })).product.published).toBe(false)
  })

  it('lets one of many have a SKU', async () => {
    await using shop = await openShop()
    const answers = await Promise.all(Array.from({ length: 20 }, () => change(shop, 'createProduct', aProduct('SAME'))))
    expect(answers.filter(({ product }) => product)).toHaveLength(1)
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual(
      Array.from({ length: 19 }, () => ({ code: 'PRODUCT.SKU_TAKEN', field: ['sku'] })),
    )
  })

  it('frees a SKU whose product never came to be', async () => {
    await using shop = await openShop()
    const { claims, clock, ids } = shop.ports
    const claimed = ids.derive('mercato/sku', 'LOST')
    await claims.claim('sku', claimed, ids.next(), new Date(clock.now().getTime() + 60_000))
    expect((await change(shop, 'createProduct', aProduct('LOST'))).userErrors).toMatchObject([
      { code: 'PRODUCT.SKU_TAKEN' },
    ])
    shop.clock.advance(60_000)
    expect((await change(shop, 'createProduct', aProduct('LOST'))).product).toMatchObject({ sku: 'LOST' })
  })

  it('gives the first answer to every repeat of a key', async () => {
    await using shop = await openShop()
    const input = aProduct('ONCE')
    const options = { ...as, idempotencyKey: 'k1' }
    const answers = await Promise.all(Array.from({ length: 20 }, () => change(shop, 'createProduct', input, options)))
    expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0].product.sku).toBe('ONCE')
    expect(await logSize(shop)).toBe(1)
    const reused = await shop.client.query(mutation('createProduct'), { input: { ...input, name: 'Other' } }, options)
    expect(reused.errors?.[0]?.extensions).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' })
  })

  it('shows the first answer also when the product has changed since', async () => {
    await using shop = await openShop()
    const input = { ...aProduct('ONCE'), idempotencyKey: 'k1' }
    const first = await change(shop, 'createProduct', input)
    await change(shop, 'updateProduct', { id: first.product.id, name: 'Later' })
    expect((await change(shop, 'createProduct', input)).product.name).toBe(first.product.name)
  })

  it.each([
    ['nobody', undefined, 'UNAUTHENTICATED'],
    ['a customer', customer, 'FORBIDDEN'],
    ['somebody who manages stock only', viewerOf('s', { scopes: ['stock:write'] }), 'FORBIDDEN'],
  ])('refuses %s', async (_, viewer, code) => {
    await using shop = await openShop()
    const id = await shop.stocked('A', 1)
    const before = await logSize(shop)
    const options = viewer ? { viewer } : {}
    const inputs = {
      createProduct: aProduct('B'),
      updateProduct: { id, name: 'x' },
      changePrice: { id, price: { amount: '1', currency: 'EUR' } },
      publishProduct: { id },
      unpublishProduct: { id },
    }
    for (const [name, input] of Object.entries(inputs)) {
      const { errors } = await shop.client.query(mutation(name), { input }, options)
      expect([name, errors?.[0]?.extensions?.['code']]).toEqual([name, code])
    }
    expect(await logSize(shop)).toBe(before)
  })

  it.each<[string, object, string, readonly string[]]>([
    ['createProduct', aProduct('a b'), 'PRODUCT.INVALID_SKU', ['sku']],
    ['createProduct', aProduct('A', { name: '\u0000' }), 'PRODUCT.INVALID_NAME', ['name']],
    [
      'createProduct',
      aProduct('A', { description: 'x'.repeat(10_000) }),
      'PRODUCT.INVALID_DESCRIPTION',
      ['description'],
    ],
    ['createProduct', aProduct('A', { category: '' }), 'PRODUCT.INVALID_CATEGORY', ['category']],
    ['createProduct', aProduct('A', { weightGrams: -1 }), 'PRODUCT.INVALID_WEIGHT', ['weightGrams']],
    [
      'createProduct',
      aProduct('A', { price: { amount: '0', currency: 'EUR' } }),
      'PRODUCT.PRICE_NOT_POSITIVE',
      ['price', 'amount'],
    ],
    [
      'createProduct',
      aProduct('A', { price: { amount: '-1', currency: 'EUR' } }),
      'MONEY.INVALID_AMOUNT',
      ['price', 'amount'],
    ],
    ['createProduct', aProduct('TAKEN'), 'PRODUCT.SKU_TAKEN', ['sku']],
    ['updateProduct', { id: 'nonsense\u0000', name: 'x' }, 'PRODUCT.NOT_FOUND', ['id']],
    ['updateProduct', { id: '018f0000-0000-7000-8000-000000000000', name: 'x' }, 'PRODUCT.NOT_FOUND', ['id']],
    ['updateProduct', { id: 'x'.repeat(10_000), name: 'x' }, 'PRODUCT.NOT_FOUND', ['id']],
    [
      'changePrice',
      { id: '018f0000-0000-7000-8000-000000000000', price: { amount: '1', currency: 'EUR' } },
      'PRODUCT.NOT_FOUND',
      ['id'],
    ],
    ['publishProduct', { id: '018f0000-0000-7000-8000-000000000000' }, 'PRODUCT.NOT_FOUND', ['id']],
    ['unpublishProduct', { id: '' }, 'PRODUCT.NOT_FOUND', ['id']],
  ])('%s refuses bad input and appends nothing: %j', async (name, input, code, field) => {
    await using shop = await openShop()
    await shop.stocked('TAKEN', 1)
    const before = await logSize(shop)
    expect((await change(shop, name, input)).userErrors).toEqual([{ code, field }])
    expect(await logSize(shop)).toBe(before)
  })

  it('refuses a price in another currency', async () => {
    await using shop = await openShop()
    const id = await shop.stocked('A', 0)
    const answer = await change(shop, 'changePrice', { id, price: { amount: '9.90', currency: 'USD' } })
    expect(answer).toMatchObject({
      product: null,
      userErrors: [{ code: 'PRODUCT.OTHER_CURRENCY', field: ['price', 'currency'] }],
      consistencyToken: null,
    })
  })
})
