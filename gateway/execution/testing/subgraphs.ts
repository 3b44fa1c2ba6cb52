import { buildSubgraphSchema } from '@apollo/subgraph'
import { composeSubgraphs } from '@mercato/schema/compose'
import { execute, type GraphQLSchema, parse, validate } from 'graphql'
import { loadSupergraph, type Result, type SubgraphFetcher, type SubgraphResult } from '../../supergraph.ts'
import { readConditions } from '../conditions.ts'
import { askInParts } from './ask-in-parts.ts'
import type { Received } from './merge-parts.ts'
import { partsOf } from './operation-parts.ts'

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@override", "@interfaceObject", "@inaccessible", "@context", "@fromContext"])'

export interface Subgraph {
  readonly sdl: string
  readonly resolvers: Readonly<Record<string, unknown>>
}

/** What was sent to a subgraph. */
export interface Asked {
  readonly subgraph: string
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

/** Composes subgraphs with resolvers and executes operations over them. Subgraphs validate what they are asked, as servers do. */
export const openSubgraphs = (subgraphs: Readonly<Record<string, Subgraph>>) => {
  const composed = composeSubgraphs(
    Object.entries(subgraphs).map(([name, { sdl }]) => ({ name, url: `http://${name}`, sdl: `${LINK}\n${sdl}` })),
  )
  if (composed.outcome === 'refused') throw new Error(composed.problems.join('\n'))
  const supergraph = loadSupergraph(composed.supergraph)
  const schemas: Readonly<Record<string, GraphQLSchema>> = Object.fromEntries(
    Object.entries(subgraphs).map(([name, { sdl, resolvers }]) => [
      name,
      buildSubgraphSchema([{ typeDefs: parse(`${LINK}\n${sdl}`), resolvers: resolvers as never }]),
    ]),
  )
  const asked: Asked[] = []
  const fetcher: SubgraphFetcher = async (subgraph, request) => {
    const { query, variables } = JSON.parse(request.body) as Asked
    asked.push({ subgraph, query, variables })
    const schema = schemas[subgraph]
    if (!schema) throw new Error(`no ${subgraph}`)
    const document = parse(query)
    const errors = validate(schema, document)
    const result = errors.length > 0 ? { errors } : await execute({ schema, document, variableValues: variables })
    return JSON.parse(JSON.stringify(result)) as SubgraphResult
  }
  return {
    sdl: composed.supergraph,
    supergraph,
    asked,
    /** What comes, part by part. */
    async askInParts(
      text: string,
      variables: Readonly<Record<string, unknown>> = {},
      fetch: SubgraphFetcher = fetcher,
    ): Promise<readonly Received[]> {
      const parts = partsOf(text)
      const [invalid] = validate(supergraph.schema, parts.document)
      if (invalid) throw invalid
      const received = await askInParts(supergraph, parts, variables, fetch)
      if (!received) throw new Error('nothing is deferred')
      return received
    },
    fetcher,
    async ask(
      text: string,
      variables: Readonly<Record<string, unknown>> = {},
      labels: ReadonlySet<string> = new Set(),
    ): Promise<Result> {
      const parts = partsOf(text)
      const [invalid] = validate(supergraph.schema, parts.document)
      if (invalid) throw invalid
      const conditions = readConditions(parts, undefined)
      const key = conditions.key(variables)
      if (typeof key !== 'string') throw key
      const plan = supergraph.plan(parts, { switches: conditions.switches(key), labels })
      return JSON.parse(JSON.stringify(await supergraph.execute(plan, parts, variables, fetcher))) as Result
    },
  }
}
