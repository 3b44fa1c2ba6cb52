import { text } from 'node:stream/consumers'
import { Fault, type Metrics } from '@mercato/shared-kernel/application'
import type { Caller } from '../caller.ts'
import { readAnswer, readEvents, readResult } from '../subgraphs/answer.ts'
import { failureOf, faultOf } from '../subgraphs/failure.ts'
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
}

/** Calls a subgraph that knows nothing of us: plain GraphQL over HTTP, without signatures. */
export interface PlainClient extends SubgraphClient, AsyncDisposable {
  readonly url: string
  /** Lets what is under way finish, then closes. */
  retire(): Promise<void>
}

const NO_HEADERS: HeaderList = []

const headersOf = ({ headers }: Caller): HeaderList => (headers ? Object.entries(headers).flat() : NO_HEADERS)

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

  const call = async ({ kind, body }: SubgraphRequest, caller: Caller): Promise<SubgraphResult> => {
    const signal = kind === 'mutation' ? undefined : caller.signal
    return parse(name, await http.post(body, headersOf(caller), signal))
  }

  const openStream = async ({ body }: SubgraphRequest, caller: Caller): Promise<Opened> => {
    const opened = await http.open(body, headersOf(caller), caller.signal)
    if (opened.isStream) return { kind: 'stream', events: readEvents(name, opened.body) }
    return { kind: 'result', result: readAnswer(name, { status: 200, text: await text(opened.body) }) }
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
        return failureOf(faultOf(name, error))
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
      return openStream(request, caller).catch(error => ({ kind: 'result', result: failureOf(faultOf(name, error)) }))
    },
    retire: () => http.close(),
    [Symbol.asyncDispose]: () => http.destroy(),
  }
}
