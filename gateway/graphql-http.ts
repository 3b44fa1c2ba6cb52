import { useCSRFPrevention } from '@graphql-yoga/plugin-csrf-prevention'
import { type ExecutionResult, GraphQLError } from 'graphql'
import { createYoga, type Plugin } from 'graphql-yoga'
import { type FirstPayload, type Payload, payloadsOf } from './answer-in-parts.ts'
import type { Received } from './as-caller.ts'
import type { Caller } from './caller.ts'
import type { Engine, GraphQLRequest, Refuses } from './engine.ts'
import { type ErrorGate, shown } from './errors.ts'
import { END_OF_BODY, formatOfParts, MULTIPART, partOfBody } from './incremental-http.ts'
import { refusal } from './refusal.ts'
import type { Result } from './supergraph.ts'

/** What the gateway hands to yoga with each request. */
interface ServerContext {
  readonly caller: Caller
  /** What the answer's `extensions` say. */
  readonly extensions: () => Readonly<Record<string, unknown>> | undefined
}

/**
 * GraphQL over HTTP: `application/json` bodies, GET for queries, `text/event-stream` for anything live, and answers in parts for those who
 * take them.
 */
export interface GraphQLHttp {
  fetch(received: Received, context: ServerContext): Promise<Response>
}

const isStream = (result: unknown): result is AsyncIterable<ExecutionResult> =>
  typeof result === 'object' && result !== null && Symbol.asyncIterator in result

const readParams = (params: unknown): GraphQLRequest => {
  const given: { query?: unknown; operationName?: unknown; variables?: unknown; extensions?: unknown } =
    typeof params === 'object' && params !== null ? params : {}
  const { query, operationName, variables, extensions } = given
  return {
    query: typeof query === 'string' ? query : '',
    ...(typeof operationName === 'string' && { operationName }),
    ...(typeof variables === 'object' && variables !== null && { variables: { ...variables } }),
    ...(typeof extensions === 'object' && extensions !== null && { extensions: { ...extensions } }),
  }
}

const acceptsStream = (accept: string | null): boolean =>
  accept === null || /text\/event-stream|\*\/\*|text\/\*/.test(accept)

const EVENTS = 'text/event-stream'

const toJson = (payload: Payload): string => {
  const { errors, ...rest } = payload as FirstPayload
  return JSON.stringify({ ...(errors && { errors: errors.map(shown) }), ...rest })
}

/** At the pace of the client; when it leaves, the payloads are returned. */
const sendMultipart = (result: unknown): Response => {
  const payloads = result as AsyncGenerator<Payload>
  const encoder = new TextEncoder()
  let isFirst = true
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { value, done } = await payloads.next()
        controller.enqueue(encoder.encode(done ? END_OF_BODY : partOfBody(toJson(value), isFirst)))
        isFirst = false
        if (done) controller.close()
      },
      async cancel() {
        await payloads.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
  return new Response(body, { headers: { 'content-type': MULTIPART, 'cache-control': 'no-cache' } })
}

const refuseMethod = (): GraphQLError =>
  new GraphQLError('Mutations are sent with POST.', {
    extensions: { code: 'METHOD_NOT_ALLOWED', http: { status: 405, headers: { allow: 'POST' } } },
  })

const refuseAccept = (): GraphQLError =>
  refusal('BAD_REQUEST', 'Subscriptions are answered as text/event-stream, or over WebSocket.', {
    status: 406,
    spec: false,
  })

const extended = (
  { extensions }: Pick<Result, 'extensions'>,
  more: Readonly<Record<string, unknown>> | undefined,
): Pick<Result, 'extensions'> => {
  const all = { ...extensions, ...more }
  return Object.keys(all).length > 0 ? { extensions: all } : {}
}

/** `lasting`: answers that anybody may be given, and for how many seconds. */
const useEngine = (
  engine: Engine,
  gate: ErrorGate,
  lasting: WeakMap<Request, number>,
): Plugin<object, ServerContext> => ({
  onParams({ request, params, context, setParams, setParamsHandler }) {
    // A document that is named by its hash comes without its text.
    if (params.query === undefined && params.extensions?.['persistedQuery']) setParams({ ...params, query: '' })
    const { caller, extensions } = context as typeof context & ServerContext
    setParamsHandler(async () => {
      const named: unknown = params.operationName
      if (named !== undefined && named !== null && typeof named !== 'string')
        return { errors: [refusal('BAD_REQUEST', 'operationName is a string.')] }
      const asked = readParams(params)
      const refuses: Refuses = type => {
        if (type === 'mutation' && request.method === 'GET') return refuseMethod()
        return type === 'subscription' && !acceptsStream(request.headers.get('accept')) ? refuseAccept() : undefined
      }
      const format = formatOfParts(request.headers.get('accept'))
      const answer = await engine.run(asked, caller, { refuses, takesParts: format !== undefined })
      if (answer.kind === 'result') {
        if (answer.seconds !== undefined) lasting.set(request, answer.seconds)
        return answer.result
      }
      request.headers.set('accept', format === 'multipart' && answer.kind === 'parts' ? 'multipart/mixed' : EVENTS)
      if (answer.kind === 'stream') return answer.events
      const first = { ...answer.first, ...extended(answer.first, extensions()) }
      return payloadsOf({ first, rest: answer.rest }) as AsyncGenerator<Result>
    })
  },
  onResultProcess({ request, result, setResult, setResultProcessor, serverContext }) {
    if (Array.isArray(result)) return
    if (isStream(result)) {
      if (request.headers.get('accept') === 'multipart/mixed') setResultProcessor(sendMultipart, MULTIPART)
      return
    }
    const { caller, extensions } = serverContext
    const { errors: found, data, ...rest } = result as Result
    const errors = found?.map(error => gate(error, caller.correlationId))
    setResult({ ...(errors && { errors }), ...(data !== undefined && { data }), ...extended(rest, extensions()) })
  },
  onResponse({ request, response }) {
    const seconds = lasting.get(request)
    if (seconds !== undefined) response.headers.set('cache-control', `public, max-age=${seconds}`)
  },
})

export const createGraphQLHttp = (engine: Engine, gate: ErrorGate, limits: { readonly bytes: number }): GraphQLHttp => {
  const lasting = new WeakMap<Request, number>()
  const yoga = createYoga<ServerContext>({
    // The platform's own streams: those of the default API forget to cancel a source that nobody has read from.
    fetchAPI: { Response, ReadableStream },
    batching: false,
    multipart: false,
    graphiql: false,
    landingPage: false,
    cors: false,
    maskedErrors: false,
    logging: false,
    parserAndValidationCache: false,
    maxRequestBodySize: limits.bytes,
    plugins: [
      useCSRFPrevention({
        requestHeaders: ['x-graphql-yoga-csrf', 'apollo-require-preflight', 'authorization', 'x-consumer-username'],
      }),
      useEngine(engine, gate, lasting),
    ],
  })
  return {
    async fetch({ url, method, headers, signal, body }, context) {
      const { Request: YogaRequest } = yoga.fetchAPI
      const init = { method, headers: new Headers(headers), signal, ...(method === 'POST' && { body }) }
      return yoga.fetch(new YogaRequest(url, init), context)
    },
  }
}
