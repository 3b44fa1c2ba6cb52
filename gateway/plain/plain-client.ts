import { Fault, type Metrics } from '@mercato/shared-kernel/application'
import { BrokenCircuitError } from 'cockatiel'
import type { Caller } from '../caller.ts'
import { readAnswer, readEvents, readResult } from '../subgraphs/answer.ts'
import { createResilience } from '../subgraphs/resilience.ts'
import type { Opened, SubgraphClient } from '../subgraphs/subgraph-client.ts'
import type { SubgraphRequest, SubgraphResult } from '../supergraph.ts'
import { createHttpCall, type HeaderList, type HttpCallOptions } from './http-call.ts'
import { readSocket } from './socket-events.ts'

export interface PlainClientOptions extends HttpCallOptions {
  readonly metrics: Metrics
  /** Milliseconds after which a subgraph that was given up is tried again. */
  readonly breakerMs: number
  /** Where it serves subscriptions over `graphql-transport-ws`; over SSE at `url` when absent. */
  readonly socketUrl: string | undefined
  /** Sends one request for equal queries of different clients that come at the same time with equal headers. */
  readonly collapse: boolean
}

/** Calls a subgraph that knows nothing of us: plain GraphQL over HTTP, without signatures. */
export interface PlainClient extends SubgraphClient, AsyncDisposable {
  readonly url: string
  /** Lets what is under way finish, then closes. */
  retire(): Promise<void>
}

const NO_HEADERS: HeaderList = []

const headersOf = ({ headers }: Caller): HeaderList => (headers ? Object.entries(headers).flat() : NO_HEADERS)

const failure = (name: string, error: unknown): SubgraphResult => {
  const fault =
    error instanceof Fault
      ? error
      : error instanceof BrokenCircuitError
        ? new Fault('SERVICE_UNAVAILABLE', `The ${name} service is not available.`, error)
        : new Fault('INTERNAL_SERVER_ERROR', 'a subgraph call failed', error)
  return {
    data: null,
    errors: [{ message: fault.message, extensions: { code: fault.code, retryable: fault.retryable } }],
  }
}

const parse = (name: string, text: string): SubgraphResult => {
  try {
    const result = readResult(JSON.parse(text))
    if (result) return result
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new Fault('SERVICE_UNAVAILABLE', `The ${name} service gave no usable answer.`)
}

export const createPlainClient = (options: PlainClientOptions): PlainClient => {
  const { name, url, metrics, socketUrl, timeoutMs, maxBytes } = options
  const http = createHttpCall(options)
  const resilience = createResilience(options)
  const inFlight = new Map<string, Promise<string>>()

  /** The text is shared, not what it becomes: answers grow together with others of their client. */
  const shared = (body: string, headers: HeaderList): Promise<string> => {
    const key = `${body}\n${headers.join('\n')}`
    const known = inFlight.get(key)
    if (known) return known
    const sent = http.post(body, headers, undefined).finally(() => inFlight.delete(key))
    inFlight.set(key, sent)
    return sent
  }

  const call = async ({ kind, body }: SubgraphRequest, caller: Caller): Promise<SubgraphResult> => {
    const headers = headersOf(caller)
    if (kind === 'mutation') return parse(name, await http.post(body, headers, undefined))
    return parse(name, await (options.collapse ? shared(body, headers) : http.post(body, headers, caller.signal)))
  }

  const openStream = async ({ body }: SubgraphRequest, caller: Caller): Promise<Opened> => {
    const opened = await http.open(body, headersOf(caller), caller.signal)
    if (opened.isStream) return { kind: 'stream', events: readEvents(name, opened.body) }
    return { kind: 'result', result: await readAnswer(name, new Response(opened.body)) }
  }

  return {
    url: url.href,
    async fetch(request, caller) {
      let outcome = 'ok'
      const started = performance.now()
      try {
        const run = () => call(request, caller)
        return await (request.kind === 'mutation' ? resilience.write(run) : resilience.read(run))
      } catch (error) {
        outcome = 'error'
        return failure(name, error)
      } finally {
        metrics.count('mercato_gateway_subgraph_requests_total', { subgraph: name, outcome })
        metrics.observe('mercato_gateway_subgraph_seconds', (performance.now() - started) / 1_000, { subgraph: name })
      }
    },
    async subscribe(request, caller) {
      if (socketUrl !== undefined) {
        const { body } = request
        const { signal, headers: params = {} } = caller
        return {
          kind: 'stream',
          events: readSocket({ name, url: socketUrl, params, body, signal, timeoutMs, maxBytes }),
        }
      }
      return openStream(request, caller).catch(error => ({ kind: 'result', result: failure(name, error) }))
    },
    retire: () => http.close(),
    [Symbol.asyncDispose]: () => http.destroy(),
  }
}
