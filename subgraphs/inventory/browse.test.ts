import { describe, expect, it } from 'vitest'
import { customer, merchandiser, openShop, type Shop } from './testing.ts'

const PRODUCTS = `query ($filter: ProductFilter $sort: ProductSort! = NEWEST $first: Int $after: String $last: Int $before: String) {
  products(filter: $filter, sort: $sort, first: $first, after: $after, last: $last, before: $before) {
    edges { cursor node { sku } } totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`

const list = async (shop: Shop, args: object = {}, viewer = customer) => {
  const { data, errors } = await shop.client.query(PRODUCTS, args, { viewer })
  return { ...data?.products, code: errors?.[0]?.extensions?.['code'] }
}
const skus = (connection: { edges: { node: { sku: string } }[] }) => connection.edges.map(({ node }) => node.sku)

const eur = (amount: string) => ({ amount, currency: 'EUR' })

/** Six products; the clock moves between them. TENT is not on sale, PAN is sold out. */
const fill = async (shop: Shop) => {
  const all = [
    ['CUP', 'Café cup', 'kitchen', '8.00', 3],
    ['PAN', 'Carbon pan', 'kitchen', '64.00', 0],
    ['BEAN', 'Coffee beans', 'coffee', '12.90', 5],
    ['CONE', 'Pour-over cone for coffee', 'coffee', '24.50', 1],
    ['TENT', 'Tent', 'outdoor', '329.00', 2],
    ['BAG', 'Sleeping bag', 'outdoor', '219.00', 2],
  ] as const
  const ids: Record<string, string> = {}
  for (const [sku, name, category, amount, pieces] of all) {
    shop.clock.advance(1_000)
    ids[sku] = await shop.stocked(sku, pieces, { name, category, price: eur(amount) })
  }
  const unpublish = `mutation ($id: ID!) { unpublishProduct(input: { id: $id }) { consistencyToken } }`
  const { extensions } = await shop.client.query(unpublish, { id: ids['TENT'] }, { viewer: merchandiser })
  return { ids, consistency: extensions?.consistency ?? {} }
}

/** A shop whose views have caught up with what was done to fill it. */
const filledShop = async () => {
  const shop = await openShop()
  const filled = await fill(shop)
  await shop.client.query(PRODUCTS, {}, { consistency: filled.consistency })
  return Object.assign(shop, filled)
}

