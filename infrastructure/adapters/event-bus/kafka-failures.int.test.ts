import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { type KafkaServer, startKafka } from '@mercato/native/kafka'
import { describeAdapter, serviceFolder } from '@mercato/native/testing'
import { makeTestCertificate, type TestCertificate } from '@mercato/native/testing-certificate'
import type { BusMessage, DeliveredMessage, EventBus } from '@mercato/shared-kernel/application'
import kafkajs, { type ISocketFactory } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createRecordingLogger } from '../testing/quiet.ts'
import { createHistory, messagesFor } from './kafka/testing/history.ts'
import { createLossyNetwork } from './kafka/testing/lossy-network.ts'
import { createMortalNetwork } from './kafka/testing/mortal-network.ts'
import { createKafkaBus, type KafkaBusOptions } from './kafka.ts'

const unavailable = { name: 'Fault', code: 'SERVICE_UNAVAILABLE', retryable: true }
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 30_000, interval: 10 })

await describeAdapter('kafka', () => {
  let certificate: TestCertificate
  let kafka: KafkaServer
  const login = { user: 'mercato', password: 'secret' }
  beforeAll(async () => {
    const dir = serviceFolder()
    certificate = makeTestCertificate(dir)
    kafka = await startKafka({ dir, secure: { pemFile: certificate.bothFile, ...login } })
  })
  afterAll(() => kafka?.[Symbol.asyncDispose]())

  const open = (options: Partial<KafkaBusOptions> = {}) => {
    const logger = createRecordingLogger()
    const bus = createKafkaBus({ brokers: kafka.brokers, clientId: 'test', logger, partitions: 4, ...options })
    return { bus, logger, topic: `test.${randomUUID()}`, [Symbol.asyncDispose]: () => bus[Symbol.asyncDispose]() }
  }

  /** Publishes as the relay does: batch after batch, again from the batch that failed. Returns how often one did. */
  const relay = async (bus: EventBus, topic: string, messages: readonly BusMessage[]): Promise<number> => {
    let failures = 0
    for (let from = 0; from < messages.length; ) {
      try {
        await bus.publish(topic, messages.slice(from, from + 20))
        from += 20
      } catch (error) {
        expect(error).toMatchObject(unavailable)
        failures++
      }
    }
    return failures
  }

  describe('when the broker', () => {
    it('is killed twice under load, nothing is lost, every key stays in order, and only what was in hand comes again', async () => {
      await using test = open({ publishTimeoutMs: 1_000 })
      const history = createHistory()
      const handler = (message: DeliveredMessage) =>
        history.handle(message, () => new Promise(resolve => setTimeout(resolve, 1)))
      for (let member = 0; member < 2; member++)
        await test.bus.subscribe({ topic: test.topic, group: 'group', from: 'earliest', handler })
      const published = messagesFor(20, 0, 6_000)
      const publishing = relay(test.bus, test.topic, published)
      for (const mark of [1_000, 3_000]) {
        await eventually(() => expect(history.distinct()).toBeGreaterThan(mark))
        await kafka.kill()
        await kafka.restart()
      }
      const failures = await publishing
      await eventually(() => expect(history.distinct()).toBe(published.length))
      expect(history.faults(published)).toEqual([])
      // A batch that was published again after a failure, and what the consumers had not committed when the broker died.
      expect(history.duplicates()).toBeLessThan(failures * 20 + 1_000)
    })

    it('dies while a member is on its way back into its group, and knows the group from before when it is back, the member is replaced', async () => {
      const network = createLossyNetwork()
      const dying = createMortalNetwork()
      await using test = open({ socketFactory: network.socketFactory, publishTimeoutMs: 2_000 })
      await using other = open({ socketFactory: dying.socketFactory, joinTimeoutMs: 2_000 })
      const history = createHistory()
      const subscribe = (bus: EventBus) =>
        bus.subscribe({ topic: test.topic, group: 'group', from: 'earliest', handler: history.handle })
      await subscribe(test.bus)
      const published = messagesFor(20, 0, 200)
      await relay(test.bus, test.topic, published)
      await eventually(() => expect(history.handled()).toBe(200))
      const onItsWay = network.loseAnswerTo('FindCoordinator').then(() => {
        process.kill(kafka.pid(), 'SIGKILL')
        dying.cut()
      })
      subscribe(other.bus).catch(() => undefined)
      await onItsWay
      await kafka.restart()
      const more = messagesFor(20, 200, 200)
      await relay(test.bus, test.topic, more)
      await eventually(() => expect(history.distinct()).toBe(400))
      expect(history.faults([...published, ...more])).toEqual([])
      const reasons = test.logger.lines.map(({ fields }) => String(fields['error']))
      expect(reasons).toContain('Error: the consumer went on without joining its group again')
    })

    it('is away, publishing and subscribing fail with a code in time, and work again when it is back', async () => {
      await using test = open({ publishTimeoutMs: 500, joinTimeoutMs: 1_000 })
      const seen: string[] = []
      const handler = async ({ id }: DeliveredMessage): Promise<void> => void seen.push(id)
      await test.bus.subscribe({ topic: test.topic, group: 'group', from: 'earliest', handler })
      await kafka.stop()
      const started = performance.now()
      const [first, ...rest] = messagesFor(3, 0, 3).map(message => test.bus.publish(test.topic, [message]))
      await expect(first).rejects.toMatchObject(unavailable)
      // What stood behind it must not overtake it.
      for (const other of rest) await expect(other).rejects.toMatchObject(unavailable)
      const late = test.bus.subscribe({ topic: test.topic, group: 'other', from: 'latest', handler })
      await expect(late).rejects.toMatchObject(unavailable)
      expect(performance.now() - started).toBeLessThan(10_000)
      await kafka.restart()
      await relay(test.bus, test.topic, messagesFor(3, 3, 3))
      await eventually(() => expect(new Set(seen.filter(id => id >= 'event-3')).size).toBe(3))
    })

    it('is away, disposing does not wait for it, and nothing goes on trying', async () => {
      let attempts = 0
      const socketFactory: ISocketFactory = ({ host, port, onConnect }) => {
        attempts++
        return connect({ host, port }, onConnect)
      }
      const test = open({ publishTimeoutMs: 60_000, socketFactory })
      const handler = async () => undefined
      await test.bus.subscribe({ topic: test.topic, group: 'group', from: 'earliest', handler })
      await test.bus.publish(test.topic, messagesFor(1, 0, 1))
      await kafka.kill()
      const waiting = test.bus.publish(test.topic, messagesFor(1, 1, 1))
      const refused = expect(waiting).rejects.toMatchObject({ name: 'Closed' })
      const started = performance.now()
      await test.bus[Symbol.asyncDispose]()
      await refused
      expect(performance.now() - started).toBeLessThan(15_000)
      const before = attempts
      await kafka.restart()
      expect(attempts).toBe(before)
    })
  })

  it('goes on with a topic that was deleted and has to be made anew', async () => {
    await using test = open({ publishTimeoutMs: 2_000 })
    await test.bus.publish(test.topic, messagesFor(1, 0, 1))
    const admin = new kafkajs.Kafka({ brokers: [...kafka.brokers], logLevel: kafkajs.logLevel.NOTHING }).admin()
    await admin.connect()
    await admin.deleteTopics({ topics: [test.topic] })
    await relay(test.bus, test.topic, messagesFor(1, 1, 1))
    const { topics } = await admin.fetchTopicMetadata({ topics: [test.topic] })
    expect(topics[0]?.partitions).toHaveLength(4)
    await admin.disconnect()
  })

  describe('over TLS, with a user name and password', () => {
    it('messages come and go', async () => {
      const sasl = { mechanism: 'plain', username: login.user, password: login.password } as const
      await using test = open({ brokers: kafka.secureBrokers, ssl: { ca: certificate.ca }, sasl })
      const seen: string[] = []
      const handler = async ({ id }: DeliveredMessage): Promise<void> => void seen.push(id)
      await test.bus.subscribe({ topic: test.topic, group: 'group', from: 'latest', handler })
      await test.bus.publish(test.topic, messagesFor(1, 0, 2))
      await eventually(() => expect(seen).toEqual(['event-0', 'event-1']))
    })

    const refusals: Readonly<Record<string, () => Partial<KafkaBusOptions>>> = {
      'the wrong password': () => ({
        ssl: { ca: certificate.ca },
        sasl: { mechanism: 'plain', username: login.user, password: 'guess' },
      }),
      'an authority that the broker does not have': () => ({
        ssl: true,
        sasl: { mechanism: 'plain', username: login.user, password: login.password },
      }),
    }
    it.each(Object.entries(refusals))('nothing comes with %s', async (_, options) => {
      await using test = open({ brokers: kafka.secureBrokers, publishTimeoutMs: 2_000, ...options() })
      await expect(test.bus.publish(test.topic, messagesFor(1, 0, 1))).rejects.toMatchObject(unavailable)
    })
  })
})
