import { type Loop, startLoop } from './loop.ts'
import type { Checkpoints, Lease } from './ports/checkpoints.ts'
import type { Clock, Logger } from './ports/environment.ts'
import type { Timer, Timers } from './ports/timers.ts'

/** Acts on a deadline that has passed. May run twice for one timer: decide by state, not by the call. */
export type TimerHandler = (timer: Timer) => Promise<void>

/** Milliseconds until a timer that failed is due again: it must not stand before all others. */
const RETRY_MS = 5_000
const LEASE_MS = 5_000

/**
 * Fires due timers of the given kinds; one process of the context at a time, guarded by a lease that is renewed between timers. One
 * whose handler took longer than the lease lasts stops after it, if another has taken over. Dispose stops it after the timer under way
 * and gives the lease up.
 */
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

  let lease: Lease | undefined
  let renewAt = 0

  const renew = async (): Promise<boolean> => {
    renewAt = clock.now().getTime() + LEASE_MS / 3
    lease = await checkpoints.acquire(`timers/${context}`, holder, LEASE_MS)
    return lease !== undefined
  }
  const holds = (): boolean | Promise<boolean> => clock.now().getTime() < renewAt || renew()

  const pass = async (signal: AbortSignal): Promise<boolean> => {
    if (!(await renew())) return false
    let fired = 0
    for (const [kind, handler] of Object.entries(handlers))
      for (const timer of await timers.due(kind, clock.now(), 50)) {
        if (signal.aborted || !(await holds())) return false
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

  const loop = startLoop({
    pass,
    idleMs: everyMs,
    onError: error => logger.error('timers failed, trying again', { context, error }),
  })
  return {
    wake: loop.wake,
    async [Symbol.asyncDispose]() {
      await loop[Symbol.asyncDispose]()
      try {
        if (lease) await checkpoints.release(lease)
      } catch (error) {
        logger.warn('the lease of the timers could not be given up and has to run out', { context, error })
      }
    },
  }
}
