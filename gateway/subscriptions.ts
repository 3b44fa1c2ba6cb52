import { setImmediate as immediate } from 'node:timers/promises'
import type { FetchNode, QueryPlan, SubscriptionNode } from '@apollo/query-planner'
import {
  type Consistency,
  Fault,
  type Metrics,
  mergeConsistency,
  withRemoteParent,
} from '@mercato/shared-kernel/application'
import { print, valueFromASTUntyped } from 'graphql'
import { type Decision, decide, either, type Policies } from './authorization/decision.ts'
import { type Caller, identityOf } from './caller.ts'
import type { Planned, Prepared } from './documents.ts'
import type { Answer, Bound, Execute } from './engine.ts'
import type { ErrorGate } from './errors.ts'
import type { OpenedStream, SharedStreams } from './shared-streams.ts'
import { cancellable } from './streams.ts'
import { type SubgraphClient, writtenBy } from './subgraphs/subgraph-client.ts'
import type { LoadedSupergraph, Result, SubgraphResult } from './supergraph.ts'
import type { Supergraphs } from './supergraphs.ts'

/** What a stream goes by: its plan, and what it was allowed to show when it began or when its supergraph was swapped. */
export interface Course {
  readonly bound: Bound
  readonly planned: Planned
  readonly primary: FetchNode
  readonly decision: Decision
}

/** The course under another supergraph; undefined when what the stream asks for is no part of it. */
export type Replan = (course: Course, next: LoadedSupergraph, caller: Caller) => Promise<Course | undefined>

/** Each event is executed as a plan whose first fetch it answers. */
export const courseOf = (
  bound: Bound,
  { parts }: Planned,
  { primary, rest }: SubscriptionNode,
  decision: Decision,
): Course => {
  const plan: QueryPlan = { kind: 'QueryPlan', node: rest ? { kind: 'Sequence', nodes: [primary, rest] } : primary }
  return { bound, planned: { parts, plan }, primary, decision }
}

/** Events that one client may be given before the others have their turn. */
const IN_A_ROW = 16

interface SubscriptionOptions {
  readonly execute: Execute
  readonly supergraphs: Supergraphs
  readonly replan: Replan
  readonly clients: ReadonlyMap<string, SubgraphClient>
  readonly policies: Policies
  readonly gate: ErrorGate
  readonly metrics: Metrics
  readonly now: () => number
  readonly eventMs: number
  readonly shared: SharedStreams
  readonly sharesStreams?: boolean
  /** Told when a stream begins (1) and when it is over (-1). */
  readonly counted: (change: 1 | -1) => void
  /** Told when an upstream opens (1) and when it is over (-1). */
  readonly upstream: (change: 1 | -1) => void
}

/** Each event has its own deadline, and must see at least what its own source had written. */
const callerFor = (live: Caller, event: Consistency, deadline: number): Caller => ({
  ...live,
  deadline,
  consistency: () => mergeConsistency(live.consistency(), event),
  wrote: () => undefined,
})

/** The trace that the event belongs to, if its subgraph says so. */
const traceOf = ({ extensions }: SubgraphResult): string | undefined => {
  const traceparent = extensions?.['traceparent']
  return typeof traceparent === 'string' ? traceparent : undefined
}

/** Tells documents apart, and supergraphs. */
const keyOf = ({ supergraph, document }: Prepared): string => `${supergraph.id} ${print(document)}`

/** Where a stream begins, if its root field can be told: those fields replay what came `after`, and begin with the present without. */
const placeOf = ({ prepared, coerced }: Bound): { readonly resumable: boolean; readonly after: unknown } => {
  const { root, operation } = prepared
  const [field] = operation.selectionSet.selections
  if (field?.kind !== 'Field') return { resumable: false, after: undefined }
  const resumable = root.getFields()[field.name.value]?.args.some(({ name }) => name === 'after') ?? false
  const given = field.arguments?.find(({ name }) => name.value === 'after')?.value
  return { resumable, after: given && valueFromASTUntyped(given, coerced) }
}

/** Keeps a stream on course when the supergraph is swapped. `signal` aborts with the caller's, with a `Fault` when its fields are gone, and when stopped. */
const followSwaps = (
  { supergraphs, replan }: SubscriptionOptions,
  caller: Caller,
  course: { readonly current: () => Course; readonly follow: (next: Course) => void },
): { readonly signal: AbortSignal; stop(): void } => {
  const over = new AbortController()
  const leave = () => over.abort(caller.signal.reason)
  if (caller.signal.aborted) leave()
  else caller.signal.addEventListener('abort', leave, { once: true })
  const look = async (next: LoadedSupergraph): Promise<void> => {
    const replanned = await replan(course.current(), next, caller)
    if (replanned) course.follow(replanned)
    else over.abort(new Fault('NOT_FOUND', 'What this stream asks for is no part of the graph any more.'))
  }
  const unfollow = supergraphs.onSwap(next => {
    look(next).catch(error => over.abort(new Fault('INTERNAL_SERVER_ERROR', 'a stream could not follow', error)))
  })
  over.signal.addEventListener('abort', unfollow, { once: true })
  return {
    signal: over.signal,
    stop() {
      caller.signal.removeEventListener('abort', leave)
      over.abort(new Error('the stream is over'))
    },
  }
}

