import { crc32 } from 'node:zlib'
import {
  type BusSubscription,
  type Checkpoints,
  Closed,
  type EventBus,
  Fault,
  LOG_START,
  type Logger,
  type SubscribeOptions,
} from '@mercato/shared-kernel/application'
import { openGate } from '../open-gate.ts'
import type { Backoff } from './backoff.ts'
import { type ConsumerGroup, createConsumerGroup } from './in-process/consumer-group.ts'
import {
  checkpointName,
  createOffsetCommits,
  later,
  loadOffsets,
  lowest,
  type OffsetCommits,
} from './in-process/offsets.ts'
import { sealed } from './in-process/sealed.ts'

export interface InProcessBusOptions {
  /** Where groups keep their offsets, as positions of the log that the messages come from. */
  readonly checkpoints: Checkpoints
  readonly logger: Pick<Logger, 'warn' | 'error'>
  /** Partitions of every topic; 4 when not given. */
  readonly partitions?: number
  /** Position of the end of the log behind a topic: where `latest` and `live` groups start before anything is published. */
  readonly endOf?: (topic: string) => Promise<string>
  /** Messages that a group may be behind before publishing waits for it; 1,000 when not given. */
  readonly backlog?: number
  /** Messages that a live group may be behind before it is let go; 10,000 when not given. */
  readonly liveBacklog?: number
  readonly backoff?: Backoff
  readonly commit?: { readonly everyMs: number; readonly everyMessages: number }
}

interface Topic {
  readonly name: string
  readonly groups: Map<string, { readonly group: ConsumerGroup; readonly commits: OffsetCommits | undefined }>
  readonly joining: Map<string, Promise<ConsumerGroup>>
  readonly waiting: Set<() => void>
  /** What has been published by this process: nothing yet, everything from the start up to a position, or from an unknown place on. */
  published: 'nothing' | 'unknown' | { readonly upTo: string }
}

/**
 * Kafka's semantics without a broker. It stores no messages: they come from the log, and after a restart the relay publishes
 * them again from the oldest offset (see `resumePosition`); each group takes only what it has not handled. A group that joins
 * after the relay has started makes it start over. Messages whose position is empty are not from a log: they are delivered
 * while the process lives. Messages of one topic come from one log.
 */
