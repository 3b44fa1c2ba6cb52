import type { IdempotencyOutcome, Loaded } from '@mercato/shared-kernel/application'
import type { Rejection } from '@mercato/shared-kernel/domain'

/** What a handled command leaves behind for its repeats: no state. */
export const outcomeOf = ({
  streamId,
  revision,
  rejection,
}: Loaded<unknown> & { readonly rejection?: Rejection }): IdempotencyOutcome => ({
  streamId,
  revision,
  ...(rejection ? { rejection } : {}),
})

/** The outcome of input that never became a command. */
export const refusedInput = (rejection: Rejection): IdempotencyOutcome => ({ streamId: '', revision: -1, rejection })

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The text as an id of ours; `undefined` when it cannot be one. */
export const readId = (text: string): string | undefined => (UUID.test(text) ? text.toLowerCase() : undefined)
