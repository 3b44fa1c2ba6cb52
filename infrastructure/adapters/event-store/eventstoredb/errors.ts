import { Closed, Fault, RevisionConflict } from '@mercato/shared-kernel/application'

/** What the client calls failures after which the same call may succeed later. */
const TRANSIENT_TYPES: ReadonlySet<unknown> = new Set([
  'timeout',
  'deadline-exceeded',
  'unavailable',
  'cancelled',
  'not-leader',
])
/** gRPC status codes of the same kind: cancelled, deadline exceeded, resource exhausted, aborted, unavailable. */
const TRANSIENT_CODES: ReadonlySet<unknown> = new Set([1, 4, 8, 10, 14])
/** Failures that come under a code of their own, or under none: a reset stream, an election, a cluster that is away. */
const TRANSIENT_MESSAGES = /RST_STREAM|GOAWAY|no leader info|failed to discover|ECONN|EPIPE|ETIMEDOUT|not ready/i

const property = (error: Error, name: string): unknown => Reflect.get(error, name)

/**
 * What the adapter throws for a failed call: `SERVICE_UNAVAILABLE` when the server is away or busy, `BAD_USER_INPUT` when an
 * append is larger than the server is configured to take, else the error itself.
 */
export const fromEventStoreDB = (thrown: unknown): unknown => {
  if (thrown instanceof Fault || thrown instanceof RevisionConflict || thrown instanceof Closed) return thrown
  if (!(thrown instanceof Error)) return new Error('a call to EventStoreDB failed without an error', { cause: thrown })
  const type = property(thrown, 'type')
  if (type === 'maximum-append-size-exceeded')
    return new Fault('BAD_USER_INPUT', 'an append must not exceed what the event store is configured to take', thrown)
  const transient =
    TRANSIENT_TYPES.has(type) ||
    TRANSIENT_CODES.has(property(thrown, 'code')) ||
    TRANSIENT_MESSAGES.test(thrown.message)
  return transient ? new Fault('SERVICE_UNAVAILABLE', 'the event store does not answer', thrown) : thrown
}
