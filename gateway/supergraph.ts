import { createHash } from 'node:crypto'
import { operationFromDocument, ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals'
import { executeQueryPlan } from '@apollo/gateway'
import { type FetchNode, type QueryPlan, QueryPlanner } from '@apollo/query-planner'
import {
  type DocumentNode,
  type ExecutionResult,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql'
import { type Requirements, readRequirements } from './authorization/requirements.ts'

type PlanExecution = Parameters<typeof executeQueryPlan>
type ServiceMap = PlanExecution[1]

/** One operation, alone, with the fragments it uses. */
export interface OperationParts {
  readonly document: DocumentNode
  readonly operation: OperationDefinitionNode
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>
}

/** What a plan sends to one subgraph. */
export interface SubgraphRequest {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
  readonly operationName?: string
}

/** What came back, checked for shape but not for truth. */
export interface SubgraphResult {
  readonly data?: Record<string, unknown> | null
  readonly errors?: readonly {
    readonly message: string
    readonly path?: readonly (string | number)[]
    readonly extensions?: Record<string, unknown>
  }[]
  readonly extensions?: Record<string, unknown>
}

/** Calls one subgraph for a plan; failures come back as errors in the result. */
export type SubgraphFetcher = (subgraph: string, request: SubgraphRequest) => Promise<SubgraphResult>

export type Result = ExecutionResult<Record<string, unknown>, Record<string, unknown>>

/** A supergraph that is ready to serve. */
export interface LoadedSupergraph {
  /** Changes exactly when the SDL does. */
  readonly id: string
  /** What clients see: without federation, without inaccessible parts. */
  readonly schema: GraphQLSchema
  readonly requirements: Requirements
  readonly subgraphs: readonly { readonly name: string; readonly url: string }[]
  plan(parts: OperationParts): QueryPlan
  /** Runs a plan. `given` answers the plan's first fetch without asking a subgraph: that is how an event enters. */
  execute(
    plan: QueryPlan,
    parts: OperationParts,
    variables: Readonly<Record<string, unknown>>,
    fetch: SubgraphFetcher,
    given?: { readonly node: FetchNode; readonly result: SubgraphResult },
  ): Promise<Result>
}

/** The planner gives up on finding a better plan rather than hold everybody up. */
const PLANNER_LIMITS = { maxEvaluatedPlans: 2_000, pathsLimit: 500 }

const quiet = () => undefined
const SILENT = { debug: quiet, info: quiet, warn: quiet, error: quiet }

/** Spans hold no documents and no messages of subgraphs. */
const NO_CONTENT = { includeDocument: false, recordExceptions: false } as const

/** A subgraph that answers null where the schema forbids it, without an error, leaves the executor's remark in the extensions only. */
const withCompletionErrors = ({ data, errors, extensions }: Result): Result => {
  const remarks: unknown = extensions?.['valueCompletion']
  if (errors || !Array.isArray(remarks) || remarks.length === 0)
    return { ...(data !== undefined && { data }), ...(errors && { errors }) }
  return {
    ...(data !== undefined && { data }),
    errors: remarks.map(
      cause => new GraphQLError('A service broke its schema.', { path: cause.path, originalError: cause }),
    ),
  }
}

const servicesFor = (
  names: readonly string[],
  fetch: SubgraphFetcher,
  given?: { readonly node: FetchNode; readonly result: SubgraphResult },
): ServiceMap => {
  let pending = given
  const services: ServiceMap = Object.create(null)
  for (const name of names)
    services[name] = {
      process: async ({ request }) => {
        const { query = '', variables = {}, operationName } = request
        if (pending && name === pending.node.serviceName && query === pending.node.operation) {
          const { result } = pending
          pending = undefined
          return result as Awaited<ReturnType<ServiceMap[string]['process']>>
        }
        const result = await fetch(name, { query, variables, ...(operationName !== undefined && { operationName }) })
        return result as Awaited<ReturnType<ServiceMap[string]['process']>>
      },
    }
  return services
}

/** Where the subgraphs of a supergraph are, as it says itself. */
export const readSubgraphAddresses = (sdl: string): Readonly<Record<string, string>> => {
  const supergraph = Supergraph.build(sdl, {
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
    validateSupergraph: false,
  })
  return Object.fromEntries(supergraph.subgraphsMetadata().map(({ name, url }) => [name, url]))
}

/** Loads a composed supergraph; throws an error that says why it cannot be served. */
export const loadSupergraph = (sdl: string): LoadedSupergraph => {
  const supergraph = Supergraph.build(sdl, {
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
    validateSupergraph: true,
  })
  const api = supergraph.apiSchema()
  const schema = api.toGraphQLJSSchema()
  const internal = supergraph.schema.toGraphQLJSSchema()
  const planner = new QueryPlanner(supergraph, { debug: PLANNER_LIMITS })
  const subgraphs = supergraph.subgraphsMetadata()
  const names = subgraphs.map(({ name }) => name)
  return {
    id: createHash('sha256').update(sdl).digest('base64url'),
    schema,
    requirements: readRequirements(supergraph.schema, schema),
    subgraphs,
    plan: ({ document }) => planner.buildQueryPlan(operationFromDocument(api, document)),
    async execute(plan, { operation, fragments }, variables, fetch, given) {
      const request = { request: { variables: { ...variables } }, context: {}, metrics: {}, logger: SILENT, schema }
      const parts = { schema, operation, fragments: { ...fragments } }
      const services = servicesFor(names, fetch, given)
      return withCompletionErrors(
        await executeQueryPlan(plan, services, request as PlanExecution[2], parts, internal, api, NO_CONTENT),
      )
    },
  }
}
