import type { Viewer } from '@mercato/shared-kernel/application'
import { type AccessTokens, type Identity, notAccepted } from './access-tokens.ts'
import type { Revocations } from './revocations.ts'

/** Who a request or a socket speaks for. */
export interface Authenticated {
  readonly viewer: Viewer
  /** Absent without an access token. */
  readonly identity?: Identity
}

/** Reads an `Authorization` value. Without one the viewer is anonymous; with one that is not accepted it rejects with UNAUTHENTICATED. */
export type Authenticate = (
  authorization: string | null | undefined,
  consumer: string | null | undefined,
) => Promise<Authenticated>

const BEARER = /^Bearer +([\w\-.~+/=]+)$/i
const CONSUMER = /^[\w.-]{1,64}$/

export const createAuthenticate =
  (tokens: AccessTokens, revocations: Revocations): Authenticate =>
  async (authorization, consumer) => {
    const known = consumer && CONSUMER.test(consumer) ? consumer : 'unknown'
    if (authorization === null || authorization === undefined) return { viewer: { consumer: known } }
    const token = BEARER.exec(authorization)?.[1]
    if (token === undefined) throw notAccepted()
    const identity = await tokens.verify(token)
    if (revocations.refuses(identity)) throw notAccepted()
    return { viewer: { consumer: known, user: identity.user }, identity }
  }
