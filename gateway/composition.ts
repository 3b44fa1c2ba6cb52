import type { IncomingMessage, RequestListener } from 'node:http'
import type { Duplex } from 'node:stream'
import { createFetchListener } from '@mercato/adapters/http-server/fetch-listener'
import { createInFlight } from '@mercato/adapters/subgraph-server/in-flight'
import type { SubgraphTransport } from '@mercato/adapters/subgraph-transport/subgraph-transport'
import type { Clock, Logger, Metrics } from '@mercato/shared-kernel/application'
import { createAsCaller } from './as-caller.ts'
import { createPolicies, type Policies } from './authorization/decision.ts'
import { createDocuments } from './documents.ts'
import { createEngine } from './engine.ts'
import { createErrorGate } from './errors.ts'
import { createGraphQLHttp } from './graphql-http.ts'
import { createHttp, type Page, type RestHandler } from './http.ts'
import { createAccessTokens, type JwksSource } from './identity/access-tokens.ts'
import { createAuthenticate } from './identity/authenticate.ts'
import type { Revocations } from './identity/revocations.ts'
import { createLifetimes } from './lifetimes.ts'
import { DEFAULT_LIMITS, type Limits } from './limits.ts'
import { createLabels } from './override-labels.ts'
import { createGuessGuard, DEFAULT_GUESSES, type GuessLimits } from './password-guesses.ts'
import { createPersistedDocuments, type PersistedDocumentsOptions } from './persisted-documents.ts'
import { createConsistencyTokens } from './session/consistency-tokens.ts'
import { collapseQueries } from './subgraphs/collapse.ts'
import { createSubgraphClient } from './subgraphs/subgraph-client.ts'
import { loadSupergraph } from './supergraph.ts'
import { createSupergraphs } from './supergraphs.ts'
import { webhooks } from './webhooks.ts'
import { createWebSockets } from './websocket.ts'

export interface GatewayOptions {
  /** The composed supergraph, as text. */
  readonly supergraph: string
  /** The way to each of its subgraphs, by name. Whoever opened them closes them. */
  readonly transports: Readonly<Record<string, SubgraphTransport>>
  /** Shared with the subgraphs. */
  readonly gatewaySecret: string
  /** Shared by all gateways: what one signs for a session the others honour. */
  readonly sessionSecret: string
  readonly jwks: JwksSource
  readonly issuer: string
  readonly audience: string
  readonly revocations: Revocations
  /** Introspection and suggestions are for development. */
  readonly development: boolean
  readonly logger: Logger
  readonly metrics: Metrics
  readonly clock: Clock
  /** Answers `/api/v1/…`. */
  readonly rest?: RestHandler
  /** Public pages by path (`/graphiql`, `/dev/mailbox`, …); a path that ends with `/*` answers everything below it. */
  readonly pages?: Readonly<Record<string, Page>>
  /** Mercato's own when absent. */
  readonly policies?: Policies
  readonly limits?: Partial<Limits>
  /** How many passwords one API key may have checked. */
  readonly guesses?: Partial<GuessLimits>
  /** Labels of `@override` that are on; `percent(N)` is decided for each request. */
  readonly labels?: readonly string[]
  /** Asks a subgraph once for equal queries of equal callers at the same time. Off when absent. */
  readonly collapse?: boolean
  /** Whether what `@defer` asks for may follow later; on when absent. */
  readonly defer?: boolean
  /** Documents that clients may name by hash, or all there are. */
  readonly persisted?: PersistedDocumentsOptions
  readonly timing?: Partial<Timing>
}

/** Milliseconds. */
export interface Timing {
  /** One request, all its subgraphs together. */
  readonly deadlineMs: number
  /** One call of a subgraph. */
  readonly subgraphMs: number
  readonly breakerMs: number
  /** Until `connection_init` must have come. */
  readonly initMs: number
  /** How long a client may take nothing. */
  readonly stallMs: number
  readonly pingMs: number
  /** How long a consistency token is honoured. */
  readonly sessionMs: number
}

export interface Gateway extends AsyncDisposable {
  /** Node's HTTP. Serves /graphql, /api/v1, /health, /.well-known/jwks.json and the pages. */
  readonly request: RequestListener
  /** Node's upgrade event: `graphql-transport-ws` on /graphql. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** The same as `request`, without a socket. */
  fetch(request: Request): Promise<Response>
  /** Live operations, and the shared upstreams that feed them. */
  streams(): { readonly followed: number; readonly upstreams: number }
  /** Puts another supergraph in service, or says why it cannot be and keeps the present one. */
  reload(supergraph: string): { readonly outcome: 'loaded' } | { readonly outcome: 'kept'; readonly problem: string }
  /** Not ready any more. Streams and sockets are closed with a hint to resume, also new ones; requests are answered as before. Resolves when none is running. */
  drain(): Promise<void>
}

const DEFAULT_TIMING: Timing = {
  deadlineMs: 10_000,
  subgraphMs: 8_000,
  breakerMs: 2_000,
  initMs: 5_000,
  stallMs: 15_000,
  pingMs: 12_000,
  sessionMs: 120_000,
}
const MAX_SOCKETS = 10_000
const MAX_OPERATIONS = 100
const MAX_BUFFERED = 4_000_000

