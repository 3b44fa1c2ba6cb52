import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { type Listening, listen } from '../http-server/listen.ts'
import { METRICS_CONTENT_TYPE, mergeMetrics, type Scrapable } from '../metrics/prometheus.ts'

/** What answers once a process is ready. */
export interface Served {
  readonly request: RequestListener
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): void
}

/**
 * The HTTP server of a process, from its first moment to its last: `/health/live` and `/metrics` always answer, `/health/ready` says
 * whether the process serves (200) or what it waits for (503). Everything else gets 503 until something is served.
 */
export interface ProcessServer {
  readonly port: number
  /** Says what is being waited for. */
  waitFor(what: string): void
  /** From now on the process is ready and requests go there. */
  serve(served: Served): void
  /** Not ready any more, although still serving: every answer closes its connection, so that callers come back elsewhere. */
  leave(): void
  /** Takes no new connections. What comes on those that it has taken is still answered. */
  close(): void
  /** Resolves when everything was answered and every connection is closed, at the latest after so many milliseconds. */
  finished(withinMs: number): Promise<void>
  /** Cuts what is left. */
  [Symbol.dispose](): void
}

type Page = () => Promise<{ readonly status: number; readonly type: string; readonly body: string }>

const json = (status: number, body: unknown) => ({ status, type: 'application/json', body: JSON.stringify(body) })
const NOT_YET = {
  errors: [{ message: 'The service is not ready.', extensions: { code: 'SERVICE_UNAVAILABLE', retryable: true } }],
}

export const openProcessServer = async (options: {
  readonly host: string
  readonly port: number
  readonly scraped: readonly Scrapable[]
}): Promise<ProcessServer> => {
  let waiting: string | undefined = 'its start'
  let served: Served | undefined
  let leaving = false
  let closed: PromiseLike<void> | undefined

  const pages = new Map<string, Page>([
    ['/health/live', async () => json(200, { live: true })],
    [
      '/health/ready',
      async () => json(waiting === undefined ? 200 : 503, { ready: waiting === undefined, waitsFor: waiting ?? null }),
    ],
    ['/metrics', async () => ({ status: 200, type: METRICS_CONTENT_TYPE, body: await mergeMetrics(options.scraped) })],
  ])

  const write = async (page: Page, response: ServerResponse): Promise<void> => {
    const { status, type, body } = await page().catch(() => json(500, {}))
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body)
  }

  const listening: Listening = await listen((request, response) => {
    response.once('close', () => {
      if (closed) setImmediate(() => server.closeIdleConnections())
    })
    if (leaving) response.setHeader('connection', 'close')
    const page = request.method === 'GET' ? pages.get(request.url?.split('?')[0] ?? '') : undefined
    if (page) void write(page, response)
    else if (served) served.request(request, response)
    else void write(async () => json(503, NOT_YET), response)
  }, options)
  const { server } = listening
  server.on('upgrade', (request, socket, head) => {
    if (served?.upgrade) served.upgrade(request, socket, head)
    else socket.destroy()
  })

  return {
    port: listening.port,
    waitFor(what) {
      waiting = what
    },
    serve(ready) {
      served = ready
      waiting = undefined
    },
    leave() {
      waiting = 'its end'
      leaving = true
    },
    close() {
      closed = listening[Symbol.asyncDispose]()
    },
    async finished(withinMs) {
      const patience = new AbortController()
      const late = delay(withinMs, undefined, { signal: patience.signal }).catch(() => undefined)
      await Promise.race([closed, late])
      patience.abort()
    },
    [Symbol.dispose]: () => server.closeAllConnections(),
  }
}
