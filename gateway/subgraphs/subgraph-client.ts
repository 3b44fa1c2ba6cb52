import { Unreachable } from '@mercato/adapters/subgraph-transport/failures'
import { postTo, type SubgraphTransport } from '@mercato/adapters/subgraph-transport/subgraph-transport'
import {
  type Consistency,
  Fault,
  type Logger,
  type Metrics,
  signGatewayContext,
} from '@mercato/shared-kernel/application'
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { type Caller, contextFor } from '../caller.ts'
import type { SubgraphRequest, SubgraphResult } from '../supergraph.ts'
import { readAnswer, readEvents } from './answer.ts'
import { failureOf, faultOf } from './failure.ts'
import { linkedSignal } from './linked-signal.ts'
import { createResilience } from './resilience.ts'

export type Opened =
  | { readonly kind: 'result'; readonly result: SubgraphResult }
  | { readonly kind: 'stream'; readonly events: AsyncGenerator<SubgraphResult> }

/** Calls one subgraph: signed, bounded in time and size, retried where that is safe, given up early while it is down. */
export interface SubgraphClient {
  /** Never rejects: failures are errors of the result, with a code and without a host. */
  fetch(request: SubgraphRequest, caller: Caller): Promise<SubgraphResult>
  /** Opens a subscription; it ends when `caller.signal` aborts. */
  subscribe(request: SubgraphRequest, caller: Caller): Promise<Opened>
}

export interface SubgraphClientOptions {
  readonly name: string
  readonly transport: SubgraphTransport
  readonly secret: string
  readonly logger: Logger
  readonly metrics: Metrics
  readonly now: () => number
  /** Milliseconds one call may take within the request's deadline. */
  readonly timeoutMs?: number
  /** Milliseconds after which a subgraph that was given up is tried again. */
  readonly breakerMs?: number
}

const PATH = '/graphql'
const tracer = trace.getTracer('mercato.gateway')
const isMutation = ({ kind }: SubgraphRequest): boolean => kind === 'mutation'

/** What a subgraph says was written, or what an event's source had written. */
export const writtenBy = ({ extensions }: SubgraphResult): Consistency => {
  const written = extensions?.['consistency']
  if (typeof written !== 'object' || written === null) return {}
  return Object.fromEntries(
    Object.entries(written).filter((entry): entry is [string, number] => Number.isSafeInteger(entry[1])),
  )
}

export const createSubgraphClient = (options: SubgraphClientOptions): SubgraphClient => {
  const { name, transport, secret, logger, metrics, now, timeoutMs = 8_000, breakerMs = 2_000 } = options
  const resilience = createResilience({ name, breakerMs, metrics })

  const late = (): Fault => new Fault('TIMEOUT', `The ${name} service did not answer in time.`)

  const headersFor = (request: SubgraphRequest, caller: Caller, accept: string): Record<string, string> => {
    const headers: Record<string, string> = { 'content-type': 'application/json', accept }
    Object.assign(headers, signGatewayContext(secret, contextFor(caller, isMutation(request), now()), request.body))
    propagation.inject(context.active(), headers)
    return headers
  }

  /** A subgraph that is stopping has not looked at the request: another instance can have it. */
  const refuseStopping = ({ status, body }: { readonly status: number; readonly body?: Response['body'] }): void => {
    if (status !== 503) return
    body?.cancel().catch(() => undefined)
    throw new Unreachable(name, false)
  }

  const call = async (request: SubgraphRequest, caller: Caller): Promise<SubgraphResult> => {
    const within = Math.min(timeoutMs, caller.deadline - now())
    const { signal, release } = linkedSignal(isMutation(request) ? [] : [caller.signal], within, late)
    try {
      const { body } = request
      const headers = headersFor(request, caller, 'application/json')
      const answer = await postTo(transport, { path: PATH, headers, body, signal })
      refuseStopping(answer)
      return readAnswer(name, answer)
    } catch (error) {
      throw signal.aborted ? signal.reason : error
    } finally {
      release()
    }
  }

  const failure = (error: unknown, caller: Caller): SubgraphResult => {
    const fault = faultOf(name, error)
    if (!caller.signal.aborted)
      logger.warn('subgraph call failed', {
        subgraph: name,
        correlationId: caller.correlationId,
        code: fault.code,
        error: fault.cause ?? fault,
      })
    return failureOf(fault)
  }

  return {
    fetch: (request, caller) =>
      tracer.startActiveSpan(
        'subgraph',
        { kind: SpanKind.CLIENT, attributes: { 'mercato.subgraph': name } },
        async span => {
          const started = performance.now()
          let outcome = 'ok'
          try {
            const result = await (isMutation(request) ? resilience.write : resilience.read)(() => call(request, caller))
            caller.wrote(writtenBy(result))
            return result
          } catch (error) {
            outcome = 'error'
            span.setStatus({ code: SpanStatusCode.ERROR })
            return failure(error, caller)
          } finally {
            span.end()
            metrics.count('mercato_gateway_subgraph_requests_total', { subgraph: name, outcome })
            metrics.observe('mercato_gateway_subgraph_seconds', (performance.now() - started) / 1_000, {
              subgraph: name,
            })
          }
        },
      ),

    async subscribe(request, caller) {
      const head = linkedSignal([caller.signal], Math.min(timeoutMs, caller.deadline - now()), late)
      const live = new AbortController()
      const stop = () => live.abort(head.signal.reason)
      head.signal.addEventListener('abort', stop)
      try {
        const { body: asked } = request
        const headers = headersFor(request, caller, 'text/event-stream')
        const response = await transport.fetch(
          new Request(`http://${name}${PATH}`, { method: 'POST', headers, body: asked, signal: live.signal }),
        )
        refuseStopping(response)
        head.release()
        if (!response.body || !response.headers.get('content-type')?.startsWith('text/event-stream'))
          return { kind: 'result', result: readAnswer(name, { status: response.status, text: await response.text() }) }
        const body = response.body
        caller.signal.addEventListener('abort', () => live.abort(caller.signal.reason), { once: true })
        return { kind: 'stream', events: readEvents(name, body) }
      } catch (error) {
        head.release()
        return { kind: 'result', result: failure(head.signal.aborted ? head.signal.reason : error, caller) }
      }
    },
  }
}
