import { beforeEach, describe, expect, it } from 'vitest'
import { decide } from './authorization/decision.ts'
import { createDocuments, type Prepared } from './documents.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import { planFor } from './planning.ts'
import { type LoadedSupergraph, loadSupergraph } from './supergraph.ts'
import { createFixtureGraph } from './testing/fixture-graph.ts'

const loaded = loadSupergraph(createFixtureGraph().supergraph)
const ada = { id: '1', roles: [], scopes: [], sessionId: 's', emailVerified: true, authenticatedAt: 0 }

let planned = 0
let prepare: (query: string) => Prepared
beforeEach(() => {
  planned = 0
  const documents = createDocuments({ limits: DEFAULT_LIMITS, development: false })
  const counting: LoadedSupergraph = {
    ...loaded,
    plan(...given) {
      planned++
      return loaded.plan(...given)
    },
  }
  prepare = query => {
    const preparation = documents.prepare(counting, query, undefined)
    if (preparation.outcome === 'refused') throw preparation.errors[0]
    return preparation.prepared
  }
})

const plan = async (
  query: string,
  options: { signedIn?: boolean; variables?: object; labels?: readonly string[] } = {},
) => {
  const { signedIn = false, variables = {}, labels = [] } = options
  const prepared = prepare(query)
  const viewer = { consumer: 'test', ...(signedIn && { user: ada }) }
  const decision = await decide(prepared.requirements, viewer, async names => names)
  return planFor(prepared, { ...variables }, decision, new Set(labels))
}

describe('an operation', () => {
  it('is planned once, however often it is asked', async () => {
    const first = await plan('{ person(id: "1") { name } }')
    for (let i = 0; i < 10; i++) expect(await plan('{ person(id: "1") { name } }')).toBe(first)
    expect(planned).toBe(1)
  })

  it('is planned once for all values of its variables', async () => {
    const query = 'query ($id: ID!) { person(id: $id) { name } }'
    for (const id of ['1', '2', '3']) await plan(query, { variables: { id } })
    expect(planned).toBe(1)
  })

  it('is planned anew for another decision about it, another condition and another label, each once', async () => {
    const query = 'query ($on: Boolean!) { person(id: "1") { name @include(if: $on) email } }'
    const ways = [
      { variables: { on: true } },
      { variables: { on: false } },
      { variables: { on: true }, signedIn: true },
      { variables: { on: true }, labels: ['percent(40)'] },
    ]
    for (const way of [...ways, ...ways]) await plan(query, way)
    expect(planned).toBe(ways.length)
  })
})
