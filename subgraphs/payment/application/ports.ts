import type { Money } from '@mercato/shared-kernel/domain'
import type { Operation } from '#domain/payment-events.ts'

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
  /** What the provider says again in its reports: whose payment this is, and which operation of it. */
  readonly paymentId: string
  readonly operationId: string
}

/** What the provider says of its own accord about one operation: late, twice, or although nobody asked. */
export interface ProviderReport {
  readonly paymentId: string
  readonly operation: Operation
  readonly operationId: string
  readonly amount: Money.Money
  readonly answer: ProviderAnswer
}

/** A message from outside, exactly as it came. */
export interface SignedMessage {
  readonly headers: Headers
  readonly body: Uint8Array
}

/** The provider signed it, but what it says makes no sense. */
export class UnreadableReport extends Error {
  override readonly name = 'UnreadableReport'
  readonly code = 'UNREADABLE_REPORT'
}

/**
 * A payment provider. Every call resolves with a final answer, or rejects with {@link UnknownOutcome} or {@link ProviderUnavailable}.
 * After dispose calls reject with ProviderUnavailable.
 */
export interface PaymentProvider extends AsyncDisposable {
  /** Its name in the address that it reports to. */
  readonly name: string
  authorise(call: ProviderCall & { readonly token: string }): Promise<ProviderAnswer>
  capture(call: ProviderCall & { readonly reference: string }): Promise<ProviderAnswer>
  void(call: ProviderCall & { readonly reference: string }): Promise<ProviderAnswer>
  refund(call: ProviderCall & { readonly reference: string }): Promise<ProviderAnswer>
  /** What became of the call with this key; `undefined` when the provider never got it, UnknownOutcome while it is still at it. */
  find(key: string): Promise<ProviderAnswer | undefined>
  /** Whether the text is a token this provider gave out. */
  isToken(token: string): boolean
  /**
   * Reads a report. `undefined` for what this provider did not sign, or signed too long ago for it to be fresh; throws
   * {@link UnreadableReport} for what it did sign and nobody can use.
   */
  readReport(message: SignedMessage): ProviderReport | undefined
}
