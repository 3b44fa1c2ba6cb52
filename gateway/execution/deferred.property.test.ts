import { composeSubgraphs } from '@mercato/schema/compose'
import fc from 'fast-check'
import { buildASTSchema, OperationTypeNode, parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { loadSupergraph } from '../supergraph.ts'
import { withoutDefer } from './defers.ts'
import { askInParts } from './testing/ask-in-parts.ts'
import { LIBRARY } from './testing/graphs.ts'
import { mergeParts, type Received } from './testing/merge-parts.ts'
import { createMonolith } from './testing/monolith.ts'
import { partsOf } from './testing/operation-parts.ts'
import { randomGraph } from './testing/random-graph.ts'
import { randomOperation } from './testing/random-operation.ts'
import { createWorld } from './testing/world.ts'

/** The same graphs and operations every time; these look further. Graph and run of a failure are in its message: SEED replays them. */
const SEED = Number(process.env['SEED'] ?? 1)
const GRAPHS = Number(process.env['GRAPHS'] ?? 12)
const RUNS = Number(process.env['RUNS'] ?? 15)
const FAILING = Number(process.env['RUNS'] ?? 60)

const open = (seed: number) => {
  const graph = randomGraph(seed)
  const composed = composeSubgraphs(
    Object.entries(graph.sources).map(([name, sdl]) => ({ name, url: `http://${name}`, sdl })),
  )
  if (composed.outcome === 'refused') return undefined
  const supergraph = loadSupergraph(composed.supergraph)
  const whole = buildASTSchema(parse(composed.supergraph), { assumeValid: true, assumeValidSDL: true })
  return { supergraph, ...createMonolith(graph, supergraph.schema, whole) }
}

type Opened = NonNullable<ReturnType<typeof open>>

/** Undefined where the planner gives up: it runs into itself, or there are too many ways. */
const unlessUnplannable = async (ask: Promise<readonly Received[] | undefined>) => {
  try {
    return await ask
  } catch (error) {
    if (error instanceof Error && /would create a cycle|Too many options/.test(error.message)) return undefined
    throw error
  }
}

const compare = async ({ supergraph, fetcher, answer }: Opened, seed: number) => {
  const { text, variables } = randomOperation(supergraph.schema, seed, OperationTypeNode.QUERY, true)
  const parts = partsOf(text)
  if (validate(supergraph.schema, parts.document).length > 0) return 'skipped'
  const received = await unlessUnplannable(askInParts(supergraph, parts, variables, fetcher))
  if (!received) return 'skipped'
  const expected: unknown = JSON.parse(JSON.stringify(await answer(parts, variables)))
  const { data, errors } = mergeParts(received)
  expect({ data, errors }, `${text} ${JSON.stringify(variables)}`).toEqual({ errors: [], ...(expected as object) })
  return received.length > 1 ? 'deferred' : 'at once'
}

/** Everything that one answer has is in the other, too. */
const holds = (given: unknown, wanted: unknown): boolean => {
  if (wanted === null || wanted === undefined) return true
  if (typeof wanted !== 'object' || typeof given !== 'object' || given === null) return given === wanted
  return Object.entries(wanted).every(([name, value]) => holds((given as Record<string, unknown>)[name], value))
}

const startsWith = (path: readonly unknown[], start: readonly unknown[]): boolean =>
  start.every((element, index) => path[index] === element)

describe('a random operation with @defer while subgraphs fail', () => {
  const world = createWorld(LIBRARY)
  const supergraph = loadSupergraph(world.supergraph)
  const weathers = fc.record({
    nulls: fc.constantFrom(0, 3, 9),
    failures: fc.constantFrom(0, 5, 25),
    down: fc.constant([]),
    seed: fc.nat(1_000),
  })

  it('loses no more than the whole answer, puts nothing where nothing is, and tells every error at its part', async () => {
    let deferred = 0
    await fc.assert(
      fc.asyncProperty(fc.nat(), weathers, async (seed, weather) => {
        const { text, variables } = randomOperation(supergraph.schema, seed, OperationTypeNode.QUERY, true)
        const parts = partsOf(text)
        if (validate(supergraph.schema, parts.document).length > 0) return
        const received = await unlessUnplannable(askInParts(supergraph, parts, variables, world.fetcher(weather)))
        if (!received) return
        const plain = withoutDefer(parts)
        const plan = supergraph.plan(plain)
        const { data } = await supergraph.execute(plan, plain, variables, world.fetcher(weather))
        const merged = mergeParts(received)
        expect(holds(merged.data, JSON.parse(JSON.stringify(data ?? null))), text).toBe(true)
        for (const { path, errors = [] } of received.flatMap(({ incremental = [] }) => incremental))
          for (const error of errors as readonly { path?: readonly unknown[] }[])
            if (error.path) expect(startsWith(error.path, path), `${text} ${JSON.stringify(error)}`).toBe(true)
        if (received.length > 1) deferred++
      }),
      { numRuns: FAILING, seed: SEED },
    )
    expect(deferred).toBeGreaterThan(FAILING * 0.1)
  }, 600_000)
})

describe('a random operation with @defer on a graph split at random over subgraphs', () => {
  const outcomes = { deferred: 0, 'at once': 0, skipped: 0 }
  let composed = 0

  it.each(Array.from({ length: GRAPHS }, (_, index) => SEED * 1_000 + index))(
    'comes in parts that make the answer of one schema over the same data (graph %i)',
    { timeout: 600_000 },
    async seed => {
      const opened = open(seed)
      if (!opened) return
      composed++
      for (let run = 0; run < RUNS; run++) outcomes[await compare(opened, seed * 10_000 + run)]++
    },
  )

  it('composes, and is deferred often enough', () => {
    expect(composed).toBeGreaterThan(GRAPHS / 2)
    expect(outcomes.deferred, JSON.stringify(outcomes)).toBeGreaterThan(composed * RUNS * 0.2)
  })
})
