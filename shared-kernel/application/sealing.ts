import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** A value encrypted under a person's key, as it stands in the log: `{"$sealed":"<iv>.<tag>.<ciphertext>"}`. */
export interface Sealed {
  readonly $sealed: string
}

export const isSealed = (value: unknown): value is Sealed =>
  typeof value === 'object' && value !== null && typeof (value as Partial<Sealed>).$sealed === 'string'

/** Encrypts any JSON value with AES-256-GCM. `context` (event id and field) is authenticated: a sealed value cannot be moved. */
export const seal = (key: Uint8Array, value: unknown, context: string): Sealed => {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context))
  const text = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()])
  return { $sealed: [iv, cipher.getAuthTag(), text].map(part => part.toString('base64url')).join('.') }
}

/** Decrypts; throws when key, context or text do not belong together. */
export const unseal = (key: Uint8Array, sealed: Sealed, context: string): unknown => {
  const [iv, tag, text] = sealed.$sealed.split('.').map(part => Buffer.from(part, 'base64url'))
  if (!iv || !tag || !text) throw new TypeError('malformed sealed value')
  const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context)).setAuthTag(tag)
  return JSON.parse(Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8'))
}
