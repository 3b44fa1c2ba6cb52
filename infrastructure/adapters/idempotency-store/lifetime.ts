/** A key may be used for something new after a day, whether or not its record was purged. */
export const RECORD_LIFETIME_MS = 24 * 60 * 60 * 1000
