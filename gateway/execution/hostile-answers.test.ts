import fc from 'fast-check'
import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { loadSupergraph, type SubgraphFetcher, type SubgraphResult } from '../supergraph.ts'
import { BENCHMARK } from './testing/graphs.ts'
import { CALM, createWorld, type Sent } from './testing/world.ts'

const world = createWorld(BENCHMARK)
const supergraph = loadSupergraph(world.supergraph)
const document = parse(
  '{ users { id name reviews { id body product { upc name shippingEstimate inStock } } } topProducts { upc inStock shippingEstimate reviews { author { name } } } }',
)
const operation = document.definitions.find(definition => definition.kind === 'OperationDefinition')
if (!operation) throw new Error('no operation')
const parts = { document, operation, fragments: {} }
const plan = supergraph.plan(parts)
const run = (fetch: SubgraphFetcher) => supergraph.execute(plan, parts, {}, fetch)

/** Puts something else in one place of a value. */
const spoil = (value: unknown, places: readonly number[], by: unknown): unknown => {
  if (typeof value !== 'object' || value === null || places.length === 0) return by
  const [place = 0, ...rest] = places
  const keys = Object.keys(value)
  const key = keys[place % Math.max(1, keys.length)]
  if (key === undefined) return by
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [...value] : { ...value }
  ;(copy as Record<string, unknown>)[key] = spoil((value as Record<string, unknown>)[key], rest, by)
  return copy
}

describe('a subgraph that answers anything', () => {
  it('never makes an operation reject, and every answer still fits the schema', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ at: fc.nat(8), places: fc.array(fc.nat(5), { maxLength: 7 }), by: fc.jsonValue() }), {
          maxLength: 4,
        }),
        async spoils => {
          let calls = 0
          const honest = world.fetcher(CALM)
          const { data } = await run(async (subgraph, request) => {
            const call = calls++
            const { data: given, errors } = await honest(subgraph, request)
            const spoiled = spoils
              .filter(({ at }) => at === call)
              .reduce((value: unknown, { places, by }) => spoil(value, places, by), given)
            return { data: spoiled, ...(errors && { errors }) } as SubgraphResult
          })
          const users: unknown = data?.['users']
          expect(users === null || Array.isArray(users)).toBe(true)
          for (const user of (users as ({ id: unknown; name: unknown } | null)[] | null) ?? []) {
            expect(user === null || typeof user.id === 'string' || Number.isInteger(user.id)).toBe(true)
            expect(user === null || user.name === null || typeof user.name === 'string').toBe(true)
          }
          expect(Object.prototype).not.toHaveProperty('polluted')
        },
      ),
      { numRuns: 300 },
    )
  })

  it('cannot reach a prototype', async () => {
    const attack: SubgraphResult = JSON.parse(
      '{"data":{"users":[{"__typename":"User","id":"1","__proto__":{"polluted":true}}],"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}}',
    )
    await run(async () => attack)
    expect(Object.prototype).not.toHaveProperty('polluted')
  })

  it('that takes no merged request is asked for each part of it alone', async () => {
    const sent: Sent[] = []
    const honest = world.fetcher(CALM, sent)
    const picky: SubgraphFetcher = async (subgraph, request) =>
      request.body.includes('representations_1')
        ? { errors: [{ message: 'too many aliases', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] }
        : honest(subgraph, request)
    const merged: Sent[] = []
    expect(await run(picky)).toEqual(await run(world.fetcher(CALM, merged)))
    expect(sent.length).toBeGreaterThan(merged.length)
  })

  it('or cannot be reached is not asked again', async () => {
    const asked: string[] = []
    const { errors = [] } = await run(async (subgraph, request) => {
      asked.push(subgraph)
      return world.fetcher({ ...CALM, down: ['inventory'] })(subgraph, request)
    })
    expect(asked.filter(name => name === 'inventory')).toHaveLength(1)
    expect(errors.length).toBeGreaterThan(0)
  })
})
