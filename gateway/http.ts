import type { Metrics } from '@mercato/shared-kernel/application'
import { context as otelContext, propagation, trace } from '@opentelemetry/api'
import type { GraphQLError } from 'graphql'
import { readText } from './body.ts'
import { type Caller, createCaller } from './caller.ts'
import type { Engine, GraphQLRequest } from './engine.ts'
import type { ErrorGate } from './errors.ts'
import type { GraphQLHttp } from './graphql-http.ts'
import type { Authenticate } from './identity/authenticate.ts'
import { correlationIdFrom, isIdempotencyKey } from './identity/request-ids.ts'
import { type Lifetimes, restarting } from './lifetimes.ts'
import { refusal } from './refusal.ts'
import { problemResponse } from './rest/problem.ts'
import type { ConsistencyTokens } from './session/consistency-tokens.ts'
import { readSession, sessionHeaders } from './session/session-cookies.ts'
import type { Result } from './supergraph.ts'

/** Runs one GraphQL operation with the identity and session of the request at hand. */
export type ExecuteAs = (request: GraphQLRequest) => Promise<Result>

/** Answers `/api/v1/…`; what it executes is authorised, bounded and observed like any other operation. */
export type RestHandler = (request: Request, execute: ExecuteAs) => Promise<Response>

/** A public page or document: no identity, no session. */
export type Page = (request: Request) => Response | Promise<Response>

export interface HttpOptions {
  readonly engine: Engine
  readonly graphql: GraphQLHttp
  readonly authenticate: Authenticate
  readonly tokens: ConsistencyTokens
  readonly lifetimes: Lifetimes
  readonly gate: ErrorGate
  readonly metrics: Metrics
  readonly now: () => number
  /** Bytes a request may have. */
  readonly bytes: number
  /** Milliseconds a request may take. */
  readonly deadlineMs: number
  readonly sessionSeconds: number
  readonly rest: RestHandler | undefined
  /** By path; one that ends with `/*` answers everything below it. */
  readonly pages: Readonly<Record<string, Page>>
}

const JSON_BODY = /^application\/(graphql\+)?json\b/i

const statusOf = (error: GraphQLError): number => {
  const code = error.extensions['code']
  if (code === 'UNAUTHENTICATED') return 401
  if (code === 'SHUTTING_DOWN') return 503
  return error.extensions.http?.status ?? 500
}

const refuse = (error: GraphQLError): Response => {
  const { http: _, ...extensions } = error.extensions
  const body = { errors: [{ message: error.message, extensions }] }
  return Response.json(body, { status: statusOf(error), headers: { 'cache-control': 'no-store' } })
}

const isRest = ({ url }: Request): boolean => new URL(url).pathname.startsWith('/api/v1/')

