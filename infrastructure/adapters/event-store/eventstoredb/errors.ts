import { Closed, Fault } from '@mercato/shared-kernel/application'

/** What the client calls failures after which the same call may succeed later. */
const TRANSIENT_TYPES: ReadonlySet<unknown> = new Set([
  'timeout',
  'deadline-exceeded',
  'unavailable',
  'cancelled',
  'not-leader',
])
/** Failures of that kind that it has no word for: a stream that was reset, an election, a cluster that is away. */
const TRANSIENT_MESSAGES = /RST_STREAM|GOAWAY|RESOURCE_EXHAUSTED|no leader info|failed to discover/i

/**
 * What the adapter throws for a failed call: `SERVICE_UNAVAILABLE` when the server is away or busy, `BAD_USER_INPUT` when an
 * append is larger than the server is configured to take, else the error itself.
 */
export const fromEventStoreDB = (thrown: unknown): unknown => {
  if (thrown instanceof Fault || thrown instanceof Closed) return thrown
  if (!(thrown instanceof Error)) return new Error('a call to EventStoreDB failed without an error', { cause: thrown })
  const type: unknown = Reflect.get(thrown, 'type')
  if (type === 'maximum-append-size-exceeded')
    return new Fault('BAD_USER_INPUT', 'an append must not exceed what the event store is configured to take', thrown)
  return TRANSIENT_TYPES.has(type) || TRANSIENT_MESSAGES.test(thrown.message)
    ? new Fault('SERVICE_UNAVAILABLE', 'the event store does not answer', thrown)
    : thrown
}
