import { ok, type Result, refused } from './rejection.ts'

/** The most pieces one line or one stock movement may name. */
export const MAX_QUANTITY = 1_000_000

/** Whole pieces, from 1 to `max` (default {@link MAX_QUANTITY}). */
export const parseQuantity = (value: number, field: readonly string[], max = MAX_QUANTITY): Result<number> =>
  Number.isSafeInteger(value) && value >= 1 && value <= max
    ? ok(value)
    : refused({ code: 'QUANTITY.OUT_OF_RANGE', message: `Quantity must be a whole number from 1 to ${max}.`, field })
