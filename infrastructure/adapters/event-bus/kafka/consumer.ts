import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Logger, SubscribeOptions } from '@mercato/shared-kernel/application'
import type { Cluster, EachBatchPayload, Offsets } from 'kafkajs'
import type { Backoff } from '../backoff.ts'
import { type KafkaConnectionOptions, openClient, RETRY } from './client.ts'
import { createCommits } from './commits.ts'
import { within } from './deadline.ts'
import { finalError } from './faults.ts'
import { hookJoin } from './join-hook.ts'
import { createLanes } from './lanes.ts'
import { createWatchdog } from './watchdog.ts'

export interface ConsumerOptions {
  readonly connection: KafkaConnectionOptions
  readonly groupId: string
  readonly subscription: SubscribeOptions
  /** Called when the consumer is connected and has not joined yet: gives the group the place where it is to start. */
  readonly place: ((cluster: Cluster) => Promise<void>) | undefined
  /** A consumer that was not heard of for so long loses its partitions. */
  readonly sessionTimeoutMs: number
  readonly backoff: Backoff
  readonly logger: Pick<Logger, 'warn' | 'error'>
  /** A batch came that is this many messages behind the end. */
  readonly onLag: (messages: number) => void
}

/** One kafkajs consumer from its start to its end; it is never started again. */
export interface Consumer {
  /** Resolves when it is in the group. Rejects when it ended before. */
  readonly joined: Promise<void>
  /** Resolves with the reason when it ended by itself: it crashed, or has fallen silent. */
  readonly ended: Promise<Error>
  /** Starts no handler from this call on, waits for those under way (at most so long), commits, leaves the group. */
  readonly close: (patienceMs?: number) => Promise<void>
}

const HEARTBEAT_MS = 500
/** The longest that a member who is gone can hold up the others; long enough to finish what is in hand. */
const REBALANCE_MS = 8_000
/** Also the longest that pausing, resuming and stopping take; messages come at once all the same. */
const MAX_WAIT_MS = 100
/** Records of a partition that may be between the first one not done and the last one fetched. */
const WINDOW = 1_000
const GOODBYE_MS = 3_000
/** A consumer that fetches, heartbeats or tries to reconnect gives a sign far more often than this. */
const SILENCE_MS = 10_000

