import type { QueryPlan } from '@apollo/query-planner'
import { readSubgraphs } from '@mercato/schema/compose'
import { operationPaths, readOperation } from '@mercato/schema/stored-operations'
import fc from 'fast-check'
import { buildASTSchema, type GraphQLFormattedError, parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { loadSupergraph } from '../supergraph.ts'
import { clientName, createResponseNames, fieldNamesOf } from './response-names.ts'
import { BENCHMARK, LIBRARY, MEDIA } from './testing/graphs.ts'
import { partsOf } from './testing/operation-parts.ts'
import { createOracle } from './testing/oracle.ts'
import { randomOperation } from './testing/random-operation.ts'
import { CALM, createWorld, type Sent, type Weather, type World } from './testing/world.ts'

const pathOf = ({ path = [] }: GraphQLFormattedError): readonly (string | number)[] => {
  const end = path.indexOf('@')
  return end < 0 ? path : path.slice(0, end)
}

const says = ({ message, extensions }: GraphQLFormattedError): string => `${message} ${String(extensions?.['code'])}`

/** An error explains a null: its path ends at one, or at something that only subgraphs were asked for. */
const explains = (data: unknown, path: readonly (string | number)[]): boolean => {
  let value = data
  for (const element of path) {
    if (value === null || value === undefined) return true
    value = (value as Record<string | number, unknown>)[element]
  }
  return value === null || value === undefined || path.length === 0
}

/** Undefined where the planner runs into itself. */
const planOf = (plan: () => QueryPlan): QueryPlan | undefined => {
  try {
    return plan()
  } catch (error) {
    if (error instanceof Error && error.message.includes('would create a cycle')) return undefined
    throw error
  }
}

/** What the reference found under the names by which fields travel, under those of the client. */
const asNamed = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(asNamed)
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [clientName(name), asNamed(inner)]))
}

const open = (world: World) => {
  const supergraph = loadSupergraph(world.supergraph)
  const schema = buildASTSchema(parse(world.supergraph), { assumeValid: true, assumeValidSDL: true })
  const names = createResponseNames(fieldNamesOf(schema))
  const oracle = createOracle(world.supergraph)
  const compare = async (text: string, variables: Readonly<Record<string, unknown>>, weather: Weather) => {
    const parts = partsOf(text)
    expect(validate(supergraph.schema, parts.document)).toEqual([])
    const plan = planOf(() => supergraph.plan(parts))
    if (!plan) return undefined
    const theirs: Sent[] = []
    const asked = names.rename(parts) ?? parts
    const { data, errors: found, threw } = await oracle(plan, asked, variables, world.fetcher(weather, theirs))
    const expected = {
      data: asNamed(data),
      errors: found.map(error => ({ ...error, ...(error.path && { path: error.path.map(clientName) }) })),
      threw,
    }
    const ours: Sent[] = []
    const result = await supergraph.execute(plan, parts, variables, world.fetcher(weather, ours))
    const errors = (result.errors ?? []).map(error => error.toJSON())
    return { expected, result, errors, ours, theirs }
  }
  return { supergraph, compare }
}

/** Everything that was not forgotten is the same. */
const holds = (given: unknown, wanted: unknown): boolean => {
  if (wanted === null || wanted === undefined) return true
  if (typeof wanted !== 'object' || typeof given !== 'object' || given === null) return given === wanted
  return Object.entries(wanted).every(([name, value]) => holds((given as Record<string, unknown>)[name], value))
}

type Compared = NonNullable<Awaited<ReturnType<ReturnType<typeof open>['compare']>>>

/**
 * The data are the same, and so is what went wrong. Where the reference counts entities that were not asked for, and so puts an error at the
 * wrong one, ours must be at a null. Behind interface objects it forgets what an object is, or not, by the order in which answers come: then
 * ours may know more. Ours also says why a null where none may be took its parents along, when no subgraph did.
 */
const check = ({ expected, result, errors, ours, theirs }: Compared, forgetful = false): void => {
  expect(expected.threw).toBe(false)
  const given: unknown = JSON.parse(JSON.stringify(result.data))
  const wanted: unknown = JSON.parse(JSON.stringify(expected.data))
  if (forgetful) expect(holds(given, wanted), JSON.stringify({ given, wanted })).toBe(true)
  else expect(given).toEqual(wanted)
  if (expected.errors.some(({ extensions }) => 'serviceName' in (extensions ?? {}))) {
    expect(errors.map(says).sort()).toEqual(expected.errors.map(says).sort())
    const places = expected.errors.map(error => JSON.stringify(pathOf(error)))
    for (const error of errors)
      if (!places.includes(JSON.stringify(pathOf(error))))
        expect(explains(result.data, pathOf(error)), JSON.stringify(error)).toBe(true)
  } else {
    for (const error of errors) expect(explains(result.data, pathOf(error))).toBe(true)
    const places = errors.map(error => JSON.stringify(pathOf(error)))
    for (const error of expected.errors) expect(places).toContain(JSON.stringify(pathOf(error)))
  }
  if (errors.length === 0) expect(ours.length).toBeLessThanOrEqual(theirs.length)
}

const weathers = (subgraphs: readonly string[]): fc.Arbitrary<Weather> =>
  fc.record({
    nulls: fc.constantFrom(0, 0, 3, 9),
    failures: fc.constantFrom(0, 0, 5, 25),
    down: fc.oneof({ arbitrary: fc.constant([]), weight: 4 }, { arbitrary: fc.subarray([...subgraphs]), weight: 1 }),
    seed: fc.nat(1_000),
  })

const MERCATO = Object.fromEntries(readSubgraphs().map(({ name, sdl }) => [name, sdl]))

describe.each([
  ['the benchmark graph', BENCHMARK, 150, false],
  ['a graph of interfaces, unions and @requires chains', LIBRARY, 400, false],
  ['a graph of interface objects', MEDIA, 300, true],
  ['our own graph', MERCATO, 100, false],
])('any operation on %s', (_, sources, runs, forgetful) => {
  const world = createWorld(sources)
  const { supergraph, compare } = open(world)

  const timeout = process.env['RUNS'] ? 600_000 : 180_000

  it(
    'is answered as the reference answers it, whatever fails',
    async () => {
      let checked = 0
      const numRuns = Number(process.env['RUNS'] ?? runs)
      await fc.assert(
        fc.asyncProperty(fc.nat(), weathers(Object.keys(sources)), async (seed, weather) => {
          const { text, variables } = randomOperation(supergraph.schema, seed)
          if (validate(supergraph.schema, parse(text)).length > 0) return
          const compared = await compare(text, variables, weather)
          if (!compared) return
          check(compared, forgetful)
          checked++
        }),
        // The same operations every time; SEED and RUNS look further.
        { numRuns, seed: Number(process.env['SEED'] ?? 1) },
      )
      expect(checked).toBeGreaterThan(numRuns / 2)
    },
    timeout,
  )
})

describe('a stored operation of ours', () => {
  const { compare } = open(createWorld(MERCATO))
  const stored = operationPaths()
    .map(readOperation)
    .filter(({ query }) => !/^subscription/m.test(query))

  it.each(stored.map(one => [one.path, one] as const))('%s is answered as the reference answers it', async (_, one) => {
    for (const weather of [CALM, { ...CALM, nulls: 6, seed: 1 }, { ...CALM, failures: 10, seed: 2 }]) {
      const compared = await compare(one.query, one.variables, weather)
      if (!compared) throw new Error('no plan')
      check(compared)
    }
  })
})
