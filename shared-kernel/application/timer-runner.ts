import { type Loop, startLoop } from './loop.ts'
import type { Checkpoints } from './ports/checkpoints.ts'
import type { Clock, Logger } from './ports/environment.ts'
import type { Timer, Timers } from './ports/timers.ts'

/** Acts on a deadline that has passed. May run twice for one timer: decide by state, not by the call. */
export type TimerHandler = (timer: Timer) => Promise<void>

/** Milliseconds until a timer that failed is due again: it must not stand before all others. */
const RETRY_MS = 5_000

/** Fires due timers of the given kinds; one process of the context at a time, guarded by a lease. */
export const startTimerRunner = (options: {
  readonly context: string
  readonly holder: string
  readonly handlers: Readonly<Record<string, TimerHandler>>
  readonly timers: Timers
  readonly checkpoints: Checkpoints
  readonly clock: Clock
  readonly logger: Logger
  /** How often it looks; default 250 ms. */
  readonly everyMs?: number
}): Loop => {
  const { context, holder, handlers, timers, checkpoints, clock, logger, everyMs = 250 } = options

  const pass = async (signal: AbortSignal): Promise<boolean> => {
    const lease = await checkpoints.acquire(`timers/${context}`, holder, 5_000)
    if (!lease) return false
    let fired = 0
    for (const [kind, handler] of Object.entries(handlers))
      for (const timer of await timers.due(kind, clock.now(), 50)) {
        if (signal.aborted) return false
        try {
          await handler(timer)
          await timers.fired(timer.id)
          fired++
        } catch (error) {
          await timers.schedule({ ...timer, dueAt: new Date(clock.now().getTime() + RETRY_MS) })
          logger.error('a timer failed and will be tried again', { context, kind, timer: timer.id, error })
        }
      }
    return fired >= 50
  }

  return startLoop({
    pass,
    idleMs: everyMs,
    onError: error => logger.error('timers failed, trying again', { context, error }),
  })
}
