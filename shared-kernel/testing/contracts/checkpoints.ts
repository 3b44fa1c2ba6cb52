import { describe, expect, it, vi } from 'vitest'
import { Closed } from '#application/faults.ts'
import type { Checkpoints, Lease } from '#application/ports/checkpoints.ts'

const LONG = 60_000

const taken = (lease: Lease | undefined): Lease => {
  if (!lease) throw new Error('expected to get the lease')
  return lease
}

/** Waits until the lease that ran out is free for another holder. */
const takeOver = (checkpoints: Checkpoints, name: string, holder: string): Promise<Lease> =>
  vi.waitFor(async () => taken(await checkpoints.acquire(name, holder, LONG)), { timeout: 5_000, interval: 10 })

/** What every {@link Checkpoints} adapter keeps. `open` gives an empty one. */
export const checkpointsContract = (adapter: string, open: () => Promise<Checkpoints>): void => {
  describe(`Checkpoints contract: ${adapter}`, () => {
    describe('positions', () => {
      it('are unknown until saved, then the last one saved', async () => {
        await using checkpoints = await open()
        expect(await checkpoints.load('relay')).toBeUndefined()
        expect(await checkpoints.save('relay', '0001')).toBe(true)
        expect(await checkpoints.save('relay', '0007')).toBe(true)
        expect(await checkpoints.load('relay')).toBe('0007')
        expect(await checkpoints.save('relay', '')).toBe(true)
        expect(await checkpoints.load('relay')).toBe('')
      })

      it('are listed by prefix in order of their names, taking no character for a wildcard', async () => {
        await using checkpoints = await open()
        for (const name of ['bus/b', 'bus/a', 'bus', 'relay', 'b_s/c', 'b%']) await checkpoints.save(name, `at ${name}`)
        expect(await checkpoints.list('bus/')).toEqual([
          { name: 'bus/a', position: 'at bus/a' },
          { name: 'bus/b', position: 'at bus/b' },
        ])
        expect((await checkpoints.list('b_')).map(entry => entry.name)).toEqual(['b_s/c'])
        expect((await checkpoints.list('b%')).map(entry => entry.name)).toEqual(['b%'])
        expect(await checkpoints.list('')).toHaveLength(6)
      })
    })

    describe('leases', () => {
      it('keep others out while alive', async () => {
        await using checkpoints = await open()
        expect(await checkpoints.acquire('relay', 'one', LONG)).toEqual({ name: 'relay', holder: 'one', epoch: 1 })
        expect(await checkpoints.acquire('relay', 'two', LONG)).toBeUndefined()
        expect(await checkpoints.acquire('another', 'two', LONG)).toMatchObject({ holder: 'two' })
      })

      it('keep their epoch when renewed, and live from then on', async () => {
        await using checkpoints = await open()
        const lease = taken(await checkpoints.acquire('relay', 'one', 1))
        expect(await checkpoints.acquire('relay', 'one', LONG)).toEqual(lease)
        expect(await checkpoints.acquire('relay', 'two', LONG)).toBeUndefined()
      })

      it('can be taken over when they ran out, with a higher epoch', async () => {
        await using checkpoints = await open()
        const old = taken(await checkpoints.acquire('relay', 'one', 1))
        const lease = await takeOver(checkpoints, 'relay', 'two')
        expect(lease.epoch).toBeGreaterThan(old.epoch)
        expect(await checkpoints.acquire('relay', 'one', LONG)).toBeUndefined()
      })

      it('are free at once when released, and the next holder gets a higher epoch', async () => {
        await using checkpoints = await open()
        const old = taken(await checkpoints.acquire('relay', 'one', LONG))
        await checkpoints.release(old)
        const lease = taken(await checkpoints.acquire('relay', 'two', LONG))
        expect(lease.epoch).toBeGreaterThan(old.epoch)
      })

      it('are not touched by a release with an older epoch, also of the same holder', async () => {
        await using checkpoints = await open()
        const first = taken(await checkpoints.acquire('relay', 'one', LONG))
        await checkpoints.release(first)
        const second = taken(await checkpoints.acquire('relay', 'one', LONG))
        expect(second.epoch).toBeGreaterThan(first.epoch)
        await checkpoints.release(first)
        expect(await checkpoints.acquire('relay', 'two', LONG)).toBeUndefined()
      })

      it('go to exactly one of many racing holders', async () => {
        await using checkpoints = await open()
        const leases = await Promise.all(
          Array.from({ length: 30 }, (_, index) => checkpoints.acquire('relay', `holder-${index}`, LONG)),
        )
        expect(leases.filter(lease => lease !== undefined)).toHaveLength(1)
      })
    })

    describe('fencing', () => {
      it('saves under the current epoch', async () => {
        await using checkpoints = await open()
        const lease = taken(await checkpoints.acquire('relay', 'one', LONG))
        expect(await checkpoints.save('relay', '0001', lease)).toBe(true)
        expect(await checkpoints.load('relay')).toBe('0001')
      })

      it('saves under another name than the lease has', async () => {
        await using checkpoints = await open()
        const lease = taken(await checkpoints.acquire('relay', 'one', LONG))
        expect(await checkpoints.save('relay/topic-a', '0001', lease)).toBe(true)
        expect(await checkpoints.load('relay/topic-a')).toBe('0001')
      })

      it('stops an old holder after a takeover: nothing is written', async () => {
        await using checkpoints = await open()
        const old = taken(await checkpoints.acquire('relay', 'one', 1))
        await checkpoints.save('relay', '0001', old)
        const lease = await takeOver(checkpoints, 'relay', 'two')
        expect(await checkpoints.save('relay', '0002', lease)).toBe(true)
        expect(await checkpoints.save('relay', '0009', old)).toBe(false)
        expect(await checkpoints.save('relay/never-saved', '0009', old)).toBe(false)
        expect(await checkpoints.load('relay')).toBe('0002')
        expect(await checkpoints.load('relay/never-saved')).toBeUndefined()
      })

      it('stops a holder that gave its lease up', async () => {
        await using checkpoints = await open()
        const lease = taken(await checkpoints.acquire('relay', 'one', LONG))
        await checkpoints.release(lease)
        expect(await checkpoints.save('relay', '0001', lease)).toBe(false)
        expect(await checkpoints.load('relay')).toBeUndefined()
      })

      it('stops a lease that was never held', async () => {
        await using checkpoints = await open()
        expect(await checkpoints.save('relay', '0001', { name: 'relay', holder: 'one', epoch: 1 })).toBe(false)
      })
    })

    it('rejects with Closed after dispose, which may be repeated', async () => {
      const checkpoints = await open()
      await checkpoints[Symbol.asyncDispose]()
      await checkpoints[Symbol.asyncDispose]()
      await expect(checkpoints.load('relay')).rejects.toThrow(Closed)
      await expect(checkpoints.acquire('relay', 'one', LONG)).rejects.toThrow(Closed)
    })
  })
}
