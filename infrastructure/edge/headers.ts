import type { IncomingMessage } from 'node:http'

/** Header lines by lower-case name, in the order in which they came; each value is one line. */
export type HeaderMap = Map<string, readonly string[]>

const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** Names with which the inside tells who is asking; `_` counts as `-`, since some servers read both alike. */
const IDENTITY = /^x[-_](consumer|user|mercato|credential|anonymous[-_]consumer|authenticated)([-_]|$)|^x[-_]roles?$/

export const isHopByHop = (name: string): boolean => HOP_BY_HOP.has(name)

/** Whether only the edge may send this header inwards. */
export const isIdentityHeader = (name: string): boolean => IDENTITY.test(name.toLowerCase())

/** The pairs of `rawHeaders` as a map. */
export function readHeaders(raw: readonly string[]): HeaderMap {
  const headers = new Map<string, string[]>()
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = String(raw[index]).toLowerCase()
    const value = String(raw[index + 1])
    const values = headers.get(name)
    if (values) values.push(value)
    else headers.set(name, [value])
  }
  return headers
}

/**
 * What of a client's request head may travel on: nothing that identifies, and nothing that belongs to this one
 * connection, the names listed in `Connection` included. Taken before any plugin runs, so that a client cannot name
 * a header there that a plugin is about to set.
 */
export function inboundHeaders(raw: readonly string[]): HeaderMap {
  const headers = readHeaders(raw)
  const perConnection = new Set((headers.get('connection') ?? []).flatMap(line => line.toLowerCase().split(/\s*,\s*/)))
  for (const name of [...headers.keys()]) {
    if (isHopByHop(name) || isIdentityHeader(name) || (perConnection.has(name) && name !== 'host')) headers.delete(name)
  }
  return headers
}

/** The map as the flat list that Node calls `rawHeaders`. */
export const flatten = (headers: HeaderMap): string[] =>
  [...headers].flatMap(([name, values]) => values.flatMap(value => [name, value]))

/** Of these Node shows the first line only; lines of any other header are joined. */
const SINGLE = new Set(
  `age authorization content-length content-type etag expires from host if-modified-since if-unmodified-since
  last-modified location max-forwards proxy-authorization referer retry-after server user-agent`.split(/\s+/),
)

/** Gives a request object the head that the target shall see, in each of Node's three views of it. */
export function rewriteHead(request: IncomingMessage, headers: HeaderMap): void {
  const joined = [...headers].map(([name, values]) => [
    name,
    SINGLE.has(name) ? values[0] : values.join(name === 'cookie' ? '; ' : ', '),
  ])
  request.rawHeaders = flatten(headers)
  request.headers = Object.fromEntries(joined)
  request.headersDistinct = Object.fromEntries([...headers].map(([name, values]) => [name, [...values]]))
}
