import type { Clock } from '@mercato/shared-kernel/application'

/** A clock that moves only when told to. */
export interface FakeClock extends Clock {
  advance(ms: number): void
  set(to: Date): void
}

/** Starts at `start` (default 2026-01-01T00:00:00Z). */
export const createFakeClock = (start = new Date('2026-01-01T00:00:00Z')): FakeClock => {
  let at = start.getTime()
  return {
    now: () => new Date(at),
    advance(ms) {
      at += ms
    },
    set(to) {
      at = to.getTime()
    },
  }
}
