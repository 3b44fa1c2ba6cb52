import { createServer, type IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { createAdmin } from './admin.ts'
import type { KongConfig } from './config/model.ts'
import { createRateCounters } from './counters.ts'
import type { InProcessTarget } from './forwarding.ts'
import { close, listen } from './listening.ts'
import type { Log } from './log.ts'
import { createEdgeMetrics } from './metrics.ts'
import { createResponseCache } from './response-cache.ts'
import { createRuntime } from './runtime.ts'
import { type Serving, serve } from './serving.ts'

export { loadKongConfig, parseKongConfig } from './config/load.ts'
export type { KongConfig } from './config/model.ts'
export type { InProcessTarget } from './forwarding.ts'

export interface EdgeOptions {
  readonly config: KongConfig
  /**
   * Targets in this process by the name of an upstream or of a target, such as `gateway` or `gateway:4000`. A call to
   * any other target goes out over HTTP.
   */
  readonly targets?: Readonly<Record<string, InProcessTarget>>
  /** Milliseconds since the epoch. */
  readonly clock?: () => number
  readonly log: Log
  /** Metrics of what else runs in this process: shown on the admin port beside the edge's own. */
  readonly alsoScrape?: () => Promise<string>
  /** How long a client may take, in milliseconds; a client that takes longer is answered 408 and cut off. */
  readonly patience?: {
    readonly head?: number
    readonly request?: number
    readonly idle?: number
    readonly checkEvery?: number
  }
}

export interface Edge extends AsyncDisposable {
  /**
   * Serves the proxy and, with `adminPort`, the admin API; port 0 takes a free one. Fails with the code
   * `START.PORT_IN_USE` when somebody else has the port, and then listens nowhere.
   */
  listen(options: {
    host: string
    port: number
    adminHost?: string
    adminPort?: number
  }): Promise<{ port: number; adminPort?: number }>
  /** From now on new requests get 503 and `Connection: close`; those under way, streams and WebSockets included, go on. */
  stopAccepting(): void
}

const GRACE_MS = 5_000

/**
 * An edge that serves a declarative Kong configuration. Disposing waits a moment for requests under way, then cuts what
 * is left. It differs from Kong where that cannot hide a mistake in the file or where Kong is laxer: every header that
 * identifies is stripped, listed or not; cookies are never cached; a body too large is 413 with a code, also after
 * `Expect`; and the 101 of a target in this process is written by that target, without the edge's own headers.
 */
export function createEdge({
  config,
  targets = {},
  clock = Date.now,
  log,
  alsoScrape,
  patience = {},
}: EdgeOptions): Edge {
  const metrics = createEdgeMetrics()
  const cache = createResponseCache(clock)
  const environment = { now: clock, log, metrics, cache, counters: createRateCounters(clock) }
  let runtime = createRuntime(config, environment, targets)
  let draining = false
  const underWay = new Set<ServerResponse>()
  const tunnels = new Set<Socket>()

  const serving = (extra: Partial<Serving> = {}): Serving => ({ runtime, now: clock, log, draining, ...extra })
  const track = (response: ServerResponse) => {
    underWay.add(response)
    response.once('close', () => underWay.delete(response))
  }

  const proxy = createServer(
    {
      headersTimeout: patience.head ?? 15_000,
      requestTimeout: patience.request ?? 60_000,
      keepAliveTimeout: patience.idle ?? 65_000,
      connectionsCheckingInterval: patience.checkEvery ?? 5_000,
      maxHeaderSize: 32 * 1024,
      keepAlive: true,
      keepAliveInitialDelay: 30_000,
      shouldUpgradeCallback: request => request.headers.upgrade?.toLowerCase() === 'websocket',
    },
    (request, response) => {
      track(response)
      void serve(request, response, serving())
    },
  )
  proxy.on('checkContinue', (request: IncomingMessage, response: ServerResponse & { req: IncomingMessage }) => {
    track(response)
    const declared = request.headers['content-length'] !== undefined
    if (!declared) response.writeContinue()
    void serve(request, response, serving({ expectsContinue: declared }))
  })
  proxy.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    tunnels.add(socket)
    socket.once('close', () => tunnels.delete(socket))
    socket.on('error', error => log('debug', 'a socket failed', { cause: error.message }))
    const response = new ServerResponse(request)
    response.shouldKeepAlive = false
    response.assignSocket(socket)
    response.once('finish', () => socket.end())
    void serve(request, response, serving({ connection: { socket, head } }))
  })

  const admin = createAdmin({
    metrics,
    ...(alsoScrape ? { alsoScrape } : {}),
    config: () => runtime.config,
    healthOf: (upstream, target) => runtime.health.of(upstream, target),
    connections: () => underWay.size + tunnels.size,
    async replace(next) {
      const previous = runtime
      runtime = createRuntime(next, environment, targets)
      cache.clear()
      await previous[Symbol.asyncDispose]()
      log('info', 'a new configuration is in service', { hash: next.hash })
    },
  })

  return {
    async listen({ host, port, adminHost = '127.0.0.1', adminPort }) {
      const bound = await listen(proxy, host, port)
      if (adminPort === undefined) return { port: bound }
      try {
        return { port: bound, adminPort: await listen(admin, adminHost, adminPort) }
      } catch (error) {
        await close(proxy)
        throw error
      }
    },
    stopAccepting() {
      draining = true
      proxy.closeIdleConnections()
    },
    async [Symbol.asyncDispose]() {
      draining = true
      const closed = Promise.all([close(proxy), close(admin)])
      await emptied(underWay, GRACE_MS)
      for (const socket of tunnels) socket.destroy()
      for (const server of [proxy, admin]) server.closeAllConnections()
      await closed
      await runtime[Symbol.asyncDispose]()
    },
  }
}

/** Resolves once every response is over, at the latest after `limit` milliseconds. */
async function emptied(responses: ReadonlySet<ServerResponse>, limit: number): Promise<void> {
  const over = Promise.all(
    [...responses].map(response => new Promise<void>(resolve => response.once('close', resolve))),
  )
  let timer: NodeJS.Timeout | undefined
  const enough = new Promise<void>(resolve => {
    timer = setTimeout(resolve, limit)
  })
  await Promise.race([over, enough])
  clearTimeout(timer)
}
