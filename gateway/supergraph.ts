import { createHash } from 'node:crypto'
import { operationFromDocument, ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals'
import { type FetchNode, type QueryPlan, QueryPlanner } from '@apollo/query-planner'
import { SpanStatusCode, trace } from '@opentelemetry/api'
import {
  type DocumentNode,
  type ExecutionResult,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  type OperationDefinitionNode,
} from 'graphql'
import { type Requirements, readRequirements } from './authorization/requirements.ts'
import { type CacheHints, readCacheHints } from './cache-hints.ts'
import { type Switches, settle } from './execution/conditions.ts'
import { createExecution } from './execution/execute.ts'
import type { InParts, Review } from './execution/in-parts.ts'
import type { Types } from './execution/program.ts'
import { createResponseNames, fieldNamesOf } from './execution/response-names.ts'

/** One operation, alone, with the fragments it uses. */
export interface OperationParts {
  readonly document: DocumentNode
  readonly operation: OperationDefinitionNode
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>
}

/** What a plan sends to one subgraph. */
export interface SubgraphRequest {
  readonly kind: 'query' | 'mutation' | 'subscription'
  /** `{"query":…,"variables":…,"operationName":…}` */
  readonly body: string
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
  readonly cacheHints: CacheHints
  readonly subgraphs: readonly { readonly name: string; readonly url: string }[]
  /** Labels of progressive `@override`. */
  readonly labels: readonly string[]
  /** Whether `@defer` puts anything off. Otherwise it is passed over where it is asked for, and introspection does not show it. */
  readonly defers: boolean
  /**
   * With the values of its conditions the plan is for these alone: the planner is at its best where it need not think of them.
   * Fields whose `@override` has one of the labels come from where they move to, others from where they were.
   */
  plan(
    parts: OperationParts,
    options?: { readonly switches?: Switches | undefined; readonly labels?: ReadonlySet<string> },
  ): QueryPlan
  /** Runs a plan. `given` answers the plan's first fetch without asking a subgraph: that is how an event enters. */
  execute(
    plan: QueryPlan,
    parts: OperationParts,
    variables: Readonly<Record<string, unknown>>,
    fetch: SubgraphFetcher,
    given?: { readonly node: FetchNode; readonly result: SubgraphResult },
  ): Promise<Result>
  /** Runs a plan of which parts are deferred: resolves with what is answered at once, and with what follows as it comes. */
  executeInParts(
    plan: QueryPlan,
    parts: OperationParts,
    variables: Readonly<Record<string, unknown>>,
    fetch: SubgraphFetcher,
    review: Review,
  ): Promise<InParts>
}

/** The planner gives up on finding a better plan rather than hold everybody up. */
const PLANNER_LIMITS = { maxEvaluatedPlans: 2_000, pathsLimit: 500 }

const isOfType = (schema: GraphQLSchema, condition: string, typename: string): boolean => {
  if (condition === typename) return true
  const type = schema.getType(typename)
  const abstract = schema.getType(condition)
  return isAbstractType(abstract) && (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(abstract, type)
}

const typesOf = (schema: GraphQLSchema): Types => ({
  isOfType: (condition, typename) => isOfType(schema, condition, typename),
  vague: new Set(Object.values(schema.getTypeMap()).flatMap(type => (isAbstractType(type) ? [type.name] : []))),
  names: createResponseNames(fieldNamesOf(schema)),
})

const tracer = trace.getTracer('mercato.gateway')

/** Everything that an operation spends on its fetches and on its answer. */
const traced =
  (execute: LoadedSupergraph['execute']): LoadedSupergraph['execute'] =>
  (...args) =>
    tracer.startActiveSpan('gateway.execute', async span => {
      try {
        const result = await execute(...args)
        if (result.errors) span.setStatus({ code: SpanStatusCode.ERROR })
        return result
      } finally {
        span.end()
      }
    })

/** Where the subgraphs of a supergraph are, as it says itself. */
export const readSubgraphAddresses = (sdl: string): Readonly<Record<string, string>> => {
  const supergraph = Supergraph.build(sdl, {
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
    validateSupergraph: false,
  })
  return Object.fromEntries(supergraph.subgraphsMetadata().map(({ name, url }) => [name, url]))
}

export interface LoadOptions {
  /** `false` answers everything whole. */
  readonly defer?: boolean | undefined
}

/** Loads a composed supergraph; throws an error that says why it cannot be served. */
export const loadSupergraph = (sdl: string, { defer = true }: LoadOptions = {}): LoadedSupergraph => {
  const supergraph = Supergraph.build(sdl, {
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
    validateSupergraph: true,
  })
  const api = supergraph.apiSchema()
  const schema = api.toGraphQLJSSchema({ includeDefer: true })
  const internal = supergraph.schema.toGraphQLJSSchema()
  const planner = new QueryPlanner(supergraph, {
    debug: PLANNER_LIMITS,
    incrementalDelivery: { enableDefer: true },
  })
  const types = typesOf(internal)
  const { execute, executeInParts } = createExecution(schema, defer ? schema : api.toGraphQLJSSchema(), types)
  const subgraphs = supergraph.subgraphsMetadata()
  const labels = [...new Set([...sdl.matchAll(/overrideLabel: "([^"]+)"/g)].flatMap(([, label]) => label ?? []))]
  return {
    id: createHash('sha256').update(sdl).digest('base64url'),
    schema,
    requirements: readRequirements(supergraph.schema, schema),
    cacheHints: readCacheHints(supergraph.schema),
    subgraphs,
    labels,
    defers: defer,
    plan: (parts, { switches, labels: on } = {}) => {
      const named = types.names.rename(parts) ?? parts
      const { document } = switches ? settle(named, switches) : named
      const overrideConditions = new Map(labels.map(label => [label, on?.has(label) ?? false]))
      return planner.buildQueryPlan(operationFromDocument(api, document), { overrideConditions })
    },
    execute: traced(execute),
    executeInParts,
  }
}
