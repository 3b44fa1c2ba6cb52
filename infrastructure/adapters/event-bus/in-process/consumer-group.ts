import { type BusMessage, Fault, type Logger, type SubscribeOptions } from '@mercato/shared-kernel/application'
import type { Backoff } from '../backoff.ts'
import { createDelivery, type Member } from './delivery.ts'
import { lowest } from './offsets.ts'
import { createPartition } from './partition.ts'

export interface ConsumerGroup {
  readonly live: boolean
  /** Adds a consumer; partitions are shared out anew. Returns how to leave, which waits for its calls in flight. */
  readonly join: (options: SubscribeOptions) => () => Promise<void>
  /** Takes published messages, each for its partition, and learns that everything up to `upTo` has been published. */
  readonly offer: (
    messages: readonly { readonly partition: number; readonly message: BusMessage }[],
    upTo: string,
  ) => void
  /** Position up to which every partition's messages are handled. */
  readonly offsets: () => readonly string[]
  /** Everything up to here was offered and need not be published again for this group. */
  readonly offered: () => string
  /** Missed messages: takes none until the publisher starts over from {@link offered}. */
  readonly fallBehind: () => void
  readonly catchUp: () => void
  readonly isBehind: () => boolean
  readonly members: () => number
  readonly backlog: () => number
  readonly stop: () => Promise<void>
}

export interface ConsumerGroupOptions {
  readonly topic: string
  readonly live: boolean
  /** Position of the last message handled before, for each partition. */
  readonly start: readonly string[]
  /** Messages that may wait: more make a live group lose its consumers, and a group without consumers fall behind. */
  readonly bound: number
  readonly backoff: Backoff
  readonly logger: Pick<Logger, 'warn' | 'error'>
  /** A message was handled, or members or what is waiting changed. */
  readonly onProgress: () => void
}

/** Consumers that share the messages of a topic, and the place they have reached together. */
export const createConsumerGroup = (options: ConsumerGroupOptions): ConsumerGroup => {
  const { topic, live, start, bound, backoff, logger, onProgress } = options
  const members: Member[] = []
  const lanes = start.map((position, number) => {
    const partition = createPartition(position)
    const owner = (): Member | undefined => members[number % Math.max(1, members.length)]
    return {
      partition,
      delivery: createDelivery({ topic, number, partition, owner, onDone: onProgress, backoff, logger }),
    }
  })
  let offered = lowest(start)
  let behind = false

  const backlog = (): number => lanes.reduce((sum, { partition }) => sum + partition.size(), 0)
  const kick = (): void => {
    for (const { delivery } of lanes) delivery.kick()
  }

  const fallBehind = (): void => {
    behind = true
    for (const { partition } of lanes) partition.forget()
    offered = lowest(lanes.map(({ partition }) => partition.done()))
  }

  const loseConsumers = (): void => {
    const reason = new Fault('SERVICE_UNAVAILABLE', `the consumer is more than ${bound} messages behind`)
    for (const { options: lost } of members.splice(0)) {
      logger.warn('a live consumer fell behind and was let go', { topic, group: lost.group })
      try {
        lost.onLost?.(reason)
      } catch (error) {
        logger.error('a live consumer failed when it was let go', { topic, group: lost.group, error })
      }
    }
    for (const { partition } of lanes) partition.forget()
  }

  return {
    live,
    join(consumer) {
      const member: Member = { options: consumer, inFlight: new Set() }
      members.push(member)
      kick()
      return async () => {
        const index = members.indexOf(member)
        if (index >= 0) members.splice(index, 1)
        kick()
        await Promise.allSettled(member.inFlight)
        onProgress()
      }
    },
    offer(messages, upTo) {
      if (behind) return
      for (const { partition, message } of messages) lanes[partition]?.partition.push(message)
      kick()
      if (upTo > offered) {
        offered = upTo
        onProgress()
      }
      if (backlog() <= bound) return
      if (live) loseConsumers()
      else if (members.length === 0) fallBehind()
    },
    offsets: () =>
      lanes.map(({ partition }) => {
        // Nothing is waiting: whatever was offered of other partitions need not come again for this one.
        if (partition.size() === 0 && !behind && offered > partition.done()) return offered
        return partition.done()
      }),
    offered: () => offered,
    fallBehind,
    catchUp() {
      behind = false
    },
    isBehind: () => behind,
    members: () => members.length,
    backlog,
    async stop() {
      await Promise.all(lanes.map(({ delivery }) => delivery.stop()))
    },
  }
}
