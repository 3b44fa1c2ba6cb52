const UNRESERVED = /[A-Za-z0-9\-._~]/

export interface RequestTarget {
  /** Normalised as Kong does before routing: unreserved characters decoded, dot segments resolved, slashes merged. */
  path: string
  /** With its `?`, byte for byte as the client sent it; empty without one. */
  query: string
}

/** Splits and normalises a request target; absolute-form counts by its path. Undefined for `*` and other forms. */
export function parseTarget(url: string): RequestTarget | undefined {
  const origin = url.replace(/^https?:\/\/[^/?]*/i, '')
  const relative = origin !== url && !origin.startsWith('/') ? `/${origin}` : origin
  if (!relative.startsWith('/')) return undefined
  const mark = relative.indexOf('?')
  const path = mark < 0 ? relative : relative.slice(0, mark)
  return { path: normalizePath(path), query: mark < 0 ? '' : relative.slice(mark) }
}

export function normalizePath(path: string): string {
  const decoded = path.replace(/%([0-9a-f]{2})/gi, (escaped, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16))
    return UNRESERVED.test(character) ? character : escaped.toUpperCase()
  })
  const kept: string[] = []
  const segments = decoded.split('/').filter(segment => segment !== '')
  for (const segment of segments) {
    if (segment === '..') kept.pop()
    else if (segment !== '.') kept.push(segment)
  }
  const last = segments.at(-1)
  const folder = kept.length > 0 && (decoded.endsWith('/') || last === '.' || last === '..')
  return `/${kept.join('/')}${folder ? '/' : ''}`
}

/** Every value of one parameter of a query string, decoded. Names are compared as they are. */
export const queryValues = (query: string, name: string): string[] => new URLSearchParams(query).getAll(name)

/** The query without one parameter; what remains keeps its bytes. */
export function withoutParameter(query: string, name: string): string {
  const kept = query
    .slice(1)
    .split('&')
    .filter(pair => pair !== '' && !new URLSearchParams(pair).has(name))
  return kept.length > 0 ? `?${kept.join('&')}` : ''
}
