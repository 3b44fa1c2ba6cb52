import type { Route } from './config/model.ts'
import type { HeaderMap } from './headers.ts'

export interface Asked {
  readonly method: string
  readonly host: string
  readonly path: string
  readonly headers: HeaderMap
}

export interface Match {
  readonly route: Route
  /** The matched prefix; empty for a route without paths. */
  readonly prefix: string
}

interface Candidate {
  readonly route: Route
  readonly prefix: string
  readonly weight: readonly number[]
  matches(asked: Asked): boolean
}

/**
 * Finds the route of a request with the precedence of Kong's traditional_compatible router: more kinds of criteria
 * first, then plain hosts, then more headers, then the longer path; among equals the one that stands first in the file.
 */
export function createRouter(routes: readonly Route[]): (asked: Asked) => Match | undefined {
  const candidates = routes
    .flatMap(route => (route.paths?.length ? route.paths : ['']).map(prefix => candidate(route, prefix)))
    .sort((one, other) => compareWeights(other.weight, one.weight))
  return asked => candidates.find(({ matches }) => matches(asked))
}

function candidate(route: Route, prefix: string): Candidate {
  const headers = Object.entries(route.headers ?? {}).map(
    ([name, values]) => [name.toLowerCase(), values.map(value => value.toLowerCase())] as const,
  )
  const hosts = (route.hosts ?? []).map(hostMatcher)
  const methods = route.methods ?? []
  const criteria = [methods, hosts, headers, route.paths ?? []].filter(list => list.length > 0).length
  const plainHosts = hosts.length > 0 && !route.hosts?.some(host => host.includes('*'))
  return {
    route,
    prefix,
    weight: [criteria, plainHosts ? 1 : 0, headers.length, prefix.length],
    matches: asked =>
      asked.path.startsWith(prefix) &&
      (methods.length === 0 || methods.includes(asked.method)) &&
      (hosts.length === 0 || hosts.some(matches => matches(asked.host))) &&
      headers.every(
        ([name, values]) => asked.headers.get(name)?.some(value => values.includes(value.toLowerCase())) ?? false,
      ),
  }
}

function compareWeights(one: readonly number[], other: readonly number[]): number {
  for (const [index, value] of one.entries()) {
    const difference = value - (other[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

function hostMatcher(pattern: string): (host: string) => boolean {
  const wanted = pattern.toLowerCase()
  const bare = (host: string) => host.toLowerCase().replace(/:\d+$/, '')
  if (wanted.startsWith('*.')) return host => bare(host).endsWith(wanted.slice(1))
  if (wanted.endsWith('.*')) return host => bare(host).startsWith(wanted.slice(0, -1))
  return host => bare(host) === wanted
}

/** The path that the target sees: the service's own path, then the asked one, less the matched prefix if it is stripped. */
export function targetPath({ route, prefix }: Match, servicePath: string | undefined, path: string): string {
  const rest = route.strip_path ? path.slice(prefix.length) : path
  const base = (servicePath ?? '').replace(/\/$/, '')
  if (rest === '' || rest.startsWith('/')) return base + rest || '/'
  return `${base}/${rest}`
}