describe('listing products', () => {
  it.each([
    ['NEWEST', ['BAG', 'CONE', 'BEAN', 'PAN', 'CUP']],
    ['NAME', ['CUP', 'PAN', 'BEAN', 'CONE', 'BAG']],
    ['PRICE_ASCENDING', ['CUP', 'BEAN', 'CONE', 'PAN', 'BAG']],
    ['PRICE_DESCENDING', ['BAG', 'PAN', 'CONE', 'BEAN', 'CUP']],
  ])('sorts by %s', async (sort, expected) => {
    await using shop = await filledShop()
    const found = await list(shop, { sort })
    expect(skus(found)).toEqual(expected)
    expect(found.totalCount).toBe(5)
  })

  it.each<[string, object, readonly string[]]>([
    ['a category', { category: 'kitchen' }, ['CUP', 'PAN']],
    ['a category nobody has', { category: 'x'.repeat(10_000) }, []],
    ['a word', { search: 'coffee' }, ['BEAN', 'CONE']],
    ['the beginning of words, whatever their accents', { search: 'cafe CU' }, ['CUP']],
    ['a SKU', { search: 'bean' }, ['BEAN']],
    ['one letter', { search: 'c' }, ['CUP', 'PAN', 'BEAN', 'CONE']],
    ['words no product has together', { search: 'coffee tent' }, []],
    ['nothing but signs', { search: ' -- ' }, ['CUP', 'PAN', 'BEAN', 'CONE', 'BAG']],
    ['a word and a category', { search: 'co', category: 'coffee' }, ['BEAN', 'CONE']],
    ['a price range', { minPrice: eur('10'), maxPrice: eur('64') }, ['PAN', 'BEAN', 'CONE']],
    ['another currency', { minPrice: { amount: '1', currency: 'USD' } }, []],
    ['what is in stock', { inStock: true }, ['CUP', 'BEAN', 'CONE', 'BAG']],
    ['what is sold out', { inStock: false }, ['PAN']],
  ])('filters by %s', async (_, filter, expected) => {
    await using shop = await filledShop()
    expect(skus(await list(shop, { filter, sort: 'NAME' }))).toEqual(expected)
  })

  it.each([{}, { filter: { inStock: true } }, { filter: { search: 'co' } }])(
    'pages both ways without gap or repeat: %j',
    async args => {
      await using shop = await filledShop()
      const whole = skus(await list(shop, { ...args, sort: 'NAME' }))
      const forwards: string[] = []
      for (let after: string | null = null; ; ) {
        const page = await list(shop, { ...args, sort: 'NAME', first: 2, after })
        forwards.push(...skus(page))
        expect(page.pageInfo.hasPreviousPage).toBe(after !== null)
        if (!page.pageInfo.hasNextPage) break
        after = page.pageInfo.endCursor
      }
      expect(forwards).toEqual(whole)
      const backwards: string[] = []
      for (let before: string | null = null; ; ) {
        const page = await list(shop, { ...args, sort: 'NAME', last: 2, before })
        backwards.unshift(...skus(page))
        expect(page.pageInfo.hasNextPage).toBe(before !== null)
        if (!page.pageInfo.hasPreviousPage) break
        before = page.pageInfo.startCursor
      }
      expect(backwards).toEqual(whole)
    },
  )

  it('keeps its place when the product at the cursor goes', async () => {
    await using shop = await filledShop()
    const page = await list(shop, { sort: 'NAME', first: 2 })
    const unpublish = `mutation ($id: ID!) { unpublishProduct(input: { id: $id }) { consistencyToken } }`
    const { extensions } = await shop.client.query(unpublish, { id: shop.ids['PAN'] }, { viewer: merchandiser })
    const variables = { sort: 'NAME', first: 2, after: page.pageInfo.endCursor }
    const { data } = await shop.client.query(PRODUCTS, variables, { consistency: extensions?.consistency ?? {} })
    expect(skus(data.products)).toEqual(['BEAN', 'CONE'])
  })

  it.each<[string, object]>([
    ['a page of 101', { first: 101 }],
    ['both ends at once', { first: 1, last: 1 }],
    ['a cursor that is none', { after: 'nonsense' }],
    ['a price that is none', { filter: { minPrice: eur('-1') } }],
    ['a range upside down', { filter: { minPrice: eur('2'), maxPrice: eur('1') } }],
    ['a range in two currencies', { filter: { minPrice: eur('1'), maxPrice: { amount: '2', currency: 'USD' } } }],
  ])('refuses %s', async (_, args) => {
    await using shop = await filledShop()
    expect((await list(shop, args)).code).toBe('BAD_USER_INPUT')
  })

  it('shows what is not on sale to those who manage the catalogue, and to nobody else', async () => {
    await using shop = await filledShop()
    const filter = { includeUnpublished: true, category: 'outdoor' }
    expect(skus(await list(shop, { filter }, merchandiser))).toEqual(['BAG', 'TENT'])
    expect((await list(shop, { filter })).code).toBe('FORBIDDEN')
  })

  it('shows at once what the session wrote', async () => {
    await using shop = await filledShop()
    const { data, extensions } = await shop.client.query(
      `mutation ($id: ID!) { publishProduct(input: { id: $id }) { consistencyToken } }`,
      { id: shop.ids['TENT'] },
      { viewer: merchandiser },
    )
    expect(data.publishProduct.consistencyToken).toEqual(expect.any(String))
    const variables = { filter: { search: 'tent' } }
    const after = await shop.client.query(PRODUCTS, variables, { consistency: extensions?.consistency ?? {} })
    expect(skus(after.data.products)).toEqual(['TENT'])
  })
})

describe('categories', () => {
  it('count what is on sale, and follow products that move', async () => {
    await using shop = await filledShop()
    const query = '{ categories { name productCount } }'
    expect((await shop.client.query(query)).data.categories).toEqual([
      { name: 'coffee', productCount: 2 },
      { name: 'kitchen', productCount: 2 },
      { name: 'outdoor', productCount: 1 },
    ])
    const move = `mutation ($id: ID!) { updateProduct(input: { id: $id, category: "kitchen" }) { consistencyToken } }`
    const { extensions } = await shop.client.query(move, { id: shop.ids['BAG'] }, { viewer: merchandiser })
    const consistency = extensions?.consistency ?? {}
    expect((await shop.client.query(query, {}, { consistency })).data.categories).toEqual([
      { name: 'coffee', productCount: 2 },
      { name: 'kitchen', productCount: 3 },
    ])
  })
})

