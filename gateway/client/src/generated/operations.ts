/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { Document } from '../document.ts'
/** Who acted. */
export type ActorKind =
  /** Nobody known: an API key alone. */
  | 'ANONYMOUS'
  /** The shop itself: a saga, a deadline, a seed. */
  | 'SYSTEM'
  /** Somebody who was signed in. */
  | 'USER';

/** An address to keep. */
export type AddAddressInput = {
  /** The address. */
  readonly address: AddressInput;
  /** Whether it becomes the default one. */
  readonly asDefault?: boolean | null | undefined;
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: string | null | undefined;
};

/** A way to pay that is to be kept. */
export type AddPaymentMethodInput = {
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: string | null | undefined;
  /** What you call it: 1 to 60 characters. */
  readonly label: string;
  /** The provider's token. The sandbox knows `tok_approved`, `tok_declined`, `tok_insufficient_funds`, `tok_slow`, `tok_timeout_after_authorise`, `tok_timeout_after_capture`, `tok_capture_fails_once`, `tok_late`, `tok_late_capture`, `tok_never` and `tok_reports_twice`. */
  readonly token: string;
};

/** What goes into the cart. Name the product by exactly one of `productId` and `sku`. */
export type AddToCartInput = {
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: string | null | undefined;
  /** The product's id. */
  readonly productId?: string | null | undefined;
  /** Pieces, 1 to 1000; added to what is there already. */
  readonly quantity: number;
  /** The product's SKU. */
  readonly sku?: string | null | undefined;
};

/** What goes into a guest's cart. Name the product by exactly one of `productId` and `sku`. */
export type AddToGuestCartInput = {
  /** Whose cart; without it a new one is opened. */
  readonly guestToken?: string | null | undefined;
  /** Repeats with the same key get the first answer, unless a cart is opened: whoever loses that answer opens another. */
  readonly idempotencyKey?: string | null | undefined;
  /** The product's id. */
  readonly productId?: string | null | undefined;
  /** Pieces, 1 to 1000; added to what is there already. */
  readonly quantity: number;
  /** The product's SKU. */
  readonly sku?: string | null | undefined;
};

/** A postal address, as input. */
export type AddressInput = {
  /** City or town. */
  readonly city: string;
  /** ISO 3166-1 alpha-2 code, for example `DE`. */
  readonly country: string;
  /** Street and number. */
  readonly line1: string;
  /** What else the parcel needs: floor, company. */
  readonly line2?: string | null | undefined;
  /** Who it is for. */
  readonly name: string;
  /** Postal code. */
  readonly postalCode: string;
  /** State, province or region. */
  readonly region?: string | null | undefined;
};

/** A correction of the count. */
export type AdjustStockInput = {
  /** Pieces more, or less when negative. What is reserved stays on hand. */
  readonly delta: number;
  /** Makes repeats of this request harmless; wins over the `Idempotency-Key` header. */
  readonly idempotencyKey?: string | null | undefined;
  /** At most 200 characters. */
  readonly note?: string | null | undefined;
  /** Why. */
  readonly reason: StockAdjustmentReason;
  /** The SKU of a product. */
  readonly sku: string;
};

/** Which return. */
export type ApproveReturnInput = {
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: string | null | undefined;
  /** The order's id. */
  readonly orderId: string;
  /** The return's id. */
  readonly returnId: string;
};

/** A role to give. */
export type AssignRoleInput = {
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: string | null | undefined;
  /** The role. */
  readonly role: Role;
  /** The account. */
  readonly userId: string;
};

/** Which order is not wanted any more. */
export type CancelOrderInput = {
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: string | null | undefined;
  /** The order's id. */
  readonly orderId: string;
  /** Why, in the customer's words: at most 500 characters. */
  readonly reason?: string | null | undefined;
};

/** How many pieces a guest's cart is to hold. */
export type ChangeGuestQuantityInput = {
  /** Whose cart. */
  readonly guestToken: string;
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: string | null | undefined;
  /** The product, which must be in the cart. */
  readonly productId: string;
  /** Pieces, 1 to 1000. */
  readonly quantity: number;
};

/** A password to change. */
export type ChangePasswordInput = {
  /** The present password. */
  readonly currentPassword: string;
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: string | null | undefined;
  /** 10 to 256 characters, and not an obvious one. */
  readonly newPassword: string;
};

/** A new price for a product. */
export type ChangePriceInput = {
  /** The product. */
  readonly id: string;
  /** Makes repeats of this request harmless; wins over the `Idempotency-Key` header. */
  readonly idempotencyKey?: string | null | undefined;
  /** More than nothing, in the product's currency. */
  readonly price: MoneyInput;
};

/** How many pieces the cart is to hold. */
export type ChangeQuantityInput = {
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: string | null | undefined;
  /** The product, which must be in the cart. */
  readonly productId: string;
  /** Pieces, 1 to 1000. */
  readonly quantity: number;
};

/** Another user name. */
export type ChangeUsernameInput = {
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: string | null | undefined;
  /** 3 to 32 letters, digits, dots, dashes or underscores. */
  readonly username: string;
};

/** How the cart becomes an order. */
export type CheckoutInput = {
  /** Where the invoice goes, when elsewhere. */
  readonly billingAddress?: AddressInput | null | undefined;
  /**
   * The grand total the customer has seen; the order is refused when it is another by now. Without it, it is refused when a product
   * has another price than when it was put in.
   */
  readonly expectedTotal?: MoneyInput | null | undefined;
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: string | null | undefined;
  /** One of the customer's payment methods. */
  readonly paymentMethodId: string;
  /** Where it goes. */
  readonly shippingAddress: AddressInput;
};

/** Empties the cart. */
export type ClearCartInput = {
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: string | null | undefined;
};

/** Which process is meant. */
export type CompensateSagaInput = {
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: string | null | undefined;
  /** The order's id. */
  readonly orderId: string;
};

/** A first password. */
export type CompleteRegistrationInput = {
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: string | null | undefined;
  /** 10 to 256 characters, and not an obvious one. */
  readonly password: string;
  /** The token from the mail. */
  readonly token: string;
};

/** A new address to confirm. */
export type ConfirmEmailChangeInput = {
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: string | null | undefined;
  /** The token from the mail. */
  readonly token: string;
};

/** A new product. */
export type CreateProductInput = {
  /** At most 30, each name once. */
  readonly attributes?: ReadonlyArray<ProductAttributeInput> | null | undefined;
  /** A slug such as `coffee`; a new one makes a new category. */
  readonly category: string;
  /** Plain text, at most 5000 characters. */
  readonly description?: string | null | undefined;
  /** Makes repeats of this request harmless; wins over the `Idempotency-Key` header. */
  readonly idempotencyKey?: string | null | undefined;
  /** At most 10. */
  readonly images?: ReadonlyArray<ProductImageInput> | null | undefined;
  /** At most 200 characters. */
  readonly name: string;
  /** More than nothing. Its currency cannot be changed later. */
  readonly price: MoneyInput;
  /** Letters, digits and hyphens, at most 40; must be free. */
  readonly sku: string;
  /** From 1 to 1000000. */
  readonly weightGrams: number;
};

/** The currencies that Mercato trades in (ISO 4217). */
export type CurrencyCode =
  | 'CHF'
  | 'EUR'
  | 'GBP'
  | 'JPY'
  | 'USD';

/** An account to close. */
export type DeactivateUserInput = {
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: string | null | undefined;
  /** The account; one's own when absent. */
  readonly userId?: string | null | undefined;
};

/** Which return. */
export type DeclineReturnInput = {
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: string | null | undefined;
  /** The order's id. */
  readonly orderId: string;
  /** The return's id. */
  readonly returnId: string;
};

/** The wish to be erased. */
export type EraseMeInput = {
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: string | null | undefined;
};

/** What an invoice document is. */
export type InvoiceKind =
  /** Issued when money is refunded. */
  | 'CREDIT_NOTE'
  /** Issued when money is captured. */
  | 'INVOICE';

/** What has arrived. */
export type MarkDeliveredInput = {
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: string | null | undefined;
  /** The order's id. */
  readonly orderId: string;
};

/** Whose cart becomes part of one's own. */
export type MergeGuestCartInput = {
  /** The token of the cart that was filled before signing in. It is used up. */
  readonly guestToken: string;
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: string | null | undefined;
};

/** An amount of money, as input. */
export type MoneyInput = {
  /** Decimal number in major units, as a string: `"19.99"`. */
  readonly amount: string;
  /** ISO 4217 code. */
  readonly currency: CurrencyCode;
};

/** How far a capture or refund has come. */
export type MovementStatus =
  /** Done. */
  | 'DONE'
  /** Refused by the provider, or impossible. */
  | 'FAILED'
  /** Asked of the provider; the outcome may not be known yet. */
  | 'REQUESTED';

/** Which orders. */
export type OrderFilter = {
  /** Only placed before this moment. */
  readonly placedBefore?: string | null | undefined;
  /** Only placed at or after this moment. */
  readonly placedFrom?: string | null | undefined;
  /** Only in this status. */
  readonly status?: OrderStatus | null | undefined;
};

/** Some pieces of one product. Name it by exactly one of `productId` and `sku`. */
export type OrderLineInput = {
  /** The product's id. */
  readonly productId?: string | null | undefined;
  /** Pieces, 1 to 1000. */
  readonly quantity: number;
  /** The product's SKU. */
  readonly sku?: string | null | undefined;
};

/** How far an order has come. */
export type OrderStatus =
  /** Stock is reserved; payment is being authorised. */
  | 'AWAITING_PAYMENT'
  /** Cancelled before shipping: nothing was taken, nothing is held. */
  | 'CANCELLED'
  /** Reserved and authorised; to be shipped. */
  | 'CONFIRMED'
  /** Arrived. */
  | 'DELIVERED'
  /** A part is on its way, the rest is to be shipped. */
  | 'PARTLY_SHIPPED'
  /** Placed; stock is being reserved. */
  | 'PENDING'
  /** Could not be fulfilled: nothing was taken, nothing is held. */
  | 'REJECTED'
  /** On its way. */
  | 'SHIPPED';

/** How far a payment has come. */
export type PaymentStatus =
  /** The amount is set aside at the customer's bank. */
  | 'AUTHORISED'
  /** The whole authorised amount has been taken. */
  | 'CAPTURED'
  /** The provider refused. */
  | 'DECLINED'
  /** The authorisation lapsed before anything was taken. */
  | 'EXPIRED'
  /** A part of the authorised amount has been taken. */
  | 'PARTLY_CAPTURED'
  /** A part of what was taken has been given back. */
  | 'PARTLY_REFUNDED'
  /** Everything that was taken has been given back. */
  | 'REFUNDED'
  /** The provider has been asked for an authorisation. */
  | 'REQUESTED'
  /** Given up before anything was taken. */
  | 'VOIDED';

/** An order without a cart. */
export type PlaceOrderInput = {
  /** Where the invoice goes, when elsewhere. */
  readonly billingAddress?: AddressInput | null | undefined;
  /** The grand total the customer has seen; the order is refused when it is another by now. */
  readonly expectedTotal?: MoneyInput | null | undefined;
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: string | null | undefined;
  /** What is ordered: 1 to 100 lines. */
  readonly lines: ReadonlyArray<OrderLineInput>;
  /** One of the customer's payment methods. */
  readonly paymentMethodId: string;
  /** Where it goes. */
  readonly shippingAddress: AddressInput;
};

/** A property of a product, as input. */
export type ProductAttributeInput = {
  /** What is told; at most 60 characters. */
  readonly name: string;
  /** What it is; at most 200 characters. */
  readonly value: string;
};

/** What happened to a product. */
export type ProductChange =
  /** It entered the catalogue. */
  | 'CREATED'
  /** Its price changed. */
  | 'PRICE_CHANGED'
  /** It was put on sale. */
  | 'PUBLISHED'
  /** It was taken off sale. */
  | 'UNPUBLISHED'
  /** Its description, category or the like changed. */
  | 'UPDATED';

/** Which products to list. All conditions must hold. */
export type ProductFilter = {
  /** Slug of a category. */
  readonly category?: string | null | undefined;
  /** Only what can be had now (true) or cannot (false). */
  readonly inStock?: boolean | null | undefined;
  /** Also products that are not on sale; needs the scope `catalog:write`. */
  readonly includeUnpublished?: boolean | null | undefined;
  /** Not dearer than this. */
  readonly maxPrice?: MoneyInput | null | undefined;
  /** Not cheaper than this. */
  readonly minPrice?: MoneyInput | null | undefined;
  /** Words of name, SKU, category or attributes; each may be the beginning of a word. Accents and case do not matter. */
  readonly search?: string | null | undefined;
};

/** A picture of a product, as input. */
export type ProductImageInput = {
  /** What it shows; at most 200 characters. */
  readonly alt: string;
  /** Address of the picture: https, or a path on the shop's own host. */
  readonly url: string;
};

/** How to order a list of products. */
export type ProductSort =
  /** By name, A to Z. */
  | 'NAME'
  /** The latest first. */
  | 'NEWEST'
  /** The cheapest first. */
  | 'PRICE_ASCENDING'
  /** The dearest first. */
  | 'PRICE_DESCENDING';

/** A product to be put on sale. */
export type PublishProductInput = {
  /** The product. */
  readonly id: string;
  /** Makes repeats of this request harmless; wins over the `Idempotency-Key` header. */
  readonly idempotencyKey?: string | null | undefined;
};

/** Which return. */
export type ReceiveReturnInput = {
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: string | null | undefined;
  /** The order's id. */
  readonly orderId: string;
  /** The return's id. */
  readonly returnId: string;
};

/** A delivery from a supplier. */
export type ReceiveStockInput = {
  /** Makes repeats of this request harmless; wins over the `Idempotency-Key` header. */
  readonly idempotencyKey?: string | null | undefined;
  /** Pieces, from 1 to 1000000. */
  readonly quantity: number;
  /** The delivery's own reference; at most 200 characters. */
  readonly reference?: string | null | undefined;
  /** The SKU of a product. */
  readonly sku: string;
};

