import { createHmac } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { Fault } from './faults.ts'
import type { Clock, Ids, Logger } from './ports/environment.ts'
import type { IdempotencyOutcome, IdempotencyStore } from './ports/idempotency-store.ts'

export interface IdempotencyOptions {
  readonly store: IdempotencyStore
  readonly clock: Clock
  readonly ids: Ids
  readonly logger: Logger
  /** Keys the hash of inputs: they hold passwords. */
  readonly secret: string
  /** A run that has not ended after this is taken over; default 15 s. */
  readonly leaseMs?: number
}

export interface IdempotentRequest {
  readonly actorId: string
  /** The client's key, with the field's response path where it stands for a whole request; without one the command simply runs. */
  readonly key?: string
  /** Name of the mutation: another one is another input. */
  readonly field: string
  readonly input: unknown
  /** Milliseconds since the epoch after which waiting for a parallel run ends with Fault CONFLICT. */
  readonly deadline: number
}

/** Runs a command at most once per key and gives its first outcome to every repeat, also to those that arrive while it runs. */
export type RunIdempotent = (
  request: IdempotentRequest,
  run: (commandId: string) => Promise<IdempotencyOutcome>,
) => Promise<IdempotencyOutcome>

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )

export const createIdempotency = ({
  store,
  clock,
  ids,
  logger,
  secret,
  leaseMs = 15_000,
}: IdempotencyOptions): RunIdempotent => {
  return async ({ actorId, key, field, input, deadline }, run) => {
    if (key === undefined) return run(ids.next())
    const payloadHash = createHmac('sha256', secret)
      .update(`${field}\n${canonical(input)}`)
      .digest('base64url')
    const commandId = ids.next()
    for (;;) {
      const begun = await store.begin({ actorId, key, payloadHash, commandId, now: clock.now(), leaseMs })
      if (begun.status === 'mismatch')
        throw new Fault('IDEMPOTENCY_KEY_REUSED', 'This idempotency key was used with another input.')
      if (begun.status === 'done') return begun.outcome
      if (begun.status === 'first') {
        try {
          const outcome = await run(begun.commandId)
          await store.complete(actorId, key, outcome)
          return outcome
        } catch (error) {
          // What failed first is what the caller has to hear of; a run that was not abandoned ends with its lease.
          await store
            .abandon(actorId, key)
            .catch((failure: unknown) => logger.warn('a failed run could not be abandoned', { field, error: failure }))
          throw error
        }
      }
      if (clock.now().getTime() >= deadline)
        throw new Fault('CONFLICT', 'The first request with this idempotency key is still running. Try again.')
      await delay(25)
    }
  }
}
