import { after, defaultTimings } from './saga-timings.ts'
import { now } from './samples.fixture.ts'

export const timings = defaultTimings
export const minute = 60_000
export const day = 24 * 60 * minute

/** So long after the beginning. */
export const at = (ms: number): string => after(now, ms)
export const reservedUntil = at(15 * minute)
export const authorisedUntil = at(7 * day)
export const shippedBy = at(5 * day)
