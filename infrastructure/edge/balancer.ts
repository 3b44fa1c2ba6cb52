import type { Service, Upstream } from './config/model.ts'

export interface Peer {
  readonly host: string
  readonly port: number
  /** As the file spells it: `gateway:4000`. */
  readonly name: string
}

export interface Balancer {
  /** Peers for one call, the first choice first; each peer once. */
  peers(service: Pick<Service, 'host' | 'port'>): readonly Peer[]
}

/**
 * Spreads calls over an upstream's targets by smooth weighted round-robin, past those that cannot serve; a service without an upstream
 * has one peer.
 */
export function createBalancer(
  upstreams: readonly Upstream[],
  canServe: (upstream: string, target: string) => boolean = () => true,
): Balancer {
  const rings = new Map(
    upstreams.map(upstream => [upstream.name, ring(upstream, target => canServe(upstream.name, target))]),
  )
  return {
    peers({ host, port }) {
      return rings.get(host)?.() ?? [{ host, port, name: `${host}:${port}` }]
    },
  }
}

function ring(upstream: Upstream, canServe: (target: string) => boolean): () => readonly Peer[] {
  const members = upstream.targets
    .filter(({ weight }) => weight > 0)
    .map(({ target, weight }) => ({ peer: peerOf(target), weight, current: 0 }))
  return () => {
    const serving = members.filter(({ peer }) => canServe(peer.name))
    for (const member of serving) member.current += member.weight
    const order = serving.sort((one, other) => other.current - one.current)
    if (order[0]) order[0].current -= order.reduce((sum, { weight }) => sum + weight, 0)
    return order.map(member => member.peer)
  }
}

/** A target as the file spells it, taken apart. */
export function peerOf(target: string): Peer {
  const colon = target.lastIndexOf(':')
  return { host: target.slice(0, colon), port: Number(target.slice(colon + 1)), name: target }
}
