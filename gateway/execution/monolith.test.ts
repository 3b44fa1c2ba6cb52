import type { QueryPlan } from '@apollo/query-planner'
import { composeSubgraphs } from '@mercato/schema/compose'
import { buildASTSchema, parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { loadSupergraph, type Result } from '../supergraph.ts'
import { readConditions } from './conditions.ts'
import { createMonolith } from './testing/monolith.ts'
import { partsOf } from './testing/operation-parts.ts'
import { randomGraph } from './testing/random-graph.ts'
import { randomOperation } from './testing/random-operation.ts'

/** The same graphs and operations every time; these look further. Graph and run of a failure are in its message: SEED replays them. */
const SEED = Number(process.env['SEED'] ?? 1)
const GRAPHS = Number(process.env['GRAPHS'] ?? 20)
const RUNS = Number(process.env['RUNS'] ?? 20)

const plain = (result: Result) => JSON.parse(JSON.stringify(result)) as Result

/** Undefined where the planner gives up: it runs into itself, or there are too many ways. */
const planOf = (plan: () => QueryPlan): QueryPlan | undefined => {
  try {
    return plan()
  } catch (error) {
    if (error instanceof Error && /would create a cycle|Too many options/.test(error.message)) return undefined
    throw error
  }
}

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

const compare = async ({ supergraph, fetcher, answer }: Opened, seed: number) => {
  const { text, variables } = randomOperation(supergraph.schema, seed)
  const parts = partsOf(text)
  if (validate(supergraph.schema, parts.document).length > 0) return 'skipped'
  const conditions = readConditions(parts, undefined)
  const key = conditions.key(variables)
  if (typeof key !== 'string') throw key
  const plan = planOf(() => supergraph.plan(parts, { switches: conditions.switches(key) }))
  if (!plan) return 'skipped'
  const expected = plain(await answer(parts, variables))
  const given = plain(await supergraph.execute(plan, parts, variables, fetcher))
  expect(given, `${text} ${JSON.stringify(variables)}`).toEqual(expected)
  return 'same'
}

describe('a graph split at random over subgraphs', () => {
  const outcomes = { same: 0, skipped: 0 }
  let composed = 0

  it.each(Array.from({ length: GRAPHS }, (_, index) => SEED * 1_000 + index))(
    'answers as one schema over the same data does (graph %i)',
    { timeout: 600_000 },
    async seed => {
      const opened = open(seed)
      if (!opened) return
      composed++
      for (let run = 0; run < RUNS; run++) outcomes[await compare(opened, seed * 10_000 + run)]++
    },
  )

  it('composes and answers most of the time', () => {
    expect(composed).toBeGreaterThan(GRAPHS / 2)
    expect(outcomes.same).toBeGreaterThan(composed * RUNS * 0.6)
  })
})
