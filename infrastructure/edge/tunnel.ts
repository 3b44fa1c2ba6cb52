import { request as httpRequest } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Peer } from './balancer.ts'
import type { Service } from './config/model.ts'
import type { Exchange, Reply } from './exchange.ts'
import { codeOf, explain, type InProcessTarget, neverConnected } from './forwarding.ts'
import { flatten, isHopByHop, rewriteHead } from './headers.ts'
import type { Log } from './log.ts'

/** The raw side of a request that asks for an upgrade. */
export interface RawConnection {
  readonly socket: Duplex
  /** What the client has already sent behind its request head. */
  readonly head: Buffer
}

/** Lets a target in this process take over the socket. */
export function handOverSocket(exchange: Exchange, { socket, head }: RawConnection, target: InProcessTarget): void {
  const { request, response, headers } = exchange
  request.url = exchange.target.path + exchange.target.query
  rewriteHead(request, headers.set('connection', ['Upgrade']).set('upgrade', ['websocket']))
  response.statusCode = 101
  response.detachSocket(request.socket)
  target.upgrade(request, socket, head)
}

/**
 * Asks a remote target for the upgrade and then copies bytes both ways until either side is done or silent too long. One that cannot
 * be connected to is passed over for the next, as often as the service retries.
 */
export async function openTunnel(
  exchange: Exchange,
  connection: RawConnection,
  service: Service,
  peers: readonly Peer[],
  log: Log,
): Promise<Reply | undefined> {
  let failure: unknown
  for (const peer of peers.slice(0, service.retries + 1)) {
    try {
      await tunnelTo(peer, exchange, connection, service)
      return undefined
    } catch (error) {
      if (connection.socket.destroyed) return undefined
      failure = error
      log('warn', 'the upstream target did not answer', { target: peer.name, cause: codeOf(error) })
      if (!neverConnected(error)) break
    }
  }
  return explain(failure)
}

/** Resolves when the target has taken over or refused; rejects when there was no answer to the upgrade. */
function tunnelTo(peer: Peer, exchange: Exchange, { socket, head }: RawConnection, service: Service): Promise<void> {
  const { request, response, target, headers } = exchange
  return new Promise((resolve, reject) => {
    const asking = httpRequest({
      host: peer.host,
      port: peer.port,
      path: target.path + target.query,
      headers: [...flatten(headers), 'connection', 'Upgrade', 'upgrade', 'websocket'],
      agent: false,
      timeout: service.connect_timeout,
    })
    const abandon = () => asking.destroy()
    socket.once('close', abandon)
    asking.once('timeout', () => asking.destroy(Object.assign(new Error('time-out'), { code: 'ETIMEDOUT' })))
    asking.once('error', error => {
      socket.off('close', abandon)
      reject(error)
    })
    asking.once('response', answer => {
      const kept = Object.entries(answer.headers).filter(([name]) => !isHopByHop(name))
      response.writeHead(answer.statusCode ?? 502, { ...Object.fromEntries(kept), connection: 'close' })
      answer.pipe(response)
      response.once('close', () => resolve())
    })
    asking.once('upgrade', (answer, upstream, upstreamHead) => {
      socket.off('close', abandon)
      const kept = Object.entries(answer.headers).filter(([name]) => !isHopByHop(name))
      response.writeHead(101, { ...Object.fromEntries(kept), connection: 'Upgrade', upgrade: 'websocket' })
      response.flushHeaders()
      response.detachSocket(request.socket)
      request.socket.setTimeout(service.read_timeout, () => socket.destroy())
      upstream.setTimeout(service.read_timeout, () => upstream.destroy())
      if (upstreamHead.length > 0) socket.write(upstreamHead)
      if (head.length > 0) upstream.write(head)
      join(socket, upstream)
      resolve()
    })
    asking.end()
  })
}

/** Copies both ways. The end of one side is passed on; its failure or disappearance closes the other. */
function join(one: Duplex, other: Duplex): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.pipe(to)
    from.once('error', () => to.destroy())
    from.once('close', () => to.destroy())
  }
}
