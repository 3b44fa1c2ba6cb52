import type { DeliveredMessage, Logger, SubscribeOptions } from '@mercato/shared-kernel/application'
import type { KafkaMessage } from 'kafkajs'
import { type Backoff, backoffMs } from '../backoff.ts'
import { fromRecord, keyOf, unreadable } from './records.ts'

/** The records of one partition on their way through the handler: in order per key, several keys at once. */
export interface Lane {
  /** Takes records that follow those it was given before. */
  readonly take: (records: readonly KafkaMessage[]) => void
  /** How many records stand between the first that is not done and the last one taken. */
  readonly outstanding: () => number
  /** The offset to commit: every record before it is done. `undefined` while none is. */
  readonly done: () => string | undefined
  /** Starts nothing more, from this call on; resolves when the calls under way have ended. */
  readonly stop: () => Promise<void>
}

export interface LaneOptions {
  readonly partition: number
  readonly subscription: SubscribeOptions
  /** A record is done. */
  readonly onDone: () => void
  readonly backoff: Backoff
  readonly logger: Pick<Logger, 'warn' | 'error'>
}

interface Entry {
  readonly record: KafkaMessage
  attempt: number
  /** How it failed for good, and how often that could not be reported. */
  poison: { readonly message: DeliveredMessage; readonly cause: unknown; reports: number } | undefined
  done: boolean
}

const DEFAULT_ATTEMPTS = 3
/** Keys of a partition that are handled at the same time. One that waits to be tried again does not count. */
const KEYS_AT_ONCE = 8
/** After so many calls timers and sockets get their turn, however quick the handlers are. */
const BURST = 64

export const createLane = (options: LaneOptions): Lane => {
  const { partition, subscription, onDone, backoff, logger } = options
  const { topic, group, handler, attempts = DEFAULT_ATTEMPTS, onPoison } = subscription
  /** Everything from the first record that is not done, in offset order. */
  const window: Entry[] = []
  /** What waits of each key; the first is next, or being handled. */
  const keys = new Map<string, Entry[]>()
  const ready: string[] = []
  const underWay = new Set<Promise<void>>()
  const pauses = new Set<NodeJS.Timeout>()
  let running = 0
  let calls = 0
  let yielding = false
  let stopped = false
  let done: string | undefined

  const pump = (): void => {
    while (!stopped && !yielding && running < KEYS_AT_ONCE) {
      const key = ready.shift()
      const entry = key === undefined ? undefined : keys.get(key)?.[0]
      if (key === undefined || !entry) return
      const call = step(key, entry)
      underWay.add(call)
      void call.finally(() => underWay.delete(call))
      calls++
      yielding = calls % BURST === 0
      if (yielding) setImmediate(unyield)
    }
  }
  const unyield = (): void => {
    yielding = false
    pump()
  }

  const step = async (key: string, entry: Entry): Promise<void> => {
    running++
    const pauseMs = await (entry.poison ? report(entry.poison) : handle(entry))
    running--
    if (pauseMs === undefined) finish(key, entry)
    else if (!stopped) again(key, pauseMs)
    pump()
  }

  const again = (key: string, pauseMs: number): void => {
    const pause = setTimeout(() => {
      pauses.delete(pause)
      ready.push(key)
      pump()
    }, pauseMs)
    pauses.add(pause)
  }

  const finish = (key: string, entry: Entry): void => {
    entry.done = true
    const rest = keys.get(key)
    rest?.shift()
    if (rest?.length) ready.push(key)
    else keys.delete(key)
    for (let head = window[0]; head?.done; head = window[0]) {
      done = String(BigInt(head.record.offset) + 1n)
      window.shift()
    }
    onDone()
  }

  /** Calls the handler once. Returns how long to wait before the next call for this record, `undefined` when it is done. */
  const handle = async (entry: Entry): Promise<number | undefined> => {
    const attempt = ++entry.attempt
    const delivered = { topic, partition, attempt }
    let message: DeliveredMessage
    try {
      message = { ...fromRecord(entry.record), ...delivered }
    } catch (cause) {
      entry.poison = { message: { ...unreadable(entry.record), ...delivered }, cause, reports: 0 }
      return 0
    }
    try {
      await handler(message)
      return undefined
    } catch (cause) {
      if (attempt >= attempts) {
        entry.poison = { message, cause, reports: 0 }
        return 0
      }
      logger.warn('a message failed, trying again', { topic, group, id: message.id, attempt, cause })
      return backoffMs(backoff, attempt)
    }
  }

  /** Hands a record that failed for good to `onPoison`. Returns as {@link handle} does. */
  const report = async (poison: NonNullable<Entry['poison']>): Promise<number | undefined> => {
    const { message, cause } = poison
    const about = { topic, group, partition, id: message.id, cause }
    if (!onPoison) logger.error('a message failed for good and is skipped', about)
    try {
      await onPoison?.(message, cause)
      return undefined
    } catch (error) {
      logger.error('a message that failed could not be put aside, trying again', { ...about, error })
      return backoffMs(backoff, ++poison.reports)
    }
  }

  return {
    take(records) {
      for (const record of records) {
        const entry: Entry = { record, attempt: 0, poison: undefined, done: false }
        const key = keyOf(record)
        const waiting = keys.get(key)
        window.push(entry)
        if (waiting) waiting.push(entry)
        else {
          keys.set(key, [entry])
          ready.push(key)
        }
      }
      pump()
    },
    outstanding: () => window.length,
    done: () => done,
    async stop() {
      stopped = true
      for (const pause of pauses) clearTimeout(pause)
      await Promise.all(underWay)
    },
  }
}
