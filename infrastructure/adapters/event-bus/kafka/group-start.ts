import { setTimeout as delay } from 'node:timers/promises'
import type { Admin, Cluster } from 'kafkajs'

const TRIES = 5
const PAUSE_MS = 50

/** Whether the group has committed an offset for the topic. */
const hasOffsets = async (admin: Admin, groupId: string, topic: string): Promise<boolean> => {
  const committed = await admin.fetchOffsets({ groupId, topics: [topic] })
  return committed.some(({ partitions }) => partitions.some(({ offset }) => Number(offset) >= 0))
}

/**
 * Gives a group that has no offsets yet the present end of the topic as its place, before any consumer joins it: whatever happens
 * to consumers afterwards, the group sees every message published from now on. The broker takes such a commit only while the group
 * has no members: where there are some, one of them has done this.
 */
export const startAtEnd = async (options: {
  readonly admin: Admin
  readonly cluster: Cluster
  readonly groupId: string
  readonly topic: string
}): Promise<void> => {
  const { admin, cluster, groupId, topic } = options
  for (let tries = 1; !(await hasOffsets(admin, groupId, topic)); tries++) {
    try {
      const ends = await admin.fetchTopicOffsets(topic)
      const coordinator = await cluster.findGroupCoordinator({ groupId })
      const partitions = ends.map(({ partition, high }) => ({ partition, offset: high }))
      const topics = [{ topic, partitions }]
      await coordinator.offsetCommit({ groupId, groupGenerationId: -1, memberId: '', topics })
      return
    } catch (error) {
      if (tries === TRIES) throw error
      await delay(PAUSE_MS)
    }
  }
}
