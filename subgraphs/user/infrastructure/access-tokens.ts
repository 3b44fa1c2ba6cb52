import { exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose'
import type { AccessTokens } from '#application/ports.ts'
import type { Jwk, SigningKey } from '#domain/signing-keys.ts'

const ALG = 'EdDSA'

export interface AccessTokenOptions {
  readonly issuer: string
  readonly audience: string
  readonly lifetimeMs: number
}

/** JWTs after RFC 9068 (`at+jwt`), signed with Ed25519. `iat` has milliseconds, so that a role changed in the same second tells. */
export const createAccessTokens = ({ issuer, audience, lifetimeMs }: AccessTokenOptions): AccessTokens => {
  const imported = new Map<string, ReturnType<typeof importJWK>>()

  const keyOf = ({ keyId, privateJwk }: SigningKey): ReturnType<typeof importJWK> => {
    const key = imported.get(keyId) ?? importJWK(privateJwk, ALG)
    imported.set(keyId, key)
    return key
  }

  return {
    lifetimeMs,
    async issue(key, claims, issuedAt) {
      const iat = issuedAt.getTime() / 1_000
      const expiresAt = new Date(issuedAt.getTime() + lifetimeMs)
      const token = await new SignJWT({
        sid: claims.sessionId,
        roles: claims.roles,
        scope: claims.scopes.join(' '),
        email_verified: claims.emailVerified,
        auth_time: Math.floor(Date.parse(claims.authenticatedAt) / 1_000),
        iat,
        exp: Math.floor(expiresAt.getTime() / 1_000),
      })
        .setProtectedHeader({ alg: ALG, kid: key.keyId, typ: 'at+jwt' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(claims.userId)
        .sign(await keyOf(key))
      return { token, expiresAt: expiresAt.toISOString() }
    },
    async newKeyPair() {
      const { publicKey, privateKey } = await generateKeyPair(ALG, { crv: 'Ed25519', extractable: true })
      const publicJwk: Jwk = { ...(await exportJWK(publicKey)), alg: ALG, use: 'sig' }
      return { publicJwk, privateJwk: { ...(await exportJWK(privateKey)) } }
    },
  }
}
