import { randomUUID } from 'node:crypto'
import type { IncomingMessage, RequestListener } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Logger, Metrics } from '@mercato/shared-kernel/application'
import { createDocuments } from '../documents.ts'
import { createEngine } from '../engine.ts'
import { createErrorGate } from '../errors.ts'
import { renderGraphiqlPage } from '../graphiql.ts'
import { noRevocations } from '../identity/revocations.ts'
import { createLifetimes } from '../lifetimes.ts'
import { DEFAULT_LIMITS, type Limits } from '../limits.ts'
import { createLabels } from '../override-labels.ts'
import { createConsistencyTokens } from '../session/consistency-tokens.ts'
import { collapseQueries } from '../subgraphs/collapse.ts'
import { type LoadedSupergraph, loadSupergraph } from '../supergraph.ts'
import { createSupergraphs } from '../supergraphs.ts'
import { createWebSockets } from '../websocket.ts'
import { createCors } from './cors.ts'
import { forwarded, forwardedParams } from './forwarded.ts'
import { createPlainClient, type PlainClient } from './plain-client.ts'
import { createPlainHttp } from './plain-http.ts'

export interface PlainGatewayOptions {
  /** Any composed supergraph, as text. */
  readonly supergraph: string
  /** Where its subgraphs are, if not where it says itself. */
  readonly addresses?: Readonly<Record<string, string>>
  /** Where subgraphs serve subscriptions over `graphql-transport-ws`; over SSE at their address when absent. */
  readonly sockets?: Readonly<Record<string, string>>
  /** Names of headers that subgraphs get as they came, over WebSocket also from `connection_init`. */
  readonly forward?: readonly string[]
  /** Origins whose pages may ask; `*` for any. */
  readonly cors?: readonly string[]
  /** Labels of `@override` that are on; `percent(N)` is decided for each request. */
  readonly labels?: readonly string[]
  /** Sends equal queries with equal forwarded headers once while they are under way. */
  readonly collapse?: boolean
  /** Whether what `@defer` asks for may follow later; on when absent. */
  readonly defer?: boolean
  readonly limits?: Partial<Limits>
  /** Milliseconds a subgraph may take, and a request with all its subgraphs. */
  readonly timeoutMs?: number
  /** Bytes one answer of a subgraph may have. */
  readonly maxBytes?: number
  /** Connections to each subgraph. */
  readonly connections?: number
  readonly breakerMs?: number
  /** How long a client may take nothing. */
  readonly stallMs?: number
  /** Milliseconds since the epoch; the system's clock when absent. */
  readonly now?: () => number
  readonly logger: Logger
  readonly metrics: Metrics
}

export type Reloaded = { readonly outcome: 'loaded' } | { readonly outcome: 'kept'; readonly problem: string }

export interface PlainGateway extends AsyncDisposable {
  readonly request: RequestListener
  /** Node's upgrade event: `graphql-transport-ws` on /graphql. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Puts another supergraph in service, or says why it cannot be and keeps the present one. Requests and streams go on. */
  reload(supergraph: string): Reloaded
  /** New requests get 503, streams and sockets are closed with a hint to come back. */
  drain(): Promise<void>
}

const STALL_MS = 15_000
const PING_MS = 12_000
const INIT_MS = 5_000
const MAX_SOCKETS = 10_000
const MAX_OPERATIONS = 100
const MAX_BUFFERED = 4_000_000

