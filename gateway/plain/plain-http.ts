import { randomUUID } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Metrics } from '@mercato/shared-kernel/application'
import { type Payload, payloadsOf } from '../answer-in-parts.ts'
import { type Caller, createCaller } from '../caller.ts'
import type { Answer, Engine, GraphQLRequest, Refuses } from '../engine.ts'
import { formatOfParts } from '../incremental-http.ts'
import type { Lifetimes } from '../lifetimes.ts'
import { refusal } from '../refusal.ts'
import type { Result } from '../supergraph.ts'
import type { Cors } from './cors.ts'
import { forwarded } from './forwarded.ts'
import { readBody, readParameters } from './read-request.ts'
import { EVENT_STREAM, MULTIPART_BODY, refuse, respond, stream } from './respond.ts'

export interface PlainHttpOptions {
  readonly engine: Engine
  readonly lifetimes: Lifetimes
  readonly metrics: Metrics
  readonly now: () => number
  /** Bytes of a request. */
  readonly bytes: number
  readonly deadlineMs: number
  readonly stallMs: number
  /** Names, in lower case, of headers that subgraphs get as they came. */
  readonly forward: readonly string[]
  readonly cors: Cors
  /** The page at `/`, for people. */
  readonly page: string
  readonly ready: () => boolean
}

const JSON_BODY = /^application\/(graphql-response\+|graphql\+)?json\b/i
const EVENTS = 'text/event-stream'

const json = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

/**
 * GraphQL over HTTP for a gateway without accounts: POST, GET for queries, `text/event-stream` for anything live, answers in parts for
 * those who take them, and a page to try it.
 */
export const createPlainHttp = (options: PlainHttpOptions): RequestListener => {
  const { engine, lifetimes, metrics, forward } = options
  let live = 0

  const callerOf = (message: IncomingMessage, signal: AbortSignal): Caller => {
    const headers = forwarded(message.headers, forward)
    return createCaller({
      viewer: { consumer: 'unknown' },
      correlationId: randomUUID(),
      deadline: options.now() + options.deadlineMs,
      signal,
      session: {},
      ...(headers && { headers }),
    })
  }

  const keepOpen = (response: ServerResponse, client: AbortController): void => {
    const lifetime = lifetimes.begin(undefined)
    const end = () => client.abort(lifetime.signal.reason)
    if (lifetime.signal.aborted) end()
    else lifetime.signal.addEventListener('abort', end, { once: true })
    metrics.gauge('mercato_open_sockets', ++live, { transport: 'sse' })
    response.once('close', () => {
      lifetime.release()
      metrics.gauge('mercato_open_sockets', --live, { transport: 'sse' })
    })
  }

  const send = (answer: Answer, message: IncomingMessage, response: ServerResponse, client: AbortController) => {
    const { accept } = message.headers
    if (answer.kind === 'result' && !accept?.includes(EVENTS)) return respond(response, answer.result, accept)
    const multipart = answer.kind === 'parts' && formatOfParts(accept) === 'multipart'
    if (!multipart) keepOpen(response, client)
    const onStall = () => metrics.count('mercato_gateway_slow_clients_total')
    const { stallMs } = options
    stream(response, payloadsIn(answer), {
      framing: multipart ? MULTIPART_BODY : EVENT_STREAM,
      stallMs,
      onStall,
    }).catch(() => response.destroy())
    return undefined
  }

  const run = (request: GraphQLRequest, message: IncomingMessage, response: ServerResponse): void => {
    const client = new AbortController()
    response.once('close', () => {
      if (!response.writableFinished) client.abort()
    })
    const { accept } = message.headers
    const refuses: Refuses = type => {
      if (type === 'mutation' && message.method === 'GET')
        return refusal('METHOD_NOT_ALLOWED', 'Mutations are sent with POST.', { status: 405, spec: false })
      return type === 'subscription' && accept && !/text\/event-stream|\*\/\*|text\/\*/.test(accept)
        ? refusal('BAD_REQUEST', 'Subscriptions are answered as text/event-stream, or over WebSocket.', {
            status: 406,
            spec: false,
          })
        : undefined
    }
    const takesParts = formatOfParts(accept) !== undefined
    engine.run(request, callerOf(message, client.signal), { refuses, takesParts }).then(
      answer => send(answer, message, response, client),
      () => response.destroy(),
    )
  }

  const readPost = (message: IncomingMessage, response: ServerResponse) => {
    if (!JSON_BODY.test(message.headers['content-type'] ?? '')) return refuse(response, 415, 'Send application/json.')
    const chunks: Buffer[] = []
    let size = 0
    message.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= options.bytes) chunks.push(chunk)
    })
    message.on('end', () => {
      if (size > options.bytes) return refuse(response, 413, `A request may have ${options.bytes} bytes.`)
      const [first] = chunks
      const request = readBody((first && chunks.length === 1 ? first : Buffer.concat(chunks)).toString())
      return request ? run(request, message, response) : refuse(response, 400, 'Send {"query": …}.')
    })
    return undefined
  }

  const answerGraphQL = (message: IncomingMessage, response: ServerResponse, parameters: string) => {
    if (message.method === 'POST') return readPost(message, response)
    if (message.method !== 'GET') return refuse(response, 405, 'Send GET or POST.', 'GET, POST')
    const request = readParameters(new URLSearchParams(parameters))
    return request ? run(request, message, response) : refuse(response, 400, 'Send ?query=….')
  }

  return (message, response) => {
    const [path = '', parameters = ''] = (message.url ?? '').split('?')
    if (path === '/graphql')
      return options.cors(message, response) ? undefined : answerGraphQL(message, response, parameters)
    if (path === '/health/live') return json(response, 200, { live: true })
    if (path === '/health/ready') {
      const ready = options.ready()
      return json(response, ready ? 200 : 503, { ready })
    }
    if (path === '/' || path === '/graphiql') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(options.page)
      return undefined
    }
    return refuse(response, 404, 'Nothing is here: GraphQL is at /graphql.')
  }
}

const payloadsIn = (answer: Answer): AsyncGenerator<Result | Payload> => {
  if (answer.kind === 'stream') return answer.events
  return answer.kind === 'parts' ? payloadsOf(answer) : only(answer.result)
}

async function* only(result: Result): AsyncGenerator<Result> {
  yield result
}
