import { describe, expect, it } from 'vitest'
import { Closed } from '#application/faults.ts'
import type { DeliveredMessage, EventBus } from '#application/ports/event-bus.ts'
import { eventBusDurability } from './event-bus-durability.ts'
import { eventBusFailures } from './event-bus-failures.ts'
import { createRecorder, createSourceLog, eventually, gateway } from './event-bus-material.ts'

/** A bus, and a way to open it again with the offsets it has committed. Disposing disposes the bus that is open. */
export interface EventBusUnderTest extends AsyncDisposable {
  readonly bus: EventBus
  /** Disposes the open bus and opens another one on the same offsets. */
  restart(): Promise<EventBus>
  /** As after `kill -9`: the open bus gets no chance to save anything more. */
  crash(): Promise<EventBus>
  /** A topic that no other test uses, ready to be published to. */
  topic(): Promise<string>
}

/** What every {@link EventBus} adapter keeps. `open` gives one without groups. */
export const eventBusContract = (adapter: string, open: () => Promise<EventBusUnderTest>): void => {
  describe(`EventBus contract: ${adapter}`, () => {
    describe('publish', () => {
      it('of nothing does nothing, also to a topic without groups', async () => {
        await using test = await open()
        await test.bus.publish(await test.topic(), [])
      })

      it('gives every group every message as it was published', async () => {
        await using test = await open()
        const topic = await test.topic()
        const log = createSourceLog()
        const groups = [createRecorder(), createRecorder()]
        for (const [n, { handler }] of groups.entries())
          await test.bus.subscribe({ topic, group: `group-${n}`, from: 'earliest', handler })
        for (let n = 0; n < 50; n++) log.add(`key-${n % 7}`, { n, text: 'Grüße 👋', list: [null, 1.5, { a: [] }] })
        await log.relay(test.bus, topic)
        for (const { seen } of groups) {
          await eventually(() => expect(seen).toHaveLength(50))
          for (const message of log.messages)
            expect(seen.find(({ id }) => id === message.id)).toMatchObject({ ...message, topic, attempt: 1 })
        }
      })

      it('keeps the messages of a key in order and on one partition, one at a time', async () => {
        await using test = await open()
        const topic = await test.topic()
        const log = createSourceLog()
        const { handler, seen, overlaps } = createRecorder(async ({ headers }) => {
          if (headers['number']?.endsWith('5')) await new Promise(resolve => setTimeout(resolve, 5))
        })
        await test.bus.subscribe({ topic, group: 'group', from: 'earliest', handler })
        for (let n = 0; n < 200; n++) log.add(`key-${n % 11}`)
        await log.relay(test.bus, topic)
        await eventually(() => expect(seen).toHaveLength(200))
        expect(overlaps()).toBe(0)
        for (let key = 0; key < 11; key++) {
          const mine = seen.filter(message => message.key === `key-${key}`)
          expect(mine.map(({ position }) => position)).toEqual(mine.map(({ position }) => position).sort())
          expect(new Set(mine.map(({ partition }) => partition)).size).toBe(1)
        }
        expect(new Set(seen.map(({ partition }) => partition)).size).toBeGreaterThan(1)
      })

      it('keeps the order of calls that are not waited for', async () => {
        await using test = await open()
        const topic = await test.topic()
        const log = createSourceLog()
        const { handler, ids } = createRecorder()
        await test.bus.subscribe({ topic, group: 'group', from: 'earliest', handler })
        await log.relay(test.bus, topic)
        const messages = Array.from({ length: 20 }, () => log.add('key'))
        await Promise.all(messages.map(message => test.bus.publish(topic, [message])))
        await eventually(() => expect(ids()).toEqual(messages.map(({ id }) => id)))
      })

      it('delivers what is published while the group is just coming to its end', async () => {
        await using test = await open()
        const topic = await test.topic()
        const log = createSourceLog()
        const { handler, ids } = createRecorder()
        await test.bus.subscribe({ topic, group: 'group', from: 'earliest', handler })
        await log.relay(test.bus, topic)
        for (let turns = 0; turns < 30; turns++) {
          const first = test.bus.publish(topic, [log.add('key')])
          for (let turn = 0; turn < turns; turn++) await Promise.resolve()
          await test.bus.publish(topic, [log.add('key')])
          await first
          await eventually(() => expect(ids()).toEqual(log.messages.map(({ id }) => id)))
        }
      })

      it('gives each group what was published, whatever another group does to it', async () => {
        await using test = await open()
        const topic = await test.topic()
        const log = createSourceLog()
        const vandal = async ({ value }: DeliveredMessage) => {
          Object.assign(Object(value), { n: 'changed' })
        }
        const { handler, seen } = createRecorder()
        await test.bus.subscribe({ topic, group: 'vandal', from: 'earliest', attempts: 1, handler: vandal })
        await test.bus.subscribe({ topic, group: 'group', from: 'earliest', handler })
        const value = { n: 1 }
        log.add('key', value)
        await log.relay(test.bus, topic)
        value.n = 2
        await eventually(() => expect(seen.map(message => message.value)).toEqual([{ n: 1 }]))
      })

      it('keeps topics apart', async () => {
        await using test = await open()
        const topics = [await test.topic(), await test.topic()]
        const recorders = topics.map(() => createRecorder())
        for (const [n, topic] of topics.entries())
          await test.bus.subscribe({
            topic,
            group: 'group',
            from: 'earliest',
            handler: recorders[n]?.handler ?? expect.fail(),
          })
        for (const topic of topics) {
          const log = createSourceLog()
          log.add('key', topic)
          await log.relay(test.bus, topic)
        }
        for (const [n, topic] of topics.entries())
          await eventually(() => expect(recorders[n]?.seen.map(({ value }) => value)).toEqual([topic]))
      })
    })

    eventBusFailures(open)

    describe('a group', () => {
      it('shares the partitions among its consumers: each message goes to one of them', async () => {
        await using test = await open()
        const topic = await test.topic()
        const log = createSourceLog()
        const members = [createRecorder(), createRecorder()]
        for (const { handler } of members)
          await test.bus.subscribe({ topic, group: 'group', from: 'earliest', handler })
        for (let n = 0; n < 60; n++) log.add(`key-${n % 20}`)
        await log.relay(test.bus, topic)
        await eventually(() => expect(members.flatMap(({ seen }) => seen)).toHaveLength(60))
        for (const { seen } of members) expect(seen.length).toBeGreaterThan(0)
        expect(new Set(members.flatMap(member => member.ids())).size).toBe(60)
      })

      it('goes on when one consumer leaves, which waits for what it has in hand', async () => {
        await using test = await open()
        const topic = await test.topic()
        const log = createSourceLog()
        const inHand = gateway()
        const leaves = createRecorder(() => inHand.passed)
        const stays = createRecorder()
        const leaving = await test.bus.subscribe({ topic, group: 'group', from: 'earliest', handler: leaves.handler })
        await test.bus.subscribe({ topic, group: 'group', from: 'earliest', handler: stays.handler })
        for (let n = 0; n < 40; n++) log.add(`key-${n % 20}`)
        await log.relay(test.bus, topic)
        await eventually(() => expect(leaves.seen.length).toBeGreaterThan(0))
        let left = false
        const leave = leaving[Symbol.asyncDispose]().then(() => {
          left = true
        })
        const second = leaving[Symbol.asyncDispose]()
        await new Promise(resolve => setImmediate(resolve))
        expect(left).toBe(false)
        inHand.open()
        await Promise.all([leave, second])
        const handled = leaves.seen.length
        await eventually(() => expect(new Set([...leaves.ids(), ...stays.ids()]).size).toBe(40))
        expect(leaves.seen).toHaveLength(handled)
      })

      it('hands what a leaving consumer failed at to the others', async () => {
        await using test = await open()
        const topic = await test.topic()
        const log = createSourceLog()
        const inHand = gateway()
        const leaves = createRecorder(() => inHand.passed.then(() => Promise.reject(new Error('I am leaving'))))
        const stays = createRecorder()
        const leaving = await test.bus.subscribe({ topic, group: 'group', from: 'earliest', handler: leaves.handler })
        const messages = [log.add('key'), log.add('key')]
        await log.relay(test.bus, topic)
        await eventually(() => expect(leaves.seen).toHaveLength(1))
        const left = leaving[Symbol.asyncDispose]()
        inHand.open()
        await left
        await test.bus.subscribe({ topic, group: 'group', from: 'earliest', handler: stays.handler })
        await eventually(() => expect(stays.ids()).toEqual(messages.map(({ id }) => id)))
      })
    })

    describe('a live group', () => {
      it('sees what is published after it came, each of them everything, and nothing after it left', async () => {
        await using test = await open()
        const topic = await test.topic()
        const log = createSourceLog()
        const durable = createRecorder()
        const lives = [createRecorder(), createRecorder()]
        await test.bus.subscribe({ topic, group: 'durable', from: 'earliest', handler: durable.handler })
        log.add('key')
        await log.relay(test.bus, topic)
        await eventually(() => expect(durable.seen).toHaveLength(1))
        const subscriptions = []
        for (const [n, { handler }] of lives.entries())
          subscriptions.push(await test.bus.subscribe({ topic, group: `live-${n}`, from: 'live', handler }))
        const second = log.add('key')
        await log.relay(test.bus, topic)
        for (const live of lives) await eventually(() => expect(live.ids()).toEqual([second.id]))
        await subscriptions[0]?.[Symbol.asyncDispose]()
        const third = log.add('key')
        await log.relay(test.bus, topic)
        await eventually(() => expect(lives[1]?.ids()).toEqual([second.id, third.id]))
        await eventually(() => expect(durable.seen).toHaveLength(3))
        expect(lives[0]?.ids()).toEqual([second.id])
      })
    })

    describe('after dispose', () => {
      it('every call rejects with Closed, and a second dispose does nothing', async () => {
        await using test = await open()
        const topic = await test.topic()
        const { bus } = test
        const handler = async () => undefined
        const subscription = await bus.subscribe({ topic, group: 'group', from: 'earliest', handler })
        await bus[Symbol.asyncDispose]()
        await bus[Symbol.asyncDispose]()
        await subscription[Symbol.asyncDispose]()
        const message = createSourceLog().add('key')
        await expect(bus.publish(topic, [message])).rejects.toBeInstanceOf(Closed)
        await expect(bus.publish(topic, [])).rejects.toBeInstanceOf(Closed)
        await expect(bus.resumePosition(topic)).rejects.toBeInstanceOf(Closed)
        await expect(bus.subscribe({ topic, group: 'other', from: 'live', handler })).rejects.toBeInstanceOf(Closed)
      })

      it('handlers in flight have ended and no other has started', async () => {
        await using test = await open()
        const topic = await test.topic()
        const log = createSourceLog()
        const inHand = gateway()
        let ended = 0
        const { handler, seen } = createRecorder(async () => {
          await inHand.passed
          await new Promise(resolve => setTimeout(resolve, 5))
          ended++
        })
        await test.bus.subscribe({ topic, group: 'group', from: 'earliest', handler })
        for (let n = 0; n < 40; n++) log.add(`key-${n}`)
        await log.relay(test.bus, topic)
        await eventually(() => expect(seen.length).toBeGreaterThan(1))
        const disposed = test.bus[Symbol.asyncDispose]()
        const started = seen.length
        inHand.open()
        await disposed
        expect(ended).toBe(started)
        expect(seen).toHaveLength(started)
      })
    })

    eventBusDurability(open)
  })
}
