import { describe, expect, it } from 'vitest'
import type { SubgraphFetcher } from '../supergraph.ts'
import { openSubgraphs } from './testing/subgraphs.ts'

type Given = Readonly<Record<string, unknown>>
const same = { __resolveReference: (given: Given) => given }

/** A shop: products in one subgraph, their prices in another, who sells them in a third. */
const openShop = () =>
  openSubgraphs({
    catalogue: {
      sdl: `type Query { product: Product products: [Product] strict: Product! thing: Thing size: Size gone: Product none: [Product!] }
        type Mutation { add(name: String): Product }
        interface Thing { id: ID! } type Size { width: Int! height: Int }
        type Product implements Thing @key(fields: "id") { id: ID! name: String size: Size parts: [[Product]] broken: String must: String! }`,
      resolvers: {
        Query: {
          product: () => ({ id: '1', name: 'one', size: { width: 1, height: 2 }, parts: [[{ id: '2' }, null], []] }),
          products: () => [{ id: '1', name: 'one' }, null, { id: '2', name: 'two' }],
          strict: () => ({ id: '1', name: 'one' }),
          thing: () => ({ __typename: 'Product', id: '1', name: 'one' }),
          size: () => ({ width: 1, height: 2 }),
          gone: () => null,
          none: () => [],
        },
        Mutation: { add: (_: unknown, { name }: Given) => ({ id: '7', name }) },
        Product: {
          __resolveReference: ({ id }: Given) => ({ id, name: `name ${id}` }),
          broken() {
            throw new Error('broken')
          },
          must: ({ id }: Given) => (id === '1' ? null : 'there'),
        },
      },
    },
    prices: {
      sdl: 'type Product @key(fields: "id") { id: ID! price: Int exact: Int! seller: Seller must2: Int! } type Seller @key(fields: "id") { id: ID! }',
      resolvers: {
        Product: {
          ...same,
          price: ({ id }: Given) => Number(id) * 10,
          exact({ id }: Given) {
            if (id === '1') throw new Error('no exact price')
            return 5
          },
          must2: () => null,
          seller: ({ id }: Given) => ({ id: `s${id}` }),
        },
      },
    },
    sellers: {
      sdl: 'type Mutation { hire: Seller } type Seller @key(fields: "id") { id: ID! name: String }',
      resolvers: {
        Mutation: { hire: () => ({ id: 's8' }) },
        Seller: { ...same, name: ({ id }: Given) => `seller ${id}` },
      },
    },
  })

describe('what is deferred', () => {
  it('follows on its object, with its label', async () => {
    const { askInParts } = openShop()
    expect(await askInParts('{ product { name ... @defer(label: "money") { price } } }')).toEqual([
      { data: { product: { name: 'one' } }, hasNext: true },
      { incremental: [{ label: 'money', path: ['product'], data: { price: 10 } }], hasNext: false },
    ])
  })

  it('follows on each object of a list that is there', async () => {
    const { askInParts, asked } = openShop()
    expect(await askInParts('{ products { ...Money @defer } } fragment Money on Product { price }')).toEqual([
      { data: { products: [{}, null, {}] }, hasNext: true },
      {
        incremental: [
          { path: ['products', 0], data: { price: 10 } },
          { path: ['products', 2], data: { price: 20 } },
        ],
        hasNext: false,
      },
    ])
    expect(asked.map(({ subgraph }) => subgraph)).toEqual(['catalogue', 'prices'])
  })

  it('follows in lists of lists', async () => {
    const { askInParts } = openShop()
    const [, ...rest] = await askInParts('{ product { parts { id ... @defer { price } } } }')
    expect(rest).toEqual([{ incremental: [{ path: ['product', 'parts', 0, 0], data: { price: 20 } }], hasNext: false }])
  })

  it('may defer again, on objects of other subgraphs', async () => {
    const { askInParts } = openShop()
    expect(
      await askInParts('{ product { name ... @defer(label: "a") { seller { id ... @defer(label: "b") { name } } } } }'),
    ).toEqual([
      { data: { product: { name: 'one' } }, hasNext: true },
      { incremental: [{ label: 'a', path: ['product'], data: { seller: { id: 's1' } } }], hasNext: true },
      { incremental: [{ label: 'b', path: ['product', 'seller'], data: { name: 'seller s1' } }], hasNext: false },
    ])
  })

  it('comes although nothing has to be fetched for it', async () => {
    const { askInParts, asked } = openShop()
    expect(await askInParts('{ size { width ... @defer { height } } }')).toEqual([
      { data: { size: { width: 1 } }, hasNext: true },
      { incremental: [{ path: ['size'], data: { height: 2 } }], hasNext: false },
    ])
    expect(asked).toHaveLength(1)
  })

  it('may be everything', async () => {
    const { askInParts } = openShop()
    expect(await askInParts('{ ... @defer { product { name } } }')).toEqual([
      { data: {}, hasNext: true },
      { incremental: [{ path: [], data: { product: { name: 'one' } } }], hasNext: false },
    ])
  })

  it('is what it says for the type that the object has', async () => {
    const { askInParts } = openShop()
    expect(await askInParts('{ thing { id ... on Product @defer { price __typename } } }')).toEqual([
      { data: { thing: { id: '1' } }, hasNext: true },
      { incremental: [{ path: ['thing'], data: { price: 10, __typename: 'Product' } }], hasNext: false },
    ])
  })

  it('keeps its label wherever its fragment is spread', async () => {
    const { askInParts } = openShop()
    const received = await askInParts(
      '{ a: product { ...F } b: product { ...F } } fragment F on Product { ... @defer(label: "l") { price } }',
    )
    const patches = received.flatMap(({ incremental = [] }) => incremental)
    expect(patches).toHaveLength(2)
    expect(patches).toEqual(
      expect.arrayContaining([
        { label: 'l', path: ['a'], data: { price: 10 } },
        { label: 'l', path: ['b'], data: { price: 10 } },
      ]),
    )
  })

  it('leaves the rest of its object as it is when a condition leaves only some of it', async () => {
    const { askInParts } = openShop()
    const text =
      'query ($no: Boolean!) { product { id ... @defer { price @include(if: $no) seller @skip(if: $no) { name } } } }'
    expect((await askInParts(text, { no: true })).at(-1)?.incremental).toEqual([
      { path: ['product'], data: { price: 10 } },
    ])
    expect((await askInParts(text, { no: false })).at(-1)?.incremental).toEqual([
      { path: ['product'], data: { seller: { name: 'seller s1' } } },
    ])
  })

  it('does not follow where nothing is', async () => {
    const { askInParts, asked } = openShop()
    const text = '{ gone { name ... @defer { price } } none { name ... @defer { price } } }'
    expect(await askInParts(text)).toEqual([{ data: { gone: null, none: [] }, hasNext: false }])
    expect(asked).toHaveLength(1)
  })
})

