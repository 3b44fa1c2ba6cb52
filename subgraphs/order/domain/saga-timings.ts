/** How long the saga waits, in milliseconds. */
export interface SagaTimings {
  /** A reservation that is not confirmed by then expires. */
  readonly reservationMs: number
  /** Inventory must have answered a reservation, and a confirmation, within this. */
  readonly stockAnswerMs: number
  /** Payment must have answered an authorisation within this; never beyond the reservation. */
  readonly authorisationAnswerMs: number
  /** A confirmed order is shipped within this … */
  readonly shipWithinMs: number
  /** … and so long before its authorisation expires (half the remaining time, when that is less). */
  readonly captureMarginMs: number
  /** An authorisation whose end is not known is gone after this. */
  readonly authorisationLifetimeMs: number
  /** A shipped order that nobody reported counts as delivered after this. */
  readonly deliverWithinMs: number
  /** First pause before a request is repeated; it doubles … */
  readonly retryMs: number
  /** … up to this. */
  readonly retryMaxMs: number
}

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

export const defaultTimings: SagaTimings = {
  reservationMs: 15 * minute,
  stockAnswerMs: 30 * second,
  authorisationAnswerMs: 2 * minute,
  shipWithinMs: 5 * day,
  captureMarginMs: day,
  authorisationLifetimeMs: 7 * day,
  deliverWithinMs: 14 * day,
  retryMs: 10 * second,
  retryMaxMs: hour,
}

/** An instant some milliseconds after another, both ISO 8601. */
export const after = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString()

/** The earlier of two instants. */
export const earlier = (a: string, b: string): string => new Date(Math.min(Date.parse(a), Date.parse(b))).toISOString()

/** When request number `attempt` (from 1) is repeated. */
export const retryAt = (now: string, attempt: number, { retryMs, retryMaxMs }: SagaTimings): string =>
  after(now, Math.min(retryMaxMs, retryMs * 2 ** Math.min(attempt - 1, 30)))

/** The last moment to ship: in time for a capture before the authorisation expires. */
export const shipBy = (now: string, authorisedUntil: string, timings: SagaTimings): string => {
  const remaining = Date.parse(authorisedUntil) - Date.parse(now)
  const margin = Math.min(timings.captureMarginMs, remaining / 2)
  return after(now, Math.min(timings.shipWithinMs, Math.floor(remaining - margin)))
}
