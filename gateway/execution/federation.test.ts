import { describe, expect, it } from 'vitest'
import { openSubgraphs } from './testing/subgraphs.ts'

type Given = Readonly<Record<string, unknown>>
const same = { __resolveReference: (given: Given) => given }

describe('@key', () => {
  it('may be made of several fields, nested ones too', async () => {
    const { ask, asked } = openSubgraphs({
      stores: {
        sdl: 'type Query { shelf: Shelf } type Shelf @key(fields: "row store { id city { name } }") { row: Int! store: Store! } type Store @shareable { id: ID! city: City! } type City @shareable { name: String! }',
        resolvers: { Query: { shelf: () => ({ row: 2, store: { id: 's1', city: { name: 'Bonn' } } }) } },
      },
      stock: {
        sdl: 'type Shelf @key(fields: "row store { id city { name } }") { row: Int! store: Store! books: Int } type Store @shareable { id: ID! city: City! } type City @shareable { name: String! }',
        resolvers: {
          Shelf: {
            ...same,
            books: ({ row, store }: { row: number; store: { city: Given } }) =>
              `${row}${store.city['name'] === 'Bonn' ? 7 : 0}`,
          },
        },
      },
    })
    expect(await ask('{ shelf { books } }')).toEqual({ data: { shelf: { books: 27 } } })
    expect(asked[1]?.variables['representations']).toEqual([
      { __typename: 'Shelf', row: 2, store: { id: 's1', city: { name: 'Bonn' } } },
    ])
  })

  it('may differ between subgraphs: a third one knows both', async () => {
    const { ask, asked } = openSubgraphs({
      a: {
        sdl: 'type Query { p: P } type P @key(fields: "id") { id: ID! }',
        resolvers: { Query: { p: () => ({ id: '1' }) } },
      },
      b: {
        sdl: 'type P @key(fields: "id") @key(fields: "sku") { id: ID! sku: String! }',
        resolvers: { P: { __resolveReference: ({ id }: Given) => ({ id, sku: `sku-${id}` }) } },
      },
      c: {
        sdl: 'type P @key(fields: "sku") { sku: String! price: Int }',
        resolvers: { P: { ...same, price: ({ sku }: Given) => String(sku).length } },
      },
    })
    expect(await ask('{ p { price } }')).toEqual({ data: { p: { price: 5 } } })
    expect(asked.map(({ subgraph }) => subgraph)).toEqual(['a', 'b', 'c'])
  })

  it('may be null: the subgraph is asked and says what it knows', async () => {
    const { ask, asked } = openSubgraphs({
      a: {
        sdl: 'type Query { ps: [P] } type P @key(fields: "id") { id: ID name: String }',
        resolvers: { Query: { ps: () => [{ id: '1', name: 'one' }, { id: null, name: 'none' }, null] } },
      },
      b: {
        sdl: 'type P @key(fields: "id") { id: ID price: Int }',
        resolvers: { P: { __resolveReference: ({ id }: Given) => (id === null ? null : { id, price: 5 }) } },
      },
    })
    expect(await ask('{ ps { name price } }')).toEqual({
      data: { ps: [{ name: 'one', price: 5 }, { name: 'none', price: null }, null] },
    })
    expect(asked[1]?.variables['representations']).toEqual([
      { __typename: 'P', id: '1' },
      { __typename: 'P', id: null },
    ])
  })
})

