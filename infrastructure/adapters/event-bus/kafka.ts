import { randomUUID } from 'node:crypto'
import type { EventBus } from '@mercato/shared-kernel/application'
import type { Cluster } from 'kafkajs'
import { openGate } from '../open-gate.ts'
import type { Backoff } from './backoff.ts'
import { createAdminSession } from './kafka/admin.ts'
import type { KafkaConnectionOptions } from './kafka/client.ts'
import { startAtEnd } from './kafka/group-start.ts'
import { createPublisher } from './kafka/publisher.ts'
import { toRecord } from './kafka/records.ts'
import { type Subscription, startSubscription } from './kafka/subscription.ts'
import { createTopics } from './kafka/topics.ts'

export interface KafkaBusOptions extends KafkaConnectionOptions {
  /** Partitions of topics that are missing and therefore created; 6 when not given. */
  readonly partitions?: number
  /** Copies of each partition of such topics; the cluster's default when not given. */
  readonly replicationFactor?: number
  /** A consumer that the brokers did not hear of for so long loses its partitions; 6 s when not given. */
  readonly sessionTimeoutMs?: number
  /** The longest that publishing a batch takes before it is a fault; 10 s when not given. */
  readonly publishTimeoutMs?: number
  /** The longest that subscribing takes before it is a fault; 30 s when not given. */
  readonly joinTimeoutMs?: number
  /** Messages of a partition that a live consumer may be behind before it is let go; 10,000 when not given. */
  readonly liveBacklog?: number
  /** Pauses before a message that failed is tried again; 100 ms doubling to 2 s when not given. */
  readonly backoff?: Backoff
}

/**
 * Kafka (4 or newer). One topic each, created when it is missing; partitions by key. A group of the port is the consumer group
 * `<group>@<topic>`, a live one `<group>@<topic>#<unique>`, which is deleted when it is left. Messages of one key are handled in
 * order, those of several keys at once, also within a partition. Offsets are committed up to the first message that is not done: up
 * to a thousand later ones of its partition may come again after a crash. A consumer that is told to give up a partition finishes
 * what it has in hand first, for up to 70 % of the session time-out; after that, and after a crash, the next owner may have begun.
 * A publish that failed may have been carried out: publish it again, and everything after it.
 */
export const createKafkaBus = (options: KafkaBusOptions): EventBus => {
  const { partitions = 6, replicationFactor, sessionTimeoutMs = 6_000, joinTimeoutMs = 30_000, logger } = options
  const { publishTimeoutMs = 10_000, liveBacklog = 10_000, backoff = { firstMs: 100, longestMs: 2_000 } } = options
  const gate = openGate('EventBus')
  const admin = createAdminSession(options, Math.min(publishTimeoutMs, joinTimeoutMs))
  const topics = createTopics(admin, { partitions, ...(replicationFactor ? { replicationFactor } : {}) })
  const publisher = createPublisher({ connection: options, topics, timeoutMs: publishTimeoutMs })
  const subscriptions = new Set<Subscription>()
  let disposal: Promise<void> | undefined

  const forget = async (groupId: string): Promise<void> => {
    try {
      await admin.use(`deleting ${groupId}`, kafka => kafka.deleteGroups([groupId]))
    } catch (error) {
      logger.debug('a live group could not be deleted; it expires', { group: groupId, error })
    }
  }

  return {
    async publish(topic, messages) {
      gate.check()
      if (messages.length === 0) return
      await publisher.publish(topic, messages.map(toRecord))
    },

    async subscribe(subscription) {
      gate.check()
      const { topic, group, from } = subscription
      const live = from === 'live'
      const groupId = live ? `${group}@${topic}#${randomUUID()}` : `${group}@${topic}`
      const started = startSubscription({
        ...{
          connection: options,
          groupId,
          subscription,
          sessionTimeoutMs,
          joinTimeoutMs,
          liveBacklog,
          backoff,
          logger,
        },
        prepare: () => topics.ensure(topic),
        startAtEnd: (cluster: Cluster) =>
          admin.use(`placing ${groupId}`, kafka => startAtEnd({ admin: kafka, cluster, groupId, topic })),
      })
      let left: Promise<void> | undefined
      const leave = async (): Promise<void> => {
        await started.leave()
        subscriptions.delete(mine)
        if (live) await forget(groupId)
      }
      const mine: Subscription = {
        ready: started.ready,
        leave: () => {
          left ??= leave()
          return left
        },
      }
      subscriptions.add(mine)
      try {
        await mine.ready
      } catch (error) {
        await mine.leave()
        throw error
      }
      return { group, [Symbol.asyncDispose]: mine.leave }
    },

    async resumePosition() {
      gate.check()
      return undefined
    },

    onRewind() {
      gate.check()
      return () => undefined
    },

    [Symbol.asyncDispose]() {
      gate.close()
      disposal ??= (async () => {
        const leaving = [...subscriptions].map(subscription => subscription.leave())
        await Promise.allSettled([...leaving, publisher.close()])
        await admin[Symbol.asyncDispose]()
      })()
      return disposal
    },
  }
}
