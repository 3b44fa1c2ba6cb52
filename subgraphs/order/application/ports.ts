import type { Money } from '@mercato/shared-kernel/domain'
import type { Charges } from '#domain/order-lines.ts'

/** A product, named either way. */
export type ProductRef = { readonly productId: string } | { readonly sku: string }
export type QuoteLine = ProductRef & { readonly quantity: number }

/** A product as it is sold at this moment. */
export interface QuotedProduct {
  readonly productId: string
  readonly sku: string
  readonly name: string
  readonly unitPrice: Money.Money
  readonly weightGrams: number
  /** Pieces that could be reserved at this moment: a hint, not a promise. */
  readonly available: number
}

/** The most lines one quote may have. */
export const MOST_QUOTED = 200

/** For whom the catalogue is asked. */
export interface Asker {
  /** Milliseconds since the epoch after which nobody waits for the answer. */
  readonly deadline: number
  readonly correlationId: string
}

/**
 * The catalogue of another context, asked synchronously: prices never come from the client.
 *
 * One entry comes back per product that is sold, in no particular order; products that are unknown or not for sale are left out.
 * No lines are answered with none. Asking changes nothing and may be repeated. Rejects with Fault TIMEOUT when there is no answer by
 * the deadline, or within 5 s, with Fault SERVICE_UNAVAILABLE when the catalogue cannot be reached or makes no sense, and with Fault
 * BAD_USER_INPUT, unasked, for more than {@link MOST_QUOTED} lines.
 */
export interface ProductCatalog {
  quote(lines: readonly QuoteLine[], asker: Asker): Promise<readonly QuotedProduct[]>
}

/** What the shop charges on top of the items. Pure: the same parcel costs the same. */
export interface ChargesPolicy {
  chargesFor(parcel: {
    readonly items: Money.Money
    readonly weightGrams: number
    /** ISO 3166-1 alpha-2. */
    readonly country: string
  }): Charges
}

/** Whose payment methods are whose: another context knows. Rejects with Fault SERVICE_UNAVAILABLE when it cannot be asked. */
export interface PaymentMethods {
  /** Whether the customer has this payment method now. */
  owns(customerId: string, paymentMethodId: string): Promise<boolean>
}

/** Tokens of guests' carts: derived from the cart's id by a key, so that they need not be kept. Whoever holds one has the cart. */
export interface GuestTokens {
  make(guestCartId: string): string
  /** `undefined` unless the token is ours. Whether there is such a cart still is the cart's decision. */
  open(token: string): string | undefined
}
