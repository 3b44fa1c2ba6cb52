import { describe, expect, it } from 'vitest'
import { compileRewrites } from './rewrites.ts'
import { openSubgraphs } from './testing/subgraphs.ts'

type Given = Readonly<Record<string, unknown>>
const same = { __resolveReference: (given: Given) => given }
const isOfType = (condition: string, typename: string): boolean =>
  condition === typename || (condition === 'Media' && ['Book', 'Film'].includes(typename))

describe('a rewrite', () => {
  it('sets a value at the end of its path, in every item of a list, for objects of its type only', () => {
    const rewrite = compileRewrites(
      [{ kind: 'ValueSetter', path: ['... on Media', 'of', '__typename'], setValueTo: 'Media' }],
      isOfType,
    )
    const value = [
      { __typename: 'Book', of: [{ __typename: 'Film' }, null] },
      { __typename: 'Person', of: { __typename: 'Person' } },
      null,
    ]
    rewrite?.(value)
    expect(value).toEqual([
      { __typename: 'Book', of: [{ __typename: 'Media' }, null] },
      { __typename: 'Person', of: { __typename: 'Person' } },
      null,
    ])
  })

  it('gives a key another name, nulls too, and leaves alone what is not there', () => {
    const rewrite = compileRewrites(
      [{ kind: 'KeyRenamer', path: ['... on Book', 'stars__alias_0'], renameKeyTo: 'stars' }],
      isOfType,
    )
    const values = [
      { __typename: 'Book', stars__alias_0: 3 },
      { __typename: 'Book', id: 'b' },
      { __typename: 'Film', stars__alias_0: 5 },
    ]
    for (const value of values) rewrite?.(value)
    expect(JSON.parse(JSON.stringify(values))).toEqual([
      { __typename: 'Book', stars: 3 },
      { __typename: 'Book', id: 'b' },
      { __typename: 'Film', stars__alias_0: 5 },
    ])
  })

  it('cannot reach a prototype, whatever its path and names say', () => {
    const rewrite = compileRewrites(
      [
        { kind: 'ValueSetter', path: ['__proto__', 'polluted'], setValueTo: 1 },
        { kind: 'KeyRenamer', path: ['a'], renameKeyTo: '__proto__' },
      ],
      isOfType,
    )
    rewrite?.({ a: { polluted: 1 } })
    expect({}).not.toHaveProperty('polluted')
  })

  it('is none where there is nothing to do', () => {
    expect(compileRewrites(undefined, isOfType)).toBeUndefined()
    expect(compileRewrites([], isOfType)).toBeUndefined()
  })
})

const MEDIA = {
  sdl: `type Query { media: [Media] } interface Media @key(fields: "id") { id: ID! }
    type Book implements Media @key(fields: "id") { id: ID! } type Film implements Media @key(fields: "id") { id: ID! }`,
  resolvers: {
    Query: {
      media: () => [
        { __typename: 'Book', id: 'b' },
        { __typename: 'Film', id: 'f' },
      ],
    },
    Media: { __resolveType: ({ __typename }: Given) => __typename, ...same },
  },
}

describe('what goes to a subgraph', () => {
  it('that knows objects only as an interface object names them so, whatever they are', async () => {
    const { ask, asked } = openSubgraphs({
      media: MEDIA,
      ratings: {
        sdl: 'type Media @interfaceObject @key(fields: "id") { id: ID! stars: Int }',
        resolvers: { Media: { ...same, stars: ({ id }: Given) => (id === 'b' ? 1 : 5) } },
      },
    })
    expect(await ask('{ media { __typename stars } }')).toEqual({
      data: {
        media: [
          { __typename: 'Book', stars: 1 },
          { __typename: 'Film', stars: 5 },
        ],
      },
    })
    expect(asked[1]?.variables['representations']).toEqual([
      { __typename: 'Media', id: 'b' },
      { __typename: 'Media', id: 'f' },
    ])
  })
})

describe('what comes from a subgraph', () => {
  it('with different nullability behind one interface is told apart, and comes back as one field', async () => {
    const { ask, asked } = openSubgraphs({
      media: { ...MEDIA, sdl: MEDIA.sdl.replace('interface Media @key(fields: "id")', 'interface Media') },
      ratings: {
        sdl: `interface Media { stars: Int } type Book implements Media @key(fields: "id") { id: ID! stars: Int! }
          type Film implements Media @key(fields: "id") { id: ID! stars: Int }`,
        resolvers: { Book: { ...same, stars: () => 1 }, Film: { ...same, stars: () => null } },
      },
    })
    expect(await ask('{ media { stars } }')).toEqual({ data: { media: [{ stars: 1 }, { stars: null }] } })
    expect(asked[1]?.query).toContain('__alias_0')
  })
})
