import { describe, expect, it } from 'vitest'
import { Closed } from '#application/faults.ts'
import type { KeyVault } from '#application/ports/key-vault.ts'

/** What every {@link KeyVault} adapter keeps. `open` gives an empty one. */
export const keyVaultContract = (adapter: string, open: () => Promise<KeyVault>): void => {
  describe(`KeyVault contract: ${adapter}`, () => {
    it('makes a key of 256 bits on first use and gives the same one ever after', async () => {
      await using vault = await open()
      expect(await vault.find('ann')).toBeUndefined()
      const key = await vault.keyFor('ann')
      expect(key).toBeInstanceOf(Uint8Array)
      expect(key).toHaveLength(32)
      expect(await vault.keyFor('ann')).toEqual(key)
      expect(await vault.find('ann')).toEqual(key)
    })

    it('gives every person another key', async () => {
      await using vault = await open()
      const keys = await Promise.all(['ann', 'bob', 'cem'].map(person => vault.keyFor(person)))
      expect(new Set(keys.map(key => key.toString())).size).toBe(3)
    })

    it('agrees on one key when many ask for a new person at once', async () => {
      await using vault = await open()
      const keys = await Promise.all(Array.from({ length: 30 }, () => vault.keyFor('ann')))
      expect(new Set(keys.map(key => key.toString())).size).toBe(1)
    })

    it('destroys a key for good: there is none to find and no new one is made', async () => {
      await using vault = await open()
      await vault.keyFor('ann')
      await vault.destroy('ann')
      await vault.destroy('ann')
      expect(await vault.find('ann')).toBeUndefined()
      await expect(vault.keyFor('ann')).rejects.toMatchObject({ name: 'Fault', code: 'NOT_FOUND' })
      expect(await vault.find('ann')).toBeUndefined()
    })

    it('destroys ahead: a person erased before the first use gets no key either', async () => {
      await using vault = await open()
      await vault.destroy('ann')
      await expect(vault.keyFor('ann')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    })

    it('leaves the keys of others alone', async () => {
      await using vault = await open()
      const key = await vault.keyFor('bob')
      await vault.keyFor('ann')
      await vault.destroy('ann')
      expect(await vault.find('bob')).toEqual(key)
    })

    it('shares no key by reference', async () => {
      await using vault = await open()
      const key = await vault.keyFor('ann')
      const copy = key.slice()
      key.fill(0)
      expect(await vault.keyFor('ann')).toEqual(copy)
    })

    it('rejects with Closed after dispose, which may be repeated', async () => {
      const vault = await open()
      await vault[Symbol.asyncDispose]()
      await vault[Symbol.asyncDispose]()
      await expect(vault.keyFor('ann')).rejects.toThrow(Closed)
      await expect(vault.find('ann')).rejects.toThrow(Closed)
    })
  })
}
