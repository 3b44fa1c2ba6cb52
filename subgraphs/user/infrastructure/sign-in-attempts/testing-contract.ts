import { describe, expect, it } from 'vitest'
import type { SignInAttempts } from '#application/ports.ts'

const START = Date.parse('2026-01-01T00:00:00Z')
const at = (ms: number): Date => new Date(START + ms)

/** What every adapter of the port promises. */
export const signInAttemptsContract = (name: string, open: () => Promise<SignInAttempts>): void => {
  describe(`sign-in attempts: ${name}`, () => {
    it('lets five attempts through, then asks to wait a second', async () => {
      await using attempts = await open()
      const waits: number[] = []
      for (let n = 0; n < 6; n++) waits.push((await attempts.begin('a', at(0))).waitMs)
      expect(waits).toEqual([0, 0, 0, 0, 0, 1_000])
    })

    it('says how much of the wait is left, and does not count what it refuses', async () => {
      await using attempts = await open()
      for (let n = 0; n < 5; n++) await attempts.begin('a', at(0))
      expect(await attempts.begin('a', at(400))).toEqual({ waitMs: 600 })
      expect(await attempts.begin('a', at(999))).toEqual({ waitMs: 1 })
      expect(await attempts.begin('a', at(1_000))).toEqual({ waitMs: 0 })
      expect(await attempts.begin('a', at(1_000))).toEqual({ waitMs: 2_000 })
    })

    it('doubles the wait up to fifteen minutes', async () => {
      await using attempts = await open()
      let now = 0
      const waits: number[] = []
      for (let n = 0; n < 20; n++) {
        const { waitMs } = await attempts.begin('a', at(now))
        if (waitMs > 0) waits.push(waitMs / 1_000)
        now += waitMs
        if (waitMs > 0) await attempts.begin('a', at(now))
      }
      expect(waits.slice(0, 13)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900])
    })

    it('keeps keys apart', async () => {
      await using attempts = await open()
      for (let n = 0; n < 6; n++) await attempts.begin('a', at(0))
      expect(await attempts.begin('b', at(0))).toEqual({ waitMs: 0 })
    })

    it('starts from zero when cleared; clearing what is not there does nothing', async () => {
      await using attempts = await open()
      for (let n = 0; n < 6; n++) await attempts.begin('a', at(0))
      await attempts.clear('a')
      await attempts.clear('nobody')
      expect(await attempts.begin('a', at(0))).toEqual({ waitMs: 0 })
    })

    it('forgets a key after an hour of silence', async () => {
      await using attempts = await open()
      for (let n = 0; n < 5; n++) await attempts.begin('a', at(0))
      const waits: number[] = []
      for (let n = 0; n < 6; n++) waits.push((await attempts.begin('a', at(3_600_000))).waitMs)
      expect(waits).toEqual([0, 0, 0, 0, 0, 1_000])
    })

    it('lets exactly five of fifty through that come at once', async () => {
      await using attempts = await open()
      const all = await Promise.all(Array.from({ length: 50 }, () => attempts.begin('a', at(0))))
      expect(all.filter(({ waitMs }) => waitMs === 0)).toHaveLength(5)
    })

    it('tidies up without letting go of what counts', async () => {
      await using attempts = await open()
      for (let n = 0; n < 5; n++) await attempts.begin('a', at(0))
      await attempts.tidy(at(500))
      expect(await attempts.begin('a', at(500))).toEqual({ waitMs: 500 })
      await attempts.tidy(at(7_200_000))
      expect(await attempts.begin('a', at(500))).toEqual({ waitMs: 0 })
    })
  })
}
