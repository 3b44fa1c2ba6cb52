import { describe, expect, it } from 'vitest'
import { Closed } from '#application/faults.ts'
import type { Timer, Timers } from '#application/ports/timers.ts'

const NOON = Date.parse('2030-01-01T12:00:00Z')
const at = (seconds: number): Date => new Date(NOON + seconds * 1000)
const timer = (id: string, seconds: number, over: Partial<Timer> = {}): Timer => ({
  id,
  kind: 'order-saga',
  dueAt: at(seconds),
  payload: { orderId: id },
  ...over,
})

/** What every {@link Timers} adapter keeps. `open` gives an empty one. */
export const timersContract = (adapter: string, open: () => Promise<Timers>): void => {
  describe(`Timers contract: ${adapter}`, () => {
    it('gives the timers of a kind that are due, earliest first, up to the limit', async () => {
      await using timers = await open()
      await timers.schedule(timer('later', 0))
      await timers.schedule(timer('future', 1))
      await timers.schedule(timer('earlier', -5))
      await timers.schedule(timer('other', -9, { kind: 'reservation-expiry' }))
      expect(await timers.due('order-saga', at(0), 10)).toEqual([timer('earlier', -5), timer('later', 0)])
      expect((await timers.due('order-saga', at(0), 1)).map(due => due.id)).toEqual(['earlier'])
      expect(await timers.due('nothing', at(99), 10)).toEqual([])
    })

    it('keeps a timer due until it has fired, and then for good', async () => {
      await using timers = await open()
      await timers.schedule(timer('a', 0))
      expect(await timers.due('order-saga', at(0), 10)).toHaveLength(1)
      expect(await timers.due('order-saga', at(0), 10)).toHaveLength(1)
      await timers.fired('a')
      await timers.fired('a')
      expect(await timers.due('order-saga', at(0), 10)).toEqual([])
    })

    it('does not bring a fired timer back when the log is read again', async () => {
      await using timers = await open()
      await timers.schedule(timer('a', 0))
      await timers.fired('a')
      await timers.schedule(timer('a', 0))
      await timers.cancel('a')
      await timers.schedule(timer('a', 5))
      expect(await timers.due('order-saga', at(9), 10)).toEqual([])
    })

    it('forgets what fired before a time, and nothing that waits', async () => {
      await using timers = await open()
      await timers.schedule(timer('waiting', 0))
      await timers.schedule(timer('fired', 0))
      await timers.fired('fired')
      const hour = 3_600_000
      expect(await timers.purge(new Date(Date.now() - hour))).toBe(0)
      expect(await timers.purge(new Date(Date.now() + hour))).toBe(1)
      expect(await timers.purge(new Date(Date.now() + hour))).toBe(0)
      await timers.schedule(timer('fired', 0))
      expect((await timers.due('order-saga', at(0), 10)).map(due => due.id)).toEqual(['fired', 'waiting'])
    })

    it('replaces kind, time and payload when an id is scheduled again', async () => {
      await using timers = await open()
      await timers.schedule(timer('a', 0))
      const moved = timer('a', 60, { kind: 'ship-by', payload: ['later', null, 'x\u0000'] })
      await timers.schedule(moved)
      expect(await timers.due('order-saga', at(99), 10)).toEqual([])
      expect(await timers.due('ship-by', at(59), 10)).toEqual([])
      expect(await timers.due('ship-by', at(60), 10)).toEqual([moved])
    })

    it('takes a timer back; it may be scheduled again', async () => {
      await using timers = await open()
      await timers.schedule(timer('a', 0))
      await timers.cancel('a')
      await timers.cancel('unknown')
      await timers.fired('unknown')
      expect(await timers.due('order-saga', at(0), 10)).toEqual([])
      await timers.schedule(timer('a', 0))
      expect(await timers.due('order-saga', at(0), 10)).toHaveLength(1)
    })

    it('shares no payload with its callers', async () => {
      await using timers = await open()
      const payload = { lines: [1] }
      await timers.schedule(timer('a', 0, { payload }))
      payload.lines.push(2)
      const [first] = await timers.due('order-saga', at(0), 1)
      expect(first?.payload).toEqual({ lines: [1] })
      Object.assign(first?.payload ?? {}, { lines: [] })
      expect((await timers.due('order-saga', at(0), 1))[0]?.payload).toEqual({ lines: [1] })
    })

    it('holds one timer per id, however many schedule it at once', async () => {
      await using timers = await open()
      await Promise.all(Array.from({ length: 30 }, (_, index) => timers.schedule(timer('a', -index))))
      expect(await timers.due('order-saga', at(0), 99)).toHaveLength(1)
    })

    it('rejects with Closed after dispose, which may be repeated', async () => {
      const timers = await open()
      await timers[Symbol.asyncDispose]()
      await timers[Symbol.asyncDispose]()
      await expect(timers.schedule(timer('a', 0))).rejects.toThrow(Closed)
      await expect(timers.due('order-saga', at(0), 1)).rejects.toThrow(Closed)
    })
  })
}
