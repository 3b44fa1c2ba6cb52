import type { Logger } from '@mercato/shared-kernel/application'
import { type logCreator, logLevel } from 'kafkajs'

/** What kafkajs reports as errors and is none: life of a consumer group, our own ways to end a client, refusals it will act on. */
const ORDINARY =
  /^Response |rebalanc|rejoin|not aware of this member|Specified group generation id is not valid|closed connection|severed|being closed/i
const REPEAT_MS = 10_000

const wordOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/**
 * Writes what kafkajs has to say into our log, one level lower: it calls errors what it then repeats. What matters the bus
 * reports itself. A line that repeats is written every 10 s.
 */
export const kafkaLog =
  (logger: Pick<Logger, 'debug' | 'warn'>, client: string): logCreator =>
  () => {
    const written = new Map<string, number>()
    return ({ namespace, level, log }) => {
      const { message, error, groupId, broker } = log
      const cause = wordOf(error)
      const fields = {
        client,
        namespace,
        ...(cause === '' ? {} : { cause }),
        ...(groupId === undefined ? {} : { group: wordOf(groupId) }),
        ...(broker === undefined ? {} : { broker: wordOf(broker) }),
      }
      if (level !== logLevel.ERROR || ORDINARY.test(message) || ORDINARY.test(cause)) {
        logger.debug(`kafka: ${message}`, fields)
        return
      }
      const now = performance.now()
      const last = written.get(message)
      if (last !== undefined && now - last < REPEAT_MS) return
      if (written.size > 100) written.clear()
      written.set(message, now)
      logger.warn(`kafka: ${message}`, fields)
    }
  }
