import { encodeConsistency } from './consistency.ts'
import { Fault } from './faults.ts'
import type { RunIdempotent } from './idempotency.ts'
import type { Clock } from './ports/environment.ts'
import type { IdempotencyOutcome } from './ports/idempotency-store.ts'
import type { CommandContext, RequestContext } from './runtime.ts'
import { currentTraceparent } from './tracing.ts'

/** What a mutation's payload is made from: refold the stream at `revision` to show the entity, also to a repeat. */
export interface MutationOutcome extends IdempotencyOutcome {
  /** Empty, or the one refusal, as the schema's `UserError`. */
  readonly userErrors: readonly {
    readonly code: string
    readonly message: string
    readonly field: readonly string[] | null
  }[]
  /** For the payload's `consistencyToken`; absent when nothing was written. */
  readonly consistencyToken?: string
}

/** Which field of a request runs: its name in the schema, and its place in the answer (the name, or an alias). */
export interface MutationField {
  readonly fieldName: string
  readonly path: { readonly key: string | number }
}

/**
 * Runs one mutation field: idempotent by the input's key, or else by the header's key plus the response path; notes in
 * `request.wrote` what the session must be able to read. A key belongs to one mutation, whatever its alias.
 */
export type Mutate = (
  request: RequestContext,
  field: MutationField,
  input: { readonly idempotencyKey?: string | null },
  run: (command: CommandContext) => Promise<IdempotencyOutcome>,
) => Promise<MutationOutcome>

const KEY = /^[\x21-\x7e]{1,128}$/

/** The key under which the mutation is remembered, if the client gave one. */
const keyOf = (given: string | undefined, fromHeader: string | undefined, path: string): string | undefined => {
  if (given !== undefined && !KEY.test(given))
    throw new Fault('BAD_USER_INPUT', 'idempotencyKey takes 1 to 128 visible ASCII characters.')
  if (given !== undefined || fromHeader === undefined) return given
  if (path.length > 128)
    throw new Fault('BAD_USER_INPUT', 'An alias beside an Idempotency-Key takes at most 128 characters.')
  return `${fromHeader}/${path}`
}

export const createMutate = ({
  idempotent,
  clock,
}: {
  readonly idempotent: RunIdempotent
  readonly clock: Clock
}): Mutate => {
  return async (request, { fieldName, path }, input, run) => {
    const key = keyOf(input.idempotencyKey ?? undefined, request.idempotencyKey, String(path.key))
    const { idempotencyKey: _, ...payload } = input
    const traceparent = currentTraceparent()
    const outcome = await idempotent(
      {
        actorId: `${request.actor.kind}:${request.actor.id}`,
        ...(key === undefined ? {} : { key }),
        field: fieldName,
        input: payload,
        deadline: request.deadline,
      },
      commandId =>
        run({
          actor: request.actor,
          commandId,
          correlationId: request.correlationId,
          now: clock.now(),
          ...(traceparent ? { traceparent } : {}),
        }),
    )
    const wrote = !outcome.rejection && outcome.revision >= 0
    if (wrote) request.wrote[outcome.streamId] = Math.max(outcome.revision, request.wrote[outcome.streamId] ?? -1)
    const userErrors = outcome.rejection ? [{ field: null, ...outcome.rejection }] : []
    return wrote
      ? { ...outcome, userErrors, consistencyToken: encodeConsistency({ [outcome.streamId]: outcome.revision }) }
      : { ...outcome, userErrors }
  }
}
