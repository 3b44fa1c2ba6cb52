import { createHash } from 'node:crypto'
import { type Consistency, mergeConsistency } from '@mercato/shared-kernel/application'
import { type ConsistencyTokens, MAX_STREAMS } from './consistency-tokens.ts'

const PREFIX = 'mct_'
const HEADER = 'x-consistency-token'

/** What a request brings along from its session: cookies (one per stream) and the header (tokens with commas between), together. */
export interface Session {
  readonly consistency: Consistency
  /** Names of the cookies that were honoured, those that expire first in front. */
  readonly cookies: readonly string[]
}

const cookieName = (stream: string): string =>
  `${PREFIX}${createHash('sha256').update(stream).digest('base64url').slice(0, 12)}`

const cookiesOf = (headers: Headers): readonly (readonly [string, string])[] =>
  (headers.get('cookie') ?? '').split(';').flatMap(part => {
    const [name = '', value = ''] = part.trim().split('=', 2)
    return name.startsWith(PREFIX) ? [[name, value] as const] : []
  })

/** What tokens with commas between them say together; those that are forged or expired count for nothing. */
export const readTokens = (text: string, tokens: ConsistencyTokens): Consistency =>
  text === ''
    ? {}
    : text
        .split(',', MAX_STREAMS)
        .reduce<Consistency>((all, token) => mergeConsistency(all, tokens.open(token.trim())?.consistency ?? {}), {})

/** Reads the session of a request; forged and expired tokens count for nothing. */
export const readSession = (headers: Headers, tokens: ConsistencyTokens): Session => {
  const honoured = cookiesOf(headers)
    .slice(0, 4 * MAX_STREAMS)
    .flatMap(([name, value]) => {
      const token = tokens.open(value)
      return token ? [{ name, ...token }] : []
    })
    .sort((a, b) => a.expires - b.expires)
  const consistency = honoured
    .slice(-MAX_STREAMS)
    .reduce<Consistency>(
      (all, token) => mergeConsistency(all, token.consistency),
      readTokens(headers.get(HEADER) ?? '', tokens),
    )
  return { consistency, cookies: honoured.map(({ name }) => name) }
}

/**
 * Headers that let the session's next request see what this one wrote: a cookie per stream, so that parallel answers do not overwrite each
 * other, and the whole token for clients without cookies. Cookies beyond the limit are dropped, oldest first.
 */
export const sessionHeaders = (
  session: Session,
  written: Consistency,
  tokens: ConsistencyTokens,
  options: { readonly secure: boolean; readonly maxAgeSeconds: number },
): readonly (readonly [string, string])[] => {
  const streams = Object.entries(written).slice(-MAX_STREAMS)
  if (streams.length === 0) return []
  const attributes = `Path=/; HttpOnly; SameSite=Lax${options.secure ? '; Secure' : ''}`
  const set = streams.map(([stream, revision]) => {
    const value = tokens.sign({ [stream]: revision })
    return ['set-cookie', `${cookieName(stream)}=${value}; Max-Age=${options.maxAgeSeconds}; ${attributes}`] as const
  })
  const names = new Set(streams.map(([stream]) => cookieName(stream)))
  const others = session.cookies.filter(name => !names.has(name))
  const dropped = others.slice(0, Math.max(0, others.length + names.size - MAX_STREAMS))
  const unset = dropped.map(name => ['set-cookie', `${name}=; Max-Age=0; ${attributes}`] as const)
  return [...set, ...unset, [HEADER, tokens.sign(mergeConsistency(session.consistency, written))]]
}