/** A session to continue. */
export type RefreshSessionInput = {
  /** The latest refresh token. */
  readonly refreshToken: string;
};

/** What is to be given back, and why. */
export type RefundPaymentInput = {
  /** How much, in the payment's currency: more than zero, at most what was captured and not yet refunded. */
  readonly amount: MoneyInput;
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: string | null | undefined;
  /** The payment's id (the order's id). */
  readonly paymentId: string;
  /** Why: 1 to 200 characters. The customer sees it. */
  readonly reason: string;
};

/** An account to open. */
export type RegisterUserInput = {
  /** The e-mail address. */
  readonly email: string;
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: string | null | undefined;
  /** 10 to 256 characters, and not an obvious one. Without one, the mailed link sets it. */
  readonly password?: string | null | undefined;
  /** 3 to 32 letters, digits, dots, dashes or underscores. */
  readonly username: string;
};

/** An address to remove. */
export type RemoveAddressInput = {
  /** The entry. */
  readonly addressId: string;
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: string | null | undefined;
};

/** What leaves the cart. */
export type RemoveFromCartInput = {
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: string | null | undefined;
  /** The product, which must be in the cart. */
  readonly productId: string;
};

/** What leaves a guest's cart. */
export type RemoveFromGuestCartInput = {
  /** Whose cart. */
  readonly guestToken: string;
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: string | null | undefined;
  /** The product, which must be in the cart. */
  readonly productId: string;
};

/** Which payment method is to go. */
export type RemovePaymentMethodInput = {
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: string | null | undefined;
  /** Its id. */
  readonly paymentMethodId: string;
};

/** Which parked messages are to be handled again. */
export type ReplayInventoryParkedMessagesInput = {
  /** The consumer group. */
  readonly group: string;
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: string | null | undefined;
  /** Only those of this stream. */
  readonly stream?: string | null | undefined;
};

/** Which parked messages are to be handled again. */
export type ReplayOrderParkedMessagesInput = {
  /** The consumer group. */
  readonly group: string;
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: string | null | undefined;
  /** Only those of this stream. */
  readonly stream?: string | null | undefined;
};

/** Which parked messages are to be handled again. */
export type ReplayPaymentParkedMessagesInput = {
  /** The consumer group. */
  readonly group: string;
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: string | null | undefined;
  /** Only those of this stream. */
  readonly stream?: string | null | undefined;
};

/** Which parked messages are to be handled again. */
export type ReplayUserParkedMessagesInput = {
  /** The consumer group. */
  readonly group: string;
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: string | null | undefined;
  /** Only those of this stream. */
  readonly stream?: string | null | undefined;
};

/** Another e-mail address. */
export type RequestEmailChangeInput = {
  /** The address. Whether it is free shows when its link is followed. */
  readonly email: string;
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: string | null | undefined;
};

/** An account whose password is lost. */
export type RequestPasswordResetInput = {
  /** The address of the account. */
  readonly email: string;
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: string | null | undefined;
};

/** What is to come back. */
export type RequestReturnInput = {
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: string | null | undefined;
  /** What comes back. */
  readonly lines: ReadonlyArray<SkuQuantityInput>;
  /** The order's id. */
  readonly orderId: string;
  /** Why, in the customer's words: at most 500 characters. */
  readonly reason?: string | null | undefined;
};

/** A link to send again. */
export type ResendVerificationInput = {
  /** The address of the account. */
  readonly email: string;
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: string | null | undefined;
};

/** A new password. */
export type ResetPasswordInput = {
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: string | null | undefined;
  /** 10 to 256 characters, and not an obvious one. */
  readonly password: string;
  /** The token from the mail. */
  readonly token: string;
};

/** Which process is meant. */
export type RetrySagaInput = {
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: string | null | undefined;
  /** The order's id. */
  readonly orderId: string;
};

/** How far a return has come. */
export type ReturnStatus =
  /** The goods may come back. */
  | 'APPROVED'
  /** Refused. */
  | 'DECLINED'
  /** The goods are back; the money is on its way. */
  | 'RECEIVED'
  /** Asked for by the customer. */
  | 'REQUESTED';

/** A role to take. */
export type RevokeRoleInput = {
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: string | null | undefined;
  /** The role. */
  readonly role: Role;
  /** The account. */
  readonly userId: string;
};

/** A session to end. */
export type RevokeSessionInput = {
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: string | null | undefined;
  /** One of one's own sessions. */
  readonly sessionId: string;
};

/** What a person may do beyond their own data. */
export type Role =
  /** May do everything, roles included. */
  | 'ADMIN'
  /** Buys. */
  | 'CUSTOMER'
  /** Runs the catalogue and the stock. */
  | 'MERCHANDISER'
  /** Helps customers: sees accounts, orders and payments, refunds. */
  | 'SUPPORT';

/** How a process ended that did not get through. */
export type SagaOutcome =
  /** The order was cancelled. */
  | 'CANCELLED'
  /** The order could not be confirmed. */
  | 'REJECTED';

/** How the process behind an order stands. */
export type SagaState =
  /** Asks payment to set the amount aside. */
  | 'AUTHORISING'
  /** Waits for the first shipment. */
  | 'CONFIRMED'
  /** Asks inventory to hold the stock for good. */
  | 'CONFIRMING'
  /** Asks for nothing and waits for nothing. */
  | 'ENDED'
  /** Something was shipped: only forward from here. */
  | 'FULFILLING'
  /** Asks inventory to hold the stock. */
  | 'RESERVING'
  /** A refund was refused too often: waits for an operator. */
  | 'STUCK'
  /** Gives back what was taken. */
  | 'UNDOING';

/** What happens to sessions. */
export type SessionChange =
  /** All sessions were ended, but at most the one in which it was asked. */
  | 'ALL_REVOKED'
  /** A client continued it. */
  | 'REFRESHED'
  /** It was ended. */
  | 'REVOKED'
  /** Somebody signed in. */
  | 'STARTED';

/** The address that becomes the default one. */
export type SetDefaultAddressInput = {
  /** The entry. */
  readonly addressId: string;
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: string | null | undefined;
};

/** When to raise the alarm that stock runs low. */
export type SetLowStockThresholdInput = {
  /** Makes repeats of this request harmless; wins over the `Idempotency-Key` header. */
  readonly idempotencyKey?: string | null | undefined;
  /** The SKU of a product. */
  readonly sku: string;
  /** At or below so many available pieces; null switches the alarm off. */
  readonly threshold?: number | null | undefined;
};

/** What is on its way. */
export type ShipOrderInput = {
  /** Who carries it: at most 60 characters. */
  readonly carrier: string;
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: string | null | undefined;
  /** What is in the parcel; without it everything that is left. */
  readonly lines?: ReadonlyArray<SkuQuantityInput> | null | undefined;
  /** The order's id. */
  readonly orderId: string;
  /** The carrier's tracking number: at most 60 characters. */
  readonly trackingNumber: string;
};

/** Who somebody says they are, and the proof. */
export type SignInInput = {
  /** The e-mail address. */
  readonly email: string;
  /** The password. */
  readonly password: string;
};

/** All sessions to end. */
export type SignOutEverywhereInput = {
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: string | null | undefined;
};

/** A session to end. */
export type SignOutInput = {
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: string | null | undefined;
  /** A refresh token of the session; when absent, the one in which this is asked ends. */
  readonly refreshToken?: string | null | undefined;
};

/** Pieces of a line. */
export type SkuQuantityInput = {
  /** Pieces. */
  readonly quantity: number;
  /** SKU of a line of the order. */
  readonly sku: string;
};

/** Why the count is corrected. */
export type StockAdjustmentReason =
  /** A stock-taking gave another number. */
  | 'COUNTED'
  /** Pieces were damaged. */
  | 'DAMAGED'
  /** Pieces turned up. */
  | 'FOUND'
  /** Pieces are gone. */
  | 'LOST'
  /** Anything else; say what in the note. */
  | 'OTHER';

/** What kind of line of the ledger it is. */
export type StockMovementKind =
  /** Somebody corrected the count. */
  | 'ADJUSTED'
  /** Pieces came from a supplier. */
  | 'RECEIVED'
  /** Promised pieces became available again. */
  | 'RELEASED'
  /** Pieces were promised to an order. */
  | 'RESERVED'
  /** Pieces came back from a customer. */
  | 'RESTOCKED'
  /** Pieces left with a shipment. */
  | 'SHIPPED';

/** How far a reservation has come. */
export type StockReservationState =
  /** Not confirmed in time: given back. */
  | 'EXPIRED'
  /** Held until it is shipped or released. */
  | 'FIRM'
  /** Held until it expires or is confirmed. */
  | 'HELD'
  /** There was not enough of everything: nothing is held. */
  | 'REFUSED'
  /** Given back. */
  | 'RELEASED'
  /** Being taken, SKU by SKU. */
  | 'RESERVING';

/** A product to be taken off sale. */
export type UnpublishProductInput = {
  /** The product. */
  readonly id: string;
  /** Makes repeats of this request harmless; wins over the `Idempotency-Key` header. */
  readonly idempotencyKey?: string | null | undefined;
};

/** An address to replace. */
export type UpdateAddressInput = {
  /** What it becomes. */
  readonly address: AddressInput;
  /** The entry. */
  readonly addressId: string;
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: string | null | undefined;
};

/** Changes to a product. What is absent stays as it is. */
export type UpdateProductInput = {
  /** Replaces all attributes. */
  readonly attributes?: ReadonlyArray<ProductAttributeInput> | null | undefined;
  /** A slug such as `coffee`. */
  readonly category?: string | null | undefined;
  /** Plain text, at most 5000 characters. */
  readonly description?: string | null | undefined;
  /** The product. */
  readonly id: string;
  /** Makes repeats of this request harmless; wins over the `Idempotency-Key` header. */
  readonly idempotencyKey?: string | null | undefined;
  /** Replaces all images. */
  readonly images?: ReadonlyArray<ProductImageInput> | null | undefined;
  /** At most 200 characters. */
  readonly name?: string | null | undefined;
  /** From 1 to 1000000. */
  readonly weightGrams?: number | null | undefined;
};

/** Changes of a profile. */
export type UpdateProfileInput = {
  /** 1 to 80 characters. */
  readonly displayName?: string | null | undefined;
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: string | null | undefined;
  /** 5 to 20 digits, as people write them. */
  readonly phone?: string | null | undefined;
};

/** Which accounts. At most one of these may be given. */
export type UserFilter = {
  /** Whose e-mail address begins with this, whatever its case. */
  readonly email?: string | null | undefined;
  /** With this role. */
  readonly role?: Role | null | undefined;
  /** In this state. */
  readonly status?: UserStatus | null | undefined;
  /** Whose user name begins with this, whatever its case. */
  readonly username?: string | null | undefined;
};

/** Where an account is in its life. */
export type UserStatus =
  /** In use. */
  | 'ACTIVE'
  /** Closed; nobody can sign in. */
  | 'DEACTIVATED'
  /** The person is gone, the id stays. */
  | 'ERASED'
  /** Opened without a password, which the mailed link sets. */
  | 'PENDING';

/** An address to confirm. */
export type VerifyEmailInput = {
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: string | null | undefined;
  /** The token from the mail. */
  readonly token: string;
};

export type LatestOrderQueryVariables = Exact<{ [key: string]: never; }>;


export type LatestOrderQuery = { readonly orders: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly number: string, readonly status: OrderStatus, readonly statusReason: string | null, readonly placedAt: string, readonly customer: { readonly id: string, readonly username: string, readonly email: string | null, readonly paymentMethods: ReadonlyArray<{ readonly id: string, readonly label: string }> | null } | null, readonly totals: { readonly items: { readonly amount: string, readonly currency: CurrencyCode }, readonly shipping: { readonly amount: string, readonly currency: CurrencyCode }, readonly tax: { readonly amount: string, readonly currency: CurrencyCode }, readonly grandTotal: { readonly amount: string, readonly currency: CurrencyCode } }, readonly lines: ReadonlyArray<{ readonly sku: string, readonly quantity: number, readonly unitPrice: { readonly amount: string, readonly currency: CurrencyCode }, readonly product: { readonly id: string, readonly name: string, readonly category: string, readonly price: { readonly amount: string, readonly currency: CurrencyCode }, readonly stock: { readonly available: number, readonly inStock: boolean } } }>, readonly payment: { readonly id: string, readonly status: PaymentStatus, readonly declineReason: string | null, readonly amount: { readonly amount: string, readonly currency: CurrencyCode }, readonly captured: { readonly amount: string, readonly currency: CurrencyCode }, readonly refunded: { readonly amount: string, readonly currency: CurrencyCode }, readonly captures: ReadonlyArray<{ readonly status: MovementStatus, readonly at: string | null, readonly amount: { readonly amount: string, readonly currency: CurrencyCode } }> } | null, readonly invoices: ReadonlyArray<{ readonly number: string, readonly kind: InvoiceKind, readonly issuedAt: string, readonly amount: { readonly amount: string, readonly currency: CurrencyCode } }> | null, readonly shipments: ReadonlyArray<{ readonly carrier: string, readonly trackingNumber: string, readonly shippedAt: string }>, readonly timeline: ReadonlyArray<{ readonly event: string, readonly at: string }> } }> } | null };

export type MyAccountQueryVariables = Exact<{ [key: string]: never; }>;


