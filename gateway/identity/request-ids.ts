import { randomUUID } from 'node:crypto'

const CORRELATION = /^[\w.:-]{1,64}$/
const IDEMPOTENCY = /^[\x21-\x7e]{1,128}$/

/** The correlation id that the edge gave, or a new one. */
export const correlationIdFrom = (given: string | null | undefined): string =>
  given && CORRELATION.test(given) ? given : randomUUID()

/** A key as a client may choose it: 1 to 128 visible ASCII characters. */
export const isIdempotencyKey = (key: string): boolean => IDEMPOTENCY.test(key)
