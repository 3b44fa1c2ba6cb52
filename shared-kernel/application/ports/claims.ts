export type ClaimOutcome =
  | { readonly status: 'granted' }
  /** Somebody else holds it: for good, or pending, expired or not. */
  | { readonly status: 'taken'; readonly ownerId: string; readonly pending: boolean }

export interface PendingClaim {
  readonly scope: string
  readonly value: string
  readonly ownerId: string
  readonly expiresAt: Date
}

/**
 * Uniqueness across streams (e-mail, user name, SKU): claim → append → confirm. `value` is a keyed hash, never the clear text.
 * An owner that claims again what it holds is granted again (pending: with the new expiry; final stays final). Safe under any
 * concurrency. After dispose every call rejects with `Closed`.
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
  /** Pending claims at or past their expiry, longest expired first, to be settled by reading the owner's stream: confirm or release. */
  expired(now: Date, limit: number): Promise<readonly PendingClaim[]>
}
