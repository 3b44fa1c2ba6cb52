import type { Logger } from '@mercato/shared-kernel/application'
import type { Offsets } from 'kafkajs'
import type { Lanes } from './lanes.ts'

export interface Commits {
  /** A record is done. */
  readonly progressed: () => void
  /** Commits what is done and not committed; one commit at a time. A failure is reported, and leaves it for the next one. */
  readonly flush: () => Promise<void>
  /** No commit of itself any more. */
  readonly stop: () => void
}

const EVERY_MS = 100
const EVERY_MESSAGES = 500
const AFTER_FAILURE_MS = 1_000

/** Commits the progress of a consumer's lanes now and then. */
export const createCommits = (options: {
  readonly lanes: Lanes
  readonly commit: (offsets: Offsets) => Promise<void>
  readonly group: string
  readonly logger: Pick<Logger, 'warn'>
}): Commits => {
  const { lanes, commit, group, logger } = options
  let handled = 0
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let last: Promise<void> = Promise.resolve()

  const commitNow = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    handled = 0
    const offsets = lanes.uncommitted()
    if (offsets.topics.length === 0) return
    try {
      await commit(offsets)
      lanes.committed(offsets)
    } catch (error) {
      logger.warn('offsets could not be committed; what is not committed may be delivered again', { group, error })
      later(AFTER_FAILURE_MS)
    }
  }
  const flush = (): Promise<void> => {
    last = last.then(commitNow)
    return last
  }
  const later = (ms: number): void => {
    if (!stopped) timer ??= setTimeout(() => void flush(), ms)
  }

  return {
    progressed() {
      handled++
      if (handled === EVERY_MESSAGES && !stopped) void flush()
      else later(EVERY_MS)
    },
    flush,
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}
