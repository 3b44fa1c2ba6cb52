import { Fault, LOG_START } from '@mercato/shared-kernel/application'

/** A place in the log: the writing transaction's id, then the order within it. Both unsigned 64 bits at most. */
export interface Place {
  readonly xid: string
  readonly position: string
}

const DIGITS = 20
const FORMAT = /^\d{20}-\d{20}$/
const MAX_XID = 2n ** 64n - 1n
const MAX_POSITION = 2n ** 63n - 1n

/** Fixed width, so that positions order as strings. */
export const formatPosition = (xid: string, position: bigint): string =>
  `${xid.padStart(DIGITS, '0')}-${String(position).padStart(DIGITS, '0')}`

/** The inverse; anything that no log handed out is `BAD_USER_INPUT`. */
export const parsePosition = (text: string): Place => {
  if (text === LOG_START) return { xid: '0', position: '0' }
  // Through BigInt, since PostgreSQL takes a number with leading zeros for an octal one.
  const [xid, position] = FORMAT.test(text) ? text.split('-').map(BigInt) : []
  if (xid === undefined || position === undefined || xid > MAX_XID || position > MAX_POSITION)
    throw new Fault('BAD_USER_INPUT', 'this is no position of the log')
  return { xid: String(xid), position: String(position) }
}