describe('one product', () => {
  const PRODUCT = `query ($id: ID $sku: String) { product(id: $id, sku: $sku) { sku name } }`
  const product = async (shop: Shop, name: object, viewer = customer) => {
    const { data, errors } = await shop.client.query(PRODUCT, name, { viewer })
    return errors?.[0]?.extensions?.['code'] ?? data.product?.sku ?? null
  }

  it('is found by id and by SKU', async () => {
    await using shop = await filledShop()
    expect(await product(shop, { id: shop.ids['CUP'] })).toBe('CUP')
    expect(await product(shop, { sku: 'cup' })).toBe('CUP')
  })

  it('is null when nobody knows it or it is not on sale', async () => {
    await using shop = await filledShop()
    expect(await product(shop, { id: shop.ports.ids.next() })).toBeNull()
    expect(await product(shop, { id: 'x'.repeat(10_000) })).toBeNull()
    expect(await product(shop, { sku: '\u0000' })).toBeNull()
    expect(await product(shop, { sku: 'TENT' })).toBeNull()
    expect(await product(shop, { sku: 'TENT' }, merchandiser)).toBe('TENT')
  })

  it('is named in one way', async () => {
    await using shop = await filledShop()
    expect(await product(shop, {})).toBe('BAD_USER_INPUT')
    expect(await product(shop, { id: shop.ids['CUP'], sku: 'CUP' })).toBe('BAD_USER_INPUT')
  })
})

describe('an entity asked for by the gateway', () => {
  const ENTITIES = `query ($r: [_Any!]!) { _entities(representations: $r) {
    ... on Product { id sku name weightGrams } ... on StockItem { sku available } } }`
  const entities = async (shop: Shop, r: readonly object[], viewer = customer) =>
    (await shop.client.query(ENTITIES, { r }, { viewer })).data._entities

  it('is found by id or SKU, in the order asked', async () => {
    await using shop = await filledShop()
    const found = await entities(shop, [
      { __typename: 'Product', sku: 'BAG' },
      { __typename: 'Product', id: shop.ids['CUP'] },
      { __typename: 'StockItem', sku: 'CONE' },
      { __typename: 'Product', id: shop.ports.ids.next() },
    ])
    expect(found).toMatchObject([{ sku: 'BAG', weightGrams: 250 }, { sku: 'CUP' }, { available: 1 }, null])
  })

  it('is known also when it is no longer on sale, but not before it ever was', async () => {
    await using shop = await filledShop()
    const draft = await shop.client.query(
      `mutation { createProduct(input: { sku: "DRAFT", name: "Draft", category: "x", weightGrams: 1, price: { amount: "1", currency: EUR } }) { product { id } } }`,
      {},
      { viewer: merchandiser },
    )
    const wanted = [
      { __typename: 'Product', sku: 'TENT' },
      { __typename: 'Product', id: draft.data.createProduct.product.id },
    ]
    expect(await entities(shop, wanted)).toMatchObject([{ sku: 'TENT' }, null])
    expect(await entities(shop, wanted, merchandiser)).toMatchObject([{ sku: 'TENT' }, { sku: 'DRAFT' }])
  })

  it('is read in one go for all representations', async () => {
    await using shop = await filledShop()
    const calls: number[] = []
    const { views } = shop.ports
    const getMany = views.getMany.bind(views)
    views.getMany = (view, keys) => {
      // One key asks whether the view is whole.
      if (view.startsWith('products@') && keys.length > 1) calls.push(keys.length - 1)
      return getMany(view, keys)
    }
    await entities(
      shop,
      Object.values(shop.ids).map(id => ({ __typename: 'Product', id })),
    )
    expect(calls).toEqual([6])
  })
})

describe('a quote', () => {
  it('gives price and availability of what is on sale, and names the rest', async () => {
    await using shop = await filledShop()
    const unknown = { productId: shop.ports.ids.next(), quantity: 1 }
    const lines = [
      { sku: 'cup', quantity: 2 },
      { productId: shop.ids['PAN'] ?? '', quantity: 1 },
      { sku: 'TENT', quantity: 1 },
      unknown,
      { sku: '\u0000', quantity: 1 },
      { productId: 'nonsense', quantity: 1 },
    ]
    expect(await shop.inventory.quote(lines)).toEqual({
      lines: [
        {
          productId: shop.ids['CUP'],
          sku: 'CUP',
          name: 'Café cup',
          unitPrice: { amount: 800, currency: 'EUR' },
          weightGrams: 250,
          available: 3,
        },
        expect.objectContaining({ sku: 'PAN', available: 0 }),
      ],
      missing: lines.slice(2),
    })
  })
})
