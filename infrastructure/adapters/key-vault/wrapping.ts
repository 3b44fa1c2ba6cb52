import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const IV = 12
const TAG = 16

/** Keys of persons under lock: AES-256-GCM under the master key, bound to the person. Layout: iv, tag, ciphertext. */
export interface Wrapping {
  wrap(subjectId: string, key: Uint8Array): Uint8Array
  /** Throws when it was wrapped under another master key, for another person, or was changed. */
  unwrap(subjectId: string, wrapped: Uint8Array): Uint8Array
}

/** @throws RangeError unless the master key has 32 bytes */
export const createWrapping = (masterKey: Uint8Array): Wrapping => {
  if (masterKey.length !== 32) throw new RangeError('the master key must have 32 bytes')

  return {
    wrap(subjectId, key) {
      const iv = randomBytes(IV)
      const cipher = createCipheriv('aes-256-gcm', masterKey, iv).setAAD(Buffer.from(subjectId))
      const text = Buffer.concat([cipher.update(key), cipher.final()])
      return new Uint8Array(Buffer.concat([iv, cipher.getAuthTag(), text]))
    },

    unwrap(subjectId, wrapped) {
      const decipher = createDecipheriv('aes-256-gcm', masterKey, wrapped.subarray(0, IV))
        .setAAD(Buffer.from(subjectId))
        .setAuthTag(wrapped.subarray(IV, IV + TAG))
      try {
        return new Uint8Array(Buffer.concat([decipher.update(wrapped.subarray(IV + TAG)), decipher.final()]))
      } catch (cause) {
        throw new Error('a key in the vault does not open: was it wrapped under another master key?', { cause })
      }
    },
  }
}
