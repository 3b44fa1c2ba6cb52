import { Fault } from '@mercato/shared-kernel/application'
import type { IndexEntry } from './sorted-index.ts'

/** A place in an index as text. It names the place, not the entry: it stays good when the entry goes. */
export const toCursor = ({ sortKey, docKey }: IndexEntry): string =>
  Buffer.from(JSON.stringify([sortKey, docKey])).toString('base64url')

/** Reads a cursor; any other text rejects with Fault `BAD_USER_INPUT`. */
export const fromCursor = (cursor: string): IndexEntry => {
  const [sortKey, docKey] = parsePair(Buffer.from(cursor, 'base64url').toString())
  if (typeof sortKey !== 'string' || typeof docKey !== 'string')
    throw new Fault('BAD_USER_INPUT', 'This cursor is not valid.')
  return { sortKey, docKey }
}

const parsePair = (json: string): readonly unknown[] => {
  try {
    const parsed: unknown = JSON.parse(json)
    return Array.isArray(parsed) && parsed.length === 2 ? parsed : []
  } catch (cause) {
    throw new Fault('BAD_USER_INPUT', 'This cursor is not valid.', cause)
  }
}
