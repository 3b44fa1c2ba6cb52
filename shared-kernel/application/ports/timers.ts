export interface Timer {
  /** Caller-chosen and unique: scheduling the same id again replaces time and payload unless it fired already. */
  readonly id: string
  /** What handles it: `order-saga`, `reservation-expiry`, … */
  readonly kind: string
  readonly dueAt: Date
  /** Plain JSON. */
  readonly payload: unknown
}

/**
 * Durable deadlines. They are derived from the log (an event says that a deadline exists) and may be scheduled again at any time.
 * After dispose every call rejects with `Closed`.
 */
export interface Timers extends AsyncDisposable {
  schedule(timer: Timer): Promise<void>
  /** Takes a timer back; unknown or fired ids do nothing. */
  cancel(id: string): Promise<void>
  /** Due timers, earliest first. They stay due until {@link fired}: handlers are idempotent. */
  due(kind: string, now: Date, limit: number): Promise<readonly Timer[]>
  /** Marks it done, for good. */
  fired(id: string): Promise<void>
  /** Forgets timers that fired before then, by the adapter's clock; returns how many. A forgotten id may be scheduled, and fire, again. */
  purge(before: Date): Promise<number>
}
