import type { Clock } from '@mercato/shared-kernel/application'

/** A clock that runs, and can be put forward. */
export const createRunningClock = (): Clock & { advance(ms: number): void } => {
  let ahead = 0
  return {
    now: () => new Date(Date.now() + ahead),
    advance(ms) {
      ahead += ms
    },
  }
}
