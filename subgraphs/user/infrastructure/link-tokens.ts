import { createHmac, timingSafeEqual } from 'node:crypto'
import type { LinkPurpose, LinkTokens } from '#application/ports.ts'
import { subkey, uuidBytes, uuidOf } from './subkey.ts'

const IDS = 32
const MAC = 24

/** Account and link, sixteen bytes each, and a MAC over both and the purpose; base64url, 75 characters. */
export const createLinkTokens = (secret: string): LinkTokens => {
  const key = subkey(secret, 'links')
  const macOf = (purpose: LinkPurpose, ids: Buffer): Buffer =>
    createHmac('sha256', key).update(`${purpose}\n`).update(ids).digest().subarray(0, MAC)

  return {
    make(purpose, userId, linkId) {
      const ids = Buffer.concat([uuidBytes(userId), uuidBytes(linkId)])
      return Buffer.concat([ids, macOf(purpose, ids)]).toString('base64url')
    },
    open(purpose, token) {
      if (token.length > 100) return undefined
      const bytes = Buffer.from(token, 'base64url')
      if (bytes.length !== IDS + MAC) return undefined
      const ids = bytes.subarray(0, IDS)
      if (!timingSafeEqual(bytes.subarray(IDS), macOf(purpose, ids))) return undefined
      return { userId: uuidOf(ids.subarray(0, 16)), linkId: uuidOf(ids.subarray(16)) }
    },
  }
}
