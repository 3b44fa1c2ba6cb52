import { buildSubgraphSchema } from '@apollo/subgraph'
import {
  actorOf,
  type GatewayContext,
  type Logger,
  type Metrics,
  mergeConsistency,
  type RequestContext,
  verifyGatewayContext,
} from '@mercato/shared-kernel/application'
import { parse } from 'graphql'
import { createYoga } from 'graphql-yoga'
import { createErrorGate } from './error-gate.ts'
import { createInFlight } from './in-flight.ts'
import { activeTraceparent, traced } from './instrumentation.ts'
import { scalars } from './scalars.ts'
import { endable } from './stream.ts'
import type { SubgraphHealth } from './subgraph.ts'
import { type ServerContext, useGate } from './use-gate.ts'

type Resolvers = NonNullable<
  Extract<Extract<Parameters<typeof buildSubgraphSchema>[0], unknown[]>[number], { typeDefs: unknown }>['resolvers']
>

/** What a resolver map may look like: types with their field resolvers, `__resolveReference`, scalars. */
export type ResolverMap = Readonly<Record<string, unknown>>

export interface SubgraphServerOptions<Context extends RequestContext> {
  /** The context's name: `order`. */
  readonly context: string
  /** The text of `schema/subgraphs/<context>.graphql`. */
  readonly sdl: string
  /** Resolvers by type; the scalars DateTime, Decimal and JSON are added. */
  readonly resolvers: ResolverMap
  /** Shared with the gateway: a request whose signature does not fit is refused. */
  readonly gatewaySecret: string
  readonly logger: Logger
  readonly metrics: Metrics
  /** Adds what this context's resolvers need (use cases, loaders) to the request's context; runs once per request. */
  readonly extend?: (base: RequestContext) => Context | Promise<Context>
  /** Further public routes by path, such as `/.well-known/jwks.json`, or `/webhooks/*` for all others below: no signature needed. */
  readonly routes?: Readonly<Record<string, (request: Request) => Response | Promise<Response>>>
  /** Answers `GET /health/ready` with 200 or 503; ready when absent. */
  readonly health?: () => SubgraphHealth
  /** Milliseconds since the epoch; the system's clock when absent. */
  readonly now?: () => number
  /** Bytes a request body may have; 4 MB when absent. */
  readonly maxBodyBytes?: number
}

export interface SubgraphServer {
  /** Answers one request; never rejects. */
  fetch(request: Request): Promise<Response>
  /** New requests get 503, live streams end, running requests finish. */
  drain(): Promise<void>
}

const json = (status: number, body: unknown): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

const refusal = (status: number, code: string, message: string, retryable = false): Response =>
  json(status, { errors: [{ message, extensions: { code, retryable } }] })

/** Reads at most `limit` bytes; `undefined` when there are more. */
const readBody = async (request: Request, limit: number): Promise<string | undefined> => {
  if (Number(request.headers.get('content-length') ?? 0) > limit) return undefined
  const chunks: Uint8Array[] = []
  let size = 0
  if (request.body)
    for await (const chunk of request.body) {
      size += chunk.byteLength
      if (size > limit) return undefined
      chunks.push(chunk)
    }
  return Buffer.concat(chunks).toString()
}

const baseContext = (
  gateway: GatewayContext,
  headers: Headers,
  signal: AbortSignal,
  told: ServerContext['told'],
): RequestContext => {
  const traceparent = activeTraceparent() ?? headers.get('traceparent') ?? undefined
  const consistency: Record<string, number> = { ...gateway.consistency }
  return {
    viewer: gateway.viewer,
    actor: actorOf(gateway.viewer),
    correlationId: gateway.correlationId,
    ...(gateway.idempotencyKey !== undefined && { idempotencyKey: gateway.idempotencyKey }),
    consistency,
    deadline: gateway.deadline,
    signal,
    ...(traceparent !== undefined && { traceparent }),
    wrote: Object.create(null),
    telling(event) {
      if (told.event) delete consistency[told.event.streamId]
      told.event = event
      Object.assign(consistency, mergeConsistency(gateway.consistency, { [event.streamId]: event.revision }))
    },
  }
}

