import { TooLarge, Unreachable } from '@mercato/adapters/subgraph-transport/failures'
import { Fault, type Metrics } from '@mercato/shared-kernel/application'
import { ConsecutiveBreaker, circuitBreaker, ExponentialBackoff, handleWhen, retry, wrap } from 'cockatiel'

/** Runs calls of one subgraph; rejects with cockatiel's `BrokenCircuitError` while it is given up. */
export interface Resilience {
  /** Up to two more tries when the subgraph was not available. */
  read<Value>(call: () => Promise<Value>): Promise<Value>
  /** Another try only when the subgraph has never seen the request. */
  write<Value>(call: () => Promise<Value>): Promise<Value>
}

const isUnavailable = (error: unknown): boolean =>
  error instanceof Fault && (error.code === 'SERVICE_UNAVAILABLE' || error.code === 'TIMEOUT')
const canBeRead = (error: unknown): boolean =>
  error instanceof Fault && error.code === 'SERVICE_UNAVAILABLE' && !(error instanceof TooLarge)
const neverSeen = (error: unknown): boolean => error instanceof Unreachable && !error.reached

/** Five failures in a row and a subgraph is given up for `breakerMs`; then one call finds out whether it is back. */
export const createResilience = (options: {
  readonly name: string
  readonly breakerMs: number
  readonly metrics: Metrics
}): Resilience => {
  const breaker = circuitBreaker(handleWhen(isUnavailable), {
    halfOpenAfter: options.breakerMs,
    breaker: new ConsecutiveBreaker(5),
  })
  breaker.onStateChange(state =>
    options.metrics.gauge('mercato_gateway_breaker_state', state, { subgraph: options.name }),
  )
  const backoff = new ExponentialBackoff({ initialDelay: 50, maxDelay: 400 })
  const again = (when: (error: unknown) => boolean) =>
    wrap(retry(handleWhen(when), { maxAttempts: 2, backoff }), breaker)
  const reads = again(canBeRead)
  const writes = again(neverSeen)
  return { read: call => reads.execute(call), write: call => writes.execute(call) }
}
