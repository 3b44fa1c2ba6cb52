import type { Peer } from './balancer.ts'
import type { Exchange } from './exchange.ts'
import type { Match } from './router.ts'

/** Tells the target who connected and how it was addressed, as Kong tells it for a client that it does not trust. */
export function setForwardedHeaders(exchange: Exchange, match: Match, peer: Peer, originalPath: string): void {
  const { headers, request, clientIp } = exchange
  const host = headers.get('host')?.[0] ?? ''
  const chain = headers.get('x-forwarded-for') ?? []
  headers.set('x-real-ip', [clientIp])
  headers.set('x-forwarded-for', [[...chain, clientIp].join(', ')])
  headers.set('x-forwarded-proto', ['http'])
  headers.set('x-forwarded-host', [host.replace(/:\d+$/, '')])
  headers.set('x-forwarded-port', [/:(\d+)$/.exec(host)?.[1] ?? String(request.socket.localPort ?? 80)])
  headers.set('x-forwarded-path', [originalPath])
  if (match.route.strip_path && match.prefix !== '/') headers.set('x-forwarded-prefix', [match.prefix])
  headers.set('x-kong-request-id', [exchange.id])
  if (!match.route.preserve_host) headers.set('host', [peer.port === 80 ? peer.host : peer.name])
}
