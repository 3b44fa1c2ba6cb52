import { status } from '@grpc/grpc-js'
import {
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  type IPolicy,
  retry,
  wrap,
} from 'cockatiel'

export interface Resilience {
  /** How often a call that met nobody is made again; 2 when absent. */
  readonly retries?: number
  /** The longest pause before that, in milliseconds; 200 when absent. */
  readonly pauseMs?: number
  /** Failures in a row after which the server is left alone; 5 when absent. */
  readonly breakAfter?: number
  /** How long it is left alone, in milliseconds, before one call may try; 5 000 when absent. */
  readonly restMs?: number
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)

/** Says something about the server, not about the call. */
const AILING: ReadonlySet<unknown> = new Set([
  status.UNAVAILABLE,
  status.DEADLINE_EXCEEDED,
  status.INTERNAL,
  status.UNKNOWN,
])

export const isStatus = (error: unknown, code: status): boolean => codeOf(error) === code

/**
 * Calls of one server: one that answered UNAVAILABLE is made again after a pause with jitter; each try counts for the breaker.
 * Only for calls that may be repeated.
 */
export const resilient = (
  { retries = 2, pauseMs = 200, breakAfter = 5, restMs = 5_000 }: Resilience,
  { onBreak, onReset }: { onBreak(): void; onReset(): void },
): Pick<IPolicy, 'execute'> => {
  const again = retry(
    handleWhen(error => isStatus(error, status.UNAVAILABLE)),
    { maxAttempts: retries, backoff: new ExponentialBackoff({ initialDelay: pauseMs / 4, maxDelay: pauseMs }) },
  )
  const breaker = circuitBreaker(
    handleWhen(error => AILING.has(codeOf(error))),
    { halfOpenAfter: restMs, breaker: new ConsecutiveBreaker(breakAfter) },
  )
  breaker.onBreak(onBreak)
  breaker.onReset(onReset)
  return wrap(again, breaker)
}
