import { describe, expect, it } from 'vitest'
import { Closed } from '#application/faults.ts'
import type { Claims } from '#application/ports/claims.ts'

const LATER = new Date('2030-01-01T00:10:00Z')
const NOW = new Date('2030-01-01T00:20:00Z')
const MUCH_LATER = new Date('2030-01-01T01:00:00Z')

/** What every {@link Claims} adapter keeps. `open` gives an empty one. */
export const claimsContract = (adapter: string, open: () => Promise<Claims>): void => {
  describe(`Claims contract: ${adapter}`, () => {
    it('grants a free value, pending until confirmed', async () => {
      await using claims = await open()
      expect(await claims.holder('email', 'a')).toBeUndefined()
      expect(await claims.claim('email', 'a', 'ann', LATER)).toEqual({ status: 'granted' })
      expect(await claims.holder('email', 'a')).toEqual({ ownerId: 'ann', pending: true, expiresAt: LATER })
      await claims.confirm('email', 'a', 'ann')
      expect(await claims.holder('email', 'a')).toMatchObject({ ownerId: 'ann', pending: false })
    })

    it('refuses a value that somebody else holds, pending or for good', async () => {
      await using claims = await open()
      await claims.claim('email', 'a', 'ann', LATER)
      expect(await claims.claim('email', 'a', 'bob', LATER)).toEqual({ status: 'taken', ownerId: 'ann', pending: true })
      await claims.confirm('email', 'a', 'ann')
      expect(await claims.claim('email', 'a', 'bob', LATER)).toEqual({
        status: 'taken',
        ownerId: 'ann',
        pending: false,
      })
    })

    it('does not hand an expired pending claim to another owner', async () => {
      await using claims = await open()
      await claims.claim('email', 'a', 'ann', new Date('2001-01-01T00:00:00Z'))
      expect(await claims.claim('email', 'a', 'bob', LATER)).toEqual({ status: 'taken', ownerId: 'ann', pending: true })
    })

    it('grants an owner again what it holds: a pending claim gets the new expiry, a final one stays final', async () => {
      await using claims = await open()
      await claims.claim('email', 'a', 'ann', LATER)
      expect(await claims.claim('email', 'a', 'ann', MUCH_LATER)).toEqual({ status: 'granted' })
      expect(await claims.holder('email', 'a')).toEqual({ ownerId: 'ann', pending: true, expiresAt: MUCH_LATER })
      await claims.confirm('email', 'a', 'ann')
      expect(await claims.claim('email', 'a', 'ann', LATER)).toEqual({ status: 'granted' })
      expect(await claims.holder('email', 'a')).toMatchObject({ ownerId: 'ann', pending: false })
    })

    it('keeps scopes apart', async () => {
      await using claims = await open()
      await claims.claim('email', 'a', 'ann', LATER)
      expect(await claims.claim('sku', 'a', 'bob', LATER)).toEqual({ status: 'granted' })
      expect(await claims.claim('e', 'maila', 'cem', LATER)).toEqual({ status: 'granted' })
    })

    it('lets only the owner confirm or release', async () => {
      await using claims = await open()
      await claims.claim('email', 'a', 'ann', LATER)
      await claims.confirm('email', 'a', 'bob')
      await claims.release('email', 'a', 'bob')
      expect(await claims.holder('email', 'a')).toMatchObject({ ownerId: 'ann', pending: true })
      await claims.confirm('email', 'nobody', 'ann')
      expect(await claims.holder('email', 'nobody')).toBeUndefined()
    })

    it('frees a released value, pending or final, and forgets it twice without harm', async () => {
      await using claims = await open()
      await claims.claim('email', 'pending', 'ann', LATER)
      await claims.claim('email', 'final', 'ann', LATER)
      await claims.confirm('email', 'final', 'ann')
      for (const value of ['pending', 'final', 'final']) await claims.release('email', value, 'ann')
      expect(await claims.claim('email', 'pending', 'bob', LATER)).toEqual({ status: 'granted' })
      expect(await claims.claim('email', 'final', 'bob', LATER)).toEqual({ status: 'granted' })
    })

    it('lists pending claims at or past their expiry, oldest first, up to the limit', async () => {
      await using claims = await open()
      const at = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000)
      await claims.claim('email', 'just', 'ann', at(0))
      await claims.claim('email', 'long', 'bob', at(-9))
      await claims.claim('email', 'not yet', 'cem', at(1))
      await claims.claim('email', 'final', 'dan', at(-5))
      await claims.confirm('email', 'final', 'dan')
      expect(await claims.expired(NOW, 10)).toEqual([
        { scope: 'email', value: 'long', ownerId: 'bob', expiresAt: at(-9) },
        { scope: 'email', value: 'just', ownerId: 'ann', expiresAt: at(0) },
      ])
      expect((await claims.expired(NOW, 1)).map(claim => claim.value)).toEqual(['long'])
    })

    it('grants one value to exactly one of many racing owners', async () => {
      await using claims = await open()
      const owners = Array.from({ length: 40 }, (_, index) => `owner-${index}`)
      const outcomes = await Promise.all(owners.map(owner => claims.claim('email', 'a', owner, LATER)))
      const winners = owners.filter((_, index) => outcomes[index]?.status === 'granted')
      expect(winners).toHaveLength(1)
      for (const outcome of outcomes) {
        if (outcome.status === 'taken') expect(outcome.ownerId).toBe(winners[0])
      }
      expect(await claims.holder('email', 'a')).toMatchObject({ ownerId: winners[0] })
    })

    it('never has two holders while owners claim and release concurrently', async () => {
      await using claims = await open()
      let inside = 0
      let most = 0
      let granted = 0
      const contender = async (owner: string): Promise<void> => {
        for (let round = 0; round < 15; round += 1) {
          const outcome = await claims.claim('email', 'a', owner, LATER)
          if (outcome.status !== 'granted') continue
          granted += 1
          inside += 1
          most = Math.max(most, inside)
          await claims.confirm('email', 'a', owner)
          inside -= 1
          await claims.release('email', 'a', owner)
        }
      }
      await Promise.all(Array.from({ length: 12 }, (_, index) => contender(`owner-${index}`)))
      expect(most).toBe(1)
      expect(granted).toBeGreaterThan(0)
    })

    it('rejects with Closed after dispose, which may be repeated', async () => {
      const claims = await open()
      await claims[Symbol.asyncDispose]()
      await claims[Symbol.asyncDispose]()
      await expect(claims.claim('email', 'a', 'ann', LATER)).rejects.toThrow(Closed)
      await expect(claims.expired(NOW, 1)).rejects.toThrow(Closed)
    })
  })
}
