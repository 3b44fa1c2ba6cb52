import { setImmediate as nextTurn } from 'node:timers/promises'
import type { BusMessage, DeliveredMessage, Logger, SubscribeOptions } from '@mercato/shared-kernel/application'
import { type Backoff, backoffMs } from '../backoff.ts'
import type { Partition } from './partition.ts'

/** A consumer, and its calls that have not ended yet. */
export interface Member {
  readonly options: SubscribeOptions
  readonly inFlight: Set<Promise<unknown>>
}

export interface Delivery {
  /** Something may be waiting, or somebody may be there to take it. */
  readonly kick: () => void
  /** Starts nothing more; resolves when the call under way has ended. */
  readonly stop: () => Promise<void>
}

export interface DeliveryOptions {
  readonly topic: string
  readonly number: number
  readonly partition: Partition
  /** Who takes the messages of this partition now. */
  readonly owner: () => Member | undefined
  readonly onDone: () => void
  readonly backoff: Backoff
  readonly logger: Pick<Logger, 'warn' | 'error'>
}

const DEFAULT_ATTEMPTS = 3
/** After so many messages timers and sockets get their turn, however quick the handlers are. */
const BURST = 64

/** Hands the messages of a partition to its owner, one after the other: a message is done, or parked, before the next one starts. */
export const createDelivery = (options: DeliveryOptions): Delivery => {
  const { topic, number, partition, owner, onDone, backoff, logger } = options
  let stopped = false
  let running = false
  let loop: Promise<void> | undefined
  let wake: (() => void) | undefined
  /** Tries of the message at the head, how the last one failed for good, and tries to report that. */
  let attempt = 0
  let poison: { readonly cause: unknown; reports: number } | undefined

  const pause = (ms: number): Promise<void> =>
    new Promise(resolve => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
      if (stopped) wake()
    })

  const call = async (member: Member, run: () => Promise<void> | undefined): Promise<void> => {
    const running = (async () => run())()
    member.inFlight.add(running)
    try {
      await running
    } finally {
      member.inFlight.delete(running)
    }
  }

  const finish = (): void => {
    attempt = 0
    poison = undefined
    partition.shift()
    onDone()
  }

  const report = async (member: Member, message: DeliveredMessage): Promise<void> => {
    if (!poison) return
    const { group, onPoison } = member.options
    const about = { topic, group, partition: number, id: message.id, cause: poison.cause }
    if (!onPoison) logger.error('a message failed for good and is skipped', about)
    try {
      await call(member, () => onPoison?.(message, poison?.cause))
      finish()
    } catch (error) {
      logger.error('a message that failed could not be put aside, trying again', { ...about, error })
      await pause(backoffMs(backoff, ++poison.reports))
    }
  }

  const handle = async (member: Member, message: BusMessage): Promise<void> => {
    if (poison) return report(member, { ...message, topic, partition: number, attempt })
    attempt++
    const delivered = { ...message, topic, partition: number, attempt }
    try {
      await call(member, () => member.options.handler(delivered))
      finish()
    } catch (cause) {
      if (attempt >= (member.options.attempts ?? DEFAULT_ATTEMPTS)) {
        poison = { cause, reports: 0 }
        return
      }
      logger.warn('a message failed, trying again', {
        topic,
        group: member.options.group,
        id: message.id,
        attempt,
        cause,
      })
      await pause(backoffMs(backoff, attempt))
    }
  }

  const run = async (): Promise<void> => {
    running = true
    try {
      for (let handled = 1; !stopped; handled++) {
        const message = partition.head()
        const member = owner()
        if (!message || !member) return
        await handle(member, message)
        if (handled % BURST === 0) await nextTurn()
      }
    } finally {
      // In the same turn as the last look at the queue: a kick in between would be lost.
      running = false
    }
  }

  return {
    kick() {
      if (!running) loop = run()
    },
    async stop() {
      stopped = true
      wake?.()
      await loop
    },
  }
}
