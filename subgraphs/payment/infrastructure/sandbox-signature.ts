import { createHmac, timingSafeEqual } from 'node:crypto'

/** Carries when it was signed and with what: `t=1767225600,v1=5f3c…`. */
export const SIGNATURE_HEADER = 'mercato-sandbox-signature'

/** How old a signature may be, and how far ahead a clock: after that a copy of a report is worth nothing. */
const TOLERANCE_SECONDS = 300

const mac = (secret: string, seconds: number, body: Uint8Array): Buffer =>
  createHmac('sha256', secret).update(`${seconds}.`).update(body).digest()

/** Signs the bytes of a report together with the time. */
export const signReport = (secret: string, body: Uint8Array, at: Date): string => {
  const seconds = Math.floor(at.getTime() / 1_000)
  return `t=${seconds},v1=${mac(secret, seconds, body).toString('hex')}`
}

/** Whether exactly these bytes were signed with the secret, not long ago. */
export const isSigned = (secret: string, body: Uint8Array, signature: string | null, now: Date): boolean => {
  const [, stamp, hex] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(signature ?? '') ?? []
  if (stamp === undefined || hex === undefined) return false
  const seconds = Number(stamp)
  const fresh = Math.abs(now.getTime() / 1_000 - seconds) <= TOLERANCE_SECONDS
  return timingSafeEqual(mac(secret, seconds, body), Buffer.from(hex, 'hex')) && fresh
}
