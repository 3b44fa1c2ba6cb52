import { createHash } from 'node:crypto'
import { Fault, type Viewer } from '@mercato/shared-kernel/application'
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose'

/** A signed-in user as an access token states it. */
export interface Identity {
  readonly user: NonNullable<Viewer['user']>
  /** Seconds since the epoch, possibly with a fraction. */
  readonly issuedAt: number
  /** Milliseconds since the epoch. */
  readonly expires: number
}

/** Verifies access tokens. */
export interface AccessTokens {
  /**
   * Who a token speaks for. Rejects with one and the same Fault UNAUTHENTICATED whatever is wrong with it, and with
   * SERVICE_UNAVAILABLE when that cannot be told because the issuer's keys cannot be read.
   */
  verify(token: string): Promise<Identity>
}

/** Where the issuer's public keys come from: a call in the same process, or its JWKS address. */
export type JwksSource = (() => Promise<JSONWebKeySet>) | URL

export interface AccessTokenOptions {
  readonly jwks: JwksSource
  readonly issuer: string
  readonly audience: string
  readonly now: () => number
}

const MAX_LENGTH = 8_192
const KEPT = 10_000
const REFRESH_MS = 5_000

/** The one answer to every token that is not accepted. */
export const notAccepted = (cause?: unknown): Fault =>
  new Fault('UNAUTHENTICATED', 'This access token is not accepted. Sign in again.', cause)

/** Keys from a call, asked again at most every few seconds when a token names an unknown one. */
const localKeys = (read: () => Promise<JSONWebKeySet>, now: () => number): JWTVerifyGetKey => {
  let keys: JWTVerifyGetKey | undefined
  let readAt = Number.NEGATIVE_INFINITY
  let reading: Promise<JWTVerifyGetKey> | undefined
  const readAgain = async (): Promise<JWTVerifyGetKey> => {
    keys = createLocalJWKSet(await read())
    readAt = now()
    return keys
  }
  const refresh = (): Promise<JWTVerifyGetKey> => {
    reading ??= readAgain().finally(() => {
      reading = undefined
    })
    return reading
  }
  return async (header, token) => {
    try {
      return await (keys ?? (await refresh()))(header, token)
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || now() - readAt < REFRESH_MS) throw error
      return (await refresh())(header, token)
    }
  }
}

/** A token is not to be blamed when its key cannot be had. */
const unlessUnreachable =
  (keys: JWTVerifyGetKey): JWTVerifyGetKey =>
  async (header, token) => {
    try {
      return await keys(header, token)
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error
      if (error instanceof errors.JOSENotSupported) throw error
      throw new Fault('SERVICE_UNAVAILABLE', 'Access tokens cannot be checked at the moment.', error)
    }
  }

const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter(item => typeof item === 'string') : []

export const createAccessTokens = ({ jwks, issuer, audience, now }: AccessTokenOptions): AccessTokens => {
  const keys = unlessUnreachable(
    jwks instanceof URL ? createRemoteJWKSet(jwks, { cooldownDuration: REFRESH_MS }) : localKeys(jwks, now),
  )
  const known = new Map<string, Identity>()

  const verify = async (token: string): Promise<Identity> => {
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      algorithms: ['EdDSA', 'ES256'],
      issuer,
      audience,
      typ: 'at+jwt',
      requiredClaims: ['sub', 'sid', 'iat', 'exp'],
      currentDate: new Date(now()),
    })
    const { sub, iat, exp, sid, scope, roles, email_verified: emailVerified, auth_time: authTime } = payload
    if (protectedHeader.kid === undefined || !sub || typeof sid !== 'string' || iat === undefined || exp === undefined)
      throw new Error('a claim is missing')
    if (iat * 1_000 > now() + 5_000) throw new Error('issued in the future')
    return {
      user: {
        id: sub,
        roles: strings(roles),
        scopes: typeof scope === 'string' ? scope.split(' ').filter(part => part !== '') : [],
        sessionId: sid,
        emailVerified: emailVerified === true,
        authenticatedAt: typeof authTime === 'number' ? authTime : 0,
      },
      issuedAt: iat,
      expires: exp * 1_000,
    }
  }

  return {
    async verify(token) {
      if (token.length > MAX_LENGTH) throw notAccepted()
      const key = createHash('sha256').update(token).digest('base64url')
      const before = known.get(key)
      if (before && before.expires > now()) return before
      known.delete(key)
      try {
        const identity = await verify(token)
        known.set(key, identity)
        if (known.size > KEPT)
          for (const oldest of known.keys()) {
            known.delete(oldest)
            break
          }
        return identity
      } catch (error) {
        throw error instanceof Fault ? error : notAccepted(error)
      }
    },
  }
}
