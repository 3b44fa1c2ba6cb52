import { describe, expect, it, vi } from 'vitest'
import type { EventBusUnderTest } from './event-bus.ts'
import { createRecorder, createSourceLog, eventually, gateway } from './event-bus-material.ts'

/** Handlers that fail, once or for good, or take long. */
export const eventBusFailures = (open: () => Promise<EventBusUnderTest>): void => {
  describe('a message that fails', () => {
    it('comes again with the next attempt, before any later message of its key', async () => {
      await using test = await open()
      const topic = await test.topic()
      const log = createSourceLog()
      const onPoison = vi.fn()
      const { handler, seen } = createRecorder(({ attempt, headers }) => {
        if (headers['number'] === log.messages[0]?.headers['number'] && attempt < 3) throw new Error('not yet')
      })
      await test.bus.subscribe({ topic, group: 'group', from: 'earliest', handler, onPoison })
      const [first, second] = [log.add('key'), log.add('key')]
      await log.relay(test.bus, topic)
      await eventually(() =>
        expect(seen.map(({ id, attempt }) => [id, attempt])).toEqual([
          [first.id, 1],
          [first.id, 2],
          [first.id, 3],
          [second.id, 1],
        ]),
      )
      expect(onPoison).not.toHaveBeenCalled()
    })

    it('is handed to onPoison after three tries, within 5 s, and the partition moves on', async () => {
      await using test = await open()
      const topic = await test.topic()
      const log = createSourceLog()
      const cause = new Error('cannot be handled')
      const poisoned: [string, number, unknown][] = []
      const { handler, ids } = createRecorder(({ id }) => {
        if (id === log.messages[0]?.id) throw cause
      })
      await test.bus.subscribe({
        topic,
        group: 'group',
        from: 'earliest',
        handler,
        onPoison: async ({ id, attempt }, reason) => void poisoned.push([id, attempt, reason]),
      })
      const [first, second] = [log.add('key'), log.add('key')]
      const start = performance.now()
      await log.relay(test.bus, topic)
      await eventually(() => expect(ids()).toEqual([first.id, first.id, first.id, second.id]))
      expect(performance.now() - start).toBeLessThan(5_000)
      expect(poisoned).toEqual([[first.id, 3, cause]])
    })

    it('is tried as often as asked for, and skipped without onPoison', async () => {
      await using test = await open()
      const topic = await test.topic()
      const log = createSourceLog()
      const { handler, ids } = createRecorder(({ id }) => {
        if (id === log.messages[0]?.id) throw new Error('cannot be handled')
      })
      await test.bus.subscribe({ topic, group: 'group', from: 'earliest', attempts: 1, handler })
      const [first, second] = [log.add('key'), log.add('key')]
      await log.relay(test.bus, topic)
      await eventually(() => expect(ids()).toEqual([first.id, second.id]))
    })

    it('is kept until onPoison has put it aside', async () => {
      await using test = await open()
      const topic = await test.topic()
      const log = createSourceLog()
      const { handler, ids } = createRecorder(({ id }) => {
        if (id === log.messages[0]?.id) throw new Error('cannot be handled')
      })
      let tries = 0
      const onPoison = async (): Promise<void> => {
        if (++tries < 3) throw new Error('nowhere to put it')
        expect(ids()).toHaveLength(1)
      }
      await test.bus.subscribe({ topic, group: 'group', from: 'earliest', attempts: 1, handler, onPoison })
      const [first, second] = [log.add('key'), log.add('key')]
      await log.relay(test.bus, topic)
      await eventually(() => expect(ids()).toEqual([first.id, second.id]))
      expect(tries).toBe(3)
    })

    it('or takes long does not hold up other partitions and other groups', async () => {
      await using test = await open()
      const topic = await test.topic()
      const log = createSourceLog()
      const stuck = gateway()
      const slow = createRecorder(({ key }) => (key === 'key-0' ? stuck.passed : undefined))
      const quick = createRecorder()
      await test.bus.subscribe({ topic, group: 'slow', from: 'earliest', handler: slow.handler })
      await test.bus.subscribe({ topic, group: 'quick', from: 'earliest', handler: quick.handler })
      for (let n = 0; n < 40; n++) log.add(`key-${n % 20}`)
      await log.relay(test.bus, topic)
      await eventually(() => expect(quick.seen).toHaveLength(40))
      const blocked = quick.seen.find(({ key }) => key === 'key-0')?.partition
      const others = quick.seen.filter(({ partition }) => partition !== blocked)
      expect(others.length).toBeGreaterThan(0)
      await eventually(() =>
        expect(slow.seen.filter(({ partition }) => partition !== blocked)).toHaveLength(others.length),
      )
      stuck.open()
      await eventually(() => expect(slow.seen).toHaveLength(40))
      expect(slow.overlaps()).toBe(0)
    })
  })
}
