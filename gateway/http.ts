import { context as otelContext, propagation, trace } from '@opentelemetry/api'
import type { GraphQLError } from 'graphql'
import type { AsCaller } from './as-caller.ts'
import type { Engine, GraphQLRequest } from './engine.ts'
import type { ErrorGate } from './errors.ts'
import type { GraphQLHttp } from './graphql-http.ts'
import { correlationIdFrom } from './identity/request-ids.ts'
import { refusal } from './refusal.ts'
import { problemResponse } from './rest/problem.ts'
import type { ConsistencyTokens } from './session/consistency-tokens.ts'
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
  readonly asCaller: AsCaller
  readonly tokens: ConsistencyTokens
  readonly gate: ErrorGate
  readonly rest: RestHandler | undefined
  /** By path; one that ends with `/*` answers everything below it. */
  readonly pages: Readonly<Record<string, Page>>
}

const JSON_BODY = /^application\/(graphql\+)?json\b/i

const statusOf = (error: GraphQLError): number => {
  const code = error.extensions['code']
  if (code === 'UNAUTHENTICATED') return 401
  if (code === 'SHUTTING_DOWN' || code === 'SERVICE_UNAVAILABLE') return 503
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
  const { engine, graphql, asCaller, tokens, gate, rest } = options

  const answerGraphQL = (request: Request, correlationId: string): Promise<Response> => {
    if (request.method === 'POST' && !JSON_BODY.test(request.headers.get('content-type') ?? ''))
      throw refusal('UNSUPPORTED_MEDIA_TYPE', 'Send application/json.', { status: 415 })
    return asCaller(request, correlationId, (received, caller) => {
      if (request.method === 'POST' && received.body === '') throw refusal('BAD_REQUEST', 'Send a JSON body.')
      const extensions = () => {
        const written = caller.written()
        return Object.keys(written).length > 0 ? { consistencyToken: tokens.sign(caller.consistency()) } : undefined
      }
      return graphql.fetch(received, { caller, extensions })
    })
  }

  const answerRest = (request: Request, correlationId: string, handler: RestHandler): Promise<Response> =>
    asCaller(request, correlationId, ({ url, body, ...init }, caller) =>
      handler(new Request(url, body === '' ? init : { ...init, body }), async operation => {
        const answer = await engine.run({ ...operation, ours: true }, caller)
        if (answer.kind === 'result') return answer.result
        await (answer.kind === 'stream' ? answer.events : answer.rest).return(undefined)
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
