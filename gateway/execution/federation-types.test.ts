import { isEnumType } from 'graphql'
import { describe, expect, it } from 'vitest'
import { openSubgraphs } from './testing/subgraphs.ts'

type Given = Readonly<Record<string, unknown>>
const same = { __resolveReference: (given: Given) => given }

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
