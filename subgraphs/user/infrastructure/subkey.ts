import { createHmac } from 'node:crypto'
import type { KeyedHash } from '#application/ports.ts'

/** One key per purpose out of the context's secret: what leaks about one says nothing about another. */
export const subkey = (secret: string, purpose: string): Buffer =>
  createHmac('sha256', secret).update(`mercato/user/${purpose}`).digest()

export const createKeyedHash = (secret: string): KeyedHash => {
  const key = subkey(secret, 'hash')
  return (scope, value) => createHmac('sha256', key).update(`${scope}\n${value}`).digest('base64url')
}

const UUID = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/

/** The sixteen bytes of a UUID. */
export const uuidBytes = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex')
export const uuidOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').replace(UUID, '$1-$2-$3-$4-$5')
