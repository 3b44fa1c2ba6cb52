import type { IncomingMessage, RequestListener } from 'node:http'
import type { Duplex } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Dispatcher, Pool } from 'undici'
import type { Peer } from './balancer.ts'
import type { Service } from './config/model.ts'
import { type Exchange, type Reply, refuse } from './exchange.ts'
import { flatten, isHopByHop, rewriteHead } from './headers.ts'
import type { Log } from './log.ts'
import { readBody, replay } from './request-body.ts'

/** A target that lives in this process and speaks Node's HTTP without a socket in between. */
export interface InProcessTarget {
  readonly request: RequestListener
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
}

/** Bodies towards a remote target are held whole, so that a dead target can be passed over; larger ones are refused. */
const MAX_HELD_BODY = 16 * 2 ** 20

export const timedOut = refuse(504, 'The upstream server is timing out')
export const unreadable = refuse(502, 'An invalid response was received from the upstream server')

/** Hands the exchange to a target in this process; what it writes streams straight to the client. */
export function handOver(exchange: Exchange, target: InProcessTarget, service: Service): Promise<Reply | undefined> {
  const { request, response, headers, body } = exchange
  request.url = exchange.target.path + exchange.target.query
  const asked = body === undefined ? request : replay(request, body)
  rewriteHead(asked, headers)
  return new Promise((resolve, reject) => {
    const patience = setTimeout(() => resolve(response.headersSent ? undefined : timedOut), service.read_timeout)
    response.once('close', () => {
      clearTimeout(patience)
      resolve(undefined)
    })
    const outcome: unknown = target.request(asked, response)
    if (outcome instanceof Promise) outcome.catch(reject)
  })
}

/** One keep-alive pool per remote target and pair of time limits. */
export interface Pools extends AsyncDisposable {
  for(peer: Peer, service: Service): Dispatcher
}

export function createPools(): Pools {
  const pools = new Map<string, Pool>()
  return {
    for(peer, { connect_timeout, read_timeout }) {
      const key = `${peer.name}|${connect_timeout}|${read_timeout}`
      const known = pools.get(key)
      if (known) return known
      const pool = new Pool(`http://${peer.name}`, {
        connect: { timeout: connect_timeout },
        headersTimeout: read_timeout,
        bodyTimeout: read_timeout,
      })
      pools.set(key, pool)
      return pool
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...pools.values()].map(pool => pool.close()))
    },
  }
}

/** Calls a remote target; one that cannot be connected to is passed over for the next, as often as the service retries. */
export async function proxy(
  exchange: Exchange,
  service: Service,
  peers: readonly Peer[],
  pools: Pools,
  log: Log,
): Promise<Reply | undefined> {
  const { request, response, target, headers } = exchange
  const body = exchange.body ?? (hasBody(request) ? await readBody(request, MAX_HELD_BODY) : null)
  if (body === 'too large') return refuse(413, 'Request size limit exceeded', { code: 'PAYLOAD_TOO_LARGE' })
  if (body) headers.set('content-length', [String(body.length)])
  const left = new AbortController()
  response.once('close', () => left.abort())

  let failure: unknown
  for (const peer of peers.slice(0, service.retries + 1)) {
    try {
      const answer = await pools.for(peer, service).request({
        method: (request.method ?? 'GET') as Dispatcher.HttpMethod,
        path: target.path + target.query,
        headers: flatten(headers),
        body,
        signal: left.signal,
      })
      const kept = Object.entries(answer.headers).filter(([name]) => !isHopByHop(name))
      response.writeHead(answer.statusCode, Object.fromEntries(kept))
      response.flushHeaders()
      await pipeline(answer.body, response)
      return undefined
    } catch (error) {
      if (left.signal.aborted) return undefined
      failure = error
      log('warn', 'the upstream target did not answer', { target: peer.name, cause: codeOf(error) })
      if (!neverConnected(error)) break
    }
  }
  if (response.headersSent) response.destroy()
  return explain(failure)
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'

/** Whether a call failed before the target saw anything of it. */
export const neverConnected = (error: unknown): boolean =>
  /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/.test(codeOf(error))

/** Kong's status and words for a target that failed. */
export function explain(error: unknown): Reply {
  switch (codeOf(error)) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return refuse(503, 'name resolution failed')
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
      return timedOut
    default:
      return error === undefined ? refuse(503, 'failure to get a peer from the ring-balancer') : unreadable
  }
}
