import { describe, expect, it } from 'vitest'
import { openSubgraphs } from './testing/subgraphs.ts'

const same = { __resolveReference: (given: Readonly<Record<string, unknown>>) => given }

describe('an alias that is the name of another field', () => {
  const graph = () =>
    openSubgraphs({
      a: {
        sdl: 'type Query { p: P ps: [P] } type P @key(fields: "id") { id: ID! name: String w: Int fails: String }',
        resolvers: {
          Query: { p: () => ({ id: '1', name: 'one', w: 3 }), ps: () => [{ id: '1', name: 'one', w: 3 }] },
          P: {
            fails() {
              throw new Error('no')
            },
          },
        },
      },
      b: {
        sdl: 'type P @key(fields: "id") { id: ID! w: Int @external price: Int @requires(fields: "w") }',
        resolvers: { P: { ...same, price: ({ id, w }: { id: string; w: number }) => Number(id) * 10 + w } },
      },
    })

  it('is neither taken for a key nor for what is required', async () => {
    expect(
      await graph().ask('{ p { id: name w: name price } ps { price: name w: price name: id __typename: name } }'),
    ).toEqual({
      data: { p: { id: 'one', w: 'one', price: 13 }, ps: [{ price: 'one', w: 13, name: '1', __typename: 'one' }] },
    })
  })
  it('is the one in the path of an error', async () => {
    const { errors } = await graph().ask('{ p: ps { id: fails } }')
    expect(errors?.map(({ path }) => path)).toEqual([['p', 0, 'id']])
  })
})
