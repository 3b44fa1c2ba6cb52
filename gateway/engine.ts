import type { FetchNode } from '@apollo/query-planner'
import { Fault, type Logger, type Metrics } from '@mercato/shared-kernel/application'
import { GraphQLError, getVariableValues, print } from 'graphql'
import { answerInParts, type InPayloads } from './answer-in-parts.ts'
import { complete } from './authorization/complete.ts'
import { type Decision, decide, type Policies } from './authorization/decision.ts'
import type { Caller } from './caller.ts'
import type { Documents, Planned, Prepared } from './documents.ts'
import type { ErrorGate } from './errors.ts'
import { explain, mayExplain, wantsExplanation } from './explain.ts'
import { type Limits, refuseRequest, refuseVariables } from './limits.ts'
import { measured } from './observation.ts'
import type { ChooseLabels } from './override-labels.ts'
import type { Guard } from './password-guesses.ts'
import { createPersistedDocuments, type PersistedDocuments } from './persisted-documents.ts'
import { planFor, planInParts } from './planning.ts'
import { refusal } from './refusal.ts'
import { createResponseCache } from './response-cache.ts'
import type { ConsistencyTokens } from './session/consistency-tokens.ts'
import { signPayloads } from './session/payload-tokens.ts'
import { createSharedStreams } from './shared-streams.ts'
import type { SubgraphClient } from './subgraphs/subgraph-client.ts'
import { courseOf, type Replan, subscribe } from './subscriptions.ts'
import type { Result, SubgraphFetcher, SubgraphResult } from './supergraph.ts'
import type { Supergraphs } from './supergraphs.ts'
import { createUndeferred } from './undeferred.ts'

/** A GraphQL request, whatever it came by. */
export interface GraphQLRequest {
  readonly query: string
  readonly operationName?: string
  readonly variables?: Readonly<Record<string, unknown>>
  /** What is asked besides: `persistedQuery`, `explain`. */
  readonly extensions?: Readonly<Record<string, unknown>>
  /** An operation of the gateway's own, such as that of a REST route: always served. */
  readonly ours?: boolean
}

export type Answer =
  | {
      readonly kind: 'result'
      readonly result: Result
      /** How long anybody may be given it, when it may be kept at all. */
      readonly seconds?: number
    }
  | { readonly kind: 'stream'; readonly events: AsyncGenerator<Result> }
  | ({ readonly kind: 'parts' } & InPayloads)

/** Everything between a transport and the subgraphs: bounds, validation, authorisation, planning, execution, error gate. */
export interface Engine {
  /** Never rejects. */
  run(request: GraphQLRequest, caller: Caller, transport?: Transport): Promise<Answer>
  /** Live operations, and the shared upstreams that feed them. */
  streams(): { readonly followed: number; readonly upstreams: number }
}

/** What a transport carries. */
export interface Transport {
  /** The types of operation that it does not. */
  readonly refuses?: Refuses
  /** Whether an answer may come in parts; otherwise `@defer` is passed over. */
  readonly takesParts?: boolean
}

export type Refuses = (type: 'query' | 'mutation' | 'subscription') => GraphQLError | undefined

export interface EngineOptions {
  readonly supergraphs: Supergraphs
  readonly documents: Documents
  /** Those that were sent before, when absent. */
  readonly persisted?: PersistedDocuments
  readonly limits: Limits
  /** Has the last word before anything is planned. */
  readonly guard?: Guard
  readonly labels: ChooseLabels
  readonly policies: Policies
  readonly clients: ReadonlyMap<string, SubgraphClient>
  readonly gate: ErrorGate
  readonly tokens: ConsistencyTokens
  /** Suggestions are for development. */
  readonly development: boolean
  readonly logger: Logger
  readonly metrics: Metrics
  readonly now: () => number
  /** Whether fields with `after` begin at the present without it, as ours do: then clients who ask the same share an upstream. */
  readonly sharesStreams?: boolean
  /** Milliseconds each event of a stream may take to be completed. */
  readonly eventMs: number
}

