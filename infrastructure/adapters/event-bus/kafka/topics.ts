import { setTimeout as delay } from 'node:timers/promises'
import type { Admin } from 'kafkajs'
import type { AdminSession } from './admin.ts'
import { refusalOf } from './faults.ts'

export interface TopicOptions {
  /** Partitions of a topic that the bus creates. */
  readonly partitions: number
  /** Copies of each partition; the cluster's default when not given. */
  readonly replicationFactor?: number
}

const POLL_MS = 20
const NOT_YET = new Set(['UNKNOWN_TOPIC_OR_PARTITION', 'LEADER_NOT_AVAILABLE', 'NOT_LEADER_FOR_PARTITION'])

/** Whether the topic is there and every partition of it has a leader that answers. */
const isReady = async (admin: Admin, topic: string): Promise<boolean> => {
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] })
    const partitions = topics.flatMap(each => each.partitions)
    if (partitions.length === 0 || partitions.some(({ leader }) => leader < 0)) return false
    // A leader that has only just been named may not know it yet.
    await admin.fetchTopicOffsets(topic)
    return true
  } catch (error) {
    if (NOT_YET.has(refusalOf(error) ?? '')) return false
    throw error
  }
}

export interface Topics {
  /** Makes sure, once for each topic, that it can be published to and consumed from; creates it when it is missing. */
  readonly ensure: (topic: string) => Promise<void>
  /** Something went wrong with the topic: it is looked at again the next time. */
  readonly forget: (topic: string) => void
}

export const createTopics = (session: AdminSession, options: TopicOptions): Topics => {
  const { partitions, replicationFactor } = options
  const known = new Map<string, Promise<void>>()

  const prepare = (topic: string): Promise<void> =>
    session.use(`preparing ${topic}`, async admin => {
      if (await isReady(admin, topic)) return
      const wanted = { topic, numPartitions: partitions, ...(replicationFactor ? { replicationFactor } : {}) }
      // Waiting for leaders, kafkajs fails although the topic is there; and somebody else may create it just now.
      await admin.createTopics({ waitForLeaders: false, topics: [wanted] })
      while (!(await isReady(admin, topic))) await delay(POLL_MS)
    })

  return {
    async ensure(topic) {
      const ensuring = known.get(topic) ?? prepare(topic)
      known.set(topic, ensuring)
      try {
        await ensuring
      } catch (error) {
        known.delete(topic)
        throw error
      }
    },
    forget: topic => void known.delete(topic),
  }
}
