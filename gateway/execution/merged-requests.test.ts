import { describe, expect, it } from 'vitest'
import { loadSupergraph } from '../supergraph.ts'
import { BENCHMARK } from './testing/graphs.ts'
import { partsOf } from './testing/operation-parts.ts'
import { createOracle } from './testing/oracle.ts'
import { openSubgraphs } from './testing/subgraphs.ts'
import { CALM, createWorld, type Sent } from './testing/world.ts'

/** The query of the public benchmark. */
const QUERY = `
fragment User on User { id username name }
fragment Review on Review { id body }
fragment Product on Product { inStock name price shippingEstimate upc weight }
query TestQuery {
  users { ...User reviews { ...Review product { ...Product reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } } } } }
  topProducts(first: 5) { ...Product reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } } }
}`

describe('the requests of one plan', () => {
  it('are 6 for the benchmark query, where one for each fetch would be 16, and say the same', async () => {
    const world = createWorld(BENCHMARK)
    const supergraph = loadSupergraph(world.supergraph)
    const parts = partsOf(QUERY)
    const plan = supergraph.plan(parts)
    // In this one no list on the way is empty.
    const weather = { ...CALM, seed: 3 }
    const [ours, theirs]: [Sent[], Sent[]] = [[], []]
    const { data, errors } = await supergraph.execute(plan, parts, {}, world.fetcher(weather, ours))
    const expected = await createOracle(world.supergraph)(plan, parts, {}, world.fetcher(weather, theirs))
    expect(errors).toBeUndefined()
    expect(JSON.parse(JSON.stringify(data))).toEqual(JSON.parse(JSON.stringify(expected.data)))
    expect(theirs).toHaveLength(16)
    expect(ours.map(({ subgraph }) => subgraph).sort()).toEqual([
      'accounts',
      'accounts',
      'inventory',
      'products',
      'products',
      'reviews',
    ])
    expect(ours.filter(({ query }) => (query.match(/_entities/g)?.length ?? 0) > 1).length).toBeGreaterThan(0)
  })

  it('ask for entities of two places together, each under its own name, and for equal ones once', async () => {
    const same = { __resolveReference: (given: object) => given }
    const { ask, asked } = openSubgraphs({
      a: {
        sdl: 'type Query { one: P two: P three: P q: Q } type P @key(fields: "id") { id: ID! } type Q @key(fields: "id") { id: ID! }',
        resolvers: {
          Query: {
            one: () => ({ id: '1' }),
            two: () => ({ id: '2' }),
            three: () => ({ id: '1' }),
            q: () => ({ id: '3' }),
          },
        },
      },
      b: {
        sdl: 'type P @key(fields: "id") { id: ID! name: String } type Q @key(fields: "id") { id: ID! size: Int }',
        resolvers: { P: { ...same, name: ({ id }: { id: string }) => `p${id}` }, Q: { ...same, size: () => 4 } },
      },
    })
    expect(await ask('{ one { name } two { name } three { name } q { size } }')).toEqual({
      data: { one: { name: 'p1' }, two: { name: 'p2' }, three: { name: 'p1' }, q: { size: 4 } },
    })
    expect(asked).toHaveLength(2)
    expect(asked[1]?.query.match(/_entities/g)).toHaveLength(2)
    const wanted = Object.values(asked[1]?.variables ?? {}).flat()
    expect(wanted).toEqual([
      { __typename: 'P', id: '1' },
      { __typename: 'P', id: '2' },
      { __typename: 'Q', id: '3' },
    ])
  })
})