export type MyAccountQuery = { readonly me: { readonly id: string, readonly username: string, readonly email: string | null, readonly orders: { readonly totalCount: number | null, readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly number: string, readonly status: OrderStatus, readonly totals: { readonly grandTotal: { readonly amount: string, readonly currency: CurrencyCode } } } }> } | null, readonly paymentMethods: ReadonlyArray<{ readonly id: string, readonly label: string }> | null, readonly invoices: { readonly totalCount: number, readonly edges: ReadonlyArray<{ readonly node: { readonly number: string, readonly kind: InvoiceKind, readonly amount: { readonly amount: string, readonly currency: CurrencyCode } } }> } | null } | null, readonly cart: { readonly id: string, readonly itemCount: number, readonly itemsTotal: { readonly amount: string, readonly currency: CurrencyCode } | null } | null };

export type OrderAcrossContextsQueryVariables = Exact<{
  id: string;
}>;


export type OrderAcrossContextsQuery = { readonly order: { readonly id: string, readonly number: string, readonly status: OrderStatus, readonly statusReason: string | null, readonly placedAt: string, readonly customer: { readonly id: string, readonly username: string, readonly email: string | null, readonly paymentMethods: ReadonlyArray<{ readonly id: string, readonly label: string }> | null } | null, readonly totals: { readonly items: { readonly amount: string, readonly currency: CurrencyCode }, readonly shipping: { readonly amount: string, readonly currency: CurrencyCode }, readonly tax: { readonly amount: string, readonly currency: CurrencyCode }, readonly grandTotal: { readonly amount: string, readonly currency: CurrencyCode } }, readonly lines: ReadonlyArray<{ readonly sku: string, readonly quantity: number, readonly reservation: { readonly state: StockReservationState, readonly held: number, readonly shipped: number } | null, readonly unitPrice: { readonly amount: string, readonly currency: CurrencyCode }, readonly product: { readonly id: string, readonly name: string, readonly category: string, readonly price: { readonly amount: string, readonly currency: CurrencyCode }, readonly stock: { readonly available: number, readonly inStock: boolean } } }>, readonly payment: { readonly id: string, readonly status: PaymentStatus, readonly declineReason: string | null, readonly amount: { readonly amount: string, readonly currency: CurrencyCode }, readonly captured: { readonly amount: string, readonly currency: CurrencyCode }, readonly refunded: { readonly amount: string, readonly currency: CurrencyCode }, readonly captures: ReadonlyArray<{ readonly status: MovementStatus, readonly at: string | null, readonly amount: { readonly amount: string, readonly currency: CurrencyCode } }> } | null, readonly invoices: ReadonlyArray<{ readonly number: string, readonly kind: InvoiceKind, readonly issuedAt: string, readonly amount: { readonly amount: string, readonly currency: CurrencyCode } }> | null, readonly shipments: ReadonlyArray<{ readonly carrier: string, readonly trackingNumber: string, readonly shippedAt: string }>, readonly timeline: ReadonlyArray<{ readonly event: string, readonly at: string }> } | null };

export type AdjustStockMutationVariables = Exact<{
  input: AdjustStockInput;
}>;