/** Where each subgraph is; throws a sentence when one is nowhere. */
const addressesOf = (supergraph: LoadedSupergraph, given: Readonly<Record<string, string>>): ReadonlyMap<string, URL> =>
  new Map(
    supergraph.subgraphs.map(({ name, url }) => {
      const address = given[name] ?? url
      if (!/^https?:\/\//.test(address) || !URL.canParse(address))
        throw new Error(
          `the subgraph ${name} has no http address ("${address}"): give it one with --url ${name}=http://…`,
        )
      return [name, new URL(address)] as const
    }),
  )

/**
 * A federation gateway and nothing else: no keys, no accounts, no sessions. What the supergraph reserves for people who signed in is
 * withheld, as nobody can sign in. Limits, validation, authorisation, execution and the error gate are those of the full gateway.
 */
export const createPlainGateway = (options: PlainGatewayOptions): PlainGateway => {
  const { logger, metrics, addresses = {}, sockets: socketUrls = {}, now = Date.now } = options
  const limits: Limits = { ...DEFAULT_LIMITS, ...options.limits }
  const { timeoutMs = 10_000, maxBytes = 16_000_000, connections = 64, breakerMs = 2_000, stallMs = STALL_MS } = options
  const forward = (options.forward ?? []).map(name => name.toLowerCase())
  const clients = new Map<string, PlainClient>()
  const retiring = new Map<string, NodeJS.Timeout>()

  const retire = (client: PlainClient): void => {
    client.retire().catch(error => logger.warn('a connection did not close', { error }))
  }
  /** Clients whose address stays are kept. Those that are not needed any more may be by what is under way. */
  const connect = (supergraph: LoadedSupergraph): void => {
    const wanted = addressesOf(supergraph, addresses)
    for (const [name, url] of wanted) {
      const known = clients.get(name)
      clearTimeout(retiring.get(name))
      retiring.delete(name)
      if (known?.url === url.href) continue
      const socketUrl = socketUrls[name]
      const client = createPlainClient({
        name,
        url,
        timeoutMs,
        maxBytes,
        connections,
        metrics,
        breakerMs,
        socketUrl,
      })
      const collapsing = { name, metrics, now, deadlineMs: timeoutMs }
      clients.set(name, options.collapse ? { ...client, fetch: collapseQueries(client, collapsing) } : client)
      if (known) retire(known)
    }
    for (const [name, client] of clients)
      if (!wanted.has(name) && !retiring.has(name))
        retiring.set(
          name,
          setTimeout(() => {
            clients.delete(name)
            retiring.delete(name)
            retire(client)
          }, timeoutMs).unref(),
        )
  }

  const supergraphs = createSupergraphs(loadSupergraph(options.supergraph, options))
  connect(supergraphs.current)
  const gate = createErrorGate(logger)
  const tokens = createConsistencyTokens({ secret: randomUUID(), now, ttlMs: 0 })
  const lifetimes = createLifetimes(noRevocations, now)
  const engine = createEngine({
    supergraphs,
    documents: createDocuments({ limits, development: true }),
    limits,
    labels: createLabels(new Set(options.labels), Math.random),
    policies: async () => new Set(),
    clients,
    gate,
    tokens,
    development: true,
    logger,
    metrics,
    now,
    eventMs: timeoutMs,
  })
  const sockets = createWebSockets({
    engine,
    authenticate: async () => ({ viewer: { consumer: 'unknown' } }),
    tokens,
    lifetimes,
    gate,
    logger,
    metrics,
    now,
    deadlineMs: timeoutMs,
    bytes: limits.bytes,
    initMs: INIT_MS,
    stallMs,
    pingMs: PING_MS,
    maxBuffered: MAX_BUFFERED,
    maxSockets: MAX_SOCKETS,
    maxOperations: MAX_OPERATIONS,
    headersOf: (request, params) => {
      const headers = forwarded(request.headers, forward)
      return headers && { ...headers, ...forwardedParams(params, forward) }
    },
  })

  return {
    request: createPlainHttp({
      engine,
      lifetimes,
      metrics,
      now,
      bytes: limits.bytes,
      deadlineMs: timeoutMs,
      stallMs,
      forward,
      cors: createCors(options.cors ?? []),
      page: renderGraphiqlPage({
        endpoint: '/graphql',
        tabs: [
          {
            name: 'What can be asked',
            query:
              'query Types {\n  __schema {\n    queryType {\n      fields {\n        name\n        description\n      }\n    }\n  }\n}',
          },
        ],
      }),
      ready: () => !lifetimes.draining,
    }),
    upgrade: (request, socket, head) => sockets.upgrade(request, socket, head),
    reload(sdl) {
      const count = (outcome: string) => metrics.count('mercato_gateway_supergraph_loads_total', { outcome })
      try {
        const next = loadSupergraph(sdl, options)
        if (next.id === supergraphs.current.id) return { outcome: 'loaded' }
        connect(next)
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
      await sockets.drained()
    },
    async [Symbol.asyncDispose]() {
      lifetimes.close()
      await sockets[Symbol.asyncDispose]()
      for (const timer of retiring.values()) clearTimeout(timer)
      for (const client of clients.values()) await client[Symbol.asyncDispose]()
    },
  }
}