/** Everything the gateway answers over HTTP. */
export const createHttp = (options: HttpOptions): ((request: Request) => Promise<Response>) => {
  const { engine, graphql, authenticate, tokens, lifetimes, gate, rest, now } = options

  const idempotencyKeyOf = (headers: Headers): string | undefined => {
    const key = headers.get('idempotency-key')
    if (key !== null && !isIdempotencyKey(key))
      throw refusal('BAD_USER_INPUT', 'Idempotency-Key takes 1 to 128 visible ASCII characters.', { spec: false })
    return key ?? undefined
  }

  /** Identity, session and limits around whatever the request executes. */
  const asCaller = async (
    request: Request,
    correlationId: string,
    answer: (request: Request, caller: Caller) => Promise<Response>,
  ): Promise<Response> => {
    const { headers } = request
    const body =
      request.method === 'POST' || request.method === 'PUT' || request.method === 'PATCH' || request.method === 'DELETE'
        ? await readText(request, options.bytes)
        : ''
    if (body === undefined)
      throw refusal('PAYLOAD_TOO_LARGE', `A request may have ${options.bytes} bytes.`, { status: 413 })
    const { viewer, identity } = await authenticate(headers.get('authorization'), headers.get('x-consumer-username'))
    const idempotencyKey = idempotencyKeyOf(headers)
    const session = readSession(headers, tokens)
    const lifetime = lifetimes.begin(identity)
    const client = new AbortController()
    const end = (signal: AbortSignal) => () => client.abort(signal.reason)
    request.signal.addEventListener('abort', end(request.signal), { once: true })
    const isLive = headers.get('accept')?.includes('text/event-stream') ?? false
    if (isLive) lifetime.signal.addEventListener('abort', end(lifetime.signal), { once: true })
    const caller = createCaller({
      viewer,
      correlationId,
      idempotencyKey,
      deadline: now() + options.deadlineMs,
      signal: client.signal,
      session: session.consistency,
    })
    const init = { method: request.method, headers, signal: request.signal }
    try {
      const response = await answer(new Request(request.url, body === '' ? init : { ...init, body }), caller)
      const secure = headers.get('x-forwarded-proto') === 'https'
      const added = sessionHeaders(session, caller.written(), tokens, { secure, maxAgeSeconds: options.sessionSeconds })
      const out = new Headers(response.headers)
      for (const [name, value] of added) out.append(name, value)
      if (!response.body) lifetime.release()
      return new Response(response.body && whenDone(response.body, lifetime.release), {
        status: response.status,
        headers: out,
      })
    } catch (error) {
      lifetime.release()
      throw error
    }
  }

  const answerGraphQL = (request: Request, correlationId: string): Promise<Response> => {
    if (request.method === 'POST' && !JSON_BODY.test(request.headers.get('content-type') ?? ''))
      throw refusal('UNSUPPORTED_MEDIA_TYPE', 'Send application/json.', { status: 415 })
    return asCaller(request, correlationId, (bounded, caller) => {
      if (request.method === 'POST' && !bounded.body) throw refusal('BAD_REQUEST', 'Send a JSON body.')
      const extensions = () => {
        const written = caller.written()
        return Object.keys(written).length > 0 ? { consistencyToken: tokens.sign(caller.consistency()) } : undefined
      }
      return graphql.fetch(bounded, { caller, extensions })
    })
  }

  const answerRest = (request: Request, correlationId: string, handler: RestHandler): Promise<Response> =>
    asCaller(request, correlationId, (bounded, caller) =>
      handler(bounded, async operation => {
        const answer = await engine.run(operation, caller)
        if (answer.kind === 'result') return answer.result
        await answer.events.return(undefined)
        return { errors: [refusal('BAD_REQUEST', 'Subscriptions have no place here.')] }
      }),
    )

  const pageFor = (path: string): Page | undefined => {
    if (Object.hasOwn(options.pages, path)) return options.pages[path]
    const below = Object.keys(options.pages).find(
      pattern => pattern.endsWith('/*') && path.startsWith(pattern.slice(0, -1)),
    )
    return below === undefined ? undefined : options.pages[below]
  }

  const route = async (request: Request, correlationId: string): Promise<Response> => {
    const { pathname } = new URL(request.url)
    const page = pageFor(pathname)
    if (page) return page(request)
    if (pathname !== '/graphql' && !(rest && isRest(request)))
      return Response.json(
        { errors: [{ message: 'Nothing is here.', extensions: { code: 'NOT_FOUND' } }] },
        { status: 404 },
      )
    if (lifetimes.draining) throw restarting()
    return pathname === '/graphql' || !rest
      ? answerGraphQL(request, correlationId)
      : answerRest(request, correlationId, rest)
  }

  return async request => {
    const correlationId = correlationIdFrom(request.headers.get('x-correlation-id'))
    const parent = trace.getActiveSpan()
      ? otelContext.active()
      : propagation.extract(otelContext.active(), Object.fromEntries(request.headers))
    try {
      const response = await otelContext.with(parent, () => route(request, correlationId))
      response.headers.set('x-correlation-id', correlationId)
      return response
    } catch (error) {
      const refused = gate(error, correlationId)
      const response = isRest(request) ? problemResponse(refused) : refuse(refused)
      response.headers.set('x-correlation-id', correlationId)
      return response
    }
  }
}

/** Calls `done` once the body is read, cancelled or broken. */
const whenDone = (body: ReadableStream<Uint8Array>, done: () => void): ReadableStream<Uint8Array> => {
  const reader = body.getReader()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next = await reader.read()
          if (!next.done) return controller.enqueue(next.value)
          done()
          controller.close()
        } catch (error) {
          done()
          controller.error(error)
        }
      },
      async cancel(reason) {
        done()
        await reader.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}
