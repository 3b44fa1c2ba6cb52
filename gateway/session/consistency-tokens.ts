import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Consistency, decodeConsistency, encodeConsistency } from '@mercato/shared-kernel/application'

/** The most streams that one session carries. */
export const MAX_STREAMS = 16

/** Tokens that say what a session has written. Any gateway with the same secret honours them, for a short while. */
export interface ConsistencyTokens {
  sign(consistency: Consistency): string
  /** What a token says; `undefined` when it is forged, too old or no token. */
  open(token: string): { readonly consistency: Consistency; readonly expires: number } | undefined
}

export interface ConsistencyTokenOptions {
  readonly secret: string
  readonly now: () => number
  /** Milliseconds a token is honoured: longer than any view lags. */
  readonly ttlMs: number
}

/** At most {@link MAX_STREAMS}, the latest named ones. */
export const bounded = (consistency: Consistency): Consistency => {
  const entries = Object.entries(consistency)
  return entries.length <= MAX_STREAMS ? consistency : Object.fromEntries(entries.slice(-MAX_STREAMS))
}

export const createConsistencyTokens = ({ secret, now, ttlMs }: ConsistencyTokenOptions): ConsistencyTokens => {
  const key = createHmac('sha256', secret).update('consistency token').digest()
  const mac = (text: string): Buffer => createHmac('sha256', key).update(text).digest().subarray(0, 16)
  return {
    sign(consistency) {
      const text = `${encodeConsistency(bounded(consistency))}.${(now() + ttlMs).toString(36)}`
      return `${text}.${mac(text).toString('base64url')}`
    },
    open(token) {
      if (token.length > 4_096) return undefined
      const [encoded = '', expiry = '', signature = ''] = token.split('.')
      const given = Buffer.from(signature, 'base64url')
      const expected = mac(`${encoded}.${expiry}`)
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined
      const expires = Number.parseInt(expiry, 36)
      const consistency = decodeConsistency(encoded)
      return consistency && expires > now() ? { consistency, expires } : undefined
    },
  }
}