/** A prepared operation with its variables: as given, for subgraphs, and with defaults, for `@skip` and `@include`. */
export interface Bound {
  readonly prepared: Prepared
  readonly given: Readonly<Record<string, unknown>>
  readonly coerced: Readonly<Record<string, unknown>>
}

/** Executes a plan under a decision: what is denied is neither fetched nor shown. `event` answers the plan's first fetch. */
export type Execute = (
  bound: Bound,
  planned: Planned,
  decision: Decision,
  caller: Caller,
  event?: { readonly node: FetchNode; readonly result: SubgraphResult },
) => Promise<Result>

/** For failures that leave no data at all. */
const FAILED = { status: 500, spec: true } as const

const refused = (...errors: readonly GraphQLError[]): Answer => ({ kind: 'result', result: { errors } })

/** Only the variables that the operation declares: an own `__proto__` or a stray name goes nowhere. */
const declared = (
  prepared: Prepared,
  variables: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => {
  const kept: Record<string, unknown> = Object.create(null)
  for (const { variable } of prepared.operation.variableDefinitions ?? []) {
    const name = variable.name.value
    if (Object.hasOwn(variables, name)) kept[name] = variables[name]
  }
  return kept
}

export const createEngine = (options: EngineOptions): Engine => {
  const { supergraphs, documents, limits, policies, clients, gate } = options

  const choose = options.labels
  const shared = createSharedStreams()
  const persisted = options.persisted ?? createPersistedDocuments()
  const cache = createResponseCache(options.now)
  const undeferred = createUndeferred(options.logger, options.metrics)
  let streams = 0
  const counted = (change: 1 | -1): void => {
    streams += change
    options.metrics.gauge('mercato_subscriptions_active', streams)
  }

  let upstreams = 0
  const upstream = (change: 1 | -1): void => {
    upstreams += change
    options.metrics.gauge('mercato_gateway_stream_upstreams', upstreams)
  }

  const fetcherFor =
    (caller: Caller): SubgraphFetcher =>
    async (name, request) => {
      const client = clients.get(name)
      if (!client) throw new Fault('INTERNAL_SERVER_ERROR', `no transport to ${name}`)
      return client.fetch(request, caller)
    }

  const execute: Execute = async ({ prepared, given, coerced }, { parts, plan }, decision, caller, event) => {
    const { supergraph, root } = prepared
    const result = await supergraph.execute(plan, parts, given, fetcherFor(caller), event)
    const { schema, requirements } = supergraph
    const completed = decision.restricts
      ? complete({
          schema,
          requirements,
          fragments: prepared.fragments,
          type: root,
          set: prepared.operation.selectionSet,
          path: [],
          variables: coerced,
          decision,
          data: result.data ?? null,
        })
      : { data: result.data, errors: [] }
    const errors = [...(result.errors ?? []), ...completed.errors].map(error => gate(error, caller.correlationId))
    return { ...(errors.length > 0 && { errors }), ...(completed.data !== undefined && { data: completed.data }) }
  }

  const bind = (prepared: Prepared, variables: Readonly<Record<string, unknown>>): Bound | readonly GraphQLError[] => {
    const { operation, document, supergraph } = prepared
    const given = declared(prepared, variables)
    const values = getVariableValues(supergraph.schema, operation.variableDefinitions ?? [], given, {
      maxErrors: 10,
      hideSuggestions: !options.development,
    })
    if (values.errors)
      return values.errors.map(({ message, nodes }) => refusal('BAD_USER_INPUT', message, nodes ? { nodes } : {}))
    const costly = refuseRequest(document, operation.selectionSet, values.coerced, limits)
    return costly ? [costly] : { prepared, given, coerced: values.coerced }
  }

  const replan: Replan = async (course, next, caller) => {
    const { prepared, given } = course.bound
    const again = documents.prepare(next, print(prepared.document), prepared.operation.name?.value)
    if (again.outcome === 'refused') return undefined
    const bound = bind(again.prepared, given)
    if (!('prepared' in bound)) return undefined
    const decision = await decide(bound.prepared.requirements, caller.viewer, policies)
    const planned = planFor(bound.prepared, bound.coerced, decision, choose(next.labels))
    const { node } = planned.plan
    if (node?.kind !== 'Subscription') return undefined
    const { serviceName, operation } = node.primary
    // What the open stream brings is not what the new plan would subscribe to: it goes on by the old one.
    if (serviceName !== course.primary.serviceName || operation !== course.primary.operation) return course
    return courseOf(bound, planned, node, decision)
  }

  const attempt = async (
    prepared: Prepared,
    variables: Readonly<Record<string, unknown>>,
    caller: Caller,
    explains: boolean,
    takesParts: boolean,
  ): Promise<Answer> => {
    const withheld = explains ? mayExplain(caller) : undefined
    if (withheld) return refused(gate(withheld, caller.correlationId))
    const bound = bind(prepared, variables)
    if (!('prepared' in bound)) return refused(...bound.map(error => gate(error, caller.correlationId)))
    const unwelcome = options.guard?.(prepared, caller.viewer.consumer)
    if (unwelcome) return refused(gate(unwelcome, caller.correlationId))
    const decision = await decide(prepared.requirements, caller.viewer, policies)
    const labels = choose(prepared.supergraph.labels)
    const inParts = takesParts ? planInParts(prepared, bound.coerced, decision, labels, undeferred) : undefined
    if (inParts instanceof GraphQLError) return refused(gate(inParts, caller.correlationId))
    const planned = inParts ?? planFor(prepared, bound.coerced, decision, labels)
    if (explains)
      return {
        kind: 'result',
        result: { data: null, extensions: { explain: explain(prepared, decision, planned.plan, caller) } },
      }
    if (planned.plan.node?.kind === 'Subscription')
      return subscribe(
        { ...options, execute, counted, upstream, shared, replan },
        courseOf(bound, planned, planned.plan.node, decision),
        caller,
      )
    if (inParts) return answerInParts({ ...options, fetcherFor }, bound, inParts, decision, caller)
    const isPublic = cache.maxAge(prepared) > 0 && !caller.headers && Object.keys(caller.consistency()).length === 0
    const known = isPublic ? cache.read(prepared, bound.coerced) : undefined
    if (isPublic) options.metrics.count('mercato_gateway_response_cache_total', { outcome: known ? 'hit' : 'miss' })
    if (known) return { kind: 'result', ...known }
    const result = await execute(bound, planned, decision, caller)
    if (isPublic) {
      cache.keep(prepared, bound.coerced, result)
      return { kind: 'result', result, ...(!result.errors && { seconds: cache.maxAge(prepared) }) }
    }
    if (prepared.operation.operation !== 'mutation' || !result.data) return { kind: 'result', result }
    return { kind: 'result', result: { ...result, data: signPayloads(bound, result.data, options.tokens) } }
  }

  return {
    streams: () => ({ followed: streams, upstreams: shared.size }),
    async run(request, caller, { refuses, takesParts = false } = {}) {
      const { operationName, variables = {} } = request
      try {
        const explains = wantsExplanation(request)
        if (typeof explains !== 'boolean') return refused(gate(explains, caller.correlationId))
        const query = persisted.textOf(request)
        if (typeof query !== 'string') return refused(gate(query, caller.correlationId))
        const tooDeep = refuseVariables(variables, limits)
        if (tooDeep) return refused(gate(tooDeep, caller.correlationId))
        const preparation = documents.prepare(supergraphs.current, query, operationName)
        if (preparation.outcome === 'refused')
          return refused(...preparation.errors.map(error => gate(error, caller.correlationId)))
        const { prepared } = preparation
        const type = prepared.operation.operation
        const unfit = refuses?.(type)
        if (unfit) return refused(gate(unfit, caller.correlationId))
        const asker = type === 'query' ? caller : { ...caller, fresh: true }
        return await measured(options.metrics, prepared, () =>
          attempt(prepared, variables, asker, explains, takesParts && prepared.supergraph.defers),
        )
      } catch (error) {
        return refused(gate(error, caller.correlationId, FAILED))
      }
    },
  }
}