export const createInProcessBus = (options: InProcessBusOptions): EventBus => {
  const { checkpoints, logger, endOf, partitions = 4, backlog = 1_000, liveBacklog = 10_000 } = options
  const backoff = options.backoff ?? { firstMs: 100, longestMs: 2_000 }
  const commit = options.commit ?? { everyMs: 100, everyMessages: 100 }
  const gate = openGate('EventBus')
  const topics = new Map<string, Topic>()
  const rewinds = new Map<symbol, (topic: string) => void>()
  let disposal: Promise<void> | undefined

  const topicOf = (name: string): Topic => {
    const known = topics.get(name)
    if (known) return known
    const topic: Topic = { name, groups: new Map(), joining: new Map(), waiting: new Set(), published: 'nothing' }
    topics.set(name, topic)
    return topic
  }

  /** Where a group starts, and whether it needs everything that was published from there on. */
  const startOf = async (topic: Topic, { group, from }: SubscribeOptions) => {
    const name = checkpointName(topic.name, group)
    const saved = from === 'live' ? undefined : await loadOffsets(checkpoints, name, partitions)
    if (saved) return { start: saved, resumes: true }
    const end = from === 'earliest' || topic.published !== 'nothing' ? undefined : await endOf?.(topic.name)
    // Asked last: more may have been published in the meantime.
    const published = from !== 'earliest' && typeof topic.published === 'object' ? topic.published.upTo : LOG_START
    const start = later(end ?? LOG_START, published)
    return { start: Array.from({ length: partitions }, () => start), resumes: from === 'earliest' }
  }

  /** Whether messages after the group's offsets may have been published before it was there. */
  const missed = ({ published }: Topic, group: ConsumerGroup): boolean =>
    published === 'unknown' || (published !== 'nothing' && group.offered() < published.upTo)

  const createGroup = async (topic: Topic, consumer: SubscribeOptions): Promise<ConsumerGroup> => {
    const live = consumer.from === 'live'
    const { start, resumes } = await startOf(topic, consumer)
    gate.check()
    const group = createConsumerGroup({
      topic: topic.name,
      live,
      start,
      bound: live ? liveBacklog : backlog,
      backoff,
      logger,
      onProgress: () => {
        commits?.progressed()
        for (const check of [...topic.waiting]) check()
      },
    })
    const name = checkpointName(topic.name, consumer.group)
    const commits = live
      ? undefined
      : createOffsetCommits({ name, checkpoints, offsets: group.offsets, ...commit, logger })
    if (resumes && missed(topic, group)) group.fallBehind()
    topic.groups.set(consumer.group, { group, commits })
    // A group that starts at the end must find that place again, also when it never handles a message.
    if (consumer.from === 'latest') await commits?.flush()
    return group
  }

  const groupOf = async (topic: Topic, consumer: SubscribeOptions): Promise<ConsumerGroup> => {
    const known = topic.groups.get(consumer.group)?.group
    if (known) return known
    const joining = topic.joining.get(consumer.group) ?? createGroup(topic, consumer)
    topic.joining.set(consumer.group, joining)
    try {
      return await joining
    } finally {
      topic.joining.delete(consumer.group)
    }
  }

  const forget = (topic: Topic, name: string, group: ConsumerGroup): void => {
    if (topic.groups.get(name)?.group === group) topic.groups.delete(name)
  }

  /** Has the relay start over for a group that missed messages; refuses the group when there is nobody to ask. */
  const rewind = (topic: Topic, name: string, group: ConsumerGroup): void => {
    if (rewinds.size === 0) {
      if (group.members() === 0) forget(topic, name, group)
      throw new Fault(
        'INTERNAL_SERVER_ERROR',
        `group ${name} came too late to ${topic.name}: subscribe before the relay starts`,
      )
    }
    queueMicrotask(() => {
      for (const listener of [...rewinds.values()]) listener(topic.name)
    })
  }

  /** Waits until no group with consumers is further behind than allowed. Live groups are never waited for. */
  const room = (topic: Topic): Promise<void> =>
    new Promise((resolve, reject) => {
      const hasRoom = (): boolean =>
        [...topic.groups.values()].every(
          ({ group }) => group.live || group.members() === 0 || group.backlog() <= backlog,
        )
      const check = () => {
        if (disposal) reject(new Closed('EventBus'))
        else if (hasRoom()) resolve()
        else return
        topic.waiting.delete(check)
      }
      topic.waiting.add(check)
      check()
    })

  return {
    async publish(name, messages, through = LOG_START) {
      gate.check()
      const topic = topicOf(name)
      const offered = messages.map(message => ({
        partition: crc32(message.key) % partitions,
        message: sealed(message),
      }))
      const upTo = messages.reduce((last, { position }) => later(last, position), through)
      if (messages.length === 0 && upTo === LOG_START) return
      for (const [groupName, { group }] of topic.groups) {
        group.offer(offered, upTo)
        if (group.live && group.members() === 0) forget(topic, groupName, group)
      }
      if (upTo !== LOG_START)
        topic.published = { upTo: typeof topic.published === 'object' ? later(topic.published.upTo, upTo) : upTo }
      await room(topic)
    },

    async subscribe(consumer): Promise<BusSubscription> {
      gate.check()
      const topic = topicOf(consumer.topic)
      const group = await groupOf(topic, consumer)
      gate.check()
      if (group.isBehind()) rewind(topic, consumer.group, group)
      const leave = group.join(consumer)
      let left: Promise<void> | undefined
      return {
        group: consumer.group,
        [Symbol.asyncDispose]() {
          left ??= leave()
          if (group.live && group.members() === 0) forget(topic, consumer.group, group)
          return left
        },
      }
    },

    async resumePosition(name) {
      gate.check()
      const topic = topicOf(name)
      await Promise.allSettled(topic.joining.values())
      const groups = [...topic.groups.values()].map(({ group }) => group).filter(group => !group.live)
      if (groups.length === 0) {
        topic.published = 'unknown'
        return undefined
      }
      const upTo = lowest(groups.map(group => group.offered()))
      for (const group of groups) group.catchUp()
      topic.published = { upTo }
      return upTo
    },

    onRewind(listener) {
      gate.check()
      const key = Symbol('rewind')
      rewinds.set(key, listener)
      return () => {
        rewinds.delete(key)
      }
    },

    [Symbol.asyncDispose]() {
      gate.close()
      disposal ??= (async () => {
        const groups = [...topics.values()].flatMap(topic => [...topic.groups.values()])
        await Promise.all(groups.map(({ group }) => group.stop()))
        await Promise.all(groups.map(({ commits }) => commits?.stop()))
      })()
      for (const topic of topics.values()) for (const check of [...topic.waiting]) check()
      return disposal
    },
  }
}