export const openConsumer = (options: ConsumerOptions): Consumer => {
  const { connection, groupId, subscription, place, sessionTimeoutMs, logger, onLag } = options
  const { topic } = subscription
  const client = openClient(connection, groupId)
  const joined = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<Error>()
  const paused = new Set<number>()
  let state: 'joining' | 'member' | 'closing' = 'joining'
  let running = false
  /** It gave its partitions up to join again, and has not joined yet. */
  let leftToRejoin = false
  let commitNow: EachBatchPayload['commitOffsetsIfNecessary'] | undefined

  const resumeWhereRoom = (): void => {
    for (const partition of paused) {
      if (!running || (lanes.of(partition)?.outstanding() ?? WINDOW) > WINDOW / 2) continue
      paused.delete(partition)
      consumer.resume([{ topic, partitions: [partition] }])
    }
  }
  const lanes = createLanes({
    ...options,
    onDone: () => {
      commits.progressed()
      resumeWhereRoom()
    },
  })
  const commits = createCommits({
    lanes,
    commit: async (offsets: Offsets) => commitNow?.(offsets),
    group: groupId,
    logger,
  })

  /** Nothing is in hand any more and everything done is committed, or time is up. */
  const settle = async (patienceMs: number): Promise<void> => {
    const stopped = lanes.stop()
    try {
      await (patienceMs === Number.POSITIVE_INFINITY ? stopped : within(patienceMs, 'the handler', stopped))
    } catch (error) {
      logger.warn('a partition is given up while a message of it is in hand', { group: groupId, error })
    }
    try {
      await within(GOODBYE_MS, 'committing', commits.flush())
    } catch (error) {
      logger.warn('offsets could not be committed in time', { group: groupId, error })
    }
  }

  const { assigner, cluster } = hookJoin(async () => {
    // Told by the broker to rejoin, kafkajs stops fetching first. Where it joins again for another reason it goes on fetching from
    // other brokers, and batches from before would mix with those after: such a consumer ends, and another one takes its place.
    if (state === 'member' && cluster().getNodeIds().length > 1)
      throw finalError('the consumer lost its place in the group')
    if (state === 'member') state = 'joining'
    await settle(sessionTimeoutMs * 0.7)
    leftToRejoin = running
    if (state === 'closing') throw finalError('the consumer is being closed')
  })
  const consumer = client.kafka.consumer({
    groupId,
    partitionAssigners: [assigner],
    sessionTimeout: sessionTimeoutMs,
    rebalanceTimeout: REBALANCE_MS,
    heartbeatInterval: HEARTBEAT_MS,
    maxWaitTimeInMs: MAX_WAIT_MS,
    allowAutoTopicCreation: false,
    retry: { ...RETRY, restartOnFailure: async () => false },
  })

  const end = (reason: Error): void => {
    running = false
    ended.resolve(reason)
    joined.reject(reason)
  }
  const { sign, stop: stopWatching } = createWatchdog({
    limitMs: () => SILENCE_MS + (state === 'joining' ? REBALANCE_MS : 0),
    onSilence: ms => end(new Error(`the consumer gave no sign for ${Math.round(ms)} ms`)),
  })
  for (const event of [consumer.events.FETCH, consumer.events.HEARTBEAT]) consumer.on(event, sign)
  consumer.on(consumer.events.FETCH_START, () => {
    sign()
    // Where the connection broke on the way back into the group, kafkajs goes on fetching and heartbeating as the member it was, and
    // to the broker it still is one: nothing would ever be handled.
    if (leftToRejoin && state !== 'closing') end(new Error('the consumer went on without joining its group again'))
  })
  consumer.on(consumer.events.REBALANCING, () => {
    if (state === 'member') state = 'joining'
    sign()
  })
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    sign()
    leftToRejoin = false
    joined.resolve()
    if (state === 'closing') return
    state = 'member'
    running = true
    lanes.assign(payload.memberAssignment[topic] ?? [])
    resumeAll()
  })
  consumer.on(consumer.events.CRASH, ({ payload }) => end(payload.error))

  const resumeAll = (): void => {
    if (paused.size > 0) consumer.resume([{ topic, partitions: [...paused] }])
    paused.clear()
  }

  const eachBatch = async ({ batch, resolveOffset, commitOffsetsIfNecessary }: EachBatchPayload): Promise<void> => {
    commitNow = commitOffsetsIfNecessary
    const { partition, messages } = batch
    const lane = lanes.of(partition)
    // A batch that is not resolved is fetched again, here or by whoever has the partition then.
    if (!lane) return
    resolveOffset(batch.lastOffset())
    lane.take(messages)
    if (lane.outstanding() > WINDOW) {
      paused.add(partition)
      consumer.pause([{ topic, partitions: [partition] }])
    }
    onLag(Number(batch.offsetLagLow()))
  }

  const start = async (): Promise<void> => {
    await consumer.connect()
    await consumer.subscribe({ topics: [topic], fromBeginning: true })
    await place?.(cluster())
    if (state !== 'closing') await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch })
  }
  start().catch(end)
  joined.promise.catch(() => undefined)

  const close = async (patienceMs: number): Promise<void> => {
    const settled = settle(patienceMs)
    // It goes on fetching and heartbeating while handlers finish: nothing new is to come of that.
    if (running) consumer.pause([{ topic }])
    await settled
    commits.stop()
    stopWatching()
    try {
      // One that is on its way into the group cannot leave it yet.
      await within(GOODBYE_MS, 'joining the group', Promise.race([joined.promise, ended.promise]))
      await nextTurn()
      await within(GOODBYE_MS, 'leaving the group', consumer.disconnect())
    } catch (error) {
      logger.warn('a consumer could not leave its group in order', { group: groupId, error })
    } finally {
      client.sever()
    }
    end(new Error('the consumer was closed'))
  }

  let closed: Promise<void> | undefined
  return {
    joined: joined.promise,
    ended: ended.promise,
    close(patienceMs = Number.POSITIVE_INFINITY) {
      if (state !== 'closing') {
        state = 'closing'
        closed = close(patienceMs)
      }
      return closed ?? Promise.resolve()
    },
  }
}