/**
 * A federated subgraph over HTTP semantics, for its gateway only: a request counts only with the gateway's signature over exactly its
 * body (over its query string for GET). Subscriptions answer as `text/event-stream`, one connection each.
 */
export const createSubgraphServer = <Context extends RequestContext = RequestContext>(
  options: SubgraphServerOptions<Context>,
): SubgraphServer => {
  const {
    context,
    gatewaySecret,
    logger,
    metrics,
    extend,
    routes = {},
    now = Date.now,
    maxBodyBytes = 4_000_000,
  } = options
  const schema = buildSubgraphSchema([
    { typeDefs: parse(options.sdl), resolvers: { ...scalars, ...options.resolvers } as Resolvers },
  ])
  const publicRoutes = new Map(Object.entries(routes))
  const inFlight = createInFlight()
  const gate = createErrorGate(logger)
  const yoga = createYoga<ServerContext>({
    schema,
    // The platform's own streams: those of the default API forget to cancel a source that nobody has read from.
    fetchAPI: { Response, ReadableStream },
    batching: false,
    multipart: false,
    graphiql: false,
    landingPage: false,
    cors: false,
    maskedErrors: false,
    logging: false,
    context: ({ base }) => extend?.(base) ?? base,
    plugins: [useGate({ context, metrics, gate })],
  })

  const answer = async (request: Request): Promise<Response> => {
    const body = request.method === 'GET' || request.method === 'HEAD' ? '' : await readBody(request, maxBodyBytes)
    if (body === undefined) return refusal(413, 'PAYLOAD_TOO_LARGE', 'The request body is too large.')
    const signed = request.method === 'POST' ? body : new URL(request.url).search
    const gateway = verifyGatewayContext(gatewaySecret, request.headers, signed, now())
    if (!gateway) return refusal(401, 'UNAUTHENTICATED', 'Only the gateway may call a subgraph.')
    return traced(request.headers, context, async () => {
      const gone = new AbortController()
      const signal = AbortSignal.any([request.signal, gone.signal])
      const told: ServerContext['told'] = {}
      const base = baseContext(gateway, request.headers, signal, told)
      const { Request: YogaRequest } = yoga.fetchAPI
      const init = {
        method: request.method,
        headers: request.headers,
        signal,
        ...(request.method === 'POST' && { body }),
      }
      const response = await yoga.fetch(new YogaRequest(request.url, init), { base, told })
      if (!response.body || !response.headers.get('content-type')?.startsWith('text/event-stream')) return response
      const farewell = () => ({
        errors: [
          {
            message: 'The service is restarting.',
            extensions: { code: 'SHUTTING_DOWN', retryable: true, correlationId: base.correlationId },
          },
        ],
      })
      const stream = endable(response.body, { ending: inFlight.ending, farewell, onEnd: () => gone.abort() })
      return new Response(stream, { status: response.status, headers: response.headers })
    })
  }

  const health = (): Response => {
    const state = options.health?.() ?? { ready: true, detail: {} }
    const ready = state.ready && !inFlight.draining
    return json(ready ? 200 : 503, { ready, detail: state.detail })
  }

  const route = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url)
    if (pathname === '/health/live') return json(200, { live: true })
    if (pathname === '/health/ready') return health()
    const handler = publicRoutes.get(pathname) ?? publicRoutes.get(pathname.replace(/[^/]+$/, '*'))
    if (handler) return handler(request)
    if (inFlight.draining) return refusal(503, 'SHUTTING_DOWN', 'The service is restarting.', true)
    return answer(request)
  }

  return {
    fetch: request =>
      inFlight.track(
        route(request).catch(error => {
          logger.error('request failed', { error })
          return refusal(500, 'INTERNAL_SERVER_ERROR', 'Something went wrong on our side.')
        }),
      ),
    drain: () => inFlight.drain(),
  }
}
