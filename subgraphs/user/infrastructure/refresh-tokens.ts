import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { seal, unseal } from '@mercato/shared-kernel/application'
import type { RefreshTokens } from '#application/ports.ts'
import { subkey, uuidBytes, uuidOf } from './subkey.ts'

const SESSION = 16
const RANDOM = 32
const MAC = 16

/**
 * Session, random bytes and a MAC; base64url. The MAC tells a token of ours that is no longer valid (a reuse, which ends the
 * session) from a made-up one (which must not).
 */
export const createRefreshTokens = (secret: string): RefreshTokens => {
  const macKey = subkey(secret, 'refresh')
  const sealKey = subkey(secret, 'refresh-successor')
  const macOf = (body: Buffer): Buffer => createHmac('sha256', macKey).update(body).digest().subarray(0, MAC)
  const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')
  const keyOf = (token: string): Buffer => createHmac('sha256', sealKey).update(token).digest()

  return {
    issue(sessionId) {
      const body = Buffer.concat([uuidBytes(sessionId), randomBytes(RANDOM)])
      const token = Buffer.concat([body, macOf(body)]).toString('base64url')
      return { token, hash: hashOf(token) }
    },
    open(token) {
      if (token.length > 100) return undefined
      const bytes = Buffer.from(token, 'base64url')
      const body = bytes.subarray(0, SESSION + RANDOM)
      if (bytes.length !== SESSION + RANDOM + MAC || bytes.toString('base64url') !== token) return undefined
      if (!timingSafeEqual(bytes.subarray(SESSION + RANDOM), macOf(body))) return undefined
      return { sessionId: uuidOf(body.subarray(0, SESSION)), hash: hashOf(token) }
    },
    sealSuccessor: (token, successor) => seal(keyOf(token), successor, 'successor').$sealed,
    openSuccessor: (token, sealed) => String(unseal(keyOf(token), { $sealed: sealed }, 'successor')),
  }
}
