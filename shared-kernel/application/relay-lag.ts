import { type Loop, startLoop } from './loop.ts'
import type { Checkpoints } from './ports/checkpoints.ts'
import type { Clock, Logger, Metrics } from './ports/environment.ts'
import { type EventStore, LOG_START } from './ports/event-store.ts'

/** Where the relay of a context keeps how far it has published. */
export const relayCheckpoint = (context: string): string => `relay/${context}`

/** Beyond this somebody should look. */
const ALARM_SECONDS = 10
/** Said again this often while it lasts. */
const REMIND_MS = 60_000

/**
 * Keeps `mercato_relay_lag_seconds`: the age of the oldest acknowledged event that is not published, whether the relay is slow,
 * dead or kept from reading it. Measured from the checkpoint, so that every instance tells the same, whoever publishes. Beyond
 * ten seconds it warns and names what holds the log back.
 */
export const watchRelayLag = (options: {
  readonly context: string
  readonly store: Pick<EventStore, 'backlog'>
  readonly checkpoints: Pick<Checkpoints, 'load'>
  readonly clock: Clock
  readonly logger: Pick<Logger, 'info' | 'warn'>
  readonly metrics: Metrics
}): Loop => {
  const { context, store, checkpoints, clock, logger, metrics } = options
  let warnedAt: number | undefined

  const pass = async (): Promise<boolean> => {
    const backlog = await store.backlog((await checkpoints.load(relayCheckpoint(context))) ?? LOG_START)
    const now = clock.now().getTime()
    const seconds = backlog ? Math.max(0, now - Date.parse(backlog.since)) / 1_000 : 0
    metrics.gauge('mercato_relay_lag_seconds', seconds)
    if (seconds < ALARM_SECONDS) {
      if (warnedAt !== undefined) logger.info('the relay has caught up', { context })
      warnedAt = undefined
    } else if (warnedAt === undefined || now - warnedAt >= REMIND_MS) {
      warnedAt = now
      const heldBackBy = backlog?.heldBackBy
      logger.warn('the relay is behind', { context, seconds, ...(heldBackBy === undefined ? {} : { heldBackBy }) })
    }
    return false
  }

  return startLoop({
    pass,
    idleMs: 1_000,
    onError: error => logger.warn('how far the relay is behind cannot be told', { context, error }),
  })
}