export type AdjustStockMutation = { readonly adjustStock: { readonly consistencyToken: string | null, readonly stock: { readonly sku: string, readonly available: number, readonly onHand: number | null, readonly reserved: number | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type BrowseProductsQueryVariables = Exact<{
  filter?: ProductFilter | null | undefined;
  sort?: ProductSort;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type BrowseProductsQuery = { readonly products: { readonly totalCount: number | null, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly id: string, readonly sku: string, readonly name: string, readonly category: string, readonly price: { readonly amount: string, readonly currency: CurrencyCode }, readonly stock: { readonly sku: string, readonly available: number, readonly inStock: boolean } } }> } };

export type CategoriesQueryVariables = Exact<{ [key: string]: never; }>;


export type CategoriesQuery = { readonly categories: ReadonlyArray<{ readonly name: string, readonly productCount: number }> };

export type ChangePriceMutationVariables = Exact<{
  input: ChangePriceInput;
}>;


export type ChangePriceMutation = { readonly changePrice: { readonly consistencyToken: string | null, readonly product: { readonly id: string, readonly sku: string, readonly name: string, readonly published: boolean, readonly price: { readonly amount: string, readonly currency: CurrencyCode } } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type CreateProductMutationVariables = Exact<{
  input: CreateProductInput;
}>;


export type CreateProductMutation = { readonly createProduct: { readonly consistencyToken: string | null, readonly product: { readonly id: string, readonly sku: string, readonly name: string, readonly published: boolean, readonly price: { readonly amount: string, readonly currency: CurrencyCode } } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type InventoryParkedMessagesQueryVariables = Exact<{
  group?: string | null | undefined;
  first?: number | null | undefined;
}>;


export type InventoryParkedMessagesQuery = { readonly inventoryParkedMessages: ReadonlyArray<{ readonly id: string, readonly context: string, readonly group: string, readonly topic: string, readonly stream: string, readonly type: string | null, readonly cause: string, readonly parkedAt: string, readonly correlation: string | null }> | null };

export type ProductChangedSubscriptionVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type ProductChangedSubscription = { readonly productChanged: { readonly cursor: string, readonly change: ProductChange, readonly product: { readonly id: string, readonly name: string, readonly price: { readonly amount: string, readonly currency: CurrencyCode } } | null } };

export type ProductHistoryQueryVariables = Exact<{
  sku: string;
  version: number;
}>;


export type ProductHistoryQuery = { readonly product: { readonly id: string, readonly name: string, readonly history: { readonly totalCount: number, readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly version: number, readonly event: string, readonly at: string, readonly cause: string | null, readonly correlation: string, readonly actor: { readonly kind: ActorKind, readonly id: string } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null } | null, readonly atFirst: { readonly id: string, readonly name: string, readonly published: boolean, readonly price: { readonly amount: string, readonly currency: CurrencyCode } } | null };

export type ProductQueryVariables = Exact<{
  sku?: string | null | undefined;
}>;


export type ProductQuery = { readonly product: { readonly id: string, readonly sku: string, readonly name: string, readonly description: string, readonly category: string, readonly weightGrams: number, readonly published: boolean, readonly createdAt: string, readonly updatedAt: string, readonly price: { readonly amount: string, readonly currency: CurrencyCode }, readonly attributes: ReadonlyArray<{ readonly name: string, readonly value: string }>, readonly images: ReadonlyArray<{ readonly url: string, readonly alt: string }>, readonly priceHistory: ReadonlyArray<{ readonly since: string, readonly price: { readonly amount: string, readonly currency: CurrencyCode } }>, readonly stock: { readonly sku: string, readonly available: number, readonly inStock: boolean } } | null };

export type PublishProductMutationVariables = Exact<{
  input: PublishProductInput;
}>;


export type PublishProductMutation = { readonly publishProduct: { readonly consistencyToken: string | null, readonly product: { readonly id: string, readonly sku: string, readonly name: string, readonly published: boolean, readonly price: { readonly amount: string, readonly currency: CurrencyCode } } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type ReceiveStockMutationVariables = Exact<{
  input: ReceiveStockInput;
}>;


export type ReceiveStockMutation = { readonly receiveStock: { readonly consistencyToken: string | null, readonly stock: { readonly sku: string, readonly available: number, readonly onHand: number | null, readonly reserved: number | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type ReplayInventoryParkedMessagesMutationVariables = Exact<{
  input: ReplayInventoryParkedMessagesInput;
}>;


export type ReplayInventoryParkedMessagesMutation = { readonly replayInventoryParkedMessages: { readonly handled: number | null, readonly left: number | null, readonly failure: string | null, readonly consistencyToken: string | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type SetLowStockThresholdMutationVariables = Exact<{
  input: SetLowStockThresholdInput;
}>;


export type SetLowStockThresholdMutation = { readonly setLowStockThreshold: { readonly consistencyToken: string | null, readonly stock: { readonly sku: string, readonly available: number, readonly lowStockThreshold: number | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type StockChangedSubscriptionVariables = Exact<{
  skus: ReadonlyArray<string> | string;
  after?: string | null | undefined;
}>;


export type StockChangedSubscription = { readonly stockChanged: { readonly cursor: string, readonly stock: { readonly sku: string, readonly available: number, readonly inStock: boolean } } };

export type StockLevelsChangedSubscriptionVariables = Exact<{
  skus: ReadonlyArray<string> | string;
  after?: string | null | undefined;
}>;


export type StockLevelsChangedSubscription = { readonly stockChanged: { readonly cursor: string, readonly stock: { readonly sku: string, readonly available: number, readonly onHand: number | null, readonly reserved: number | null } } };

export type StockMovementsQueryVariables = Exact<{
  sku: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type StockMovementsQuery = { readonly stockMovements: { readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly id: string, readonly kind: StockMovementKind, readonly quantity: number, readonly onHand: number, readonly reserved: number, readonly orderId: string | null, readonly reason: string | null, readonly note: string | null, readonly occurredAt: string } }> } | null };

export type StockQueryVariables = Exact<{
  sku?: string | null | undefined;
}>;


export type StockQuery = { readonly product: { readonly id: string, readonly stock: { readonly sku: string, readonly available: number, readonly inStock: boolean, readonly onHand: number | null, readonly reserved: number | null, readonly lowStockThreshold: number | null } } | null };

export type UnpublishProductMutationVariables = Exact<{
  input: UnpublishProductInput;
}>;


export type UnpublishProductMutation = { readonly unpublishProduct: { readonly consistencyToken: string | null, readonly product: { readonly id: string, readonly sku: string, readonly name: string, readonly published: boolean, readonly price: { readonly amount: string, readonly currency: CurrencyCode } } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type UpdateProductMutationVariables = Exact<{
  input: UpdateProductInput;
}>;


export type UpdateProductMutation = { readonly updateProduct: { readonly consistencyToken: string | null, readonly product: { readonly id: string, readonly sku: string, readonly name: string, readonly published: boolean, readonly price: { readonly amount: string, readonly currency: CurrencyCode } } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type AddToCartMutationVariables = Exact<{
  input: AddToCartInput;
}>;


export type AddToCartMutation = { readonly addToCart: { readonly consistencyToken: string | null, readonly cart: { readonly id: string, readonly itemCount: number, readonly itemsTotal: { readonly amount: string, readonly currency: CurrencyCode } | null, readonly lines: ReadonlyArray<{ readonly sku: string, readonly quantity: number, readonly available: boolean, readonly unitPrice: { readonly amount: string, readonly currency: CurrencyCode } | null, readonly lineTotal: { readonly amount: string, readonly currency: CurrencyCode } | null, readonly product: { readonly id: string, readonly name: string } }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type AddToGuestCartMutationVariables = Exact<{
  input: AddToGuestCartInput;
}>;


export type AddToGuestCartMutation = { readonly addToGuestCart: { readonly guestToken: string | null, readonly consistencyToken: string | null, readonly cart: { readonly itemCount: number, readonly itemsTotal: { readonly amount: string, readonly currency: CurrencyCode } | null, readonly lines: ReadonlyArray<{ readonly sku: string, readonly quantity: number, readonly available: boolean, readonly unitPrice: { readonly amount: string, readonly currency: CurrencyCode } | null, readonly product: { readonly id: string, readonly name: string } }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type ApproveReturnMutationVariables = Exact<{
  input: ApproveReturnInput;
}>;


export type ApproveReturnMutation = { readonly approveReturn: { readonly consistencyToken: string | null, readonly order: { readonly id: string, readonly status: OrderStatus, readonly returns: ReadonlyArray<{ readonly id: string, readonly status: ReturnStatus, readonly lines: ReadonlyArray<{ readonly sku: string, readonly quantity: number }>, readonly refund: { readonly amount: string, readonly currency: CurrencyCode } | null }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type CancelOrderMutationVariables = Exact<{
  input: CancelOrderInput;
}>;


export type CancelOrderMutation = { readonly cancelOrder: { readonly consistencyToken: string | null, readonly order: { readonly id: string, readonly number: string, readonly status: OrderStatus, readonly statusReason: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type CartQueryVariables = Exact<{
  country: string;
}>;


export type CartQuery = { readonly cart: { readonly id: string, readonly itemCount: number, readonly itemsTotal: { readonly amount: string, readonly currency: CurrencyCode } | null, readonly lines: ReadonlyArray<{ readonly sku: string, readonly quantity: number, readonly available: boolean, readonly unitPrice: { readonly amount: string, readonly currency: CurrencyCode } | null, readonly lineTotal: { readonly amount: string, readonly currency: CurrencyCode } | null, readonly product: { readonly id: string, readonly name: string } }>, readonly problems: ReadonlyArray<
      | { readonly __typename: 'NotEnoughStock', readonly message: string, readonly left: number, readonly line: { readonly sku: string } }
      | { readonly __typename: 'PriceChanged', readonly message: string, readonly before: { readonly amount: string, readonly currency: CurrencyCode }, readonly now: { readonly amount: string, readonly currency: CurrencyCode }, readonly line: { readonly sku: string } }
      | { readonly __typename: 'ProductUnavailable', readonly message: string, readonly line: { readonly sku: string } }
    >, readonly estimate: { readonly items: { readonly amount: string, readonly currency: CurrencyCode }, readonly shipping: { readonly amount: string, readonly currency: CurrencyCode }, readonly tax: { readonly amount: string, readonly currency: CurrencyCode }, readonly grandTotal: { readonly amount: string, readonly currency: CurrencyCode } } | null } | null };

export type ChangeGuestQuantityMutationVariables = Exact<{
  input: ChangeGuestQuantityInput;
}>;


export type ChangeGuestQuantityMutation = { readonly changeGuestQuantity: { readonly guestToken: string | null, readonly consistencyToken: string | null, readonly cart: { readonly itemCount: number, readonly itemsTotal: { readonly amount: string, readonly currency: CurrencyCode } | null, readonly lines: ReadonlyArray<{ readonly sku: string, readonly quantity: number, readonly available: boolean, readonly unitPrice: { readonly amount: string, readonly currency: CurrencyCode } | null, readonly product: { readonly id: string, readonly name: string } }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type ChangeQuantityMutationVariables = Exact<{
  input: ChangeQuantityInput;
}>;


export type ChangeQuantityMutation = { readonly changeQuantity: { readonly consistencyToken: string | null, readonly cart: { readonly id: string, readonly itemCount: number, readonly itemsTotal: { readonly amount: string, readonly currency: CurrencyCode } | null, readonly lines: ReadonlyArray<{ readonly sku: string, readonly quantity: number, readonly available: boolean, readonly unitPrice: { readonly amount: string, readonly currency: CurrencyCode } | null, readonly lineTotal: { readonly amount: string, readonly currency: CurrencyCode } | null, readonly product: { readonly id: string, readonly name: string } }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type CheckoutMutationVariables = Exact<{
  input: CheckoutInput;
}>;


export type CheckoutMutation = { readonly checkout: { readonly consistencyToken: string | null, readonly order: { readonly id: string, readonly number: string, readonly status: OrderStatus, readonly cursor: string, readonly totals: { readonly items: { readonly amount: string, readonly currency: CurrencyCode }, readonly shipping: { readonly amount: string, readonly currency: CurrencyCode }, readonly tax: { readonly amount: string, readonly currency: CurrencyCode }, readonly grandTotal: { readonly amount: string, readonly currency: CurrencyCode } }, readonly lines: ReadonlyArray<{ readonly sku: string, readonly name: string, readonly quantity: number, readonly unitPrice: { readonly amount: string, readonly currency: CurrencyCode }, readonly lineTotal: { readonly amount: string, readonly currency: CurrencyCode } }> } | null, readonly cart: { readonly problems: ReadonlyArray<
        | { readonly __typename: 'NotEnoughStock', readonly message: string }
        | { readonly __typename: 'PriceChanged', readonly message: string }
        | { readonly __typename: 'ProductUnavailable', readonly message: string }
      > }, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type ClearCartMutationVariables = Exact<{
  input: ClearCartInput;
}>;


export type ClearCartMutation = { readonly clearCart: { readonly consistencyToken: string | null, readonly cart: { readonly id: string, readonly itemCount: number, readonly itemsTotal: { readonly amount: string, readonly currency: CurrencyCode } | null, readonly lines: ReadonlyArray<{ readonly sku: string, readonly quantity: number, readonly available: boolean, readonly unitPrice: { readonly amount: string, readonly currency: CurrencyCode } | null, readonly lineTotal: { readonly amount: string, readonly currency: CurrencyCode } | null, readonly product: { readonly id: string, readonly name: string } }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type CompensateSagaMutationVariables = Exact<{
  input: CompensateSagaInput;
}>;


export type CompensateSagaMutation = { readonly compensateSaga: { readonly consistencyToken: string | null, readonly saga: { readonly id: string, readonly state: SagaState, readonly outcome: SagaOutcome | null, readonly reason: string | null, readonly deadline: string | null, readonly startedAt: string, readonly updatedAt: string, readonly tasks: ReadonlyArray<{ readonly name: string, readonly request: string, readonly attempts: number, readonly askedAgainAt: string | null, readonly giveUpAt: string | null, readonly gaveUp: boolean }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type DeclineReturnMutationVariables = Exact<{
  input: DeclineReturnInput;
}>;


export type DeclineReturnMutation = { readonly declineReturn: { readonly consistencyToken: string | null, readonly order: { readonly id: string, readonly status: OrderStatus, readonly returns: ReadonlyArray<{ readonly id: string, readonly status: ReturnStatus, readonly lines: ReadonlyArray<{ readonly sku: string, readonly quantity: number }>, readonly refund: { readonly amount: string, readonly currency: CurrencyCode } | null }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type GuestCartQueryVariables = Exact<{
  guestToken: string;
}>;


export type GuestCartQuery = { readonly guestCart: { readonly expiresAt: string, readonly itemCount: number, readonly itemsTotal: { readonly amount: string, readonly currency: CurrencyCode } | null, readonly lines: ReadonlyArray<{ readonly sku: string, readonly quantity: number, readonly available: boolean, readonly unitPrice: { readonly amount: string, readonly currency: CurrencyCode } | null, readonly product: { readonly id: string, readonly name: string } }>, readonly problems: ReadonlyArray<
      | { readonly __typename: 'NotEnoughStock', readonly message: string, readonly left: number, readonly line: { readonly sku: string } }
      | { readonly __typename: 'PriceChanged', readonly message: string, readonly before: { readonly amount: string, readonly currency: CurrencyCode }, readonly now: { readonly amount: string, readonly currency: CurrencyCode }, readonly line: { readonly sku: string } }
      | { readonly __typename: 'ProductUnavailable', readonly message: string, readonly line: { readonly sku: string } }
    > } | null };

export type MarkDeliveredMutationVariables = Exact<{
  input: MarkDeliveredInput;
}>;


export type MarkDeliveredMutation = { readonly markDelivered: { readonly consistencyToken: string | null, readonly order: { readonly id: string, readonly number: string, readonly status: OrderStatus, readonly statusReason: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type MergeGuestCartMutationVariables = Exact<{
  input: MergeGuestCartInput;
}>;


export type MergeGuestCartMutation = { readonly mergeGuestCart: { readonly consistencyToken: string | null, readonly cart: { readonly itemCount: number, readonly itemsTotal: { readonly amount: string, readonly currency: CurrencyCode } | null, readonly lines: ReadonlyArray<{ readonly sku: string, readonly quantity: number, readonly available: boolean, readonly unitPrice: { readonly amount: string, readonly currency: CurrencyCode } | null, readonly product: { readonly id: string, readonly name: string } }> } | null, readonly leftOut: ReadonlyArray<{ readonly sku: string, readonly quantity: number }>, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type MyOrdersChangedSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type MyOrdersChangedSubscription = { readonly myOrdersChanged: { readonly cursor: string, readonly type: string, readonly at: string, readonly order: { readonly id: string, readonly number: string, readonly status: OrderStatus, readonly statusReason: string | null, readonly totals: { readonly grandTotal: { readonly amount: string, readonly currency: CurrencyCode } }, readonly payment: { readonly status: PaymentStatus, readonly captured: { readonly amount: string, readonly currency: CurrencyCode } } | null } } };

export type MyOrdersQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: OrderFilter | null | undefined;
}>;


export type MyOrdersQuery = { readonly orders: { readonly totalCount: number | null, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly id: string, readonly number: string, readonly status: OrderStatus, readonly placedAt: string, readonly totals: { readonly grandTotal: { readonly amount: string, readonly currency: CurrencyCode } } } }> } | null };

export type OrderByNumberQueryVariables = Exact<{
  number: string;
}>;


export type OrderByNumberQuery = { readonly order: { readonly id: string, readonly number: string, readonly status: OrderStatus } | null };

export type OrderChangedSubscriptionVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type OrderChangedSubscription = { readonly orderChanged: { readonly cursor: string, readonly type: string, readonly at: string, readonly order: { readonly id: string, readonly number: string, readonly status: OrderStatus, readonly statusReason: string | null, readonly payment: { readonly status: PaymentStatus, readonly declineReason: string | null, readonly amount: { readonly amount: string, readonly currency: CurrencyCode }, readonly captured: { readonly amount: string, readonly currency: CurrencyCode } } | null, readonly invoices: ReadonlyArray<{ readonly number: string, readonly kind: InvoiceKind, readonly amount: { readonly amount: string, readonly currency: CurrencyCode } }> | null } } };

export type OrderHistoryQueryVariables = Exact<{
  id: string;
  version: number;
}>;


export type OrderHistoryQuery = { readonly order: { readonly id: string, readonly number: string, readonly status: OrderStatus, readonly version: number, readonly history: { readonly totalCount: number, readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly version: number, readonly event: string, readonly at: string, readonly cause: string | null, readonly correlation: string, readonly actor: { readonly kind: ActorKind, readonly id: string } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null } | null, readonly atFirst: { readonly id: string, readonly status: OrderStatus, readonly version: number } | null };

export type OrderParkedMessagesQueryVariables = Exact<{
  group?: string | null | undefined;
  first?: number | null | undefined;
}>;


export type OrderParkedMessagesQuery = { readonly orderParkedMessages: ReadonlyArray<{ readonly id: string, readonly context: string, readonly group: string, readonly topic: string, readonly stream: string, readonly type: string | null, readonly cause: string, readonly parkedAt: string, readonly correlation: string | null }> | null };

export type OrderQueryVariables = Exact<{
  id: string;
}>;


export type OrderQuery = { readonly order: { readonly id: string, readonly number: string, readonly status: OrderStatus, readonly statusReason: string | null, readonly placedAt: string, readonly shipBy: string | null, readonly deliveredAt: string | null, readonly version: number, readonly cursor: string, readonly lines: ReadonlyArray<{ readonly sku: string, readonly name: string, readonly quantity: number, readonly unitPrice: { readonly amount: string, readonly currency: CurrencyCode }, readonly lineTotal: { readonly amount: string, readonly currency: CurrencyCode } }>, readonly totals: { readonly items: { readonly amount: string, readonly currency: CurrencyCode }, readonly shipping: { readonly amount: string, readonly currency: CurrencyCode }, readonly tax: { readonly amount: string, readonly currency: CurrencyCode }, readonly grandTotal: { readonly amount: string, readonly currency: CurrencyCode } }, readonly shippingAddress: { readonly name: string, readonly line1: string, readonly city: string, readonly postalCode: string, readonly country: string } | null, readonly shipments: ReadonlyArray<{ readonly id: string, readonly carrier: string, readonly trackingNumber: string, readonly shippedAt: string, readonly lines: ReadonlyArray<{ readonly sku: string, readonly quantity: number }>, readonly amount: { readonly amount: string, readonly currency: CurrencyCode } }>, readonly returns: ReadonlyArray<{ readonly id: string, readonly status: ReturnStatus, readonly requestedAt: string, readonly lines: ReadonlyArray<{ readonly sku: string, readonly quantity: number }>, readonly refund: { readonly amount: string, readonly currency: CurrencyCode } | null }>, readonly timeline: ReadonlyArray<{ readonly event: string, readonly at: string }> } | null };

export type PlaceOrderMutationVariables = Exact<{
  input: PlaceOrderInput;
}>;


export type PlaceOrderMutation = { readonly placeOrder: { readonly consistencyToken: string | null, readonly order: { readonly id: string, readonly number: string, readonly status: OrderStatus, readonly cursor: string, readonly totals: { readonly items: { readonly amount: string, readonly currency: CurrencyCode }, readonly shipping: { readonly amount: string, readonly currency: CurrencyCode }, readonly tax: { readonly amount: string, readonly currency: CurrencyCode }, readonly grandTotal: { readonly amount: string, readonly currency: CurrencyCode } }, readonly lines: ReadonlyArray<{ readonly sku: string, readonly name: string, readonly quantity: number, readonly unitPrice: { readonly amount: string, readonly currency: CurrencyCode }, readonly lineTotal: { readonly amount: string, readonly currency: CurrencyCode } }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type ReceiveReturnMutationVariables = Exact<{
  input: ReceiveReturnInput;
}>;


export type ReceiveReturnMutation = { readonly receiveReturn: { readonly consistencyToken: string | null, readonly order: { readonly id: string, readonly status: OrderStatus, readonly returns: ReadonlyArray<{ readonly id: string, readonly status: ReturnStatus, readonly lines: ReadonlyArray<{ readonly sku: string, readonly quantity: number }>, readonly refund: { readonly amount: string, readonly currency: CurrencyCode } | null }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type RemoveFromCartMutationVariables = Exact<{
  input: RemoveFromCartInput;
}>;


export type RemoveFromCartMutation = { readonly removeFromCart: { readonly consistencyToken: string | null, readonly cart: { readonly id: string, readonly itemCount: number, readonly itemsTotal: { readonly amount: string, readonly currency: CurrencyCode } | null, readonly lines: ReadonlyArray<{ readonly sku: string, readonly quantity: number, readonly available: boolean, readonly unitPrice: { readonly amount: string, readonly currency: CurrencyCode } | null, readonly lineTotal: { readonly amount: string, readonly currency: CurrencyCode } | null, readonly product: { readonly id: string, readonly name: string } }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type RemoveFromGuestCartMutationVariables = Exact<{
  input: RemoveFromGuestCartInput;
}>;


export type RemoveFromGuestCartMutation = { readonly removeFromGuestCart: { readonly guestToken: string | null, readonly consistencyToken: string | null, readonly cart: { readonly itemCount: number, readonly itemsTotal: { readonly amount: string, readonly currency: CurrencyCode } | null, readonly lines: ReadonlyArray<{ readonly sku: string, readonly quantity: number, readonly available: boolean, readonly unitPrice: { readonly amount: string, readonly currency: CurrencyCode } | null, readonly product: { readonly id: string, readonly name: string } }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type ReplayOrderParkedMessagesMutationVariables = Exact<{
  input: ReplayOrderParkedMessagesInput;
}>;


export type ReplayOrderParkedMessagesMutation = { readonly replayOrderParkedMessages: { readonly handled: number | null, readonly left: number | null, readonly failure: string | null, readonly consistencyToken: string | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type RequestReturnMutationVariables = Exact<{
  input: RequestReturnInput;
}>;


export type RequestReturnMutation = { readonly requestReturn: { readonly consistencyToken: string | null, readonly order: { readonly id: string, readonly status: OrderStatus, readonly returns: ReadonlyArray<{ readonly id: string, readonly status: ReturnStatus, readonly lines: ReadonlyArray<{ readonly sku: string, readonly quantity: number }>, readonly refund: { readonly amount: string, readonly currency: CurrencyCode } | null }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type RetrySagaMutationVariables = Exact<{
  input: RetrySagaInput;
}>;


export type RetrySagaMutation = { readonly retrySaga: { readonly consistencyToken: string | null, readonly saga: { readonly id: string, readonly state: SagaState, readonly outcome: SagaOutcome | null, readonly reason: string | null, readonly deadline: string | null, readonly startedAt: string, readonly updatedAt: string, readonly tasks: ReadonlyArray<{ readonly name: string, readonly request: string, readonly attempts: number, readonly askedAgainAt: string | null, readonly giveUpAt: string | null, readonly gaveUp: boolean }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type SagaQueryVariables = Exact<{
  orderId: string;
}>;


export type SagaQuery = { readonly saga: { readonly id: string, readonly state: SagaState, readonly outcome: SagaOutcome | null, readonly reason: string | null, readonly deadline: string | null, readonly startedAt: string, readonly updatedAt: string, readonly tasks: ReadonlyArray<{ readonly name: string, readonly request: string, readonly attempts: number, readonly askedAgainAt: string | null, readonly giveUpAt: string | null, readonly gaveUp: boolean }>, readonly steps: { readonly totalCount: number, readonly edges: ReadonlyArray<{ readonly node: { readonly version: number, readonly event: string, readonly at: string, readonly cause: string | null, readonly actor: { readonly kind: ActorKind, readonly id: string } } }> } } | null };

export type SagasQueryVariables = Exact<{
  state?: SagaState | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type SagasQuery = { readonly sagas: { readonly totalCount: number, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly id: string, readonly state: SagaState, readonly outcome: SagaOutcome | null, readonly reason: string | null, readonly deadline: string | null, readonly startedAt: string, readonly updatedAt: string, readonly tasks: ReadonlyArray<{ readonly name: string, readonly request: string, readonly attempts: number, readonly askedAgainAt: string | null, readonly giveUpAt: string | null, readonly gaveUp: boolean }>, readonly order: { readonly number: string, readonly status: OrderStatus } | null } }> } | null };

export type ShipOrderMutationVariables = Exact<{
  input: ShipOrderInput;
}>;


export type ShipOrderMutation = { readonly shipOrder: { readonly consistencyToken: string | null, readonly order: { readonly id: string, readonly number: string, readonly status: OrderStatus, readonly shipments: ReadonlyArray<{ readonly id: string, readonly carrier: string, readonly trackingNumber: string, readonly shippedAt: string }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type AddPaymentMethodMutationVariables = Exact<{
  input: AddPaymentMethodInput;
}>;


export type AddPaymentMethodMutation = { readonly addPaymentMethod: { readonly consistencyToken: string | null, readonly paymentMethod: { readonly id: string, readonly label: string, readonly addedAt: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type InvoiceQueryVariables = Exact<{
  number: string;
}>;


export type InvoiceQuery = { readonly invoice: { readonly number: string, readonly kind: InvoiceKind, readonly issuedAt: string, readonly amount: { readonly amount: string, readonly currency: CurrencyCode }, readonly order: { readonly id: string } } | null };

export type MyInvoicesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type MyInvoicesQuery = { readonly invoices: { readonly totalCount: number, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly number: string, readonly kind: InvoiceKind, readonly issuedAt: string, readonly amount: { readonly amount: string, readonly currency: CurrencyCode }, readonly order: { readonly id: string } } }> } | null };

export type MyPaymentMethodsQueryVariables = Exact<{ [key: string]: never; }>;


export type MyPaymentMethodsQuery = { readonly me: { readonly id: string, readonly paymentMethods: ReadonlyArray<{ readonly id: string, readonly label: string, readonly addedAt: string }> | null } | null };

export type PaymentChangedSubscriptionVariables = Exact<{
  orderId: string;
  after?: string | null | undefined;
}>;


export type PaymentChangedSubscription = { readonly paymentChanged: { readonly cursor: string, readonly type: string, readonly at: string, readonly payment: { readonly id: string, readonly status: PaymentStatus, readonly declineReason: string | null, readonly amount: { readonly amount: string, readonly currency: CurrencyCode }, readonly captured: { readonly amount: string, readonly currency: CurrencyCode }, readonly refunded: { readonly amount: string, readonly currency: CurrencyCode } } } };

export type PaymentHistoryQueryVariables = Exact<{
  id: string;
  version: number;
}>;


export type PaymentHistoryQuery = { readonly payment: { readonly id: string, readonly status: PaymentStatus, readonly history: { readonly totalCount: number, readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly version: number, readonly event: string, readonly at: string, readonly cause: string | null, readonly correlation: string, readonly actor: { readonly kind: ActorKind, readonly id: string } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null } | null, readonly atFirst: { readonly id: string, readonly status: PaymentStatus } | null };

export type PaymentParkedMessagesQueryVariables = Exact<{
  group?: string | null | undefined;
  first?: number | null | undefined;
}>;


export type PaymentParkedMessagesQuery = { readonly paymentParkedMessages: ReadonlyArray<{ readonly id: string, readonly context: string, readonly group: string, readonly topic: string, readonly stream: string, readonly type: string | null, readonly cause: string, readonly parkedAt: string, readonly correlation: string | null }> | null };

export type PaymentQueryVariables = Exact<{
  id: string;
}>;


export type PaymentQuery = { readonly payment: { readonly id: string, readonly status: PaymentStatus, readonly declineReason: string | null, readonly authorisationExpiresAt: string | null, readonly requestedAt: string, readonly amount: { readonly amount: string, readonly currency: CurrencyCode }, readonly captured: { readonly amount: string, readonly currency: CurrencyCode }, readonly refunded: { readonly amount: string, readonly currency: CurrencyCode }, readonly captures: ReadonlyArray<{ readonly id: string, readonly status: MovementStatus, readonly reason: string | null, readonly at: string | null, readonly amount: { readonly amount: string, readonly currency: CurrencyCode } }>, readonly refunds: ReadonlyArray<{ readonly id: string, readonly status: MovementStatus, readonly reason: string | null, readonly at: string | null, readonly amount: { readonly amount: string, readonly currency: CurrencyCode } }> } | null };

export type PaymentsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type PaymentsQuery = { readonly payments: { readonly totalCount: number, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly id: string, readonly status: PaymentStatus, readonly requestedAt: string, readonly amount: { readonly amount: string, readonly currency: CurrencyCode }, readonly captured: { readonly amount: string, readonly currency: CurrencyCode }, readonly refunded: { readonly amount: string, readonly currency: CurrencyCode }, readonly order: { readonly number: string } } }> } | null };

export type RefundPaymentMutationVariables = Exact<{
  input: RefundPaymentInput;
}>;


export type RefundPaymentMutation = { readonly refundPayment: { readonly consistencyToken: string | null, readonly payment: { readonly id: string, readonly status: PaymentStatus, readonly refunded: { readonly amount: string, readonly currency: CurrencyCode }, readonly refunds: ReadonlyArray<{ readonly id: string, readonly status: MovementStatus, readonly reason: string | null, readonly at: string | null, readonly amount: { readonly amount: string, readonly currency: CurrencyCode } }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type RemovePaymentMethodMutationVariables = Exact<{
  input: RemovePaymentMethodInput;
}>;


export type RemovePaymentMethodMutation = { readonly removePaymentMethod: { readonly consistencyToken: string | null, readonly paymentMethods: ReadonlyArray<{ readonly id: string, readonly label: string }> | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type ReplayPaymentParkedMessagesMutationVariables = Exact<{
  input: ReplayPaymentParkedMessagesInput;
}>;


export type ReplayPaymentParkedMessagesMutation = { readonly replayPaymentParkedMessages: { readonly handled: number | null, readonly left: number | null, readonly failure: string | null, readonly consistencyToken: string | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type AddAddressMutationVariables = Exact<{
  input: AddAddressInput;
}>;


export type AddAddressMutation = { readonly addAddress: { readonly consistencyToken: string | null, readonly address: { readonly id: string, readonly isDefault: boolean, readonly address: { readonly name: string, readonly line1: string, readonly city: string, readonly postalCode: string, readonly country: string } } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type AssignRoleMutationVariables = Exact<{
  input: AssignRoleInput;
}>;


export type AssignRoleMutation = { readonly assignRole: { readonly consistencyToken: string | null, readonly user: { readonly id: string, readonly roles: ReadonlyArray<Role> | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type ChangePasswordMutationVariables = Exact<{
  input: ChangePasswordInput;
}>;


export type ChangePasswordMutation = { readonly changePassword: { readonly consistencyToken: string | null, readonly user: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type ChangeUsernameMutationVariables = Exact<{
  input: ChangeUsernameInput;
}>;


export type ChangeUsernameMutation = { readonly changeUsername: { readonly consistencyToken: string | null, readonly user: { readonly id: string, readonly username: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type CompleteRegistrationMutationVariables = Exact<{
  input: CompleteRegistrationInput;
}>;


export type CompleteRegistrationMutation = { readonly completeRegistration: { readonly consistencyToken: string | null, readonly user: { readonly id: string, readonly username: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type ConfirmEmailChangeMutationVariables = Exact<{
  input: ConfirmEmailChangeInput;
}>;


export type ConfirmEmailChangeMutation = { readonly confirmEmailChange: { readonly consistencyToken: string | null, readonly user: { readonly id: string, readonly email: string | null, readonly emailVerified: boolean | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type DeactivateUserMutationVariables = Exact<{
  input: DeactivateUserInput;
}>;


export type DeactivateUserMutation = { readonly deactivateUser: { readonly consistencyToken: string | null, readonly user: { readonly id: string, readonly status: UserStatus | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type EraseMeMutationVariables = Exact<{
  input: EraseMeInput;
}>;


export type EraseMeMutation = { readonly eraseMe: { readonly consistencyToken: string | null, readonly user: { readonly id: string, readonly status: UserStatus | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { readonly me: { readonly id: string, readonly username: string, readonly email: string | null, readonly emailVerified: boolean | null, readonly status: UserStatus | null, readonly roles: ReadonlyArray<Role> | null, readonly displayName: string | null, readonly phone: string | null, readonly createdAt: string, readonly addresses: ReadonlyArray<{ readonly id: string, readonly isDefault: boolean, readonly address: { readonly name: string, readonly line1: string, readonly line2: string | null, readonly city: string, readonly postalCode: string, readonly region: string | null, readonly country: string } }> | null } | null };

export type MySessionsChangedSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type MySessionsChangedSubscription = { readonly mySessionsChanged: { readonly cursor: string, readonly change: SessionChange, readonly sessionId: string | null } };

export type MySessionsQueryVariables = Exact<{ [key: string]: never; }>;


export type MySessionsQuery = { readonly me: { readonly id: string, readonly sessions: ReadonlyArray<{ readonly id: string, readonly startedAt: string, readonly refreshedAt: string, readonly expiresAt: string, readonly isCurrent: boolean }> | null } | null };

export type RefreshSessionMutationVariables = Exact<{
  input: RefreshSessionInput;
}>;


export type RefreshSessionMutation = { readonly refreshSession: { readonly consistencyToken: string | null, readonly session: { readonly id: string, readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string, readonly refreshTokenExpiresAt: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type RegisterMutationVariables = Exact<{
  input: RegisterUserInput;
}>;


export type RegisterMutation = { readonly registerUser: { readonly consistencyToken: string | null, readonly user: { readonly id: string, readonly username: string, readonly createdAt: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type RemoveAddressMutationVariables = Exact<{
  input: RemoveAddressInput;
}>;


export type RemoveAddressMutation = { readonly removeAddress: { readonly consistencyToken: string | null, readonly user: { readonly id: string, readonly addresses: ReadonlyArray<{ readonly id: string, readonly isDefault: boolean, readonly address: { readonly name: string, readonly line1: string, readonly city: string, readonly postalCode: string, readonly country: string } }> | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type ReplayUserParkedMessagesMutationVariables = Exact<{
  input: ReplayUserParkedMessagesInput;
}>;


export type ReplayUserParkedMessagesMutation = { readonly replayUserParkedMessages: { readonly handled: number | null, readonly left: number | null, readonly failure: string | null, readonly consistencyToken: string | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type RequestEmailChangeMutationVariables = Exact<{
  input: RequestEmailChangeInput;
}>;


export type RequestEmailChangeMutation = { readonly requestEmailChange: { readonly consistencyToken: string | null, readonly user: { readonly id: string, readonly pendingEmail: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type RequestPasswordResetMutationVariables = Exact<{
  input: RequestPasswordResetInput;
}>;


export type RequestPasswordResetMutation = { readonly requestPasswordReset: { readonly consistencyToken: string | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type ResendVerificationMutationVariables = Exact<{
  input: ResendVerificationInput;
}>;


export type ResendVerificationMutation = { readonly resendVerification: { readonly consistencyToken: string | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type ResetPasswordMutationVariables = Exact<{
  input: ResetPasswordInput;
}>;


export type ResetPasswordMutation = { readonly resetPassword: { readonly consistencyToken: string | null, readonly user: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type RevokeRoleMutationVariables = Exact<{
  input: RevokeRoleInput;
}>;


export type RevokeRoleMutation = { readonly revokeRole: { readonly consistencyToken: string | null, readonly user: { readonly id: string, readonly roles: ReadonlyArray<Role> | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type RevokeSessionMutationVariables = Exact<{
  input: RevokeSessionInput;
}>;


export type RevokeSessionMutation = { readonly revokeSession: { readonly consistencyToken: string | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type SetDefaultAddressMutationVariables = Exact<{
  input: SetDefaultAddressInput;
}>;


export type SetDefaultAddressMutation = { readonly setDefaultAddress: { readonly consistencyToken: string | null, readonly user: { readonly id: string, readonly defaultAddress: { readonly id: string, readonly isDefault: boolean } | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { readonly signIn: { readonly consistencyToken: string | null, readonly session: { readonly id: string, readonly accessToken: string, readonly accessTokenExpiresAt: string, readonly refreshToken: string, readonly refreshTokenExpiresAt: string } | null, readonly user: { readonly id: string, readonly username: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type SignOutEverywhereMutationVariables = Exact<{
  input: SignOutEverywhereInput;
}>;


export type SignOutEverywhereMutation = { readonly signOutEverywhere: { readonly consistencyToken: string | null, readonly user: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type SignOutMutationVariables = Exact<{
  input: SignOutInput;
}>;


export type SignOutMutation = { readonly signOut: { readonly consistencyToken: string | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type UpdateAddressMutationVariables = Exact<{
  input: UpdateAddressInput;
}>;


export type UpdateAddressMutation = { readonly updateAddress: { readonly consistencyToken: string | null, readonly address: { readonly id: string, readonly isDefault: boolean, readonly address: { readonly name: string, readonly line1: string, readonly city: string, readonly postalCode: string, readonly country: string } } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type UpdateProfileMutationVariables = Exact<{
  input: UpdateProfileInput;
}>;


export type UpdateProfileMutation = { readonly updateProfile: { readonly consistencyToken: string | null, readonly user: { readonly id: string, readonly displayName: string | null, readonly phone: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export type UserChangedSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type UserChangedSubscription = { readonly userChanged: { readonly cursor: string, readonly change: string, readonly user: { readonly id: string, readonly username: string, readonly displayName: string | null, readonly roles: ReadonlyArray<Role> | null } } };

export type UserHistoryQueryVariables = Exact<{
  id: string;
}>;


export type UserHistoryQuery = { readonly user: { readonly id: string, readonly history: { readonly totalCount: number, readonly edges: ReadonlyArray<{ readonly node: { readonly version: number, readonly event: string, readonly at: string, readonly cause: string | null, readonly actor: { readonly kind: ActorKind, readonly id: string } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null } | null };

export type UserParkedMessagesQueryVariables = Exact<{
  group?: string | null | undefined;
  first?: number | null | undefined;
}>;


export type UserParkedMessagesQuery = { readonly userParkedMessages: ReadonlyArray<{ readonly id: string, readonly context: string, readonly group: string, readonly topic: string, readonly stream: string, readonly type: string | null, readonly cause: string, readonly parkedAt: string, readonly correlation: string | null }> | null };

export type UserQueryVariables = Exact<{
  id: string;
}>;


export type UserQuery = { readonly user: { readonly id: string, readonly username: string, readonly createdAt: string } | null };

export type UsersQueryVariables = Exact<{
  filter?: UserFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type UsersQuery = { readonly users: { readonly totalCount: number, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly id: string, readonly username: string, readonly email: string | null, readonly status: UserStatus | null, readonly roles: ReadonlyArray<Role> | null, readonly createdAt: string } }> } };

export type VerifyEmailMutationVariables = Exact<{
  input: VerifyEmailInput;
}>;


export type VerifyEmailMutation = { readonly verifyEmail: { readonly consistencyToken: string | null, readonly user: { readonly id: string, readonly username: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly field: ReadonlyArray<string> | null }> } };

export const LatestOrder = "query LatestOrder {\n  orders(first: 1) {\n    edges {\n      node {\n        id\n        number\n        status\n        statusReason\n        placedAt\n        customer {\n          id\n          username\n          email\n          paymentMethods {\n            id\n            label\n          }\n        }\n        totals {\n          items {\n            amount\n            currency\n          }\n          shipping {\n            amount\n            currency\n          }\n          tax {\n            amount\n            currency\n          }\n          grandTotal {\n            amount\n            currency\n          }\n        }\n        lines {\n          sku\n          quantity\n          unitPrice {\n            amount\n            currency\n          }\n          product {\n            id\n            name\n            category\n            price {\n              amount\n              currency\n            }\n            stock {\n              available\n              inStock\n            }\n          }\n        }\n        payment {\n          id\n          status\n          declineReason\n          amount {\n            amount\n            currency\n          }\n          captured {\n            amount\n            currency\n          }\n          refunded {\n            amount\n            currency\n          }\n          captures {\n            amount {\n              amount\n              currency\n            }\n            status\n            at\n          }\n        }\n        invoices {\n          number\n          kind\n          amount {\n            amount\n            currency\n          }\n          issuedAt\n        }\n        shipments {\n          carrier\n          trackingNumber\n          shippedAt\n        }\n        timeline {\n          event\n          at\n        }\n      }\n    }\n  }\n}" as Document<LatestOrderQuery, LatestOrderQueryVariables>
export const MyAccount = "query MyAccount {\n  me {\n    id\n    username\n    email\n    orders(first: 5) {\n      totalCount\n      edges {\n        node {\n          id\n          number\n          status\n          totals {\n            grandTotal {\n              amount\n              currency\n            }\n          }\n        }\n      }\n    }\n    paymentMethods {\n      id\n      label\n    }\n    invoices(first: 5) {\n      totalCount\n      edges {\n        node {\n          number\n          kind\n          amount {\n            amount\n            currency\n          }\n        }\n      }\n    }\n  }\n  cart {\n    id\n    itemCount\n    itemsTotal {\n      amount\n      currency\n    }\n  }\n}" as Document<MyAccountQuery, MyAccountQueryVariables>
export const OrderAcrossContexts = "query OrderAcrossContexts($id: ID!) {\n  order(id: $id) {\n    id\n    number\n    status\n    statusReason\n    placedAt\n    customer {\n      id\n      username\n      email\n      paymentMethods {\n        id\n        label\n      }\n    }\n    totals {\n      items {\n        amount\n        currency\n      }\n      shipping {\n        amount\n        currency\n      }\n      tax {\n        amount\n        currency\n      }\n      grandTotal {\n        amount\n        currency\n      }\n    }\n    lines {\n      sku\n      quantity\n      reservation {\n        state\n        held\n        shipped\n      }\n      unitPrice {\n        amount\n        currency\n      }\n      product {\n        id\n        name\n        category\n        price {\n          amount\n          currency\n        }\n        stock {\n          available\n          inStock\n        }\n      }\n    }\n    payment {\n      id\n      status\n      declineReason\n      amount {\n        amount\n        currency\n      }\n      captured {\n        amount\n        currency\n      }\n      refunded {\n        amount\n        currency\n      }\n      captures {\n        amount {\n          amount\n          currency\n        }\n        status\n        at\n      }\n    }\n    invoices {\n      number\n      kind\n      amount {\n        amount\n        currency\n      }\n      issuedAt\n    }\n    shipments {\n      carrier\n      trackingNumber\n      shippedAt\n    }\n    timeline {\n      event\n      at\n    }\n  }\n}" as Document<OrderAcrossContextsQuery, OrderAcrossContextsQueryVariables>
export const AdjustStock = "mutation AdjustStock($input: AdjustStockInput!) {\n  adjustStock(input: $input) {\n    stock {\n      sku\n      available\n      onHand\n      reserved\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<AdjustStockMutation, AdjustStockMutationVariables>
export const BrowseProducts = "query BrowseProducts($filter: ProductFilter, $sort: ProductSort! = NEWEST, $first: Int, $after: String) {\n  products(filter: $filter, sort: $sort, first: $first, after: $after) {\n    totalCount\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    edges {\n      cursor\n      node {\n        id\n        sku\n        name\n        category\n        price {\n          amount\n          currency\n        }\n        stock {\n          sku\n          available\n          inStock\n        }\n      }\n    }\n  }\n}" as Document<BrowseProductsQuery, BrowseProductsQueryVariables>
export const Categories = "query Categories {\n  categories {\n    name\n    productCount\n  }\n}" as Document<CategoriesQuery, CategoriesQueryVariables>
export const ChangePrice = "mutation ChangePrice($input: ChangePriceInput!) {\n  changePrice(input: $input) {\n    product {\n      id\n      sku\n      name\n      published\n      price {\n        amount\n        currency\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<ChangePriceMutation, ChangePriceMutationVariables>
export const CreateProduct = "mutation CreateProduct($input: CreateProductInput!) {\n  createProduct(input: $input) {\n    product {\n      id\n      sku\n      name\n      published\n      price {\n        amount\n        currency\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<CreateProductMutation, CreateProductMutationVariables>
export const InventoryParkedMessages = "query InventoryParkedMessages($group: String, $first: Int) {\n  inventoryParkedMessages(group: $group, first: $first) {\n    id\n    context\n    group\n    topic\n    stream\n    type\n    cause\n    parkedAt\n    correlation\n  }\n}" as Document<InventoryParkedMessagesQuery, InventoryParkedMessagesQueryVariables>
export const ProductChanged = "subscription ProductChanged($id: ID!, $after: String) {\n  productChanged(id: $id, after: $after) {\n    cursor\n    change\n    product {\n      id\n      name\n      price {\n        amount\n        currency\n      }\n    }\n  }\n}" as Document<ProductChangedSubscription, ProductChangedSubscriptionVariables>
export const ProductHistory = "query ProductHistory($sku: String!, $version: Int!) {\n  product(sku: $sku) {\n    id\n    name\n    history(first: 50) {\n      totalCount\n      edges {\n        cursor\n        node {\n          version\n          event\n          at\n          actor {\n            kind\n            id\n          }\n          cause\n          correlation\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n  atFirst: product(sku: $sku, at: { version: $version }) {\n    id\n    name\n    published\n    price {\n      amount\n      currency\n    }\n  }\n}" as Document<ProductHistoryQuery, ProductHistoryQueryVariables>
export const Product = "query Product($sku: String) {\n  product(sku: $sku) {\n    id\n    sku\n    name\n    description\n    category\n    weightGrams\n    published\n    price {\n      amount\n      currency\n    }\n    attributes {\n      name\n      value\n    }\n    images {\n      url\n      alt\n    }\n    priceHistory {\n      since\n      price {\n        amount\n        currency\n      }\n    }\n    stock {\n      sku\n      available\n      inStock\n    }\n    createdAt\n    updatedAt\n  }\n}" as Document<ProductQuery, ProductQueryVariables>
export const PublishProduct = "mutation PublishProduct($input: PublishProductInput!) {\n  publishProduct(input: $input) {\n    product {\n      id\n      sku\n      name\n      published\n      price {\n        amount\n        currency\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<PublishProductMutation, PublishProductMutationVariables>
export const ReceiveStock = "mutation ReceiveStock($input: ReceiveStockInput!) {\n  receiveStock(input: $input) {\n    stock {\n      sku\n      available\n      onHand\n      reserved\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<ReceiveStockMutation, ReceiveStockMutationVariables>
export const ReplayInventoryParkedMessages = "mutation ReplayInventoryParkedMessages($input: ReplayInventoryParkedMessagesInput!) {\n  replayInventoryParkedMessages(input: $input) {\n    handled\n    left\n    failure\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<ReplayInventoryParkedMessagesMutation, ReplayInventoryParkedMessagesMutationVariables>
export const SetLowStockThreshold = "mutation SetLowStockThreshold($input: SetLowStockThresholdInput!) {\n  setLowStockThreshold(input: $input) {\n    stock {\n      sku\n      available\n      lowStockThreshold\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<SetLowStockThresholdMutation, SetLowStockThresholdMutationVariables>
export const StockChanged = "subscription StockChanged($skus: [String!]!, $after: String) {\n  stockChanged(skus: $skus, after: $after) {\n    cursor\n    stock {\n      sku\n      available\n      inStock\n    }\n  }\n}" as Document<StockChangedSubscription, StockChangedSubscriptionVariables>
export const StockLevelsChanged = "subscription StockLevelsChanged($skus: [String!]!, $after: String) {\n  stockChanged(skus: $skus, after: $after) {\n    cursor\n    stock {\n      sku\n      available\n      onHand\n      reserved\n    }\n  }\n}" as Document<StockLevelsChangedSubscription, StockLevelsChangedSubscriptionVariables>
export const StockMovements = "query StockMovements($sku: String!, $first: Int, $after: String) {\n  stockMovements(sku: $sku, first: $first, after: $after) {\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    edges {\n      cursor\n      node {\n        id\n        kind\n        quantity\n        onHand\n        reserved\n        orderId\n        reason\n        note\n        occurredAt\n      }\n    }\n  }\n}" as Document<StockMovementsQuery, StockMovementsQueryVariables>
export const Stock = "query Stock($sku: String) {\n  product(sku: $sku) {\n    id\n    stock {\n      sku\n      available\n      inStock\n      onHand\n      reserved\n      lowStockThreshold\n    }\n  }\n}" as Document<StockQuery, StockQueryVariables>
export const UnpublishProduct = "mutation UnpublishProduct($input: UnpublishProductInput!) {\n  unpublishProduct(input: $input) {\n    product {\n      id\n      sku\n      name\n      published\n      price {\n        amount\n        currency\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<UnpublishProductMutation, UnpublishProductMutationVariables>
export const UpdateProduct = "mutation UpdateProduct($input: UpdateProductInput!) {\n  updateProduct(input: $input) {\n    product {\n      id\n      sku\n      name\n      published\n      price {\n        amount\n        currency\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<UpdateProductMutation, UpdateProductMutationVariables>
export const AddToCart = "mutation AddToCart($input: AddToCartInput!) {\n  addToCart(input: $input) {\n    cart {\n      id\n      itemCount\n      itemsTotal {\n        amount\n        currency\n      }\n      lines {\n        sku\n        quantity\n        unitPrice {\n          amount\n          currency\n        }\n        lineTotal {\n          amount\n          currency\n        }\n        available\n        product {\n          id\n          name\n        }\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<AddToCartMutation, AddToCartMutationVariables>
export const AddToGuestCart = "mutation AddToGuestCart($input: AddToGuestCartInput!) {\n  addToGuestCart(input: $input) {\n    guestToken\n    cart {\n      itemCount\n      itemsTotal {\n        amount\n        currency\n      }\n      lines {\n        sku\n        quantity\n        unitPrice {\n          amount\n          currency\n        }\n        available\n        product {\n          id\n          name\n        }\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<AddToGuestCartMutation, AddToGuestCartMutationVariables>
export const ApproveReturn = "mutation ApproveReturn($input: ApproveReturnInput!) {\n  approveReturn(input: $input) {\n    order {\n      id\n      status\n      returns {\n        id\n        status\n        lines {\n          sku\n          quantity\n        }\n        refund {\n          amount\n          currency\n        }\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<ApproveReturnMutation, ApproveReturnMutationVariables>
export const CancelOrder = "mutation CancelOrder($input: CancelOrderInput!) {\n  cancelOrder(input: $input) {\n    order {\n      id\n      number\n      status\n      statusReason\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<CancelOrderMutation, CancelOrderMutationVariables>
export const Cart = "query Cart($country: String!) {\n  cart {\n    id\n    itemCount\n    itemsTotal {\n      amount\n      currency\n    }\n    lines {\n      sku\n      quantity\n      unitPrice {\n        amount\n        currency\n      }\n      lineTotal {\n        amount\n        currency\n      }\n      available\n      product {\n        id\n        name\n      }\n    }\n    problems {\n      __typename\n      message\n      line {\n        sku\n      }\n      ... on NotEnoughStock {\n        left: available\n      }\n      ... on PriceChanged {\n        before {\n          amount\n          currency\n        }\n        now {\n          amount\n          currency\n        }\n      }\n    }\n    estimate(country: $country) {\n      items {\n        amount\n        currency\n      }\n      shipping {\n        amount\n        currency\n      }\n      tax {\n        amount\n        currency\n      }\n      grandTotal {\n        amount\n        currency\n      }\n    }\n  }\n}" as Document<CartQuery, CartQueryVariables>
export const ChangeGuestQuantity = "mutation ChangeGuestQuantity($input: ChangeGuestQuantityInput!) {\n  changeGuestQuantity(input: $input) {\n    guestToken\n    cart {\n      itemCount\n      itemsTotal {\n        amount\n        currency\n      }\n      lines {\n        sku\n        quantity\n        unitPrice {\n          amount\n          currency\n        }\n        available\n        product {\n          id\n          name\n        }\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<ChangeGuestQuantityMutation, ChangeGuestQuantityMutationVariables>
export const ChangeQuantity = "mutation ChangeQuantity($input: ChangeQuantityInput!) {\n  changeQuantity(input: $input) {\n    cart {\n      id\n      itemCount\n      itemsTotal {\n        amount\n        currency\n      }\n      lines {\n        sku\n        quantity\n        unitPrice {\n          amount\n          currency\n        }\n        lineTotal {\n          amount\n          currency\n        }\n        available\n        product {\n          id\n          name\n        }\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<ChangeQuantityMutation, ChangeQuantityMutationVariables>
export const Checkout = "mutation Checkout($input: CheckoutInput!) {\n  checkout(input: $input) {\n    order {\n      id\n      number\n      status\n      cursor\n      totals {\n        items {\n          amount\n          currency\n        }\n        shipping {\n          amount\n          currency\n        }\n        tax {\n          amount\n          currency\n        }\n        grandTotal {\n          amount\n          currency\n        }\n      }\n      lines {\n        sku\n        name\n        quantity\n        unitPrice {\n          amount\n          currency\n        }\n        lineTotal {\n          amount\n          currency\n        }\n      }\n    }\n    cart {\n      problems {\n        __typename\n        message\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<CheckoutMutation, CheckoutMutationVariables>
export const ClearCart = "mutation ClearCart($input: ClearCartInput!) {\n  clearCart(input: $input) {\n    cart {\n      id\n      itemCount\n      itemsTotal {\n        amount\n        currency\n      }\n      lines {\n        sku\n        quantity\n        unitPrice {\n          amount\n          currency\n        }\n        lineTotal {\n          amount\n          currency\n        }\n        available\n        product {\n          id\n          name\n        }\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<ClearCartMutation, ClearCartMutationVariables>
export const CompensateSaga = "mutation CompensateSaga($input: CompensateSagaInput!) {\n  compensateSaga(input: $input) {\n    saga {\n      id\n      state\n      outcome\n      reason\n      deadline\n      startedAt\n      updatedAt\n      tasks {\n        name\n        request\n        attempts\n        askedAgainAt\n        giveUpAt\n        gaveUp\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<CompensateSagaMutation, CompensateSagaMutationVariables>
export const DeclineReturn = "mutation DeclineReturn($input: DeclineReturnInput!) {\n  declineReturn(input: $input) {\n    order {\n      id\n      status\n      returns {\n        id\n        status\n        lines {\n          sku\n          quantity\n        }\n        refund {\n          amount\n          currency\n        }\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<DeclineReturnMutation, DeclineReturnMutationVariables>
export const GuestCart = "query GuestCart($guestToken: String!) {\n  guestCart(guestToken: $guestToken) {\n    expiresAt\n    itemCount\n    itemsTotal {\n      amount\n      currency\n    }\n    lines {\n      sku\n      quantity\n      unitPrice {\n        amount\n        currency\n      }\n      available\n      product {\n        id\n        name\n      }\n    }\n    problems {\n      __typename\n      message\n      line {\n        sku\n      }\n      ... on NotEnoughStock {\n        left: available\n      }\n      ... on PriceChanged {\n        before {\n          amount\n          currency\n        }\n        now {\n          amount\n          currency\n        }\n      }\n    }\n  }\n}" as Document<GuestCartQuery, GuestCartQueryVariables>
export const MarkDelivered = "mutation MarkDelivered($input: MarkDeliveredInput!) {\n  markDelivered(input: $input) {\n    order {\n      id\n      number\n      status\n      statusReason\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<MarkDeliveredMutation, MarkDeliveredMutationVariables>
export const MergeGuestCart = "mutation MergeGuestCart($input: MergeGuestCartInput!) {\n  mergeGuestCart(input: $input) {\n    cart {\n      itemCount\n      itemsTotal {\n        amount\n        currency\n      }\n      lines {\n        sku\n        quantity\n        unitPrice {\n          amount\n          currency\n        }\n        available\n        product {\n          id\n          name\n        }\n      }\n    }\n    leftOut {\n      sku\n      quantity\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<MergeGuestCartMutation, MergeGuestCartMutationVariables>
export const MyOrdersChanged = "subscription MyOrdersChanged($after: String) {\n  myOrdersChanged(after: $after) {\n    cursor\n    type\n    at\n    order {\n      id\n      number\n      status\n      statusReason\n      totals {\n        grandTotal {\n          amount\n          currency\n        }\n      }\n      payment {\n        status\n        captured {\n          amount\n          currency\n        }\n      }\n    }\n  }\n}" as Document<MyOrdersChangedSubscription, MyOrdersChangedSubscriptionVariables>
export const MyOrders = "query MyOrders($first: Int, $after: String, $filter: OrderFilter) {\n  orders(first: $first, after: $after, filter: $filter) {\n    totalCount\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    edges {\n      cursor\n      node {\n        id\n        number\n        status\n        placedAt\n        totals {\n          grandTotal {\n            amount\n            currency\n          }\n        }\n      }\n    }\n  }\n}" as Document<MyOrdersQuery, MyOrdersQueryVariables>
export const OrderByNumber = "query OrderByNumber($number: String!) {\n  order(number: $number) {\n    id\n    number\n    status\n  }\n}" as Document<OrderByNumberQuery, OrderByNumberQueryVariables>
export const OrderChanged = "subscription OrderChanged($id: ID!, $after: String) {\n  orderChanged(id: $id, after: $after) {\n    cursor\n    type\n    at\n    order {\n      id\n      number\n      status\n      statusReason\n      payment {\n        status\n        amount {\n          amount\n          currency\n        }\n        captured {\n          amount\n          currency\n        }\n        declineReason\n      }\n      invoices {\n        number\n        kind\n        amount {\n          amount\n          currency\n        }\n      }\n    }\n  }\n}" as Document<OrderChangedSubscription, OrderChangedSubscriptionVariables>
export const OrderHistory = "query OrderHistory($id: ID!, $version: Int!) {\n  order(id: $id) {\n    id\n    number\n    status\n    version\n    history(first: 50) {\n      totalCount\n      edges {\n        cursor\n        node {\n          version\n          event\n          at\n          actor {\n            kind\n            id\n          }\n          cause\n          correlation\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n  atFirst: order(id: $id, at: { version: $version }) {\n    id\n    status\n    version\n  }\n}" as Document<OrderHistoryQuery, OrderHistoryQueryVariables>
export const OrderParkedMessages = "query OrderParkedMessages($group: String, $first: Int) {\n  orderParkedMessages(group: $group, first: $first) {\n    id\n    context\n    group\n    topic\n    stream\n    type\n    cause\n    parkedAt\n    correlation\n  }\n}" as Document<OrderParkedMessagesQuery, OrderParkedMessagesQueryVariables>
export const Order = "query Order($id: ID!) {\n  order(id: $id) {\n    id\n    number\n    status\n    statusReason\n    placedAt\n    shipBy\n    deliveredAt\n    version\n    cursor\n    lines {\n      sku\n      name\n      quantity\n      unitPrice {\n        amount\n        currency\n      }\n      lineTotal {\n        amount\n        currency\n      }\n    }\n    totals {\n      items {\n        amount\n        currency\n      }\n      shipping {\n        amount\n        currency\n      }\n      tax {\n        amount\n        currency\n      }\n      grandTotal {\n        amount\n        currency\n      }\n    }\n    shippingAddress {\n      name\n      line1\n      city\n      postalCode\n      country\n    }\n    shipments {\n      id\n      carrier\n      trackingNumber\n      shippedAt\n      lines {\n        sku\n        quantity\n      }\n      amount {\n        amount\n        currency\n      }\n    }\n    returns {\n      id\n      status\n      requestedAt\n      lines {\n        sku\n        quantity\n      }\n      refund {\n        amount\n        currency\n      }\n    }\n    timeline {\n      event\n      at\n    }\n  }\n}" as Document<OrderQuery, OrderQueryVariables>
export const PlaceOrder = "mutation PlaceOrder($input: PlaceOrderInput!) {\n  placeOrder(input: $input) {\n    order {\n      id\n      number\n      status\n      cursor\n      totals {\n        items {\n          amount\n          currency\n        }\n        shipping {\n          amount\n          currency\n        }\n        tax {\n          amount\n          currency\n        }\n        grandTotal {\n          amount\n          currency\n        }\n      }\n      lines {\n        sku\n        name\n        quantity\n        unitPrice {\n          amount\n          currency\n        }\n        lineTotal {\n          amount\n          currency\n        }\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<PlaceOrderMutation, PlaceOrderMutationVariables>
export const ReceiveReturn = "mutation ReceiveReturn($input: ReceiveReturnInput!) {\n  receiveReturn(input: $input) {\n    order {\n      id\n      status\n      returns {\n        id\n        status\n        lines {\n          sku\n          quantity\n        }\n        refund {\n          amount\n          currency\n        }\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<ReceiveReturnMutation, ReceiveReturnMutationVariables>
export const RemoveFromCart = "mutation RemoveFromCart($input: RemoveFromCartInput!) {\n  removeFromCart(input: $input) {\n    cart {\n      id\n      itemCount\n      itemsTotal {\n        amount\n        currency\n      }\n      lines {\n        sku\n        quantity\n        unitPrice {\n          amount\n          currency\n        }\n        lineTotal {\n          amount\n          currency\n        }\n        available\n        product {\n          id\n          name\n        }\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<RemoveFromCartMutation, RemoveFromCartMutationVariables>
export const RemoveFromGuestCart = "mutation RemoveFromGuestCart($input: RemoveFromGuestCartInput!) {\n  removeFromGuestCart(input: $input) {\n    guestToken\n    cart {\n      itemCount\n      itemsTotal {\n        amount\n        currency\n      }\n      lines {\n        sku\n        quantity\n        unitPrice {\n          amount\n          currency\n        }\n        available\n        product {\n          id\n          name\n        }\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<RemoveFromGuestCartMutation, RemoveFromGuestCartMutationVariables>
export const ReplayOrderParkedMessages = "mutation ReplayOrderParkedMessages($input: ReplayOrderParkedMessagesInput!) {\n  replayOrderParkedMessages(input: $input) {\n    handled\n    left\n    failure\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<ReplayOrderParkedMessagesMutation, ReplayOrderParkedMessagesMutationVariables>
export const RequestReturn = "mutation RequestReturn($input: RequestReturnInput!) {\n  requestReturn(input: $input) {\n    order {\n      id\n      status\n      returns {\n        id\n        status\n        lines {\n          sku\n          quantity\n        }\n        refund {\n          amount\n          currency\n        }\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<RequestReturnMutation, RequestReturnMutationVariables>
export const RetrySaga = "mutation RetrySaga($input: RetrySagaInput!) {\n  retrySaga(input: $input) {\n    saga {\n      id\n      state\n      outcome\n      reason\n      deadline\n      startedAt\n      updatedAt\n      tasks {\n        name\n        request\n        attempts\n        askedAgainAt\n        giveUpAt\n        gaveUp\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<RetrySagaMutation, RetrySagaMutationVariables>
export const Saga = "query Saga($orderId: ID!) {\n  saga(orderId: $orderId) {\n    id\n    state\n    outcome\n    reason\n    deadline\n    startedAt\n    updatedAt\n    tasks {\n      name\n      request\n      attempts\n      askedAgainAt\n      giveUpAt\n      gaveUp\n    }\n    steps(first: 100) {\n      totalCount\n      edges {\n        node {\n          version\n          event\n          at\n          actor {\n            kind\n            id\n          }\n          cause\n        }\n      }\n    }\n  }\n}" as Document<SagaQuery, SagaQueryVariables>
export const Sagas = "query Sagas($state: SagaState, $first: Int, $after: String) {\n  sagas(state: $state, first: $first, after: $after) {\n    totalCount\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    edges {\n      cursor\n      node {\n        id\n        state\n        outcome\n        reason\n        deadline\n        startedAt\n        updatedAt\n        tasks {\n          name\n          request\n          attempts\n          askedAgainAt\n          giveUpAt\n          gaveUp\n        }\n        order {\n          number\n          status\n        }\n      }\n    }\n  }\n}" as Document<SagasQuery, SagasQueryVariables>
export const ShipOrder = "mutation ShipOrder($input: ShipOrderInput!) {\n  shipOrder(input: $input) {\n    order {\n      id\n      number\n      status\n      shipments {\n        id\n        carrier\n        trackingNumber\n        shippedAt\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<ShipOrderMutation, ShipOrderMutationVariables>
export const AddPaymentMethod = "mutation AddPaymentMethod($input: AddPaymentMethodInput!) {\n  addPaymentMethod(input: $input) {\n    paymentMethod {\n      id\n      label\n      addedAt\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<AddPaymentMethodMutation, AddPaymentMethodMutationVariables>
export const Invoice = "query Invoice($number: String!) {\n  invoice(number: $number) {\n    number\n    kind\n    amount {\n      amount\n      currency\n    }\n    issuedAt\n    order {\n      id\n    }\n  }\n}" as Document<InvoiceQuery, InvoiceQueryVariables>
export const MyInvoices = "query MyInvoices($first: Int, $after: String) {\n  invoices(first: $first, after: $after) {\n    totalCount\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    edges {\n      cursor\n      node {\n        number\n        kind\n        amount {\n          amount\n          currency\n        }\n        issuedAt\n        order {\n          id\n        }\n      }\n    }\n  }\n}" as Document<MyInvoicesQuery, MyInvoicesQueryVariables>
export const MyPaymentMethods = "query MyPaymentMethods {\n  me {\n    id\n    paymentMethods {\n      id\n      label\n      addedAt\n    }\n  }\n}" as Document<MyPaymentMethodsQuery, MyPaymentMethodsQueryVariables>
export const PaymentChanged = "subscription PaymentChanged($orderId: ID!, $after: String) {\n  paymentChanged(orderId: $orderId, after: $after) {\n    cursor\n    type\n    at\n    payment {\n      id\n      status\n      amount {\n        amount\n        currency\n      }\n      captured {\n        amount\n        currency\n      }\n      refunded {\n        amount\n        currency\n      }\n      declineReason\n    }\n  }\n}" as Document<PaymentChangedSubscription, PaymentChangedSubscriptionVariables>
export const PaymentHistory = "query PaymentHistory($id: ID!, $version: Int!) {\n  payment(id: $id) {\n    id\n    status\n    history(first: 50) {\n      totalCount\n      edges {\n        cursor\n        node {\n          version\n          event\n          at\n          actor {\n            kind\n            id\n          }\n          cause\n          correlation\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n  atFirst: payment(id: $id, at: { version: $version }) {\n    id\n    status\n  }\n}" as Document<PaymentHistoryQuery, PaymentHistoryQueryVariables>
export const PaymentParkedMessages = "query PaymentParkedMessages($group: String, $first: Int) {\n  paymentParkedMessages(group: $group, first: $first) {\n    id\n    context\n    group\n    topic\n    stream\n    type\n    cause\n    parkedAt\n    correlation\n  }\n}" as Document<PaymentParkedMessagesQuery, PaymentParkedMessagesQueryVariables>
export const Payment = "query Payment($id: ID!) {\n  payment(id: $id) {\n    id\n    status\n    amount {\n      amount\n      currency\n    }\n    captured {\n      amount\n      currency\n    }\n    refunded {\n      amount\n      currency\n    }\n    declineReason\n    authorisationExpiresAt\n    requestedAt\n    captures {\n      id\n      amount {\n        amount\n        currency\n      }\n      status\n      reason\n      at\n    }\n    refunds {\n      id\n      amount {\n        amount\n        currency\n      }\n      status\n      reason\n      at\n    }\n  }\n}" as Document<PaymentQuery, PaymentQueryVariables>
export const Payments = "query Payments($first: Int, $after: String) {\n  payments(first: $first, after: $after) {\n    totalCount\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    edges {\n      cursor\n      node {\n        id\n        status\n        amount {\n          amount\n          currency\n        }\n        captured {\n          amount\n          currency\n        }\n        refunded {\n          amount\n          currency\n        }\n        requestedAt\n        order {\n          number\n        }\n      }\n    }\n  }\n}" as Document<PaymentsQuery, PaymentsQueryVariables>
export const RefundPayment = "mutation RefundPayment($input: RefundPaymentInput!) {\n  refundPayment(input: $input) {\n    payment {\n      id\n      status\n      refunded {\n        amount\n        currency\n      }\n      refunds {\n        id\n        amount {\n          amount\n          currency\n        }\n        status\n        reason\n        at\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<RefundPaymentMutation, RefundPaymentMutationVariables>
export const RemovePaymentMethod = "mutation RemovePaymentMethod($input: RemovePaymentMethodInput!) {\n  removePaymentMethod(input: $input) {\n    paymentMethods {\n      id\n      label\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<RemovePaymentMethodMutation, RemovePaymentMethodMutationVariables>
export const ReplayPaymentParkedMessages = "mutation ReplayPaymentParkedMessages($input: ReplayPaymentParkedMessagesInput!) {\n  replayPaymentParkedMessages(input: $input) {\n    handled\n    left\n    failure\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<ReplayPaymentParkedMessagesMutation, ReplayPaymentParkedMessagesMutationVariables>
export const AddAddress = "mutation AddAddress($input: AddAddressInput!) {\n  addAddress(input: $input) {\n    address {\n      id\n      isDefault\n      address {\n        name\n        line1\n        city\n        postalCode\n        country\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<AddAddressMutation, AddAddressMutationVariables>
export const AssignRole = "mutation AssignRole($input: AssignRoleInput!) {\n  assignRole(input: $input) {\n    user {\n      id\n      roles\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<AssignRoleMutation, AssignRoleMutationVariables>
export const ChangePassword = "mutation ChangePassword($input: ChangePasswordInput!) {\n  changePassword(input: $input) {\n    user {\n      id\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<ChangePasswordMutation, ChangePasswordMutationVariables>
export const ChangeUsername = "mutation ChangeUsername($input: ChangeUsernameInput!) {\n  changeUsername(input: $input) {\n    user {\n      id\n      username\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<ChangeUsernameMutation, ChangeUsernameMutationVariables>
export const CompleteRegistration = "mutation CompleteRegistration($input: CompleteRegistrationInput!) {\n  completeRegistration(input: $input) {\n    user {\n      id\n      username\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<CompleteRegistrationMutation, CompleteRegistrationMutationVariables>
export const ConfirmEmailChange = "mutation ConfirmEmailChange($input: ConfirmEmailChangeInput!) {\n  confirmEmailChange(input: $input) {\n    user {\n      id\n      email\n      emailVerified\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<ConfirmEmailChangeMutation, ConfirmEmailChangeMutationVariables>
export const DeactivateUser = "mutation DeactivateUser($input: DeactivateUserInput!) {\n  deactivateUser(input: $input) {\n    user {\n      id\n      status\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<DeactivateUserMutation, DeactivateUserMutationVariables>
export const EraseMe = "mutation EraseMe($input: EraseMeInput!) {\n  eraseMe(input: $input) {\n    user {\n      id\n      status\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<EraseMeMutation, EraseMeMutationVariables>
export const Me = "query Me {\n  me {\n    id\n    username\n    email\n    emailVerified\n    status\n    roles\n    displayName\n    phone\n    createdAt\n    addresses {\n      id\n      isDefault\n      address {\n        name\n        line1\n        line2\n        city\n        postalCode\n        region\n        country\n      }\n    }\n  }\n}" as Document<MeQuery, MeQueryVariables>
export const MySessionsChanged = "subscription MySessionsChanged($after: String) {\n  mySessionsChanged(after: $after) {\n    cursor\n    change\n    sessionId\n  }\n}" as Document<MySessionsChangedSubscription, MySessionsChangedSubscriptionVariables>
export const MySessions = "query MySessions {\n  me {\n    id\n    sessions {\n      id\n      startedAt\n      refreshedAt\n      expiresAt\n      isCurrent\n    }\n  }\n}" as Document<MySessionsQuery, MySessionsQueryVariables>
export const RefreshSession = "mutation RefreshSession($input: RefreshSessionInput!) {\n  refreshSession(input: $input) {\n    session {\n      id\n      accessToken\n      accessTokenExpiresAt\n      refreshToken\n      refreshTokenExpiresAt\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<RefreshSessionMutation, RefreshSessionMutationVariables>
export const Register = "mutation Register($input: RegisterUserInput!) {\n  registerUser(input: $input) {\n    user {\n      id\n      username\n      createdAt\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<RegisterMutation, RegisterMutationVariables>
export const RemoveAddress = "mutation RemoveAddress($input: RemoveAddressInput!) {\n  removeAddress(input: $input) {\n    user {\n      id\n      addresses {\n        id\n        isDefault\n        address {\n          name\n          line1\n          city\n          postalCode\n          country\n        }\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<RemoveAddressMutation, RemoveAddressMutationVariables>
export const ReplayUserParkedMessages = "mutation ReplayUserParkedMessages($input: ReplayUserParkedMessagesInput!) {\n  replayUserParkedMessages(input: $input) {\n    handled\n    left\n    failure\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<ReplayUserParkedMessagesMutation, ReplayUserParkedMessagesMutationVariables>
export const RequestEmailChange = "mutation RequestEmailChange($input: RequestEmailChangeInput!) {\n  requestEmailChange(input: $input) {\n    user {\n      id\n      pendingEmail\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<RequestEmailChangeMutation, RequestEmailChangeMutationVariables>
export const RequestPasswordReset = "mutation RequestPasswordReset($input: RequestPasswordResetInput!) {\n  requestPasswordReset(input: $input) {\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<RequestPasswordResetMutation, RequestPasswordResetMutationVariables>
export const ResendVerification = "mutation ResendVerification($input: ResendVerificationInput!) {\n  resendVerification(input: $input) {\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<ResendVerificationMutation, ResendVerificationMutationVariables>
export const ResetPassword = "mutation ResetPassword($input: ResetPasswordInput!) {\n  resetPassword(input: $input) {\n    user {\n      id\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<ResetPasswordMutation, ResetPasswordMutationVariables>
export const RevokeRole = "mutation RevokeRole($input: RevokeRoleInput!) {\n  revokeRole(input: $input) {\n    user {\n      id\n      roles\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<RevokeRoleMutation, RevokeRoleMutationVariables>
export const RevokeSession = "mutation RevokeSession($input: RevokeSessionInput!) {\n  revokeSession(input: $input) {\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<RevokeSessionMutation, RevokeSessionMutationVariables>
export const SetDefaultAddress = "mutation SetDefaultAddress($input: SetDefaultAddressInput!) {\n  setDefaultAddress(input: $input) {\n    user {\n      id\n      defaultAddress {\n        id\n        isDefault\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<SetDefaultAddressMutation, SetDefaultAddressMutationVariables>
export const SignIn = "mutation SignIn($input: SignInInput!) {\n  signIn(input: $input) {\n    session {\n      id\n      accessToken\n      accessTokenExpiresAt\n      refreshToken\n      refreshTokenExpiresAt\n    }\n    user {\n      id\n      username\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<SignInMutation, SignInMutationVariables>
export const SignOutEverywhere = "mutation SignOutEverywhere($input: SignOutEverywhereInput!) {\n  signOutEverywhere(input: $input) {\n    user {\n      id\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<SignOutEverywhereMutation, SignOutEverywhereMutationVariables>
export const SignOut = "mutation SignOut($input: SignOutInput!) {\n  signOut(input: $input) {\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<SignOutMutation, SignOutMutationVariables>
export const UpdateAddress = "mutation UpdateAddress($input: UpdateAddressInput!) {\n  updateAddress(input: $input) {\n    address {\n      id\n      isDefault\n      address {\n        name\n        line1\n        city\n        postalCode\n        country\n      }\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<UpdateAddressMutation, UpdateAddressMutationVariables>
export const UpdateProfile = "mutation UpdateProfile($input: UpdateProfileInput!) {\n  updateProfile(input: $input) {\n    user {\n      id\n      displayName\n      phone\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<UpdateProfileMutation, UpdateProfileMutationVariables>
export const UserChanged = "subscription UserChanged($after: String) {\n  userChanged(after: $after) {\n    cursor\n    change\n    user {\n      id\n      username\n      displayName\n      roles\n    }\n  }\n}" as Document<UserChangedSubscription, UserChangedSubscriptionVariables>
export const UserHistory = "query UserHistory($id: ID!) {\n  user(id: $id) {\n    id\n    history(first: 20) {\n      edges {\n        node {\n          version\n          event\n          at\n          actor {\n            kind\n            id\n          }\n          cause\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      totalCount\n    }\n  }\n}" as Document<UserHistoryQuery, UserHistoryQueryVariables>
export const UserParkedMessages = "query UserParkedMessages($group: String, $first: Int) {\n  userParkedMessages(group: $group, first: $first) {\n    id\n    context\n    group\n    topic\n    stream\n    type\n    cause\n    parkedAt\n    correlation\n  }\n}" as Document<UserParkedMessagesQuery, UserParkedMessagesQueryVariables>
export const User = "query User($id: ID!) {\n  user(id: $id) {\n    id\n    username\n    createdAt\n  }\n}" as Document<UserQuery, UserQueryVariables>
export const Users = "query Users($filter: UserFilter, $first: Int, $after: String) {\n  users(filter: $filter, first: $first, after: $after) {\n    totalCount\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    edges {\n      cursor\n      node {\n        id\n        username\n        email\n        status\n        roles\n        createdAt\n      }\n    }\n  }\n}" as Document<UsersQuery, UsersQueryVariables>
export const VerifyEmail = "mutation VerifyEmail($input: VerifyEmailInput!) {\n  verifyEmail(input: $input) {\n    user {\n      id\n      username\n    }\n    userErrors {\n      code\n      message\n      field\n    }\n    consistencyToken\n  }\n}" as Document<VerifyEmailMutation, VerifyEmailMutationVariables>