/** Builds a gateway. It does not listen: whoever hosts it puts `request` and `upgrade` behind a server. */
export const createGateway = (options: GatewayOptions): Gateway => {
  const { logger, metrics, clock, revocations } = options
  const limits: Limits = { ...DEFAULT_LIMITS, ...options.limits }
  const timing: Timing = { ...DEFAULT_TIMING, ...options.timing }
  const now = (): number => clock.now().getTime()

  const supergraphs = createSupergraphs(loadSupergraph(options.supergraph, options))
  for (const { name } of supergraphs.current.subgraphs)
    if (!options.transports[name]) throw new Error(`There is no way to the subgraph ${name}.`)

  const gate = createErrorGate(logger)
  const tokens = createConsistencyTokens({ secret: options.sessionSecret, now, ttlMs: timing.sessionMs })
  const lifetimes = createLifetimes(revocations, now)
  const { jwks, issuer, audience } = options
  const authenticate = createAuthenticate(createAccessTokens({ jwks, issuer, audience, now }), revocations)
  const { subgraphMs: timeoutMs, breakerMs, deadlineMs } = timing
  const { gatewaySecret: secret } = options
  const clients = new Map(
    Object.entries(options.transports).map(([name, transport]) => {
      const client = createSubgraphClient({ name, transport, secret, logger, metrics, now, timeoutMs, breakerMs })
      const collapsing = { name, metrics, now, deadlineMs }
      return [name, options.collapse ? { ...client, fetch: collapseQueries(client, collapsing) } : client]
    }),
  )
  const engine = createEngine({
    supergraphs,
    documents: createDocuments({ limits, development: options.development }),
    persisted: createPersistedDocuments(options.persisted),
    labels: createLabels(new Set(options.labels), Math.random),
    sharesStreams: true,
    limits,
    guard: createGuessGuard({ ...DEFAULT_GUESSES, ...options.guesses }, now),
    policies: options.policies ?? createPolicies(now),
    clients,
    gate,
    tokens,
    development: options.development,
    logger,
    metrics,
    now,
    eventMs: timing.deadlineMs,
  })

  const keys = async (): Promise<Response> => {
    const found = jwks instanceof URL ? await (await fetch(jwks)).json() : await jwks()
    return Response.json(found, { headers: { 'cache-control': 'public, max-age=60' } })
  }
  const ready = (): Response =>
    Response.json({ ready: !lifetimes.draining }, { status: lifetimes.draining ? 503 : 200 })
  const asCaller = createAsCaller({
    authenticate,
    tokens,
    lifetimes,
    metrics,
    now,
    bytes: limits.bytes,
    deadlineMs: timing.deadlineMs,
    sessionSeconds: Math.ceil(timing.sessionMs / 1_000),
  })
  const http = createHttp({
    engine,
    graphql: createGraphQLHttp(engine, gate, limits),
    asCaller,
    tokens,
    gate,
    rest: options.rest,
    pages: {
      '/health/live': () => Response.json({ live: true }),
      '/health/ready': ready,
      '/.well-known/jwks.json': keys,
      ...webhooks(options.transports),
      ...options.pages,
    },
  })
  const sockets = createWebSockets({
    engine,
    authenticate,
    tokens,
    lifetimes,
    gate,
    logger,
    metrics,
    now,
    deadlineMs: timing.deadlineMs,
    bytes: limits.bytes,
    initMs: timing.initMs,
    stallMs: timing.stallMs,
    pingMs: timing.pingMs,
    maxBuffered: MAX_BUFFERED,
    maxSockets: MAX_SOCKETS,
    maxOperations: MAX_OPERATIONS,
  })
  const inFlight = createInFlight()
  const serve = (request: Request): Promise<Response> => inFlight.track(http(request))
  const listener = createFetchListener(serve, {
    stallMs: timing.stallMs,
    onStall: () => metrics.count('mercato_gateway_slow_clients_total'),
    onError: error => logger.warn('an answer could not be sent', { error }),
  })

  return {
    request: listener,
    upgrade: (request, socket, head) => sockets.upgrade(request, socket, head),
    fetch: serve,
    streams: engine.streams,
    reload(sdl) {
      const count = (outcome: string) => metrics.count('mercato_gateway_supergraph_loads_total', { outcome })
      try {
        const next = loadSupergraph(sdl, options)
        const unreachable = next.subgraphs.find(({ name }) => !clients.has(name))
        if (unreachable) throw new Error(`There is no way to the subgraph ${unreachable.name}.`)
        supergraphs.swap(next)
        count('loaded')
        return { outcome: 'loaded' }
      } catch (error) {
        count('refused')
        return { outcome: 'kept', problem: error instanceof Error ? error.message : String(error) }
      }
    },
    async drain() {
      lifetimes.drain()
      await Promise.all([inFlight.drain(), sockets.drained()])
    },
    async [Symbol.asyncDispose]() {
      lifetimes.close()
      await sockets[Symbol.asyncDispose]()
    },
  }
}
