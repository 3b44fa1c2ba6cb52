export type ClaimOutcome =
  | { readonly status: 'granted' }
  /** Somebody else holds it for good, or holds it pending and not yet expired. */
  | { readonly status: 'taken'; readonly ownerId: string; readonly pending: boolean }

export interface PendingClaim {
  readonly scope: string
  readonly value: string
  readonly ownerId: string
  readonly expiresAt: Date
}

/**
 * Uniqueness across streams (e-mail, user name, SKU): claim → append → confirm. `value` is a keyed hash, never the clear text.
 * An owner that claims again what it holds is granted again. Safe under any concurrency.
 */
export interface Claims extends AsyncDisposable {
  /** Takes the value for the owner until `expiresAt`, pending. An expired pending claim is *not* taken over here: see {@link expired}. */
  claim(scope: string, value: string, ownerId: string, expiresAt: Date): Promise<ClaimOutcome>
  /** Makes the owner's claim final. Does nothing when the owner does not hold it. */
  confirm(scope: string, value: string, ownerId: string): Promise<void>
  /** Gives the owner's claim back, pending or final. Does nothing when the owner does not hold it. */
  release(scope: string, value: string, ownerId: string): Promise<void>
  /** Who holds the value. */
  holder(
    scope: string,
    value: string,
  ): Promise<{ readonly ownerId: string; readonly pending: boolean; readonly expiresAt: Date } | undefined>
  /** Pending claims past their expiry, to be settled by reading the owner's stream: confirm or release. */
  expired(now: Date, limit: number): Promise<readonly PendingClaim[]>
}
