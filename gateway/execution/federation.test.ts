import { isEnumType } from 'graphql'
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

describe('@inaccessible', () => {
  const { ask, supergraph } = openSubgraphs({
    a: {
      sdl: 'type Query { p: P things: [Thing] mood: Mood } type P @key(fields: "code") { code: String! @inaccessible } interface Thing { id: ID! } type Seen implements Thing { id: ID! } type Unseen implements Thing @inaccessible { id: ID! } enum Mood { GOOD BAD @inaccessible }',
      resolvers: {
        Query: {
          p: () => ({ code: 'x' }),
          things: () => [
            { __typename: 'Seen', id: '1' },
            { __typename: 'Unseen', id: '2' },
          ],
          mood: () => 'BAD',
        },
      },
    },
    b: {
      sdl: 'type P @key(fields: "code") { code: String! name: String }',
      resolvers: { P: { ...same, name: ({ code }: Given) => `name of ${code}` } },
    },
  })

  it('hides a field from clients that gateways still join by', async () => {
    expect(await ask('{ p { name } }')).toEqual({ data: { p: { name: 'name of x' } } })
    await expect(ask('{ p { code } }')).rejects.toThrow('Cannot query field "code"')
  })
  it('hides objects of a hidden type and hidden values: they are null', async () => {
    const { data } = await ask('{ things { __typename id } mood }')
    expect(data).toEqual({ things: [{ __typename: 'Seen', id: '1' }, null], mood: null })
    expect(supergraph.schema.getType('Unseen')).toBeUndefined()
  })
})

describe('@interfaceObject', () => {
  const graph = () =>
    openSubgraphs({
      media: {
        sdl: 'type Query { media: [Media] } interface Media @key(fields: "id") { id: ID! title: String } type Book implements Media @key(fields: "id") { id: ID! title: String } type Film implements Media @key(fields: "id") { id: ID! title: String minutes: Int }',
        resolvers: {
          Query: {
            media: () => [
              { __typename: 'Book', id: 'b', title: 'B' },
              { __typename: 'Film', id: 'f', title: 'F', minutes: 90 },
            ],
          },
          Media: {
            __resolveType: ({ id }: Given) => (id === 'b' ? 'Book' : 'Film'),
            __resolveReference: ({ id }: Given) => ({ id, title: String(id).toUpperCase(), minutes: 90 }),
          },
          Film: same,
          Book: same,
        },
      },
      ratings: {
        sdl: 'type Query { best: Media } type Media @interfaceObject @key(fields: "id") { id: ID! stars: Int title: String @external shout: String @requires(fields: "title") }',
        resolvers: {
          Query: { best: () => ({ id: 'f' }) },
          Media: { ...same, stars: ({ id }: Given) => (id === 'b' ? 1 : 5), shout: ({ title }: Given) => `${title}!` },
        },
      },
    })

  it('adds fields to all types of an interface without knowing them', async () => {
    expect(await graph().ask('{ media { __typename stars shout ... on Film { minutes } } }')).toEqual({
      data: {
        media: [
          { __typename: 'Book', stars: 1, shout: 'B!' },
          { __typename: 'Film', stars: 5, shout: 'F!', minutes: 90 },
        ],
      },
    })
  })
  it('asks who knows what an object is when the type matters', async () => {
    const { ask, asked } = graph()
    expect(await ask('{ best { stars } }')).toEqual({ data: { best: { stars: 5 } } })
    expect(asked).toHaveLength(1)
    expect(await ask('{ best { kind: __typename ... on Film { minutes } ... on Book { id } } }')).toEqual({
      data: { best: { kind: 'Film', minutes: 90 } },
    })
  })
})

describe('abstract types', () => {
  it('are resolved where they are, and their objects joined by their own types', async () => {
    const { ask } = openSubgraphs({
      search: {
        sdl: 'type Query { found: [Found!]! nested: [[Found]] } union Found = P | Q type P @key(fields: "id") { id: ID! } type Q @key(fields: "id") { id: ID! }',
        resolvers: {
          Query: {
            found: () => [
              { __typename: 'P', id: '1' },
              { __typename: 'Q', id: '2' },
            ],
            nested: () => [[{ __typename: 'Q', id: '3' }, null], null, []],
          },
        },
      },
      names: {
        sdl: 'type P @key(fields: "id") { id: ID! name: String! } type Q @key(fields: "id") { id: ID! size: Int! }',
        resolvers: {
          P: { ...same, name: ({ id }: Given) => `p${id}` },
          Q: { ...same, size: ({ id }: Given) => Number(id) },
        },
      },
    })
    expect(
      await ask(
        '{ found { kind: __typename ... on P { name } ... on Q { size } } nested { ... on Q { size t: __typename } } }',
      ),
    ).toEqual({
      data: {
        found: [
          { kind: 'P', name: 'p1' },
          { kind: 'Q', size: 2 },
        ],
        nested: [[{ size: 3, t: 'Q' }, null], null, []],
      },
    })
  })
})

describe('what subgraphs define differently', () => {
  const { ask, supergraph } = openSubgraphs({
    a: {
      sdl: 'type Query { find(by: Filter, in: Shade): String } enum Shade { LIGHT DARK ONLY_A } input Filter { name: String only: Int }',
      resolvers: { Query: { find: (_: unknown, args: Given) => JSON.stringify(args) } },
    },
    b: {
      sdl: 'type Query { paint(in: Shade): String filtered(by: Filter): String } enum Shade { LIGHT DARK ONLY_B } input Filter { name: String }',
      resolvers: {
        Query: {
          paint: (_: unknown, args: Given) => JSON.stringify(args),
          filtered: (_: unknown, args: Given) => JSON.stringify(args),
        },
      },
    },
  })

  it('is what all know of an enum that comes in', async () => {
    const shade = supergraph.schema.getType('Shade')
    expect(isEnumType(shade) && shade.getValues().map(({ name }) => name)).toEqual(['LIGHT', 'DARK'])
    expect(await ask('{ paint(in: DARK) }')).toEqual({ data: { paint: '{"in":"DARK"}' } })
    await expect(ask('{ paint(in: ONLY_B) }')).rejects.toThrow('ONLY_B')
  })
  it('is what all know of an input', async () => {
    expect(await ask('query ($by: Filter) { find(by: $by) }', { by: { name: 'x' } })).toEqual({
      data: { find: '{"by":{"name":"x"}}' },
    })
    await expect(ask('{ find(by: { only: 1 }) }')).rejects.toThrow('only')
  })
})

describe('a null where none may be', () => {
  it('takes the nearest nullable parent along, across subgraphs, with an error that has a path', async () => {
    const { ask } = openSubgraphs({
      a: {
        sdl: 'type Query { p: P ps: [P!] } type P @key(fields: "id") { id: ID! }',
        resolvers: { Query: { p: () => ({ id: '1' }), ps: () => [{ id: '1' }, { id: '2' }] } },
      },
      b: {
        sdl: 'type P @key(fields: "id") { id: ID! name: String! }',
        resolvers: {
          P: {
            ...same,
            name({ id }: Given) {
              if (id === '2') throw new Error('no name')
              return 'one'
            },
          },
        },
      },
    })
    expect(await ask('{ p { name } ps { name } }')).toEqual({
      data: { p: { name: 'one' }, ps: null },
      errors: [expect.objectContaining({ message: 'no name', path: ['ps', 1, 'name'] })],
    })
  })
})
