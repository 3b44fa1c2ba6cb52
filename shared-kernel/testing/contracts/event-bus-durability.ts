import { describe, expect, it } from 'vitest'
import type { BusSubscription, DeliveredMessage, EventBus } from '#application/ports/event-bus.ts'
import type { EventBusUnderTest } from './event-bus.ts'
import { createRecorder, createSourceLog, eventually, gateway } from './event-bus-material.ts'

/** A small deterministic random source (mulberry32), so that a failure can be repeated. */
const createDice = (seed: number) => {
  let state = seed
  return (sides: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % sides
  }
}

/** What a consumer may rely on when the process ends and starts again. */
export const eventBusDurability = (open: () => Promise<EventBusUnderTest>): void => {
  describe('after a restart', () => {
    it('a group goes on after what it has handled', async () => {
      await using test = await open()
      const topic = await test.topic()
      const log = createSourceLog()
      const before = createRecorder()
      await test.bus.subscribe({ topic, group: 'group', from: 'earliest', handler: before.handler })
      for (let n = 0; n < 20; n++) log.add(`key-${n % 5}`)
      await log.relay(test.bus, topic)
      await eventually(() => expect(before.seen).toHaveLength(20))

      const bus = await test.restart()
      const after = createRecorder()
      await bus.subscribe({ topic, group: 'group', from: 'earliest', handler: after.handler })
      const added = [log.add('key-1'), log.add('key-2')]
      await log.relay(bus, topic)
      await eventually(() => expect(after.ids().sort()).toEqual(added.map(({ id }) => id)))
    })

    it('a group gets again what was in hand or waiting, and each group goes on from its own place', async () => {
      await using test = await open()
      const topic = await test.topic()
      const log = createSourceLog()
      const inHand = gateway()
      const slow = createRecorder(({ key, headers }) =>
        key === 'key-0' && headers['number'] === log.messages[5]?.headers['number']
          ? inHand.passed.then(() => Promise.reject(new Error('the process ends')))
          : undefined,
      )
      const quick = createRecorder()
      await test.bus.subscribe({ topic, group: 'slow', from: 'earliest', handler: slow.handler })
      await test.bus.subscribe({ topic, group: 'quick', from: 'earliest', handler: quick.handler })
      for (let n = 0; n < 30; n++) log.add(`key-${n % 5}`)
      await log.relay(test.bus, topic)
      await eventually(() => expect(quick.seen).toHaveLength(30))
      await eventually(() => expect(slow.ids()).toContain(log.messages[5]?.id))

      const restarting = test.restart()
      inHand.open()
      const bus = await restarting
      const [slowAgain, quickAgain] = [createRecorder(), createRecorder()]
      await bus.subscribe({ topic, group: 'slow', from: 'earliest', handler: slowAgain.handler })
      await bus.subscribe({ topic, group: 'quick', from: 'earliest', handler: quickAgain.handler })
      const last = log.add('key-0')
      await log.relay(bus, topic)
      const key0 = log.messages.filter(({ key }) => key === 'key-0').map(({ id }) => id)
      await eventually(() =>
        expect(slowAgain.seen.filter(({ key }) => key === 'key-0').map(({ id }) => id)).toEqual(key0.slice(1)),
      )
      await eventually(() => expect(quickAgain.ids()).toEqual([last.id]))
      expect(new Set([...slow.ids(), ...slowAgain.ids()]).size).toBe(31)
    })

    it('a latest group goes on from where it joined, although it handled nothing and was killed, and a live group from now', async () => {
      await using test = await open()
      const topic = await test.topic()
      const log = createSourceLog()
      const stays = createRecorder()
      await test.bus.subscribe({ topic, group: 'stays', from: 'earliest', handler: stays.handler })
      log.add('old')
      await log.relay(test.bus, topic)
      await eventually(() => expect(stays.seen).toHaveLength(1))
      await test.bus.subscribe({ topic, group: 'latest', from: 'latest', handler: async () => undefined })
      const bus = await test.crash()
      const [latest, live] = [createRecorder(), createRecorder()]
      await bus.subscribe({ topic, group: 'stays', from: 'earliest', handler: stays.handler })
      await bus.subscribe({ topic, group: 'latest', from: 'latest', handler: latest.handler })
      const missed = log.add('key')
      await log.relay(bus, topic)
      await eventually(() => expect(latest.ids()).toEqual([missed.id]))
      await bus.subscribe({ topic, group: 'live', from: 'live', handler: live.handler })
      const fresh = log.add('key')
      await log.relay(bus, topic)
      await eventually(() => expect(live.ids()).toEqual([fresh.id]))
    })

    it('nothing is lost when the process was killed', async () => {
      await using test = await open()
      const topic = await test.topic()
      const log = createSourceLog()
      const handled = new Set<string>()
      let bus = test.bus
      for (let life = 0; life < 5; life++) {
        await bus.subscribe({
          topic,
          group: 'group',
          from: 'earliest',
          handler: async ({ id }) => void handled.add(id),
        })
        for (let n = 0; n < 30; n++) log.add(`key-${n % 5}`)
        await log.relay(bus, topic)
        await eventually(() => expect(handled.size).toBeGreaterThan(life * 30 + 10))
        bus = await test.crash()
      }
      await bus.subscribe({ topic, group: 'group', from: 'earliest', handler: async ({ id }) => void handled.add(id) })
      await log.relay(bus, topic)
      await eventually(() => expect(handled.size).toBe(150))
    })
  })

  it.each([1, 2, 3])(
    'loses nothing and keeps each key in order while consumers fail, come, go, restart and crash (seed %i)',
    { timeout: 60_000 },
    async seed => {
      await using test = await open()
      const dice = createDice(seed)
      const topic = await test.topic()
      const log = createSourceLog()
      const last = new Map<string, number>()
      const gaps: string[] = []
      let deliveries = 0

      /** What every consumer does: takes the next one of a key, ignores what it knows, notes what came too early. */
      const handler = async ({ key, value, attempt }: DeliveredMessage): Promise<void> => {
        deliveries++
        if (dice(4) === 0) await new Promise(resolve => setImmediate(resolve))
        if (attempt < 3 && dice(10) === 0) throw new Error('a passing failure')
        const sequence = Number(value)
        const expected = (last.get(key) ?? -1) + 1
        if (sequence > expected) gaps.push(`${key}: ${sequence} instead of ${expected}`)
        if (sequence === expected) last.set(key, sequence)
        if (attempt < 3 && dice(20) === 0) throw new Error('a failure after the effect')
      }
      const next = new Map<string, number>()
      const produce = async (bus: EventBus): Promise<void> => {
        for (let n = 0; n < 20; n++) {
          const key = `key-${dice(6)}`
          const sequence = next.get(key) ?? 0
          next.set(key, sequence + 1)
          log.add(key, sequence)
        }
        await log.relay(bus, topic)
      }

      let bus = test.bus
      let members: BusSubscription[] = []
      const join = async (): Promise<void> => {
        members.push(await bus.subscribe({ topic, group: 'group', from: 'earliest', handler }))
      }
      await join()
      for (let step = 0; step < 40; step++) {
        const choice = dice(10)
        if (choice < 5) await produce(bus)
        else if (choice < 7) await join()
        else if (choice < 9 && members.length > 1)
          await members.splice(dice(members.length), 1)[0]?.[Symbol.asyncDispose]()
        else {
          bus = await (dice(2) === 0 ? test.restart() : test.crash())
          members = []
          await join()
          await log.relay(bus, topic)
        }
      }
      await eventually(() =>
        expect(Object.fromEntries(last)).toEqual(Object.fromEntries([...next].map(([key, count]) => [key, count - 1]))),
      )
      expect(gaps).toEqual([])
      expect(deliveries).toBeGreaterThan(log.messages.length)
    },
  )
}
