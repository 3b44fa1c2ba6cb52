import { randomBytes } from 'node:crypto'
import { keyVaultContract } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import { personKeys } from '../postgres/schema/person-keys.ts'
import { testDatabase } from '../postgres/test-database.ts'
import { createPostgresKeyVault } from './postgres.ts'

const database = testDatabase()
const masterKey = randomBytes(32)
const open = async (over: { readonly cacheMs?: number; readonly masterKey?: Uint8Array } = {}) =>
  createPostgresKeyVault({ pool: database.pool(), masterKey, ...over })
const empty = () => database.empty(personKeys)

keyVaultContract('PostgreSQL', async () => {
  await empty()
  return open()
})
keyVaultContract('PostgreSQL with a cache', async () => {
  await empty()
  return open({ cacheMs: 60_000 })
})

describe('PostgreSQL key vault', () => {
  it('gives every process the same key, and none after another process destroyed it', async () => {
    await empty()
    await using here = await open()
    await using there = await open()
    expect(await here.keyFor('ann')).toEqual(await there.keyFor('ann'))
    await there.destroy('ann')
    expect(await here.find('ann')).toBeUndefined()
    await expect(here.keyFor('ann')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('keeps no key in the clear, and nothing of a destroyed one', async () => {
    await empty()
    await using vault = await open()
    const key = await vault.keyFor('ann')
    const stored = async () => (await database.pool().query('select * from person_keys')).rows[0]
    const { wrapped } = await stored()
    expect(wrapped).toHaveLength(12 + 16 + 32)
    expect(wrapped.includes(Buffer.from(key))).toBe(false)
    await vault.destroy('ann')
    expect(await stored()).toEqual({ subject_id: 'ann', wrapped: null, destroyed_at: expect.any(Date) })
  })

  it('opens no key under another master key, and none that was moved to another person', async () => {
    await empty()
    await using vault = await open()
    await vault.keyFor('ann')
    await using stranger = await open({ masterKey: randomBytes(32) })
    await expect(stranger.keyFor('ann')).rejects.toThrow('another master key')
    await database.pool().query("insert into person_keys select 'bob', wrapped from person_keys")
    await expect(vault.find('bob')).rejects.toThrow('does not open')
  })

  it('refuses a master key of the wrong size', async () => {
    await expect(open({ masterKey: new Uint8Array(31) })).rejects.toThrow(RangeError)
  })

  it('remembers keys while the cache lasts, and forgets one at once when it is destroyed here', async () => {
    await empty()
    await using vault = await open({ cacheMs: 60_000 })
    const key = await vault.keyFor('ann')
    await empty()
    expect(await vault.find('ann')).toEqual(key)
    await vault.destroy('ann')
    expect(await vault.find('ann')).toBeUndefined()
  })
})
