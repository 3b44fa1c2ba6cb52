import { context, SpanStatusCode, trace } from '@opentelemetry/api'
import { type GraphQLError, type GraphQLFormattedError, isObjectType } from 'graphql'
import { complete } from './authorization/complete.ts'
import type { Decision } from './authorization/decision.ts'
import type { Caller } from './caller.ts'
import type { Answer, Bound } from './engine.ts'
import { type ErrorGate, shown } from './errors.ts'
import type { Batch, Piece, Place, Review } from './execution/in-parts.ts'
import type { PlannedInParts } from './planning.ts'
import type { ConsistencyTokens } from './session/consistency-tokens.ts'
import { signPayload, signPayloads } from './session/payload-tokens.ts'
import { cancellable } from './streams.ts'
import type { Result, SubgraphFetcher } from './supergraph.ts'

/** What follows on one object of the answer. */
export interface Patch {
  readonly label?: string
  readonly path: readonly (string | number)[]
  readonly data: Readonly<Record<string, unknown>> | null
  readonly errors?: readonly GraphQLFormattedError[]
}

/** What is answered at once. */
export interface FirstPayload extends Result {
  readonly hasNext: boolean
}

export interface NextPayload {
  readonly incremental: readonly Patch[]
  readonly hasNext: boolean
}

export type Payload = FirstPayload | NextPayload

/** An answer in the form of incremental delivery (`deferSpec=20220824`). Whoever takes it pulls `rest` to its end or returns it. */
export interface InPayloads {
  readonly first: FirstPayload
  readonly rest: AsyncGenerator<NextPayload>
  /** Resolves when it is over, with whether everything was there and went well. */
  readonly finished: Promise<boolean>
}

/** Everything in one stream. */
export const payloadsOf = ({ first, rest }: Pick<InPayloads, 'first' | 'rest'>): AsyncGenerator<Payload> => {
  let begun = false
  const payloads: AsyncGenerator<Payload> = {
    async next() {
      if (begun) return rest.next()
      begun = true
      return { value: first, done: false }
    },
    return: value => rest.return(value),
    throw: error => rest.throw(error),
    [Symbol.asyncIterator]: () => payloads,
    async [Symbol.asyncDispose]() {
      await rest.return(undefined)
    },
  }
  return payloads
}

const tracer = trace.getTracer('mercato.gateway')

interface Options {
  readonly gate: ErrorGate
  readonly tokens: ConsistencyTokens
  readonly fetcherFor: (caller: Caller) => SubgraphFetcher
}

/** What is denied is not shown, in any part. */
const reviewFor = ({ prepared, coerced }: Bound, { deferring }: PlannedInParts, decision: Decision): Review => {
  if (!decision.restricts) return data => ({ data, errors: [] })
  const { supergraph, root } = prepared
  const { schema, requirements } = supergraph
  return (data, place) => {
    const type = place ? schema.getType(place.typename) : root
    const set = place ? deferring.sets[place.number] : deferring.parts.operation.selectionSet
    if (!isObjectType(type) || !set) return { data: null, errors: [] }
    const path = place?.path ?? []
    return complete({ schema, requirements, fragments: {}, type, set, path, variables: coerced, decision, data })
  }
}

/** A mutation's payload may have its token in a part that follows. */
const signFollowing = (bound: Bound, { deferring }: PlannedInParts, tokens: ConsistencyTokens): Review => {
  const { operation, supergraph } = bound.prepared
  return (data, place) => {
    const type = place && supergraph.schema.getType(place.typename)
    const set = place && deferring.sets[place.number]
    const isPayload = operation.operation === 'mutation' && place?.path.length === 1
    if (!data || !set || !isPayload || !isObjectType(type)) return { data, errors: [] }
    return { data: signPayload(bound, { type, sets: [set] }, data, tokens), errors: [] }
  }
}

const inTurn =
  (one: Review, other: Review): Review =>
  (data, place: Place) => {
    const { data: seen, errors } = one(data, place)
    const { data: last, errors: more } = other(seen, place)
    return { data: last, errors: [...errors, ...more] }
  }

/**
 * Executes an operation of which something is deferred. Its subgraph requests end with the caller, when `rest` is returned, and when
 * nothing that they could bring is shown any more.
 */
export const answerInParts = async (
  { gate, tokens, fetcherFor }: Options,
  bound: Bound,
  planned: PlannedInParts,
  decision: Decision,
  caller: Caller,
): Promise<Answer> => {
  const { supergraph, operation } = bound.prepared
  const over = new AbortController()
  const span = tracer.startSpan('gateway.execute')
  over.signal.addEventListener('abort', () => span.end(), { once: true })
  const leave = () => over.abort(caller.signal.reason)
  if (caller.signal.aborted) leave()
  else caller.signal.addEventListener('abort', leave, { once: true, signal: over.signal })

  const gated = (errors: readonly GraphQLError[]): GraphQLError[] =>
    errors.map(error => gate(error, caller.correlationId))
  const patch = ({ label, path, data, errors }: Piece): Patch => ({
    ...(label !== undefined && { label }),
    path,
    data,
    ...(errors.length > 0 && { errors: gated(errors).map(shown) }),
  })

  const review = inTurn(reviewFor(bound, planned, decision), signFollowing(bound, planned, tokens))
  const fetch = fetcherFor({ ...caller, signal: over.signal })
  const { first, rest } = await context.with(trace.setSpan(context.active(), span), () =>
    supergraph.executeInParts(planned.plan, planned.parts, bound.given, fetch, review),
  )
  const data = first.data && operation.operation === 'mutation' ? signPayloads(bound, first.data, tokens) : first.data
  const result: Result = {
    ...(first.errors && { errors: gated(first.errors) }),
    ...(data !== undefined && { data }),
  }
  const mark = (): void => {
    span.setStatus({ code: SpanStatusCode.ERROR })
  }
  if (result.errors) mark()
  if (!rest) {
    over.abort(new Error('nothing follows'))
    return { kind: 'result', result }
  }

  let well = !result.errors
  let whole = false
  const finished = new Promise<boolean>(resolve => {
    const end = () => resolve(well && whole)
    if (over.signal.aborted) end()
    else over.signal.addEventListener('abort', end, { once: true })
  })
  async function* payloads(batches: AsyncGenerator<Batch, void, undefined>): AsyncGenerator<NextPayload> {
    try {
      for await (const { pieces, more } of batches) {
        const incremental = pieces.map(patch)
        if (incremental.some(({ errors }) => errors)) {
          well = false
          mark()
        }
        whole = !more
        yield { incremental, hasNext: more }
      }
    } finally {
      over.abort(new Error('everything was said'))
    }
  }
  return { kind: 'parts', first: { ...result, hasNext: true }, rest: cancellable(payloads(rest), over), finished }
}
