import type { Money } from '@mercato/shared-kernel/domain'

export type ProviderAnswer =
  | { readonly status: 'approved'; readonly reference: string; readonly expiresAt: string }
  /** A final no. `reason` is a stable code: `DECLINED`, `INSUFFICIENT_FUNDS`, … */
  | { readonly status: 'refused'; readonly reason: string }

/** The provider may or may not have acted: ask with `find`, never try blind. */
export class UnknownOutcome extends Error {
  override readonly name = 'UnknownOutcome'
  readonly code = 'PROVIDER_OUTCOME_UNKNOWN'
}

/** The provider certainly did not act; the same call may be made again later. */
export class ProviderUnavailable extends Error {
  override readonly name = 'ProviderUnavailable'
  readonly code = 'PROVIDER_UNAVAILABLE'
}

export interface ProviderCall {
  /** A second call with one key has no second effect and gives the first answer. */
  readonly key: string
  readonly amount: Money.Money
}

/**
 * A payment provider. Every call resolves with a final answer, or rejects with {@link UnknownOutcome} or {@link ProviderUnavailable}.
 * After dispose calls reject with ProviderUnavailable.
 */
export interface PaymentProvider extends AsyncDisposable {
  authorise(call: ProviderCall & { readonly token: string }): Promise<ProviderAnswer>
  capture(call: ProviderCall & { readonly reference: string }): Promise<ProviderAnswer>
  void(call: ProviderCall & { readonly reference: string }): Promise<ProviderAnswer>
  refund(call: ProviderCall & { readonly reference: string }): Promise<ProviderAnswer>
  /** What became of the call with this key; `undefined` when the provider never got it. */
  find(key: string): Promise<ProviderAnswer | undefined>
  /** Whether the text is a token this provider gave out. */
  isToken(token: string): boolean
}
