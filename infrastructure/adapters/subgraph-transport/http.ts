import { Readable } from 'node:stream'
import { Closed } from '@mercato/shared-kernel/application'
import { errors, Pool } from 'undici'
import { boundedBody, isLive } from './bounded-body.ts'
import { TooLarge, timedOut, Unreachable } from './failures.ts'
import { post } from './post.ts'
import {
  type Call,
  DEFAULT_LIMITS,
  type SubgraphTransport,
  type TransportLimits,
  type WholeAnswer,
} from './subgraph-transport.ts'

export interface HttpTransportOptions extends TransportLimits {
  /** The subgraph's name, for messages. */
  readonly name: string
  /** Where it listens: `http://order:4002`. Paths come from the requests. */
  readonly origin: string
  /** Connections kept open; 64 when absent. */
  readonly connections?: number
  readonly connectTimeoutMs?: number
}

const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  // Retired between the choice of the instance and the call.
  'UND_ERR_CLOSED',
])

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

const headersFrom = (raw: Record<string, string | string[] | undefined>): Headers => {
  const headers = new Headers()
  for (const [name, value] of Object.entries(raw))
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) headers.append(name, one)
  return headers
}

export interface HttpTransport extends SubgraphTransport {
  post(call: Call): Promise<WholeAnswer>
  /** Takes no more calls; resolves when the running ones, streams included, have ended. */
  retire(): Promise<void>
}

/** An answer that is no stream, whole: much cheaper than to hand it on piece by piece. */
const readWhole = (body: Readable, limit: number, overflow: () => Error): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    body.on('data', (chunk: Buffer) => {
      size += chunk.byteLength
      if (size > limit) body.destroy(overflow())
      else chunks.push(chunk)
    })
    body.once('end', () => resolve(Buffer.concat(chunks)))
    body.once('error', reject)
  })

/** Calls a subgraph over a pool of kept-alive connections. */
export const createHttpTransport = (options: HttpTransportOptions): HttpTransport => {
  const { headTimeoutMs, maxBytes } = { ...DEFAULT_LIMITS, ...options }
  const { name } = options
  let closed = false
  const pool = new Pool(options.origin, {
    connections: options.connections ?? 64,
    connect: { timeout: options.connectTimeoutMs ?? 2_000 },
    headersTimeout: headTimeoutMs,
    bodyTimeout: 0,
    keepAliveTimeout: 30_000,
  })

  const failed = (error: unknown): Error => {
    if (error instanceof TooLarge) return error
    if (error instanceof errors.HeadersTimeoutError) return timedOut(name, error)
    return new Unreachable(name, !NEVER_SENT.has(codeOf(error)), error)
  }

  return {
    async post({ headers, ...call }) {
      if (closed) throw new Closed(`the way to ${name}`)
      const bounds = { name, timeoutMs: headTimeoutMs, maxBytes, explain: failed }
      return post(pool, { ...call, headers: { ...headers } }, bounds)
    },
    async fetch(request) {
      if (closed) throw new Closed(`the way to ${name}`)
      const explain = (error: unknown): unknown => (request.signal.aborted ? request.signal.reason : failed(error))
      try {
        const { pathname, search } = new URL(request.url)
        const answer = await pool.request({
          method: request.method === 'POST' ? 'POST' : 'GET',
          path: pathname + search,
          headers: Object.fromEntries(request.headers),
          body: request.method === 'POST' ? Buffer.from(await request.arrayBuffer()) : null,
          signal: request.signal,
        })
        const headers = headersFrom(answer.headers)
        const { body, statusCode: status } = answer
        if (!isLive(headers.get('content-type'))) {
          const whole = await readWhole(body, maxBytes, () => new TooLarge(name))
          return new Response(status === 204 || status === 304 ? null : new Uint8Array(whole), { status, headers })
        }
        const source = Readable.toWeb(body, { strategy: { highWaterMark: 0 } }) as ReadableStream<Uint8Array>
        const onEnd = () => void body.destroy()
        return new Response(
          boundedBody(source, { limit: Number.POSITIVE_INFINITY, overflow: () => new TooLarge(name), explain, onEnd }),
          { status, headers },
        )
      } catch (error) {
        throw explain(error)
      }
    },
    retire() {
      closed = true
      return pool.close()
    },
    async [Symbol.asyncDispose]() {
      closed = true
      await pool.destroy()
    },
  }
}
