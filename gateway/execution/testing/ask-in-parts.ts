import { GraphQLError, getVariableValues } from 'graphql'
import type { LoadedSupergraph, OperationParts, SubgraphFetcher } from '../../supergraph.ts'
import { readConditions } from '../conditions.ts'
import { readDefers } from '../defers.ts'
import type { Received } from './merge-parts.ts'

/** What a client of a deferring gateway gets; undefined when nothing is deferred for these variables. */
export const askInParts = async (
  supergraph: LoadedSupergraph,
  parts: OperationParts,
  variables: Readonly<Record<string, unknown>>,
  fetcher: SubgraphFetcher,
): Promise<readonly Received[] | undefined> => {
  const { coerced = {} } = getVariableValues(supergraph.schema, parts.operation.variableDefinitions ?? [], variables)
  const conditions = readConditions(parts, undefined)
  const decided = conditions.key(coerced)
  const defers = readDefers(parts)
  const key = defers?.key(coerced)
  if (decided instanceof GraphQLError) throw decided
  if (key instanceof GraphQLError) throw key
  if (!defers || key === undefined) return undefined
  const { parts: asked } = defers.activate(key, conditions.switches(decided))
  const plan = supergraph.plan(asked, { switches: {} })
  const review = (data: Record<string, unknown> | null) => ({ data, errors: [] })
  const { first, rest } = await supergraph.executeInParts(plan, asked, variables, fetcher, review)
  const received: unknown[] = [{ ...first, hasNext: rest !== undefined }]
  for await (const { pieces, more } of rest ?? [])
    received.push({
      incremental: pieces.map(({ errors, ...piece }) => ({ ...piece, ...(errors.length > 0 && { errors }) })),
      hasNext: more,
    })
  return JSON.parse(JSON.stringify(received)) as Received[]
}
