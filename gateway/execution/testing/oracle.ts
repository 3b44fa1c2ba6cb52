import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals'
import { executeQueryPlan } from '@apollo/gateway'
import type { QueryPlan } from '@apollo/query-planner'
import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import type { OperationParts, SubgraphFetcher } from '../../supergraph.ts'

type PlanExecution = Parameters<typeof executeQueryPlan>
type ServiceMap = PlanExecution[1]

export interface OracleResult {
  readonly data?: Record<string, unknown> | null
  readonly errors: readonly GraphQLFormattedError[]
  /** The executor gave up on an answer that it did not expect. */
  readonly threw: boolean
}

const quiet = () => undefined
const SILENT = { debug: quiet, info: quiet, warn: quiet, error: quiet }

/** Apollo's own execution of the same plan, one request for each fetch. */
export const createOracle = (sdl: string) => {
  const supergraph = Supergraph.build(sdl, { supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES })
  const api = supergraph.apiSchema()
  const schema = api.toGraphQLJSSchema()
  const internal = supergraph.schema.toGraphQLJSSchema()
  return async (
    plan: QueryPlan,
    { operation, fragments }: OperationParts,
    variables: Readonly<Record<string, unknown>>,
    fetch: SubgraphFetcher,
  ): Promise<OracleResult> => {
    const services: ServiceMap = Object.create(null)
    for (const { name } of supergraph.subgraphsMetadata())
      services[name] = {
        process: async ({ request }) => {
          const { query, variables: given, operationName } = request
          const body = JSON.stringify({ query, variables: given, operationName })
          const kind = query?.startsWith('mutation') ? 'mutation' : 'query'
          return (await fetch(name, { kind, body })) as Awaited<ReturnType<ServiceMap[string]['process']>>
        },
      }
    const request = { request: { variables: { ...variables } }, context: {}, metrics: {}, logger: SILENT, schema }
    const { data, errors, extensions } = await executeQueryPlan(
      plan,
      services,
      request as PlanExecution[2],
      { schema, operation, fragments: { ...fragments } },
      internal,
      api,
    )
    const remarks: unknown = extensions?.['valueCompletion']
    const all = [...(errors ?? []), ...(Array.isArray(remarks) ? (remarks as GraphQLError[]) : [])]
    return {
      ...(data !== undefined && { data }),
      errors: all.map(error => (error instanceof GraphQLError ? error.toJSON() : { message: String(error) })),
      threw: data === undefined,
    }
  }
}
