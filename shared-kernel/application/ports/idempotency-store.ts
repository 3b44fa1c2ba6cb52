import type { Rejection } from '#domain/rejection.ts'

/** What a first run left behind: enough to give its answer again by refolding the stream at that revision. */
export interface IdempotencyOutcome {
  readonly streamId: string
  readonly revision: number
  readonly rejection?: Rejection
  /** Small non-secret facts of the answer that the stream does not hold (plain JSON). */
  readonly extra?: unknown
}

export type IdempotencyBegin =
  | { readonly status: 'first'; readonly commandId: string }
  | { readonly status: 'running'; readonly commandId: string }
  | { readonly status: 'done'; readonly outcome: IdempotencyOutcome }
  | { readonly status: 'mismatch' }

/**
 * Remembers the first result per (actor, key). `payloadHash` is a keyed HMAC of the input: payloads hold passwords.
 * A record that is running when its process dies is taken over after `leaseMs`, with the *same* command id, so that the
 * append stays idempotent. Records expire after a day. Actor and key may be any text. After dispose every call rejects with `Closed`.
 */
export interface IdempotencyStore extends AsyncDisposable {
  /** Atomically starts, joins or finds the run. `commandId` is what a first run will use. */
  begin(request: {
    readonly actorId: string
    readonly key: string
    readonly payloadHash: string
    readonly commandId: string
    readonly now: Date
    readonly leaseMs: number
  }): Promise<IdempotencyBegin>
  /** Records the outcome of the run; the first one stays. Does nothing for an unknown run. */
  complete(actorId: string, key: string, outcome: IdempotencyOutcome): Promise<void>
  /**
   * Forgets a run that failed with a fault, so that a retry runs again (with the same command id). Another payload under the key
   * stays a mismatch: the fault may have come after the append. Does nothing for a run that is done or unknown.
   */
  abandon(actorId: string, key: string): Promise<void>
  /** Deletes records older than `before`; returns how many. */
  purge(before: Date): Promise<number>
}
