import { contentsOf, NO_STREAM } from '@mercato/shared-kernel/application'
import { Redis } from 'ioredis'
import { describe, expect, it } from 'vitest'
import { type BrokenServices, foldOfLog, PATIENCE, start } from './testing-broken-services.ts'
import { createLivedTime } from './testing-lived-time.ts'
import { itemStream, movesOf } from './testing-moves.ts'

export const whenRedisIsGone = (services: BrokenServices): void => {
  describe('when Redis', () => {
    it('is flushed or down, reads give a coded error within a second and nothing wrong; then the view comes back as it was', async () => {
      await using context = await services.open()
      const streams = Array.from({ length: 300 }, (_, n) => itemStream(`case-17-${n}`))
      for (const stream of streams) await context.store.append(stream, NO_STREAM, movesOf(stream, 0, 2))
      await start(context)
      const before = await contentsOf(context.views, 'items@1')
      expect(before.documents).toBeGreaterThanOrEqual(streams.length)
      const admin = new Redis(services.redis().url)
      await admin.flushall()
      admin.disconnect()

      using time = createLivedTime()
      /** Either the truth or a coded error, within a second. */
      const read = async (stream: string): Promise<'right' | 'refused'> => {
        const passed = time.measure()
        try {
          expect(await context.reader.get(stream, {})).toMatchObject({ moves: 2 })
          return 'right'
        } catch (error) {
          expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
          return 'refused'
        } finally {
          expect(passed()).toBeLessThan(1_000)
        }
      }
      const answers = await Promise.all(streams.map(read))
      expect(answers).toContain('refused')
      const whole = () => expect.poll(() => read(streams.at(-1) ?? ''), PATIENCE).toBe('right')
      await whole()
      expect(await Promise.all(streams.map(read))).toEqual(streams.map(() => 'right'))
      expect(await contentsOf(context.views, 'items@1')).toEqual(before)

      await services.redis().kill()
      expect(await Promise.all(streams.slice(0, 50).map(read))).toEqual(Array.from({ length: 50 }, () => 'refused'))
      const [stream = ''] = streams
      await context.store.append(stream, 1, movesOf(stream, 2, 1))
      await services.redis().restart()
      await expect
        .poll(() => context.reader.get(stream, {}).catch(() => undefined), PATIENCE)
        .toMatchObject({ moves: 3 })
      expect(await contentsOf(context.views, 'items@1')).toEqual(await foldOfLog(context))
    })
  })
}
