import { type Loop, startLoop } from './loop.ts'
import type { Clock, Metrics } from './ports/environment.ts'

export interface ViewLag extends AsyncDisposable {
  /** The view applied an event of this time. */
  applied(view: string, occurredAt: string): void
  /** A pass over the log that began then has left nothing out: all views hold what was there. */
  whole(began: Date): void
}

/**
 * Keeps `mercato_projection_lag_seconds` of every view: how old the oldest event was that it applied since the last look. Where no pass
 * has come to its end for longer than `patienceMs` (a view that does not answer applies nothing, and would look quick for ever), the time
 * since the last one that did.
 */
export const watchViewLag = (options: {
  readonly views: readonly string[]
  /** Passes that all is well with end more often than this. */
  readonly patienceMs: number
  readonly clock: Clock
  readonly metrics: Metrics
  readonly everyMs?: number
}): ViewLag => {
  const { views, patienceMs, clock, metrics, everyMs = 1_000 } = options
  const oldest = new Map<string, number>()
  let wholeAt = clock.now().getTime()

  const pass = async (): Promise<boolean> => {
    const now = clock.now().getTime()
    const overdue = now - wholeAt > patienceMs ? now - wholeAt : 0
    for (const view of views)
      metrics.gauge('mercato_projection_lag_seconds', Math.max(overdue, oldest.get(view) ?? 0) / 1_000, { view })
    oldest.clear()
    return false
  }

  const loop: Loop = startLoop({ pass, idleMs: everyMs, onError: () => undefined })
  return {
    applied(view, occurredAt) {
      const age = clock.now().getTime() - Date.parse(occurredAt)
      oldest.set(view, Math.max(age, oldest.get(view) ?? 0))
    },
    whole(began) {
      wholeAt = began.getTime()
    },
    [Symbol.asyncDispose]: () => loop[Symbol.asyncDispose](),
  }
}
