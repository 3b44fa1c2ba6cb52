import { setTimeout as delay } from 'node:timers/promises'
import { Closed, Fault, type Logger, type SubscribeOptions } from '@mercato/shared-kernel/application'
import type { Cluster } from 'kafkajs'
import { type Backoff, backoffMs } from '../backoff.ts'
import type { KafkaConnectionOptions } from './client.ts'
import { type Consumer, openConsumer } from './consumer.ts'
import { faultOf } from './faults.ts'

export interface SubscriptionOptions {
  readonly connection: KafkaConnectionOptions
  readonly groupId: string
  readonly subscription: SubscribeOptions
  /** Makes the topic ready. */
  readonly prepare: () => Promise<void>
  /** Gives a group without offsets the present end of the topic as its place. */
  readonly startAtEnd: (cluster: Cluster) => Promise<void>
  readonly sessionTimeoutMs: number
  /** The longest that {@link Subscription.ready} takes. */
  readonly joinTimeoutMs: number
  readonly liveBacklog: number
  readonly backoff: Backoff
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error'>
  /** How a consumer is opened; {@link openConsumer} when not given. */
  readonly open?: typeof openConsumer
}

export interface Subscription {
  /** Resolves when the group has its place and this consumer is in it; rejects with a fault when that takes too long. */
  readonly ready: Promise<void>
  /** Starts no handler from this call on; resolves when those under way have ended and the group is left. */
  readonly leave: () => Promise<void>
}

const REPLACE: Backoff = { firstMs: 100, longestMs: 5_000 }

/** Keeps a consumer in the group: one that crashed or fell silent is replaced by a new one, which goes on from what is committed. */
export const startSubscription = (options: SubscriptionOptions): Subscription => {
  const { subscription, joinTimeoutMs, sessionTimeoutMs, liveBacklog, logger, open = openConsumer } = options
  const { topic, group, from, onLost } = subscription
  const about = { topic, group }
  const leaving = new AbortController()
  const left = new Promise<void>(resolve => leaving.signal.addEventListener('abort', () => resolve(), { once: true }))
  const ready = Promise.withResolvers<void>()
  let consumer: Consumer | undefined
  let placed = from === 'earliest'

  const lose = (behind: number): void => {
    if (leaving.signal.aborted) return
    leaving.abort()
    void consumer?.close()
    logger.warn('a live consumer fell behind and was let go', about)
    try {
      onLost?.(new Fault('SERVICE_UNAVAILABLE', `the consumer is ${behind} messages behind`))
    } catch (error) {
      logger.error('a live consumer failed when it was let go', { ...about, error })
    }
  }
  const onLag = (messages: number): void => {
    if (from === 'live' && messages > liveBacklog) lose(messages)
  }

  /** One consumer from start to end. Returns when it has to be replaced, or the group is left. */
  const consume = async (): Promise<void> => {
    const mine = open({ ...options, place: placed ? undefined : options.startAtEnd, onLag })
    consumer = mine
    if (leaving.signal.aborted) void mine.close()
    try {
      await Promise.race([mine.joined, left])
      ready.resolve()
      const reason = await Promise.race([mine.ended, left])
      if (reason) logger.warn('a consumer stopped and is replaced by a new one', { ...about, error: reason })
    } finally {
      await mine.close(leaving.signal.aborted ? undefined : sessionTimeoutMs)
    }
  }

  const run = async (): Promise<void> => {
    for (let failures = 0; !leaving.signal.aborted; ) {
      try {
        await options.prepare()
        await consume()
        failures = 0
      } catch (error) {
        logger.warn('a consumer could not join its group, trying again', { ...about, error })
        failures++
      }
      await Promise.race([delay(backoffMs(REPLACE, failures + 1), undefined, { ref: false }), left])
    }
  }
  const running = run()

  const patience = setTimeout(() => {
    ready.reject(faultOf(new Error(`joining ${group} took longer than ${joinTimeoutMs} ms`)))
    leaving.abort()
    void consumer?.close()
  }, joinTimeoutMs)
  ready.promise.then(
    () => {
      placed = true
      clearTimeout(patience)
    },
    () => clearTimeout(patience),
  )

  return {
    ready: ready.promise,
    async leave() {
      leaving.abort()
      ready.reject(new Closed('EventBus'))
      const closed = consumer?.close()
      await running
      await closed
    },
  }
}
