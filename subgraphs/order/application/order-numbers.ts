import type { Claims, Ids } from '@mercato/shared-kernel/application'

const SCOPE = 'order-number'
/** Crockford's alphabet: nothing that can be mistaken when read aloud. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 6
const PENDING_MS = 60_000
const MOST_TRIES = 20

/** Numbers for people: `M-2026-7K3QX9`, unique, and not telling how many orders there are. */
export interface OrderNumbers {
  /** Takes a free number for the order; the same order gets the same one again. */
  take(orderId: string, now: Date): Promise<string>
  /** Makes the number the order's for good. */
  confirm(number: string, orderId: string): Promise<void>
  /** Gives back a number whose order was not placed. */
  release(number: string, orderId: string): Promise<void>
  /** The order with this number, however it was typed. */
  find(number: string): Promise<string | undefined>
}

const lettersOf = (uuid: string): string => {
  let bits = Number.parseInt(uuid.slice(0, 8), 16)
  let letters = ''
  for (let length = 0; length < LENGTH; length++) {
    letters += LETTERS.charAt(bits % 32)
    bits = Math.floor(bits / 32)
  }
  return letters
}

export const createOrderNumbers = (claims: Claims, ids: Ids): OrderNumbers => ({
  async take(orderId, now) {
    const expiresAt = new Date(now.getTime() + PENDING_MS)
    for (let tried = 0; tried < MOST_TRIES; tried++) {
      const number = `M-${now.getUTCFullYear()}-${lettersOf(ids.derive(orderId, `number/${tried}`))}`
      const { status } = await claims.claim(SCOPE, number, orderId, expiresAt)
      if (status === 'granted') return number
    }
    throw new Error('no free order number found')
  },
  confirm: (number, orderId) => claims.confirm(SCOPE, number, orderId),
  release: (number, orderId) => claims.release(SCOPE, number, orderId),
  async find(number) {
    const typed = number.trim().toUpperCase()
    if (!/^M-\d{4}-[0-9A-Z]{6}$/.test(typed)) return undefined
    return (await claims.holder(SCOPE, typed))?.ownerId
  },
})