describe('@requires', () => {
  it('goes through two hops, each subgraph building on the one before', async () => {
    const { ask, asked } = openSubgraphs({
      a: {
        sdl: 'type Query { p: P } type P @key(fields: "id") { id: ID! w: Int h: Int }',
        resolvers: { Query: { p: () => ({ id: '1', w: 3, h: 4 }) } },
      },
      b: {
        sdl: 'type P @key(fields: "id") { id: ID! w: Int @external h: Int @external area: Int @requires(fields: "w h") }',
        resolvers: { P: { ...same, area: ({ w, h }: { w: number; h: number }) => w * h } },
      },
      c: {
        sdl: 'type P @key(fields: "id") { id: ID! area: Int @external postage: Int @requires(fields: "area") }',
        resolvers: { P: { ...same, postage: ({ area }: { area: number }) => area * 10 } },
      },
    })
    expect(await ask('{ p { postage } }')).toEqual({ data: { p: { postage: 120 } } })
    expect(asked.map(({ subgraph }) => subgraph)).toEqual(['a', 'b', 'c'])
  })

  it('takes what is inside lists and behind fragments, by the type that an object has', async () => {
    const { ask, asked } = openSubgraphs({
      a: {
        sdl: 'type Query { p: P } type P @key(fields: "id") { id: ID! parts: [Part!]! } interface Part { name: String } type Screw implements Part @shareable { name: String length: Int } type Board implements Part @shareable { name: String area: Int }',
        resolvers: {
          Query: {
            p: () => ({
              id: '1',
              parts: [
                { __typename: 'Screw', name: 's', length: 3 },
                { __typename: 'Board', name: 'b', area: 9 },
              ],
            }),
          },
        },
      },
      b: {
        sdl: 'type P @key(fields: "id") { id: ID! parts: [Part!]! @external bill: String @requires(fields: "parts { __typename name ... on Screw { length } ... on Board { area } }") } interface Part { name: String } type Screw implements Part @shareable { name: String length: Int } type Board implements Part @shareable { name: String area: Int }',
        resolvers: {
          P: {
            ...same,
            bill: ({ parts }: { parts: Given[] }) =>
              parts.map(part => `${part['name']}${part['length'] ?? part['area']}`).join(),
          },
        },
      },
    })
    expect(await ask('{ p { bill } }')).toEqual({ data: { p: { bill: 's3,b9' } } })
    expect(asked[1]?.variables['representations']).toEqual([
      {
        __typename: 'P',
        id: '1',
        parts: [
          { __typename: 'Screw', name: 's', length: 3 },
          { __typename: 'Board', name: 'b', area: 9 },
        ],
      },
    ])
  })

  it('may go round in a circle between two subgraphs, field by field', async () => {
    const { ask } = openSubgraphs({
      a: {
        sdl: 'type Query { p: P } type P @key(fields: "id") { id: ID! one: Int two: Int @external three: Int @requires(fields: "two") }',
        resolvers: {
          Query: { p: () => ({ id: '1', one: 1 }) },
          P: {
            __resolveReference: (given: Given) => ({ one: 1, ...given }),
            three: ({ two }: { two: number }) => two + 1,
          },
        },
      },
      b: {
        sdl: 'type P @key(fields: "id") { id: ID! one: Int @external three: Int @external two: Int @requires(fields: "one") four: Int @requires(fields: "three") }',
        resolvers: {
          P: { ...same, two: ({ one }: { one: number }) => one + 1, four: ({ three }: { three: number }) => three + 1 },
        },
      },
    })
    expect(await ask('{ p { four three two one } }')).toEqual({ data: { p: { four: 4, three: 3, two: 2, one: 1 } } })
  })
})

describe('@provides', () => {
  it('spares the hop where it stands, and nowhere else', async () => {
    const { ask, asked } = openSubgraphs({
      reviews: {
        sdl: 'type Query { review: Review } type Review { author: User @provides(fields: "name") editor: User } type User @key(fields: "id") { id: ID! name: String @external }',
        resolvers: { Query: { review: () => ({ author: { id: '1', name: 'Ada' }, editor: { id: '2' } }) } },
      },
      users: {
        sdl: 'type User @key(fields: "id") { id: ID! name: String @shareable }',
        resolvers: { User: { ...same, name: () => 'Bob' } },
      },
    })
    expect(await ask('{ review { author { name } } }')).toEqual({ data: { review: { author: { name: 'Ada' } } } })
    expect(asked).toHaveLength(1)
    expect(await ask('{ review { editor { name } } }')).toEqual({ data: { review: { editor: { name: 'Bob' } } } })
    expect(asked).toHaveLength(3)
  })
})

describe('@override', () => {
  const moving = (override: string) =>
    openSubgraphs({
      old: {
        sdl: 'type Query { p: P } type P @key(fields: "id") { id: ID! name: String }',
        resolvers: { Query: { p: () => ({ id: '1', name: 'old' }) } },
      },
      new: {
        sdl: `type P @key(fields: "id") { id: ID! name: String ${override} }`,
        resolvers: { P: { ...same, name: () => 'new' } },
      },
    })

  it('takes a field over', async () => {
    expect(await moving('@override(from: "old")').ask('{ p { name } }')).toEqual({ data: { p: { name: 'new' } } })
  })
  it('with a label takes it over only for requests for which the label is on', async () => {
    const { ask, supergraph } = moving('@override(from: "old", label: "percent(40)")')
    expect(supergraph.labels).toEqual(['percent(40)'])
    expect(await ask('{ p { name } }')).toEqual({ data: { p: { name: 'old' } } })
    expect(await ask('{ p { name } }', {}, new Set(['percent(40)']))).toEqual({ data: { p: { name: 'new' } } })
  })
})

describe('@shareable', () => {
  it('lets whoever is asked anyway answer', async () => {
    const { ask, asked } = openSubgraphs({
      a: {
        sdl: 'type Query { a: Size } type Size @shareable { w: Int h: Int }',
        resolvers: { Query: { a: () => ({ w: 1, h: 2 }) } },
      },
      b: {
        sdl: 'type Query { b: Size } type Size @shareable { w: Int h: Int }',
        resolvers: { Query: { b: () => ({ w: 3, h: 4 }) } },
      },
    })
    expect(await ask('{ a { w h } b { w } }')).toEqual({ data: { a: { w: 1, h: 2 }, b: { w: 3 } } })
    expect(asked.map(({ subgraph }) => subgraph).sort()).toEqual(['a', 'b'])
  })
})
