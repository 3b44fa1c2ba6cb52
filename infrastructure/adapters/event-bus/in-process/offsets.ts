import { type Checkpoints, LOG_START, type Logger } from '@mercato/shared-kernel/application'

export const checkpointName = (topic: string, group: string): string => `bus/${topic}/${group}`

/** The lowest of some positions. */
export const lowest = (positions: readonly string[]): string => positions.toSorted()[0] ?? LOG_START

/** The higher of two positions. */
export const later = (a: string, b: string): string => {
  if (a < b) return b
  return a
}

const isOffsets = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.length > 0 && value.every(each => typeof each === 'string')

/** Offsets of a group, one for each partition; `undefined` when it never committed any. */
export const loadOffsets = async (
  checkpoints: Checkpoints,
  name: string,
  partitions: number,
): Promise<readonly string[] | undefined> => {
  const saved = await checkpoints.load(name)
  if (saved === undefined) return undefined
  const offsets: unknown = JSON.parse(saved)
  if (!isOffsets(offsets)) throw new Error(`checkpoint ${name} holds no offsets`)
  // With another number of partitions keys have moved: only what every partition had handled is known to be done.
  return offsets.length === partitions ? offsets : Array.from({ length: partitions }, () => lowest(offsets))
}

export interface OffsetCommits {
  /** A message was handled. */
  readonly progressed: () => void
  /** Saves what is not saved yet; a failure is reported and leaves it for the next time. */
  readonly flush: () => Promise<void>
  /** Saves for the last time. */
  readonly stop: () => Promise<void>
}

/** Saves the offsets of a group now and then: at the latest after so many milliseconds or messages. */
export const createOffsetCommits = (options: {
  readonly name: string
  readonly checkpoints: Checkpoints
  readonly offsets: () => readonly string[]
  readonly everyMs: number
  readonly everyMessages: number
  readonly logger: Pick<Logger, 'warn'>
}): OffsetCommits => {
  const { name, checkpoints, offsets, everyMs, everyMessages, logger } = options
  let saved = ''
  let handled = 0
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let saving: Promise<void> = Promise.resolve()

  const save = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    handled = 0
    const current = JSON.stringify(offsets())
    if (current === saved) return
    try {
      await checkpoints.save(name, current)
      saved = current
    } catch (error) {
      logger.warn('offsets could not be saved; what is not saved is delivered again after a restart', { name, error })
      if (!stopped) timer ??= setTimeout(() => void flush(), everyMs * 10).unref()
    }
  }
  const flush = (): Promise<void> => {
    saving = saving.then(save)
    return saving
  }

  return {
    progressed() {
      handled++
      if (handled === everyMessages) void flush()
      else timer ??= setTimeout(() => void flush(), everyMs).unref()
    },
    flush,
    stop() {
      stopped = true
      return flush()
    },
  }
}