/** Opens a subscription at the subgraph that owns its root field; every event is completed across the other subgraphs, and authorised anew. */
const openUpstream = async (options: SubscriptionOptions, begun: Course, caller: Caller): Promise<OpenedStream> => {
  const { execute, clients, policies, gate, now } = options
  const { primary, bound } = begun
  const { prepared, given } = bound
  const client = clients.get(primary.serviceName)
  if (!client) throw new Fault('INTERNAL_SERVER_ERROR', `no transport to ${primary.serviceName}`)
  const used = (primary.variableUsages ?? []).filter(name => Object.hasOwn(given, name))
  const variables = Object.fromEntries(used.map(name => [name, given[name]]))
  const { operation: query, operationName } = primary

  let course = begun
  const completed = async (result: SubgraphResult): Promise<Result> => {
    const { planned, decision, primary: node } = course
    const { requirements } = course.bound.prepared
    const moment =
      requirements.length > 0 ? either(decision, await decide(requirements, caller.viewer, policies)) : decision
    const asker = callerFor(caller, writtenBy(result), now() + options.eventMs)
    return execute(course.bound, planned, moment, asker, { node, result })
  }

  const following = followSwaps(options, caller, {
    current: () => course,
    follow: next => {
      course = next
    },
  })
  const opened = await client.subscribe(
    { kind: 'subscription', body: JSON.stringify({ query, variables, operationName }) },
    { ...caller, signal: following.signal },
  )
  if (opened.kind === 'result') {
    following.stop()
    const { errors } = await completed(opened.result)
    const failed = () => gate(new Fault('SERVICE_UNAVAILABLE', 'The stream could not be opened.'), caller.correlationId)
    return { kind: 'result', result: { errors: errors ?? [failed()] } }
  }

  const { events } = opened
  if (!following.signal.aborted) {
    options.upstream(1)
    following.signal.addEventListener('abort', () => options.upstream(-1), { once: true })
  }
  async function* items(): AsyncGenerator<Result> {
    try {
      // What caused the event is on record: its trace ends here, where it is pushed.
      for await (const event of events)
        yield await withRemoteParent(traceOf(event), `push ${prepared.label}`, () => completed(event), { link: true })
      following.signal.throwIfAborted()
    } catch (error) {
      throw following.signal.aborted ? following.signal.reason : error
    } finally {
      following.stop()
    }
  }
  return { kind: 'stream', events: items() }
}

/**
 * Follows a subscription. Pull-driven: the next event is asked for when the client has taken the last. `cursor` and `after` pass
 * through untouched. Clients that ask the same, as the same, of a field with `after` share one upstream.
 */
export const subscribe = async (options: SubscriptionOptions, course: Course, caller: Caller): Promise<Answer> => {
  const { gate, metrics, shared } = options
  const { bound, primary, decision } = course
  const { prepared, given } = bound
  const over = new AbortController()
  const stop = () => over.abort(caller.signal.reason)
  if (caller.signal.aborted) stop()
  else caller.signal.addEventListener('abort', stop, { once: true })
  over.signal.addEventListener('abort', () => caller.signal.removeEventListener('abort', stop), { once: true })

  const open = (signal: AbortSignal): Promise<OpenedStream> => openUpstream(options, course, { ...caller, signal })
  const { resumable, after } = placeOf(bound)
  const key = () => JSON.stringify([primary.operation, given, identityOf(caller), decision.key])
  const opened =
    resumable && options.sharesStreams
      ? await shared.join(`${keyOf(prepared)} ${key()}`, {
          open,
          fromCursor: typeof after === 'string',
          signal: over.signal,
        })
      : await open(over.signal)
  if (opened.kind === 'result') {
    over.abort()
    return opened
  }

  if (!over.signal.aborted) {
    options.counted(1)
    over.signal.addEventListener('abort', () => options.counted(-1), { once: true })
  }
  async function* items(events: AsyncGenerator<Result>): AsyncGenerator<Result> {
    let given = 0
    try {
      for await (const event of events) {
        if (over.signal.aborted) throw over.signal.reason
        yield event
        metrics.count('mercato_subscription_events_total', { subscription: prepared.label })
        // A long replay from memory never waits for anything by itself: let the others have their turn.
        if (++given % IN_A_ROW === 0) await immediate()
      }
      if (over.signal.aborted) throw over.signal.reason
    } catch (error) {
      const reason: unknown = over.signal.aborted ? over.signal.reason : error
      if (reason instanceof Fault || !over.signal.aborted) yield { errors: [gate(reason, caller.correlationId)] }
    } finally {
      over.abort()
    }
  }
  return { kind: 'stream', events: cancellable(items(opened.events), over) }
}
