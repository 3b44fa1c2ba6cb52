import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { describeAdapter, testKafka } from '@mercato/native/testing'
import { type BusMessage, type BusSubscription, type DeliveredMessage, Fault } from '@mercato/shared-kernel/application'
import kafkajs from 'kafkajs'
import { describe, expect, it, vi } from 'vitest'
import { createRecordingLogger } from '../testing/quiet.ts'
import { evictMembers } from './kafka/testing/evict.ts'
import { createHistory, messagesFor } from './kafka/testing/history.ts'
import { createKafkaBus, type KafkaBusOptions } from './kafka.ts'

const eventually = (check: () => void, timeout = 20_000) => vi.waitFor(check, { timeout, interval: 10 })
const pause = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))

await describeAdapter('kafka', () => {
  const open = async (options: Partial<KafkaBusOptions> = {}) => {
    const brokers = await testKafka()
    const logger = createRecordingLogger()
    const bus = createKafkaBus({ brokers, clientId: 'test', logger, partitions: 4, ...options })
    return {
      brokers,
      bus,
      logger,
      topic: `test.${randomUUID()}`,
      [Symbol.asyncDispose]: () => bus[Symbol.asyncDispose](),
    }
  }
  const alarms = ({ lines }: { lines: readonly { level: string }[] }) =>
    lines.filter(({ level }) => level === 'error' || level === 'warn')

  describe('a consumer group on Kafka', () => {
    it('hands partitions over only when nothing of them is in hand: every message once, no key twice at a time, no alarm', async () => {
      await using test = await open()
      const history = createHistory()
      const handler = (message: DeliveredMessage) => history.handle(message, () => pause(3))
      const join = () => test.bus.subscribe({ topic: test.topic, group: 'group', from: 'earliest', handler })
      const members: BusSubscription[] = [await join()]
      const published: BusMessage[] = messagesFor(20, 0, 40)
      await test.bus.publish(test.topic, published)
      // A broker that has only just started refuses this and that at first.
      test.logger.lines.length = 0
      for (const change of ['join', 'join', 'leave', 'join', 'leave', 'leave']) {
        const changing = change === 'join' ? join() : members.shift()?.[Symbol.asyncDispose]()
        for (let done = false; !done; ) {
          const batch = messagesFor(20, published.length, 40)
          published.push(...batch)
          await test.bus.publish(test.topic, batch)
          done = await Promise.race([Promise.resolve(changing).then(() => true), pause(20).then(() => false)])
        }
        const joined = await changing
        if (joined) members.push(joined)
      }
      await eventually(() => expect(history.distinct()).toBe(published.length))
      expect(history.faults(published)).toEqual([])
      expect(history.duplicates()).toBe(0)
      expect(alarms(test.logger)).toEqual([])
    })

    it('goes on when the broker forgets its members, in order', async () => {
      await using test = await open()
      const history = createHistory()
      const handler = (message: DeliveredMessage) => history.handle(message, () => pause(2))
      await test.bus.subscribe({ topic: test.topic, group: 'group', from: 'earliest', handler })
      const published = messagesFor(20, 0, 600)
      await test.bus.publish(test.topic, published)
      await eventually(() => expect(history.handled()).toBeGreaterThan(100))
      await evictMembers(test.brokers, [test.topic])
      await eventually(() => expect(history.distinct()).toBe(published.length))
      expect(history.faults(published)).toEqual([])
    })

    it('takes over from a process that was killed, and loses nothing', async () => {
      await using test = await open()
      const history = createHistory()
      const program = fileURLToPath(new URL('kafka/testing/bus-process.ts', import.meta.url))
      const published = messagesFor(10, 0, 3_000)
      await test.bus.publish(test.topic, published)
      const child = spawn(process.execPath, [program, test.brokers.join(), test.topic, 'group'], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      let printed = ''
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        printed += text
      })
      await eventually(() => expect(printed.split('\n').length).toBeGreaterThan(1_000))
      child.kill('SIGKILL')
      await new Promise(resolve => child.once('close', resolve))
      const byId = new Map(published.map(message => [message.id, message]))
      for (const id of printed.split('\n').filter(line => byId.has(line)))
        await history.handle({ ...(byId.get(id) as BusMessage), topic: test.topic, partition: 0, attempt: 1 })
      const byChild = history.distinct()
      expect(byChild).toBeLessThan(published.length)
      const handler = (message: DeliveredMessage) => history.handle(message)
      await test.bus.subscribe({ topic: test.topic, group: 'group', from: 'earliest', handler })
      await eventually(() => expect(history.distinct()).toBe(published.length))
      expect(history.faults(published)).toEqual([])
      // What the dead process had committed does not come again.
      expect(history.duplicates()).toBeLessThan(byChild)
    })

    it('lets other keys of a partition go on while one is tried again, and parks what is not ours with its text', async () => {
      await using test = await open({ partitions: 1, backoff: { firstMs: 1_000, longestMs: 1_000 } })
      const seen: string[] = []
      const parked: [string, unknown][] = []
      const handler = async ({ key, id }: DeliveredMessage): Promise<void> => {
        if (key === 'key-0') throw new Error('cannot be handled')
        seen.push(id)
      }
      const onPoison = async ({ id, value }: DeliveredMessage): Promise<void> => void parked.push([id, value])
      await test.bus.subscribe({ topic: test.topic, group: 'group', from: 'earliest', attempts: 2, handler, onPoison })
      const producer = new kafkajs.Kafka({ brokers: [...test.brokers], logLevel: kafkajs.logLevel.NOTHING }).producer()
      await producer.connect()
      await producer.send({ topic: test.topic, messages: [{ key: 'stranger', value: 'not { JSON' }] })
      await producer.disconnect()
      await test.bus.publish(test.topic, messagesFor(3, 0, 30))
      await eventually(() => expect(seen).toHaveLength(20))
      expect(parked).toEqual([['offset-0', 'not { JSON']])
      await eventually(() => expect(parked).toHaveLength(2))
      expect(parked[1]).toEqual(['event-0', { n: 0 }])
    })

    it('lets a live consumer go that is too far behind, and says so once', async () => {
      await using test = await open({ partitions: 1, liveBacklog: 50 })
      const onLost = vi.fn()
      const seen: string[] = []
      const { promise: held, resolve: release } = Promise.withResolvers<void>()
      const handler = async ({ id }: DeliveredMessage): Promise<void> => {
        seen.push(id)
        await held
      }
      const subscription = await test.bus.subscribe({ topic: test.topic, group: 'live', from: 'live', handler, onLost })
      await test.bus.publish(test.topic, messagesFor(1, 0, 10))
      await eventually(() => expect(seen).toHaveLength(1))
      expect(onLost).not.toHaveBeenCalled()
      await test.bus.publish(test.topic, messagesFor(1, 10, 100))
      await eventually(() => expect(onLost).toHaveBeenCalledExactlyOnceWith(expect.any(Fault)))
      release()
      await subscription[Symbol.asyncDispose]()
      expect(seen.length).toBeLessThan(10)
    })

    it('leaves no live group behind', async () => {
      await using test = await open()
      const handler = async () => undefined
      const live = await test.bus.subscribe({ topic: test.topic, group: 'live', from: 'live', handler })
      const admin = new kafkajs.Kafka({ brokers: [...test.brokers], logLevel: kafkajs.logLevel.NOTHING }).admin()
      await admin.connect()
      const groups = async () => (await admin.listGroups()).groups.filter(({ groupId }) => groupId.includes(test.topic))
      expect(await groups()).toHaveLength(1)
      await live[Symbol.asyncDispose]()
      expect(await groups()).toHaveLength(0)
      await admin.disconnect()
    })
  })

  describe('publishing to Kafka', () => {
    it('splits what is too large for one batch and keeps its order', async () => {
      await using test = await open({ partitions: 1 })
      const seen: string[] = []
      await test.bus.subscribe({
        topic: test.topic,
        group: 'group',
        from: 'earliest',
        handler: async ({ id }) => void seen.push(id),
      })
      const large = messagesFor(1, 0, 40).map(message => ({ ...message, value: 'x'.repeat(100_000) }))
      await test.bus.publish(test.topic, large)
      await eventually(() => expect(seen).toEqual(large.map(({ id }) => id)))
    })

    it('refuses what no broker takes, as a fault of ours, and goes on with the next', async () => {
      await using test = await open()
      const [small] = messagesFor(1, 0, 1)
      if (!small) throw new Error('no message')
      const huge = { ...small, value: 'x'.repeat(2_000_000) }
      await expect(test.bus.publish(test.topic, [huge])).rejects.toMatchObject({ code: 'INTERNAL_SERVER_ERROR' })
      await test.bus.publish(test.topic, [small])
    })
  })
})