describe('a part that is there earlier', () => {
  it('does not wait for another', async () => {
    const { askInParts, fetcher } = openShop()
    let release = () => {}
    const held = new Promise<void>(resolve => {
      release = resolve
    })
    const slowPrices: SubgraphFetcher = async (name, request) => {
      if (request.body.includes('price')) await held
      const result = await fetcher(name, request)
      if (name === 'sellers') release()
      return result
    }
    const text =
      '{ product { name ... @defer(label: "slow") { price } ... @defer(label: "fast") { seller { name } } } }'
    const received = await askInParts(text, {}, slowPrices)
    expect(received.flatMap(({ incremental = [] }) => incremental.map(({ label }) => label))).toEqual(['fast', 'slow'])
  })
})

describe('what goes wrong in a deferred part', () => {
  it('is told with that part, at its place in the whole, and touches nothing else', async () => {
    const { askInParts } = openShop()
    expect(await askInParts('{ products { name ... @defer { exact } } }')).toEqual([
      { data: { products: [{ name: 'one' }, null, { name: 'two' }] }, hasNext: true },
      {
        incremental: [
          {
            path: ['products', 0],
            data: null,
            errors: [expect.objectContaining({ message: 'no exact price', path: ['products', 0, 'exact'] })],
          },
          { path: ['products', 2], data: { exact: 5 } },
        ],
        hasNext: false,
      },
    ])
  })

  it('is told when a subgraph breaks its schema, too', async () => {
    const { askInParts, fetcher } = openShop()
    const lying: SubgraphFetcher = async (name, request) =>
      name === 'prices' ? { data: { _entities: [{ price: 'cheap' }] } } : fetcher(name, request)
    expect((await askInParts('{ product { name ... @defer { price } } }', {}, lying)).at(-1)?.incremental).toEqual([
      {
        path: ['product'],
        data: { price: null },
        errors: [expect.objectContaining({ message: 'A service broke its schema.', path: ['product', 'price'] })],
      },
    ])
  })

  it('comes to one error when a whole subgraph is gone', async () => {
    const { askInParts, fetcher } = openShop()
    const down: SubgraphFetcher = async (name, request) =>
      name === 'prices' ? { data: null, errors: [{ message: 'down' }] } : fetcher(name, request)
    const [, last] = await askInParts('{ products { name ... @defer { price } } }', {}, down)
    expect(last?.incremental?.map(({ data }) => data)).toEqual([{ price: null }, { price: null }])
    expect(last?.incremental?.flatMap(({ errors = [] }) => errors)).toEqual([
      expect.objectContaining({ message: 'down' }),
    ])
  })
})

describe('what goes wrong at once', () => {
  it('leaves nothing to follow on what a null took along', async () => {
    const { askInParts } = openShop()
    const [first, ...rest] = await askInParts(
      '{ product { must ... @defer(label: "gone") { price } } other: products { id ... @defer(label: "here") { price } } }',
    )
    expect(first?.data).toEqual({ product: null, other: [{ id: '1' }, null, { id: '2' }] })
    expect(rest.flatMap(({ incremental = [] }) => incremental.map(({ label }) => label))).toEqual(['here', 'here'])
  })

  it('is all when nothing is left', async () => {
    const { askInParts } = openShop()
    expect(await askInParts('{ strict { must ... @defer { price } } }')).toEqual([
      { data: null, errors: [expect.objectContaining({ path: ['strict', 'must'] })], hasNext: false },
    ])
  })
})

describe('what a mutation defers', () => {
  it('is fetched when all of the mutation is done', async () => {
    const { askInParts, asked } = openShop()
    expect(await askInParts('mutation { add(name: "new") { name ... @defer { price } } hire { id } }')).toEqual([
      { data: { add: { name: 'new' }, hire: { id: 's8' } }, hasNext: true },
      { incremental: [{ path: ['add'], data: { price: 70 } }], hasNext: false },
    ])
    expect(asked.map(({ subgraph }) => subgraph)).toEqual(['catalogue', 'sellers', 'prices'])
  })
})
