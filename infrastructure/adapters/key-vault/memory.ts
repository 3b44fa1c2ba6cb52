import { randomBytes } from 'node:crypto'
import { Fault, type KeyVault } from '@mercato/shared-kernel/application'
import { openGate } from '../open-gate.ts'

/** Keys in this process only: when it ends, everything sealed under them is unreadable. */
export const createMemoryKeyVault = (): KeyVault => {
  const gate = openGate('KeyVault')
  const keys = new Map<string, Uint8Array | 'destroyed'>()

  return {
    async keyFor(subjectId) {
      gate.check()
      const known = keys.get(subjectId)
      if (known === 'destroyed') throw new Fault('NOT_FOUND', 'This person was erased.')
      const key = known ?? new Uint8Array(randomBytes(32))
      keys.set(subjectId, key)
      return key.slice()
    },

    async find(subjectId) {
      gate.check()
      const known = keys.get(subjectId)
      return known === 'destroyed' ? undefined : known?.slice()
    },

    async destroy(subjectId) {
      gate.check()
      keys.set(subjectId, 'destroyed')
    },

    async [Symbol.asyncDispose]() {
      gate.close()
      keys.clear()
    },
  }
}
