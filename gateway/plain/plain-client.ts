import { TooLarge, timedOut, Unreachable } from '@mercato/adapters/subgraph-transport/failures'
import { Fault } from '@mercato/shared-kernel/application'
import { type Dispatcher, errors, Pool } from 'undici'
import { readResult } from '../subgraphs/answer.ts'
import type { SubgraphClient } from '../subgraphs/subgraph-client.ts'
import type { SubgraphRequest, SubgraphResult } from '../supergraph.ts'

export interface PlainClientOptions {
  readonly name: string
  /** Where the subgraph answers GraphQL over HTTP. */
  readonly url: URL
  /** Milliseconds for the head of an answer, and between two pieces of it. */
  readonly timeoutMs: number
  readonly maxBytes: number
  readonly connections: number
}

const HEADERS = ['content-type', 'application/json', 'accept', 'application/graphql-response+json, application/json']
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])

const failure = (name: string, error: unknown): SubgraphResult => {
  const fault =
    error instanceof Fault
      ? error
      : error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError
        ? timedOut(name, error)
        : new Unreachable(
            name,
            !(error instanceof Error && 'code' in error && NEVER_SENT.has(String(error.code))),
            error,
          )
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
  return failure(name, new Fault('SERVICE_UNAVAILABLE', `The ${name} service gave no usable answer.`))
}

/**
 * Calls a subgraph that knows nothing of us: plain GraphQL over HTTP, on kept-alive connections, without signatures.
 * Works on what undici calls back with: no streams, no requests and responses of the Fetch standard.
 */
export const createPlainClient = (options: PlainClientOptions): SubgraphClient & AsyncDisposable => {
  const { name, url, timeoutMs, maxBytes } = options
  const pool = new Pool(url.origin, {
    connections: options.connections,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    keepAliveTimeout: 30_000,
  })
  const target = { path: url.pathname + url.search, method: 'POST', headers: HEADERS } as const

  const send = ({ body }: SubgraphRequest, signal: AbortSignal): Promise<string> =>
    new Promise((resolve, reject) => {
      const chunks: Buffer[] = []
      let size = 0
      let controls: Dispatcher.DispatchController | undefined
      const leave = () => controls?.abort(new Fault('SERVICE_UNAVAILABLE', 'The client went away.'))
      signal.addEventListener('abort', leave)
      pool.dispatch(
        { ...target, body },
        {
          onRequestStart(controller) {
            controls = controller
            if (signal.aborted) leave()
          },
          onResponseData(controller, chunk) {
            size += chunk.length
            if (size > maxBytes) controller.abort(new TooLarge(name))
            else chunks.push(chunk)
          },
          onResponseEnd() {
            signal.removeEventListener('abort', leave)
            const [only] = chunks
            resolve((only && chunks.length === 1 ? only : Buffer.concat(chunks)).toString())
          },
          onResponseError(_, error) {
            signal.removeEventListener('abort', leave)
            reject(error)
          },
        },
      )
    })

  return {
    fetch: (request, { signal }) =>
      send(request, signal).then(
        text => parse(name, text),
        (error: unknown) => failure(name, error),
      ),
    async subscribe() {
      return {
        kind: 'result',
        result: failure(name, new Fault('BAD_USER_INPUT', 'Subscriptions are not served here.')),
      }
    },
    async [Symbol.asyncDispose]() {
      await pool.destroy()
    },
  }
}
