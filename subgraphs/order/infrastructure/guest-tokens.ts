import { createHmac, timingSafeEqual } from 'node:crypto'
import type { GuestTokens } from '#application/ports.ts'

const ID = 16
const MAC = 26
const UUID = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/

/** The sixteen bytes of the cart's id and a MAC over them; base64url, 56 characters. */
export const createGuestTokens = (secret: string): GuestTokens => {
  const key = createHmac('sha256', secret).update('mercato/order/guest-carts').digest()
  const macOf = (id: Buffer): Buffer => createHmac('sha256', key).update(id).digest().subarray(0, MAC)

  return {
    make(guestCartId) {
      const id = Buffer.from(guestCartId.replaceAll('-', ''), 'hex')
      return Buffer.concat([id, macOf(id)]).toString('base64url')
    },
    open(token) {
      if (!/^[\w-]{56}$/.test(token)) return undefined
      const bytes = Buffer.from(token, 'base64url')
      const id = bytes.subarray(0, ID)
      return timingSafeEqual(bytes.subarray(ID), macOf(id))
        ? id.toString('hex').replace(UUID, '$1-$2-$3-$4-$5')
        : undefined
    },
  }
}
