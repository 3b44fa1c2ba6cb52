import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { CartView, GuestCartView, UnavailableView, ShortView, PriceChangedView, CartLineView, WeighedOrder, OrderLineView, AddressValue, MoneyValue, ReservationReference, Reference, SubgraphContext } from '../context.ts';
import type { OrderPage } from '../../application/queries.ts';
import type { OrderReturn as OrderReturnModel, Shipment as ShipmentModel } from '../../domain/order-state.ts';
import type { OrderChange } from '../../application/changes.ts';
import type { SagaDoc } from '../../application/saga-view.ts';
import type { SagaPage } from '../../application/operator-queries.ts';
import type { SagaTaskView } from '../saga-entities.ts';
import type { OrderTotals as OrderTotalsModel } from '../../domain/order-lines.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A moment, as an ISO 8601 string. */
  DateTime: { input: string; output: string; }
  /** A decimal number, as a string. */
  Decimal: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** Who caused an event. */
export type Actor = {
  readonly __typename?: 'Actor';
  /** The user's id; the name of the part of the system; the API consumer. */
  readonly id: Scalars['ID']['output'];
  /** What kind of actor. */
  readonly kind: ActorKind;
};

/** Who acted. */
export type ActorKind =
  /** Nobody known: an API key alone. */
  | 'ANONYMOUS'
  /** The shop itself: a saga, a deadline, a seed. */
  | 'SYSTEM'
  /** Somebody who was signed in. */
  | 'USER';

/** What goes into the cart. Name the product by exactly one of `productId` and `sku`. */
export type AddToCartInput = {
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The product's id. */
  readonly productId?: InputMaybe<Scalars['ID']['input']>;
  /** Pieces, 1 to 1000; added to what is there already. */
  readonly quantity: Scalars['Int']['input'];
  /** The product's SKU. */
  readonly sku?: InputMaybe<Scalars['String']['input']>;
};

/** What came of adding to the cart. */
export type AddToCartPayload = {
  readonly __typename?: 'AddToCartPayload';
  /** The cart; null when refused. */
  readonly cart: Maybe<Cart>;
  /** Pass it on to read what you wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What goes into a guest's cart. Name the product by exactly one of `productId` and `sku`. */
export type AddToGuestCartInput = {
  /** Whose cart; without it a new one is opened. */
  readonly guestToken?: InputMaybe<Scalars['String']['input']>;
  /** Repeats with the same key get the first answer, unless a cart is opened: whoever loses that answer opens another. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The product's id. */
  readonly productId?: InputMaybe<Scalars['ID']['input']>;
  /** Pieces, 1 to 1000; added to what is there already. */
  readonly quantity: Scalars['Int']['input'];
  /** The product's SKU. */
  readonly sku?: InputMaybe<Scalars['String']['input']>;
};

/** What came of adding to a guest's cart. */
export type AddToGuestCartPayload = {
  readonly __typename?: 'AddToGuestCartPayload';
  /** The cart; null when refused. */
  readonly cart: Maybe<GuestCart>;
  /** Pass it on to read what you wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** Keep it: whoever holds it has the cart. Null when refused. */
  readonly guestToken: Maybe<Scalars['String']['output']>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A postal address. */
export type Address = {
  readonly __typename?: 'Address';
  /** City or town. */
  readonly city: Scalars['String']['output'];
  /** ISO 3166-1 alpha-2 code, for example `DE`. */
  readonly country: Scalars['String']['output'];
  /** Street and number. */
  readonly line1: Scalars['String']['output'];
  /** What else the parcel needs: floor, company. */
  readonly line2: Maybe<Scalars['String']['output']>;
  /** Who it is for. */
  readonly name: Scalars['String']['output'];
  /** Postal code. */
  readonly postalCode: Scalars['String']['output'];
  /** State, province or region. */
  readonly region: Maybe<Scalars['String']['output']>;
};

/** A postal address, as input. */
export type AddressInput = {
  /** City or town. */
  readonly city: Scalars['String']['input'];
  /** ISO 3166-1 alpha-2 code, for example `DE`. */
  readonly country: Scalars['String']['input'];
  /** Street and number. */
  readonly line1: Scalars['String']['input'];
  /** What else the parcel needs: floor, company. */
  readonly line2?: InputMaybe<Scalars['String']['input']>;
  /** Who it is for. */
  readonly name: Scalars['String']['input'];
  /** Postal code. */
  readonly postalCode: Scalars['String']['input'];
  /** State, province or region. */
  readonly region?: InputMaybe<Scalars['String']['input']>;
};

/** Which return. */
export type ApproveReturnInput = {
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The order's id. */
  readonly orderId: Scalars['ID']['input'];
  /** The return's id. */
  readonly returnId: Scalars['ID']['input'];
};

/** What came of approving a return. */
export type ApproveReturnPayload = {
  readonly __typename?: 'ApproveReturnPayload';
  /** Pass it on to read what you wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The order; null when refused. */
  readonly order: Maybe<Order>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What somebody means to buy, whether they have signed in or not. What it costs is what it costs at this moment. */
export type Basket = {
  /** What an order would cost at this moment, shipped to a country; null when it is empty or cannot be ordered as it is. */
  readonly estimate: Maybe<OrderTotals>;
  /** Pieces in all. */
  readonly itemCount: Scalars['Int']['output'];
  /** What the items cost at this moment, before shipping and tax; null when empty or when a product is no longer sold. */
  readonly itemsTotal: Maybe<Money>;
  /** One line per product, in the order they were added. */
  readonly lines: ReadonlyArray<CartLine>;
  /** What stands in the way of ordering it as it is, line by line; empty when nothing does. */
  readonly problems: ReadonlyArray<CartProblem>;
};


/** What somebody means to buy, whether they have signed in or not. What it costs is what it costs at this moment. */
export type BasketEstimateArgs = {
  country: Scalars['String']['input'];
};

/** Which order is not wanted any more. */
export type CancelOrderInput = {
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The order's id. */
  readonly orderId: Scalars['ID']['input'];
  /** Why, in the customer's words: at most 500 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** What came of cancelling. */
export type CancelOrderPayload = {
  readonly __typename?: 'CancelOrderPayload';
  /** Pass it on to read what you wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The order; null when refused. */
  readonly order: Maybe<Order>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What a customer means to buy. */
export type Cart = Basket & {
  readonly __typename?: 'Cart';
  /** What an order would cost at this moment, shipped to a country; null when the cart is empty or cannot be ordered as it is. */
  readonly estimate: Maybe<OrderTotals>;
  /** The customer's id: a customer has one cart. */
  readonly id: Scalars['ID']['output'];
  /** Pieces in all. */
  readonly itemCount: Scalars['Int']['output'];
  /** What the items cost at this moment, before shipping and tax; null when empty or when a product is no longer sold. */
  readonly itemsTotal: Maybe<Money>;
  /** One line per product, in the order they were added. */
  readonly lines: ReadonlyArray<CartLine>;
  /** What stands in the way of checking out, line by line; empty when nothing does. */
  readonly problems: ReadonlyArray<CartProblem>;
};


/** What a customer means to buy. */
export type CartEstimateArgs = {
  country: Scalars['String']['input'];
};

/** Some pieces of one product in a cart. */
export type CartLine = {
  readonly __typename?: 'CartLine';
  /** Whether as many could be reserved at this moment. */
  readonly available: Scalars['Boolean']['output'];
  /** What the line costs at this moment; null when it is no longer sold. */
  readonly lineTotal: Maybe<Money>;
  /** The product. */
  readonly product: Product;
  /** Pieces. */
  readonly quantity: Scalars['Int']['output'];
  /** Its SKU. */
  readonly sku: Scalars['String']['output'];
  /** What one piece costs at this moment; null when it is no longer sold. */
  readonly unitPrice: Maybe<Money>;
};

/** Why a line of a cart cannot be ordered as it stands, or not at the price it was put in for. */
export type CartProblem = {
  /** The line. */
  readonly line: CartLine;
  /** A sentence for a person. */
  readonly message: Scalars['String']['output'];
};

/** How many pieces a guest's cart is to hold. */
export type ChangeGuestQuantityInput = {
  /** Whose cart. */
  readonly guestToken: Scalars['String']['input'];
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The product, which must be in the cart. */
  readonly productId: Scalars['ID']['input'];
  /** Pieces, 1 to 1000. */
  readonly quantity: Scalars['Int']['input'];
};

/** What came of changing a quantity. */
export type ChangeGuestQuantityPayload = {
  readonly __typename?: 'ChangeGuestQuantityPayload';
  /** The cart; null when refused. */
  readonly cart: Maybe<GuestCart>;
  /** Pass it on to read what you wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The same token again; null when refused. */
  readonly guestToken: Maybe<Scalars['String']['output']>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** How many pieces the cart is to hold. */
export type ChangeQuantityInput = {
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The product, which must be in the cart. */
  readonly productId: Scalars['ID']['input'];
  /** Pieces, 1 to 1000. */
  readonly quantity: Scalars['Int']['input'];
};

/** What came of changing a quantity. */
export type ChangeQuantityPayload = {
  readonly __typename?: 'ChangeQuantityPayload';
  /** The cart; null when refused. */
  readonly cart: Maybe<Cart>;
  /** Pass it on to read what you wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** How the cart becomes an order. */
export type CheckoutInput = {
  /** Where the invoice goes, when elsewhere. */
  readonly billingAddress?: InputMaybe<AddressInput>;
  /**
   * The grand total the customer has seen; the order is refused when it is another by now. Without it, it is refused when a product
   * has another price than when it was put in.
   */
  readonly expectedTotal?: InputMaybe<MoneyInput>;
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** One of the customer's payment methods. */
  readonly paymentMethodId: Scalars['ID']['input'];
  /** Where it goes. */
  readonly shippingAddress: AddressInput;
};

/** What came of checking out. */
export type CheckoutPayload = {
  readonly __typename?: 'CheckoutPayload';
  /** The cart as it is now: emptied by the order, or with the `problems` that stand in its way. */
  readonly cart: Cart;
  /** Pass it on to read what you wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The order, on its way through reservation and payment; null when refused. */
  readonly order: Maybe<Order>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Empties the cart. */
export type ClearCartInput = {
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** What came of emptying the cart. */
export type ClearCartPayload = {
  readonly __typename?: 'ClearCartPayload';
  /** The cart; null when refused. */
  readonly cart: Maybe<Cart>;
  /** Pass it on to read what you wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Which process is meant. */
export type CompensateSagaInput = {
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The order's id. */
  readonly orderId: Scalars['ID']['input'];
};

/** What came of giving an order up. */
export type CompensateSagaPayload = {
  readonly __typename?: 'CompensateSagaPayload';
  /** Pass it on to read what you wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The process as this left it; null when refused. */
  readonly saga: Maybe<Saga>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** The currencies that Mercato trades in (ISO 4217). */
export type CurrencyCode =
  | 'CHF'
  | 'EUR'
  | 'GBP'
  | 'JPY'
  | 'USD';

/** Which return. */
export type DeclineReturnInput = {
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The order's id. */
  readonly orderId: Scalars['ID']['input'];
  /** The return's id. */
  readonly returnId: Scalars['ID']['input'];
};

/** What came of declining a return. */
export type DeclineReturnPayload = {
  readonly __typename?: 'DeclineReturnPayload';
  /** Pass it on to read what you wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The order; null when refused. */
  readonly order: Maybe<Order>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What somebody means to buy who has not signed in. It belongs to whoever holds its token. */
export type GuestCart = Basket & {
  readonly __typename?: 'GuestCart';
  /** What an order would cost at this moment, shipped to a country; null when it is empty or cannot be ordered as it is. */
  readonly estimate: Maybe<OrderTotals>;
  /** When it is gone unless something is changed before: 30 days after the last change. */
  readonly expiresAt: Scalars['DateTime']['output'];
  /** Pieces in all. */
  readonly itemCount: Scalars['Int']['output'];
  /** What the items cost at this moment, before shipping and tax; null when empty or when a product is no longer sold. */
  readonly itemsTotal: Maybe<Money>;
  /** One line per product, in the order they were added. */
  readonly lines: ReadonlyArray<CartLine>;
  /** What stands in the way of ordering it as it is, line by line; empty when nothing does. */
  readonly problems: ReadonlyArray<CartProblem>;
};


/** What somebody means to buy who has not signed in. It belongs to whoever holds its token. */
export type GuestCartEstimateArgs = {
  country: Scalars['String']['input'];
};

/** A page of a history, oldest first. */
export type HistoryConnection = {
  readonly __typename?: 'HistoryConnection';
  /** The events of this page. */
  readonly edges: ReadonlyArray<HistoryEdge>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
  /** How many events there are in all. */
  readonly totalCount: Scalars['Int']['output'];
};

/** An event and its place in a history. */
export type HistoryEdge = {
  readonly __typename?: 'HistoryEdge';
  /** Place in the history. */
  readonly cursor: Scalars['String']['output'];
  /** The event. */
  readonly node: HistoryEntry;
};

/** Something that happened: who did it, when and why. What it says is not part of it. */
export type HistoryEntry = {
  readonly __typename?: 'HistoryEntry';
  /** Who did it. */
  readonly actor: Actor;
  /** When. */
  readonly at: Scalars['DateTime']['output'];
  /** Id of the event or command that caused it; null at the start of a chain. */
  readonly cause: Maybe<Scalars['ID']['output']>;
  /** Id of the command that decided it. */
  readonly command: Scalars['ID']['output'];
  /** What everything that came of one request has in common. */
  readonly correlation: Scalars['ID']['output'];
  /** What happened, as a stable name (`PaymentCaptured`). */
  readonly event: Scalars['String']['output'];
  /** Counts the events, from 1. Pass it as `at: { version }` to see what it led to. */
  readonly version: Scalars['Int']['output'];
};

/** What has arrived. */
export type MarkDeliveredInput = {
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The order's id. */
  readonly orderId: Scalars['ID']['input'];
};

/** What came of reporting a delivery. */
export type MarkDeliveredPayload = {
  readonly __typename?: 'MarkDeliveredPayload';
  /** Pass it on to read what you wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The order; null when refused. */
  readonly order: Maybe<Order>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Whose cart becomes part of one's own. */
export type MergeGuestCartInput = {
  /** The token of the cart that was filled before signing in. It is used up. */
  readonly guestToken: Scalars['String']['input'];
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** What came of merging a guest's cart into one's own. */
export type MergeGuestCartPayload = {
  readonly __typename?: 'MergeGuestCartPayload';
  /** The customer's cart; null when refused. */
  readonly cart: Maybe<Cart>;
  /** Pass it on to read what you wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** What found no room in it: a cart holds at most 100 products, 1000 pieces of each. */
  readonly leftOut: ReadonlyArray<SkuQuantity>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A moment in the life of something. Name exactly one of both. */
export type MomentInput = {
  /** As it was at this instant. */
  readonly instant?: InputMaybe<Scalars['DateTime']['input']>;
  /** After its nth event, from 1. */
  readonly version?: InputMaybe<Scalars['Int']['input']>;
};

/** An amount of money. */
export type Money = {
  readonly __typename?: 'Money';
  /** Decimal number in major units, as a string: `"19.99"`. */
  readonly amount: Scalars['Decimal']['output'];
  /** ISO 4217 code. */
  readonly currency: CurrencyCode;
};

/** An amount of money, as input. */
export type MoneyInput = {
  /** Decimal number in major units, as a string: `"19.99"`. */
  readonly amount: Scalars['Decimal']['input'];
  /** ISO 4217 code. */
  readonly currency: CurrencyCode;
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Puts a product into the cart. */
  readonly addToCart: AddToCartPayload;
  /**
   * Puts a product into the cart of somebody who has not signed in. Without a token a new cart is opened; the answer holds its
   * token.
   */
  readonly addToGuestCart: AddToGuestCartPayload;
  /** Lets goods come back. Needs the scope `orders:fulfil` or `orders:write:any`. */
  readonly approveReturn: ApproveReturnPayload;
  /** Cancels an order that is not shipped: one's own, or any with the scope `orders:write:any`. */
  readonly cancelOrder: CancelOrderPayload;
  /** Changes how many pieces of a product a guest's cart holds. */
  readonly changeGuestQuantity: ChangeGuestQuantityPayload;
  /** Changes how many pieces of a product the cart holds. */
  readonly changeQuantity: ChangeQuantityPayload;
  /** Orders what is in the cart, at the prices of this moment. Needs a verified e-mail address. */
  readonly checkout: CheckoutPayload;
  /** Empties the cart. */
  readonly clearCart: ClearCartPayload;
  /** Gives an order up while nothing was shipped: everything taken is given back. Recorded. Needs the scope `operations:admin`. */
  readonly compensateSaga: CompensateSagaPayload;
  /** Refuses a return. Needs the scope `orders:fulfil` or `orders:write:any`. */
  readonly declineReturn: DeclineReturnPayload;
  /** Says that a shipped order has arrived. Needs the scope `orders:fulfil` or `orders:write:any`. */
  readonly markDelivered: MarkDeliveredPayload;
  /**
   * Puts what was gathered before signing in into the signed-in customer's cart, as far as there is room, and uses the guest's cart
   * up. Asking again changes nothing.
   */
  readonly mergeGuestCart: MergeGuestCartPayload;
  /** Orders without a cart, at the prices of this moment. Needs a verified e-mail address. */
  readonly placeOrder: PlaceOrderPayload;
  /** Says that the goods are back: they are restocked and paid back. Needs the scope `orders:fulfil` or `orders:write:any`. */
  readonly receiveReturn: ReceiveReturnPayload;
  /** Takes a product out of the cart. */
  readonly removeFromCart: RemoveFromCartPayload;
  /** Takes a product out of a guest's cart. */
  readonly removeFromGuestCart: RemoveFromGuestCartPayload;
  /** Handles parked messages again, those of a stream in order until one fails. Who asked for it is recorded. Needs the scope `operations:admin`. */
  readonly replayOrderParkedMessages: ReplayOrderParkedMessagesPayload;
  /** Asks to send goods of a delivered order back: of one's own, or of any with the scope `orders:write:any`. */
  readonly requestReturn: RequestReturnPayload;
  /** Asks what a process waits for again at once, also what was given up. Recorded. Needs the scope `operations:admin`. */
  readonly retrySaga: RetrySagaPayload;
  /** Ships all or a part of a confirmed order. Needs the scope `orders:fulfil` or `orders:write:any`. */
  readonly shipOrder: ShipOrderPayload;
};


export type MutationAddToCartArgs = {
  input: AddToCartInput;
};


export type MutationAddToGuestCartArgs = {
  input: AddToGuestCartInput;
};


export type MutationApproveReturnArgs = {
  input: ApproveReturnInput;
};


export type MutationCancelOrderArgs = {
  input: CancelOrderInput;
};


export type MutationChangeGuestQuantityArgs = {
  input: ChangeGuestQuantityInput;
};


export type MutationChangeQuantityArgs = {
  input: ChangeQuantityInput;
};


export type MutationCheckoutArgs = {
  input: CheckoutInput;
};


export type MutationClearCartArgs = {
  input: ClearCartInput;
};


export type MutationCompensateSagaArgs = {
  input: CompensateSagaInput;
};


export type MutationDeclineReturnArgs = {
  input: DeclineReturnInput;
};


export type MutationMarkDeliveredArgs = {
  input: MarkDeliveredInput;
};


export type MutationMergeGuestCartArgs = {
  input: MergeGuestCartInput;
};


export type MutationPlaceOrderArgs = {
  input: PlaceOrderInput;
};


export type MutationReceiveReturnArgs = {
  input: ReceiveReturnInput;
};


export type MutationRemoveFromCartArgs = {
  input: RemoveFromCartInput;
};


export type MutationRemoveFromGuestCartArgs = {
  input: RemoveFromGuestCartInput;
};


export type MutationReplayOrderParkedMessagesArgs = {
  input: ReplayOrderParkedMessagesInput;
};


export type MutationRequestReturnArgs = {
  input: RequestReturnInput;
};


export type MutationRetrySagaArgs = {
  input: RetrySagaInput;
};


export type MutationShipOrderArgs = {
  input: ShipOrderInput;
};

/** There are fewer pieces than the line holds. */
export type NotEnoughStock = CartProblem & {
  readonly __typename?: 'NotEnoughStock';
  /** Pieces that are left at this moment. */
  readonly available: Scalars['Int']['output'];
  /** The line. */
  readonly line: CartLine;
  /** A sentence for a person. */
  readonly message: Scalars['String']['output'];
};

/** An order. For its customer, or with the scope `orders:read:any`. */
export type Order = {
  readonly __typename?: 'Order';
  /** Where the invoice goes, when elsewhere. */
  readonly billingAddress: Maybe<Address>;
  /** Pass it to `orderChanged` as `after` to be told everything that happens after this state. */
  readonly cursor: Scalars['String']['output'];
  /** Who ordered. */
  readonly customer: Maybe<User>;
  /** When it was delivered. */
  readonly deliveredAt: Maybe<Scalars['DateTime']['output']>;
  /** What happened to it, by whom and why, oldest first. Needs the scope `audit:read`. */
  readonly history: Maybe<HistoryConnection>;
  /** The order's id. */
  readonly id: Scalars['ID']['output'];
  /** What was ordered. */
  readonly lines: ReadonlyArray<OrderLine>;
  /** For people: unique, such as `M-2026-7K3QX9`. */
  readonly number: Scalars['String']['output'];
  /** How it is paid. */
  readonly paymentMethodId: Scalars['ID']['output'];
  /** When it was placed. */
  readonly placedAt: Scalars['DateTime']['output'];
  /** What came back, or is to. */
  readonly returns: ReadonlyArray<OrderReturn>;
  /** A confirmed order that is not shipped by then is cancelled. */
  readonly shipBy: Maybe<Scalars['DateTime']['output']>;
  /** Its parcels, in order. */
  readonly shipments: ReadonlyArray<Shipment>;
  /** Where it goes. */
  readonly shippingAddress: Maybe<Address>;
  /** What shipping it would cost by today's tariff and the products' present weights, before tax. */
  readonly shippingEstimate: Maybe<Money>;
  /** How far it has come. */
  readonly status: OrderStatus;
  /** Why it was rejected or cancelled, as a stable code (`PAYMENT_DECLINED`). */
  readonly statusReason: Maybe<Scalars['String']['output']>;
  /** What has happened to it, oldest first. */
  readonly timeline: ReadonlyArray<OrderMilestone>;
  /** What it costs. */
  readonly totals: OrderTotals;
  /** Counts what has happened to it, from 1. */
  readonly version: Scalars['Int']['output'];
};


/** An order. For its customer, or with the scope `orders:read:any`. */
export type OrderHistoryArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of orders, newest first. */
export type OrderConnection = {
  readonly __typename?: 'OrderConnection';
  /** The orders of this page. */
  readonly edges: ReadonlyArray<OrderEdge>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
  /** How many there are in all; null when filtered by date. */
  readonly totalCount: Maybe<Scalars['Int']['output']>;
};

/** An order and its place in a list. */
export type OrderEdge = {
  readonly __typename?: 'OrderEdge';
  /** Place in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The order. */
  readonly node: Order;
};

/** Something happened to an order. */
export type OrderEvent = {
  readonly __typename?: 'OrderEvent';
  /** When. */
  readonly at: Scalars['DateTime']['output'];
  /** Resume after this event with `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The order as this event left it. */
  readonly order: Order;
  /** What happened, as a stable name (`OrderConfirmed`). */
  readonly type: Scalars['String']['output'];
};

/** Which orders. */
export type OrderFilter = {
  /** Only placed before this moment. */
  readonly placedBefore?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only placed at or after this moment. */
  readonly placedFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only in this status. */
  readonly status?: InputMaybe<OrderStatus>;
};

/** Some pieces of one product in an order, at the price of the moment it was placed. */
export type OrderLine = {
  readonly __typename?: 'OrderLine';
  /** Pieces that were not shipped in time and will not be. */
  readonly cancelledQuantity: Scalars['Int']['output'];
  /** Price of the line, before tax. */
  readonly lineTotal: Money;
  /** Name when the order was placed. */
  readonly name: Scalars['String']['output'];
  /** The product as it is now. */
  readonly product: Product;
  /** Pieces ordered. */
  readonly quantity: Scalars['Int']['output'];
  /** What inventory holds for it; null before it was asked to. */
  readonly reservation: Maybe<StockReservation>;
  /** Pieces that were returned, or are to be. */
  readonly returnedQuantity: Scalars['Int']['output'];
  /** Pieces shipped so far. */
  readonly shippedQuantity: Scalars['Int']['output'];
  /** SKU when the order was placed. */
  readonly sku: Scalars['String']['output'];
  /** Tax on the line. */
  readonly tax: Money;
  /** Price of one piece, before tax. */
  readonly unitPrice: Money;
};

/** Some pieces of one product. Name it by exactly one of `productId` and `sku`. */
export type OrderLineInput = {
  /** The product's id. */
  readonly productId?: InputMaybe<Scalars['ID']['input']>;
  /** Pieces, 1 to 1000. */
  readonly quantity: Scalars['Int']['input'];
  /** The product's SKU. */
  readonly sku?: InputMaybe<Scalars['String']['input']>;
};

/** A step in the life of an order. */
export type OrderMilestone = {
  readonly __typename?: 'OrderMilestone';
  /** When. */
  readonly at: Scalars['DateTime']['output'];
  /** What happened, as a stable name (`OrderShipped`). */
  readonly event: Scalars['String']['output'];
};

/** Goods that come back after delivery. */
export type OrderReturn = {
  readonly __typename?: 'OrderReturn';
  /** The return's id. */
  readonly id: Scalars['ID']['output'];
  /** What comes back. */
  readonly lines: ReadonlyArray<SkuQuantity>;
  /** What is given back for it; known once it is received. */
  readonly refund: Maybe<Money>;
  /** When it was asked for. */
  readonly requestedAt: Scalars['DateTime']['output'];
  /** How far it has come. */
  readonly status: ReturnStatus;
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

/** What an order costs. */
export type OrderTotals = {
  readonly __typename?: 'OrderTotals';
  /** All of it: what is authorised. */
  readonly grandTotal: Money;
  /** The items, before tax. */
  readonly items: Money;
  /** Shipping, before tax. */
  readonly shipping: Money;
  /** Tax on items and shipping. */
  readonly tax: Money;
};

/** Where a page of a connection lies. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** Cursor of the last edge. */
  readonly endCursor: Maybe<Scalars['String']['output']>;
  /** Whether there is more after this page. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Whether there is more before this page. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first edge. */
  readonly startCursor: Maybe<Scalars['String']['output']>;
};

/** A message that could not be handled and waits for an operator. What it says is not shown. */
export type ParkedMessage = {
  readonly __typename?: 'ParkedMessage';
  /** Code of the failure, and a sentence where it holds no personal data. */
  readonly cause: Scalars['String']['output'];
  /** The context that could not handle it. */
  readonly context: Scalars['String']['output'];
  /** What everything that came of one request has in common. */
  readonly correlation: Maybe<Scalars['ID']['output']>;
  /** The consumer group that could not handle it. */
  readonly group: Scalars['String']['output'];
  /** The message's id: that of the event it carries. */
  readonly id: Scalars['ID']['output'];
  /** When it was parked. */
  readonly parkedAt: Scalars['DateTime']['output'];
  /** The stream of its event; messages of one stream are handled in order. */
  readonly stream: Scalars['ID']['output'];
  /** The topic it came from. */
  readonly topic: Scalars['String']['output'];
  /** Name of its event, when it says so. */
  readonly type: Maybe<Scalars['String']['output']>;
};

/** An order without a cart. */
export type PlaceOrderInput = {
  /** Where the invoice goes, when elsewhere. */
  readonly billingAddress?: InputMaybe<AddressInput>;
  /** The grand total the customer has seen; the order is refused when it is another by now. */
  readonly expectedTotal?: InputMaybe<MoneyInput>;
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** What is ordered: 1 to 100 lines. */
  readonly lines: ReadonlyArray<OrderLineInput>;
  /** One of the customer's payment methods. */
  readonly paymentMethodId: Scalars['ID']['input'];
  /** Where it goes. */
  readonly shippingAddress: AddressInput;
};

/** What came of placing an order. */
export type PlaceOrderPayload = {
  readonly __typename?: 'PlaceOrderPayload';
  /** Pass it on to read what you wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The order, on its way through reservation and payment; null when refused. */
  readonly order: Maybe<Order>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** The product has another price than when it was put in. Checking out with the `expectedTotal` of now confirms it. */
export type PriceChanged = CartProblem & {
  readonly __typename?: 'PriceChanged';
  /** What one piece cost when it was last put in. */
  readonly before: Money;
  /** The line. */
  readonly line: CartLine;
  /** A sentence for a person. */
  readonly message: Scalars['String']['output'];
  /** What it costs at this moment. */
  readonly now: Money;
};

export type Product = {
  readonly __typename?: 'Product';
  /** Identifies the product in the graph. */
  readonly id: Scalars['ID']['output'];
  /** Never changes: what orders and carts have noted is what the catalogue says. */
  readonly sku: Scalars['String']['output'];
  /** What one piece weighs, packaging included, in grams. */
  readonly weightGrams: Scalars['Int']['output'];
};

/** The product is not sold any more. */
export type ProductUnavailable = CartProblem & {
  readonly __typename?: 'ProductUnavailable';
  /** The line. */
  readonly line: CartLine;
  /** A sentence for a person. */
  readonly message: Scalars['String']['output'];
};

export type Query = {
  readonly __typename?: 'Query';
  /** The signed-in customer's cart. */
  readonly cart: Maybe<Cart>;
  /** The cart of somebody who has not signed in; null when there is none of this token any more. */
  readonly guestCart: Maybe<GuestCart>;
  /** An order by its id or its number. For its customer, or with the scope `orders:read:any`. */
  readonly order: Maybe<Order>;
  /** Messages that this context could not handle, in the order in which they were parked. Needs the scope `operations:admin`. */
  readonly orderParkedMessages: Maybe<ReadonlyArray<ParkedMessage>>;
  /** Orders, newest first: the signed-in customer's own; with the scope `orders:read:any` everybody's. */
  readonly orders: Maybe<OrderConnection>;
  /** The process behind an order. Needs the scope `operations:admin`. */
  readonly saga: Maybe<Saga>;
  /** The processes behind orders, newest first. Needs the scope `operations:admin`. */
  readonly sagas: Maybe<SagaConnection>;
};


export type QueryGuestCartArgs = {
  guestToken: Scalars['String']['input'];
};


export type QueryOrderArgs = {
  at?: InputMaybe<MomentInput>;
  id?: InputMaybe<Scalars['ID']['input']>;
  number?: InputMaybe<Scalars['String']['input']>;
};


export type QueryOrderParkedMessagesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  group?: InputMaybe<Scalars['String']['input']>;
};


export type QueryOrdersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  filter?: InputMaybe<OrderFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QuerySagaArgs = {
  orderId: Scalars['ID']['input'];
};


export type QuerySagasArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  state?: InputMaybe<SagaState>;
};

/** Which return. */
export type ReceiveReturnInput = {
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The order's id. */
  readonly orderId: Scalars['ID']['input'];
  /** The return's id. */
  readonly returnId: Scalars['ID']['input'];
};

/** What came of receiving a return. */
export type ReceiveReturnPayload = {
  readonly __typename?: 'ReceiveReturnPayload';
  /** Pass it on to read what you wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The order; null when refused. */
  readonly order: Maybe<Order>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What leaves the cart. */
export type RemoveFromCartInput = {
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The product, which must be in the cart. */
  readonly productId: Scalars['ID']['input'];
};

/** What came of removing from the cart. */
export type RemoveFromCartPayload = {
  readonly __typename?: 'RemoveFromCartPayload';
  /** The cart; null when refused. */
  readonly cart: Maybe<Cart>;
  /** Pass it on to read what you wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What leaves a guest's cart. */
export type RemoveFromGuestCartInput = {
  /** Whose cart. */
  readonly guestToken: Scalars['String']['input'];
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The product, which must be in the cart. */
  readonly productId: Scalars['ID']['input'];
};

/** What came of removing from a guest's cart. */
export type RemoveFromGuestCartPayload = {
  readonly __typename?: 'RemoveFromGuestCartPayload';
  /** The cart; null when refused. */
  readonly cart: Maybe<GuestCart>;
  /** Pass it on to read what you wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The same token again; null when refused. */
  readonly guestToken: Maybe<Scalars['String']['output']>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Which parked messages are to be handled again. */
export type ReplayOrderParkedMessagesInput = {
  /** The consumer group. */
  readonly group: Scalars['String']['input'];
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Only those of this stream. */
  readonly stream?: InputMaybe<Scalars['ID']['input']>;
};

/** What came of handling parked messages again. */
export type ReplayOrderParkedMessagesPayload = {
  readonly __typename?: 'ReplayOrderParkedMessagesPayload';
  /** Pass it on to read what you wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** Why the first of those that failed again did; null when none did. */
  readonly failure: Maybe<Scalars['String']['output']>;
  /** How many were handled and have left the list; null when refused. */
  readonly handled: Maybe<Scalars['Int']['output']>;
  /** How many of the group are parked still; null when refused. */
  readonly left: Maybe<Scalars['Int']['output']>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What is to come back. */
export type RequestReturnInput = {
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** What comes back. */
  readonly lines: ReadonlyArray<SkuQuantityInput>;
  /** The order's id. */
  readonly orderId: Scalars['ID']['input'];
  /** Why, in the customer's words: at most 500 characters. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** What came of asking for a return. */
export type RequestReturnPayload = {
  readonly __typename?: 'RequestReturnPayload';
  /** Pass it on to read what you wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The order; null when refused. */
  readonly order: Maybe<Order>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Which process is meant. */
export type RetrySagaInput = {
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The order's id. */
  readonly orderId: Scalars['ID']['input'];
};

/** What came of asking again. */
export type RetrySagaPayload = {
  readonly __typename?: 'RetrySagaPayload';
  /** Pass it on to read what you wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The process as this left it; null when refused. */
  readonly saga: Maybe<Saga>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
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

/** The process that takes an order through reservation, payment and fulfilment. Needs the scope `operations:admin`. */
export type Saga = {
  readonly __typename?: 'Saga';
  /** When it will act by itself if nothing happens before; null when it waits for nothing. */
  readonly deadline: Maybe<Scalars['DateTime']['output']>;
  /** Same as the order's id. */
  readonly id: Scalars['ID']['output'];
  /** Its order; null when it was never placed. */
  readonly order: Maybe<Order>;
  /** How it ended, when it did not get through. */
  readonly outcome: Maybe<SagaOutcome>;
  /** Why, as a stable code (`PAYMENT_DECLINED`). */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** When it started. */
  readonly startedAt: Scalars['DateTime']['output'];
  /** How it stands. */
  readonly state: SagaState;
  /** What it was told and what it asked for, oldest first. */
  readonly steps: HistoryConnection;
  /** What it waits for. */
  readonly tasks: ReadonlyArray<SagaTask>;
  /** When something last happened to it. */
  readonly updatedAt: Scalars['DateTime']['output'];
};


/** The process that takes an order through reservation, payment and fulfilment. Needs the scope `operations:admin`. */
export type SagaStepsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of processes, newest first. */
export type SagaConnection = {
  readonly __typename?: 'SagaConnection';
  /** The processes of this page. */
  readonly edges: ReadonlyArray<SagaEdge>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
  /** How many there are in all. */
  readonly totalCount: Scalars['Int']['output'];
};

/** A process and its place in a list. */
export type SagaEdge = {
  readonly __typename?: 'SagaEdge';
  /** Place in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The process. */
  readonly node: Saga;
};

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

/** A request to another context that is repeated until it is answered. */
export type SagaTask = {
  readonly __typename?: 'SagaTask';
  /** When it is asked again; null when it was given up. */
  readonly askedAgainAt: Maybe<Scalars['DateTime']['output']>;
  /** How often it was asked. */
  readonly attempts: Scalars['Int']['output'];
  /** Whether it was given up and waits for an operator. */
  readonly gaveUp: Scalars['Boolean']['output'];
  /** When it is given up, because it lapses by itself. */
  readonly giveUpAt: Maybe<Scalars['DateTime']['output']>;
  /** What it is for: `void`, `release`, `capture/…`. */
  readonly name: Scalars['String']['output'];
  /** The request, as a stable name (`PaymentCaptureRequested`). */
  readonly request: Scalars['String']['output'];
};

/** What is on its way. */
export type ShipOrderInput = {
  /** Who carries it: at most 60 characters. */
  readonly carrier: Scalars['String']['input'];
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** What is in the parcel; without it everything that is left. */
  readonly lines?: InputMaybe<ReadonlyArray<SkuQuantityInput>>;
  /** The order's id. */
  readonly orderId: Scalars['ID']['input'];
  /** The carrier's tracking number: at most 60 characters. */
  readonly trackingNumber: Scalars['String']['input'];
};

/** What came of shipping. */
export type ShipOrderPayload = {
  readonly __typename?: 'ShipOrderPayload';
  /** Pass it on to read what you wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The order; null when refused. */
  readonly order: Maybe<Order>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A parcel. */
export type Shipment = {
  readonly __typename?: 'Shipment';
  /** What is charged for it, tax included. */
  readonly amount: Money;
  /** Who carries it. */
  readonly carrier: Scalars['String']['output'];
  /** The shipment's id; its capture carries the same. */
  readonly id: Scalars['ID']['output'];
  /** What is in it. */
  readonly lines: ReadonlyArray<SkuQuantity>;
  /** When it left. */
  readonly shippedAt: Scalars['DateTime']['output'];
  /** The carrier's tracking number. */
  readonly trackingNumber: Scalars['String']['output'];
};

/** Pieces named by SKU. */
export type SkuQuantity = {
  readonly __typename?: 'SkuQuantity';
  /** Pieces. */
  readonly quantity: Scalars['Int']['output'];
  /** SKU. */
  readonly sku: Scalars['String']['output'];
};

/** Pieces of a line. */
export type SkuQuantityInput = {
  /** Pieces. */
  readonly quantity: Scalars['Int']['input'];
  /** SKU of a line of the order. */
  readonly sku: Scalars['String']['input'];
};

export type StockReservation = {
  readonly __typename?: 'StockReservation';
  /** The order. */
  readonly orderId: Scalars['ID']['output'];
  /** The SKU. */
  readonly sku: Scalars['String']['output'];
};

export type Subscription = {
  readonly __typename?: 'Subscription';
  /** What happens to the signed-in customer's orders, from now on or after a cursor. */
  readonly myOrdersChanged: OrderEvent;
  /** What happens to an order, from now on or after a cursor. For its customer, or with the scope `orders:read:any`. */
  readonly orderChanged: OrderEvent;
};


export type SubscriptionMyOrdersChangedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
};


export type SubscriptionOrderChangedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  id: Scalars['ID']['input'];
};

export type User = {
  readonly __typename?: 'User';
  /** The user's id. */
  readonly id: Scalars['ID']['output'];
  /** Orders of this customer, newest first; for the customer, or with the scope `orders:read:any`. */
  readonly orders: Maybe<OrderConnection>;
};


export type UserOrdersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OrderFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** Why a mutation was refused. */
export type UserError = {
  readonly __typename?: 'UserError';
  /** Stable dotted code, such as `ORDER.ALREADY_SHIPPED`. */
  readonly code: Scalars['String']['output'];
  /** Path of the offending input field. */
  readonly field: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** A sentence for a person. */
  readonly message: Scalars['String']['output'];
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Order: Order;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Order:
    ( { __typename: 'Order' }
    & GraphQLRecursivePick<FederationTypes['Order'], {"id":true}>
    & ( Record<PropertyKey, never>
        | GraphQLRecursivePick<FederationTypes['Order'], {"lines":{"product":{"weightGrams":true}}}> ) );
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
};


/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Basket:
    | ( CartView )
    | ( GuestCartView )
  ;
  CartProblem:
    | ( ShortView )
    | ( PriceChangedView )
    | ( UnavailableView )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Actor: ResolverTypeWrapper<Actor>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  ActorKind: ActorKind;
  AddToCartInput: AddToCartInput;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  AddToCartPayload: ResolverTypeWrapper<Omit<AddToCartPayload, 'cart'> & { cart?: Maybe<ResolversTypes['Cart']> }>;
  AddToGuestCartInput: AddToGuestCartInput;
  AddToGuestCartPayload: ResolverTypeWrapper<Omit<AddToGuestCartPayload, 'cart'> & { cart?: Maybe<ResolversTypes['GuestCart']> }>;
  Address: ResolverTypeWrapper<AddressValue>;
  AddressInput: AddressInput;
  ApproveReturnInput: ApproveReturnInput;
  ApproveReturnPayload: ResolverTypeWrapper<Omit<ApproveReturnPayload, 'order'> & { order?: Maybe<ResolversTypes['Order']> }>;
  Basket: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Basket']>;
  CancelOrderInput: CancelOrderInput;
  CancelOrderPayload: ResolverTypeWrapper<Omit<CancelOrderPayload, 'order'> & { order?: Maybe<ResolversTypes['Order']> }>;
  Cart: ResolverTypeWrapper<CartView>;
  CartLine: ResolverTypeWrapper<CartLineView>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  CartProblem: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['CartProblem']>;
  ChangeGuestQuantityInput: ChangeGuestQuantityInput;
  ChangeGuestQuantityPayload: ResolverTypeWrapper<Omit<ChangeGuestQuantityPayload, 'cart'> & { cart?: Maybe<ResolversTypes['GuestCart']> }>;
  ChangeQuantityInput: ChangeQuantityInput;
  ChangeQuantityPayload: ResolverTypeWrapper<Omit<ChangeQuantityPayload, 'cart'> & { cart?: Maybe<ResolversTypes['Cart']> }>;
  CheckoutInput: CheckoutInput;
  CheckoutPayload: ResolverTypeWrapper<Omit<CheckoutPayload, 'cart' | 'order'> & { cart: ResolversTypes['Cart'], order?: Maybe<ResolversTypes['Order']> }>;
  ClearCartInput: ClearCartInput;
  ClearCartPayload: ResolverTypeWrapper<Omit<ClearCartPayload, 'cart'> & { cart?: Maybe<ResolversTypes['Cart']> }>;
  CompensateSagaInput: CompensateSagaInput;
  CompensateSagaPayload: ResolverTypeWrapper<Omit<CompensateSagaPayload, 'saga'> & { saga?: Maybe<ResolversTypes['Saga']> }>;
  CurrencyCode: CurrencyCode;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  DeclineReturnInput: DeclineReturnInput;
  DeclineReturnPayload: ResolverTypeWrapper<Omit<DeclineReturnPayload, 'order'> & { order?: Maybe<ResolversTypes['Order']> }>;
  GuestCart: ResolverTypeWrapper<GuestCartView>;
  HistoryConnection: ResolverTypeWrapper<HistoryConnection>;
  HistoryEdge: ResolverTypeWrapper<HistoryEdge>;
  HistoryEntry: ResolverTypeWrapper<HistoryEntry>;
  MarkDeliveredInput: MarkDeliveredInput;
  MarkDeliveredPayload: ResolverTypeWrapper<Omit<MarkDeliveredPayload, 'order'> & { order?: Maybe<ResolversTypes['Order']> }>;
  MergeGuestCartInput: MergeGuestCartInput;
  MergeGuestCartPayload: ResolverTypeWrapper<Omit<MergeGuestCartPayload, 'cart'> & { cart?: Maybe<ResolversTypes['Cart']> }>;
  MomentInput: MomentInput;
  Money: ResolverTypeWrapper<MoneyValue>;
  MoneyInput: MoneyInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NotEnoughStock: ResolverTypeWrapper<ShortView>;
  Order: ResolverTypeWrapper<WeighedOrder>;
  OrderConnection: ResolverTypeWrapper<OrderPage>;
  OrderEdge: ResolverTypeWrapper<Omit<OrderEdge, 'node'> & { node: ResolversTypes['Order'] }>;
  OrderEvent: ResolverTypeWrapper<OrderChange>;
  OrderFilter: OrderFilter;
  OrderLine: ResolverTypeWrapper<OrderLineView>;
  OrderLineInput: OrderLineInput;
  OrderMilestone: ResolverTypeWrapper<OrderMilestone>;
  OrderReturn: ResolverTypeWrapper<OrderReturnModel>;
  OrderStatus: OrderStatus;
  OrderTotals: ResolverTypeWrapper<OrderTotalsModel>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  ParkedMessage: ResolverTypeWrapper<ParkedMessage>;
  PlaceOrderInput: PlaceOrderInput;
  PlaceOrderPayload: ResolverTypeWrapper<Omit<PlaceOrderPayload, 'order'> & { order?: Maybe<ResolversTypes['Order']> }>;
  PriceChanged: ResolverTypeWrapper<PriceChangedView>;
  Product: ResolverTypeWrapper<Reference>;
  ProductUnavailable: ResolverTypeWrapper<UnavailableView>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ReceiveReturnInput: ReceiveReturnInput;
  ReceiveReturnPayload: ResolverTypeWrapper<Omit<ReceiveReturnPayload, 'order'> & { order?: Maybe<ResolversTypes['Order']> }>;
  RemoveFromCartInput: RemoveFromCartInput;
  RemoveFromCartPayload: ResolverTypeWrapper<Omit<RemoveFromCartPayload, 'cart'> & { cart?: Maybe<ResolversTypes['Cart']> }>;
  RemoveFromGuestCartInput: RemoveFromGuestCartInput;
  RemoveFromGuestCartPayload: ResolverTypeWrapper<Omit<RemoveFromGuestCartPayload, 'cart'> & { cart?: Maybe<ResolversTypes['GuestCart']> }>;
  ReplayOrderParkedMessagesInput: ReplayOrderParkedMessagesInput;
  ReplayOrderParkedMessagesPayload: ResolverTypeWrapper<ReplayOrderParkedMessagesPayload>;
  RequestReturnInput: RequestReturnInput;
  RequestReturnPayload: ResolverTypeWrapper<Omit<RequestReturnPayload, 'order'> & { order?: Maybe<ResolversTypes['Order']> }>;
  RetrySagaInput: RetrySagaInput;
  RetrySagaPayload: ResolverTypeWrapper<Omit<RetrySagaPayload, 'saga'> & { saga?: Maybe<ResolversTypes['Saga']> }>;
  ReturnStatus: ReturnStatus;
  Saga: ResolverTypeWrapper<SagaDoc>;
  SagaConnection: ResolverTypeWrapper<SagaPage>;
  SagaEdge: ResolverTypeWrapper<Omit<SagaEdge, 'node'> & { node: ResolversTypes['Saga'] }>;
  SagaOutcome: SagaOutcome;
  SagaState: SagaState;
  SagaTask: ResolverTypeWrapper<SagaTaskView>;
  ShipOrderInput: ShipOrderInput;
  ShipOrderPayload: ResolverTypeWrapper<Omit<ShipOrderPayload, 'order'> & { order?: Maybe<ResolversTypes['Order']> }>;
  Shipment: ResolverTypeWrapper<ShipmentModel>;
  SkuQuantity: ResolverTypeWrapper<SkuQuantity>;
  SkuQuantityInput: SkuQuantityInput;
  StockReservation: ResolverTypeWrapper<ReservationReference>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  User: ResolverTypeWrapper<Reference>;
  UserError: ResolverTypeWrapper<UserError>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Actor: Actor;
  ID: Scalars['ID']['output'];
  AddToCartInput: AddToCartInput;
  String: Scalars['String']['output'];
  Int: Scalars['Int']['output'];
  AddToCartPayload: Omit<AddToCartPayload, 'cart'> & { cart?: Maybe<ResolversParentTypes['Cart']> };
  AddToGuestCartInput: AddToGuestCartInput;
  AddToGuestCartPayload: Omit<AddToGuestCartPayload, 'cart'> & { cart?: Maybe<ResolversParentTypes['GuestCart']> };
  Address: AddressValue;
  AddressInput: AddressInput;
  ApproveReturnInput: ApproveReturnInput;
  ApproveReturnPayload: Omit<ApproveReturnPayload, 'order'> & { order?: Maybe<ResolversParentTypes['Order']> };
  Basket: ResolversInterfaceTypes<ResolversParentTypes>['Basket'];
  CancelOrderInput: CancelOrderInput;
  CancelOrderPayload: Omit<CancelOrderPayload, 'order'> & { order?: Maybe<ResolversParentTypes['Order']> };
  Cart: CartView;
  CartLine: CartLineView;
  Boolean: Scalars['Boolean']['output'];
  CartProblem: ResolversInterfaceTypes<ResolversParentTypes>['CartProblem'];
  ChangeGuestQuantityInput: ChangeGuestQuantityInput;
  ChangeGuestQuantityPayload: Omit<ChangeGuestQuantityPayload, 'cart'> & { cart?: Maybe<ResolversParentTypes['GuestCart']> };
  ChangeQuantityInput: ChangeQuantityInput;
  ChangeQuantityPayload: Omit<ChangeQuantityPayload, 'cart'> & { cart?: Maybe<ResolversParentTypes['Cart']> };
  CheckoutInput: CheckoutInput;
  CheckoutPayload: Omit<CheckoutPayload, 'cart' | 'order'> & { cart: ResolversParentTypes['Cart'], order?: Maybe<ResolversParentTypes['Order']> };
  ClearCartInput: ClearCartInput;
  ClearCartPayload: Omit<ClearCartPayload, 'cart'> & { cart?: Maybe<ResolversParentTypes['Cart']> };
  CompensateSagaInput: CompensateSagaInput;
  CompensateSagaPayload: Omit<CompensateSagaPayload, 'saga'> & { saga?: Maybe<ResolversParentTypes['Saga']> };
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  DeclineReturnInput: DeclineReturnInput;
  DeclineReturnPayload: Omit<DeclineReturnPayload, 'order'> & { order?: Maybe<ResolversParentTypes['Order']> };
  GuestCart: GuestCartView;
  HistoryConnection: HistoryConnection;
  HistoryEdge: HistoryEdge;
  HistoryEntry: HistoryEntry;
  MarkDeliveredInput: MarkDeliveredInput;
  MarkDeliveredPayload: Omit<MarkDeliveredPayload, 'order'> & { order?: Maybe<ResolversParentTypes['Order']> };
  MergeGuestCartInput: MergeGuestCartInput;
  MergeGuestCartPayload: Omit<MergeGuestCartPayload, 'cart'> & { cart?: Maybe<ResolversParentTypes['Cart']> };
  MomentInput: MomentInput;
  Money: MoneyValue;
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  NotEnoughStock: ShortView;
  Order: WeighedOrder;
  OrderConnection: OrderPage;
  OrderEdge: Omit<OrderEdge, 'node'> & { node: ResolversParentTypes['Order'] };
  OrderEvent: OrderChange;
  OrderFilter: OrderFilter;
  OrderLine: OrderLineView;
  OrderLineInput: OrderLineInput;
  OrderMilestone: OrderMilestone;
  OrderReturn: OrderReturnModel;
  OrderTotals: OrderTotalsModel;
  PageInfo: PageInfo;
  ParkedMessage: ParkedMessage;
  PlaceOrderInput: PlaceOrderInput;
  PlaceOrderPayload: Omit<PlaceOrderPayload, 'order'> & { order?: Maybe<ResolversParentTypes['Order']> };
  PriceChanged: PriceChangedView;
  Product: Reference;
  ProductUnavailable: UnavailableView;
  Query: Record<PropertyKey, never>;
  ReceiveReturnInput: ReceiveReturnInput;
  ReceiveReturnPayload: Omit<ReceiveReturnPayload, 'order'> & { order?: Maybe<ResolversParentTypes['Order']> };
  RemoveFromCartInput: RemoveFromCartInput;
  RemoveFromCartPayload: Omit<RemoveFromCartPayload, 'cart'> & { cart?: Maybe<ResolversParentTypes['Cart']> };
  RemoveFromGuestCartInput: RemoveFromGuestCartInput;
  RemoveFromGuestCartPayload: Omit<RemoveFromGuestCartPayload, 'cart'> & { cart?: Maybe<ResolversParentTypes['GuestCart']> };
  ReplayOrderParkedMessagesInput: ReplayOrderParkedMessagesInput;
  ReplayOrderParkedMessagesPayload: ReplayOrderParkedMessagesPayload;
  RequestReturnInput: RequestReturnInput;
  RequestReturnPayload: Omit<RequestReturnPayload, 'order'> & { order?: Maybe<ResolversParentTypes['Order']> };
  RetrySagaInput: RetrySagaInput;
  RetrySagaPayload: Omit<RetrySagaPayload, 'saga'> & { saga?: Maybe<ResolversParentTypes['Saga']> };
  Saga: SagaDoc;
  SagaConnection: SagaPage;
  SagaEdge: Omit<SagaEdge, 'node'> & { node: ResolversParentTypes['Saga'] };
  SagaTask: SagaTaskView;
  ShipOrderInput: ShipOrderInput;
  ShipOrderPayload: Omit<ShipOrderPayload, 'order'> & { order?: Maybe<ResolversParentTypes['Order']> };
  Shipment: ShipmentModel;
  SkuQuantity: SkuQuantity;
  SkuQuantityInput: SkuQuantityInput;
  StockReservation: ReservationReference;
  Subscription: Record<PropertyKey, never>;
  User: Reference;
  UserError: UserError;
};

export type ActorResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Actor'] = ResolversParentTypes['Actor']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ActorKind'], ParentType, ContextType>;
};

export type AddToCartPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['AddToCartPayload'] = ResolversParentTypes['AddToCartPayload']> = {
  cart?: Resolver<Maybe<ResolversTypes['Cart']>, ParentType, ContextType>;
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AddToGuestCartPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['AddToGuestCartPayload'] = ResolversParentTypes['AddToGuestCartPayload']> = {
  cart?: Resolver<Maybe<ResolversTypes['GuestCart']>, ParentType, ContextType>;
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  guestToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AddressResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Address'] = ResolversParentTypes['Address']> = {
  city?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  country?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  line1?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  line2?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  postalCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  region?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ApproveReturnPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ApproveReturnPayload'] = ResolversParentTypes['ApproveReturnPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type BasketResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Basket'] = ResolversParentTypes['Basket']> = {
  __resolveType: TypeResolveFn<'Cart' | 'GuestCart', ParentType, ContextType>;
};

export type CancelOrderPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['CancelOrderPayload'] = ResolversParentTypes['CancelOrderPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CartResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Cart'] = ResolversParentTypes['Cart']> = {
  estimate?: Resolver<Maybe<ResolversTypes['OrderTotals']>, ParentType, ContextType, RequireFields<CartEstimateArgs, 'country'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  itemCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  itemsTotal?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['CartLine']>, ParentType, ContextType>;
  problems?: Resolver<ReadonlyArray<ResolversTypes['CartProblem']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CartLineResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['CartLine'] = ResolversParentTypes['CartLine']> = {
  available?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  lineTotal?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  product?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  unitPrice?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type CartProblemResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['CartProblem'] = ResolversParentTypes['CartProblem']> = {
  __resolveType: TypeResolveFn<'NotEnoughStock' | 'PriceChanged' | 'ProductUnavailable', ParentType, ContextType>;
};

export type ChangeGuestQuantityPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ChangeGuestQuantityPayload'] = ResolversParentTypes['ChangeGuestQuantityPayload']> = {
  cart?: Resolver<Maybe<ResolversTypes['GuestCart']>, ParentType, ContextType>;
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  guestToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ChangeQuantityPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ChangeQuantityPayload'] = ResolversParentTypes['ChangeQuantityPayload']> = {
  cart?: Resolver<Maybe<ResolversTypes['Cart']>, ParentType, ContextType>;
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CheckoutPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['CheckoutPayload'] = ResolversParentTypes['CheckoutPayload']> = {
  cart?: Resolver<ResolversTypes['Cart'], ParentType, ContextType>;
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ClearCartPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ClearCartPayload'] = ResolversParentTypes['ClearCartPayload']> = {
  cart?: Resolver<Maybe<ResolversTypes['Cart']>, ParentType, ContextType>;
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CompensateSagaPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['CompensateSagaPayload'] = ResolversParentTypes['CompensateSagaPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  saga?: Resolver<Maybe<ResolversTypes['Saga']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type DeclineReturnPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['DeclineReturnPayload'] = ResolversParentTypes['DeclineReturnPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type GuestCartResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['GuestCart'] = ResolversParentTypes['GuestCart']> = {
  estimate?: Resolver<Maybe<ResolversTypes['OrderTotals']>, ParentType, ContextType, RequireFields<GuestCartEstimateArgs, 'country'>>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  itemCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  itemsTotal?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['CartLine']>, ParentType, ContextType>;
  problems?: Resolver<ReadonlyArray<ResolversTypes['CartProblem']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type HistoryConnectionResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['HistoryConnection'] = ResolversParentTypes['HistoryConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['HistoryEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type HistoryEdgeResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['HistoryEdge'] = ResolversParentTypes['HistoryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['HistoryEntry'], ParentType, ContextType>;
};

export type HistoryEntryResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['HistoryEntry'] = ResolversParentTypes['HistoryEntry']> = {
  actor?: Resolver<ResolversTypes['Actor'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  cause?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  command?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  correlation?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  event?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MarkDeliveredPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['MarkDeliveredPayload'] = ResolversParentTypes['MarkDeliveredPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MergeGuestCartPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['MergeGuestCartPayload'] = ResolversParentTypes['MergeGuestCartPayload']> = {
  cart?: Resolver<Maybe<ResolversTypes['Cart']>, ParentType, ContextType>;
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  leftOut?: Resolver<ReadonlyArray<ResolversTypes['SkuQuantity']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  addToCart?: Resolver<ResolversTypes['AddToCartPayload'], ParentType, ContextType, RequireFields<MutationAddToCartArgs, 'input'>>;
  addToGuestCart?: Resolver<ResolversTypes['AddToGuestCartPayload'], ParentType, ContextType, RequireFields<MutationAddToGuestCartArgs, 'input'>>;
  approveReturn?: Resolver<ResolversTypes['ApproveReturnPayload'], ParentType, ContextType, RequireFields<MutationApproveReturnArgs, 'input'>>;
  cancelOrder?: Resolver<ResolversTypes['CancelOrderPayload'], ParentType, ContextType, RequireFields<MutationCancelOrderArgs, 'input'>>;
  changeGuestQuantity?: Resolver<ResolversTypes['ChangeGuestQuantityPayload'], ParentType, ContextType, RequireFields<MutationChangeGuestQuantityArgs, 'input'>>;
  changeQuantity?: Resolver<ResolversTypes['ChangeQuantityPayload'], ParentType, ContextType, RequireFields<MutationChangeQuantityArgs, 'input'>>;
  checkout?: Resolver<ResolversTypes['CheckoutPayload'], ParentType, ContextType, RequireFields<MutationCheckoutArgs, 'input'>>;
  clearCart?: Resolver<ResolversTypes['ClearCartPayload'], ParentType, ContextType, RequireFields<MutationClearCartArgs, 'input'>>;
  compensateSaga?: Resolver<ResolversTypes['CompensateSagaPayload'], ParentType, ContextType, RequireFields<MutationCompensateSagaArgs, 'input'>>;
  declineReturn?: Resolver<ResolversTypes['DeclineReturnPayload'], ParentType, ContextType, RequireFields<MutationDeclineReturnArgs, 'input'>>;
  markDelivered?: Resolver<ResolversTypes['MarkDeliveredPayload'], ParentType, ContextType, RequireFields<MutationMarkDeliveredArgs, 'input'>>;
  mergeGuestCart?: Resolver<ResolversTypes['MergeGuestCartPayload'], ParentType, ContextType, RequireFields<MutationMergeGuestCartArgs, 'input'>>;
  placeOrder?: Resolver<ResolversTypes['PlaceOrderPayload'], ParentType, ContextType, RequireFields<MutationPlaceOrderArgs, 'input'>>;
  receiveReturn?: Resolver<ResolversTypes['ReceiveReturnPayload'], ParentType, ContextType, RequireFields<MutationReceiveReturnArgs, 'input'>>;
  removeFromCart?: Resolver<ResolversTypes['RemoveFromCartPayload'], ParentType, ContextType, RequireFields<MutationRemoveFromCartArgs, 'input'>>;
  removeFromGuestCart?: Resolver<ResolversTypes['RemoveFromGuestCartPayload'], ParentType, ContextType, RequireFields<MutationRemoveFromGuestCartArgs, 'input'>>;
  replayOrderParkedMessages?: Resolver<ResolversTypes['ReplayOrderParkedMessagesPayload'], ParentType, ContextType, RequireFields<MutationReplayOrderParkedMessagesArgs, 'input'>>;
  requestReturn?: Resolver<ResolversTypes['RequestReturnPayload'], ParentType, ContextType, RequireFields<MutationRequestReturnArgs, 'input'>>;
  retrySaga?: Resolver<ResolversTypes['RetrySagaPayload'], ParentType, ContextType, RequireFields<MutationRetrySagaArgs, 'input'>>;
  shipOrder?: Resolver<ResolversTypes['ShipOrderPayload'], ParentType, ContextType, RequireFields<MutationShipOrderArgs, 'input'>>;
};

export type NotEnoughStockResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['NotEnoughStock'] = ResolversParentTypes['NotEnoughStock']> = {
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  line?: Resolver<ResolversTypes['CartLine'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrderResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order'], FederationReferenceType extends FederationReferenceTypes['Order'] = FederationReferenceTypes['Order']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Order']> | FederationReferenceType, FederationReferenceType, ContextType>;
  billingAddress?: Resolver<Maybe<ResolversTypes['Address']>, ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  deliveredAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  history?: Resolver<Maybe<ResolversTypes['HistoryConnection']>, ParentType, ContextType, Partial<OrderHistoryArgs>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['OrderLine']>, ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  paymentMethodId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  placedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  returns?: Resolver<ReadonlyArray<ResolversTypes['OrderReturn']>, ParentType, ContextType>;
  shipBy?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  shipments?: Resolver<ReadonlyArray<ResolversTypes['Shipment']>, ParentType, ContextType>;
  shippingAddress?: Resolver<Maybe<ResolversTypes['Address']>, ParentType, ContextType>;
  shippingEstimate?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
  statusReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  timeline?: Resolver<ReadonlyArray<ResolversTypes['OrderMilestone']>, ParentType, ContextType>;
  totals?: Resolver<ResolversTypes['OrderTotals'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type OrderConnectionResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['OrderConnection'] = ResolversParentTypes['OrderConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['OrderEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type OrderEdgeResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['OrderEdge'] = ResolversParentTypes['OrderEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
};

export type OrderEventResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['OrderEvent'] = ResolversParentTypes['OrderEvent']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OrderLineResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['OrderLine'] = ResolversParentTypes['OrderLine']> = {
  cancelledQuantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lineTotal?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  product?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reservation?: Resolver<Maybe<ResolversTypes['StockReservation']>, ParentType, ContextType>;
  returnedQuantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  shippedQuantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  tax?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  unitPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type OrderMilestoneResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['OrderMilestone'] = ResolversParentTypes['OrderMilestone']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  event?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OrderReturnResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['OrderReturn'] = ResolversParentTypes['OrderReturn']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['SkuQuantity']>, ParentType, ContextType>;
  refund?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  requestedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ReturnStatus'], ParentType, ContextType>;
};

export type OrderTotalsResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['OrderTotals'] = ResolversParentTypes['OrderTotals']> = {
  grandTotal?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  items?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  shipping?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  tax?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ParkedMessageResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ParkedMessage'] = ResolversParentTypes['ParkedMessage']> = {
  cause?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  context?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  correlation?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  group?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  parkedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  stream?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  topic?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PlaceOrderPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['PlaceOrderPayload'] = ResolversParentTypes['PlaceOrderPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type PriceChangedResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['PriceChanged'] = ResolversParentTypes['PriceChanged']> = {
  before?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  line?: Resolver<ResolversTypes['CartLine'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  now?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ProductResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ProductUnavailableResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ProductUnavailable'] = ResolversParentTypes['ProductUnavailable']> = {
  line?: Resolver<ResolversTypes['CartLine'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QueryResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  cart?: Resolver<Maybe<ResolversTypes['Cart']>, ParentType, ContextType>;
  guestCart?: Resolver<Maybe<ResolversTypes['GuestCart']>, ParentType, ContextType, RequireFields<QueryGuestCartArgs, 'guestToken'>>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType, Partial<QueryOrderArgs>>;
  orderParkedMessages?: Resolver<Maybe<ReadonlyArray<ResolversTypes['ParkedMessage']>>, ParentType, ContextType, Partial<QueryOrderParkedMessagesArgs>>;
  orders?: Resolver<Maybe<ResolversTypes['OrderConnection']>, ParentType, ContextType, Partial<QueryOrdersArgs>>;
  saga?: Resolver<Maybe<ResolversTypes['Saga']>, ParentType, ContextType, RequireFields<QuerySagaArgs, 'orderId'>>;
  sagas?: Resolver<Maybe<ResolversTypes['SagaConnection']>, ParentType, ContextType, Partial<QuerySagasArgs>>;
};

export type ReceiveReturnPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ReceiveReturnPayload'] = ResolversParentTypes['ReceiveReturnPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RemoveFromCartPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['RemoveFromCartPayload'] = ResolversParentTypes['RemoveFromCartPayload']> = {
  cart?: Resolver<Maybe<ResolversTypes['Cart']>, ParentType, ContextType>;
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RemoveFromGuestCartPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['RemoveFromGuestCartPayload'] = ResolversParentTypes['RemoveFromGuestCartPayload']> = {
  cart?: Resolver<Maybe<ResolversTypes['GuestCart']>, ParentType, ContextType>;
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  guestToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ReplayOrderParkedMessagesPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ReplayOrderParkedMessagesPayload'] = ResolversParentTypes['ReplayOrderParkedMessagesPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  handled?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  left?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RequestReturnPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['RequestReturnPayload'] = ResolversParentTypes['RequestReturnPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RetrySagaPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['RetrySagaPayload'] = ResolversParentTypes['RetrySagaPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  saga?: Resolver<Maybe<ResolversTypes['Saga']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SagaResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Saga'] = ResolversParentTypes['Saga']> = {
  deadline?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  outcome?: Resolver<Maybe<ResolversTypes['SagaOutcome']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['SagaState'], ParentType, ContextType>;
  steps?: Resolver<ResolversTypes['HistoryConnection'], ParentType, ContextType, Partial<SagaStepsArgs>>;
  tasks?: Resolver<ReadonlyArray<ResolversTypes['SagaTask']>, ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type SagaConnectionResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['SagaConnection'] = ResolversParentTypes['SagaConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['SagaEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SagaEdgeResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['SagaEdge'] = ResolversParentTypes['SagaEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Saga'], ParentType, ContextType>;
};

export type SagaTaskResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['SagaTask'] = ResolversParentTypes['SagaTask']> = {
  askedAgainAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  gaveUp?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  giveUpAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  request?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ShipOrderPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ShipOrderPayload'] = ResolversParentTypes['ShipOrderPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ShipmentResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Shipment'] = ResolversParentTypes['Shipment']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  carrier?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['SkuQuantity']>, ParentType, ContextType>;
  shippedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  trackingNumber?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SkuQuantityResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['SkuQuantity'] = ResolversParentTypes['SkuQuantity']> = {
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type StockReservationResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['StockReservation'] = ResolversParentTypes['StockReservation']> = {
  orderId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  myOrdersChanged?: SubscriptionResolver<ResolversTypes['OrderEvent'], "myOrdersChanged", ParentType, ContextType, Partial<SubscriptionMyOrdersChangedArgs>>;
  orderChanged?: SubscriptionResolver<ResolversTypes['OrderEvent'], "orderChanged", ParentType, ContextType, RequireFields<SubscriptionOrderChangedArgs, 'id'>>;
};

export type UserResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  orders?: Resolver<Maybe<ResolversTypes['OrderConnection']>, ParentType, ContextType, Partial<UserOrdersArgs>>;
};

export type UserErrorResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type Resolvers<ContextType = SubgraphContext> = {
  Actor?: ActorResolvers<ContextType>;
  AddToCartPayload?: AddToCartPayloadResolvers<ContextType>;
  AddToGuestCartPayload?: AddToGuestCartPayloadResolvers<ContextType>;
  Address?: AddressResolvers<ContextType>;
  ApproveReturnPayload?: ApproveReturnPayloadResolvers<ContextType>;
  Basket?: BasketResolvers<ContextType>;
  CancelOrderPayload?: CancelOrderPayloadResolvers<ContextType>;
  Cart?: CartResolvers<ContextType>;
  CartLine?: CartLineResolvers<ContextType>;
  CartProblem?: CartProblemResolvers<ContextType>;
  ChangeGuestQuantityPayload?: ChangeGuestQuantityPayloadResolvers<ContextType>;
  ChangeQuantityPayload?: ChangeQuantityPayloadResolvers<ContextType>;
  CheckoutPayload?: CheckoutPayloadResolvers<ContextType>;
  ClearCartPayload?: ClearCartPayloadResolvers<ContextType>;
  CompensateSagaPayload?: CompensateSagaPayloadResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  DeclineReturnPayload?: DeclineReturnPayloadResolvers<ContextType>;
  GuestCart?: GuestCartResolvers<ContextType>;
  HistoryConnection?: HistoryConnectionResolvers<ContextType>;
  HistoryEdge?: HistoryEdgeResolvers<ContextType>;
  HistoryEntry?: HistoryEntryResolvers<ContextType>;
  MarkDeliveredPayload?: MarkDeliveredPayloadResolvers<ContextType>;
  MergeGuestCartPayload?: MergeGuestCartPayloadResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NotEnoughStock?: NotEnoughStockResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  OrderConnection?: OrderConnectionResolvers<ContextType>;
  OrderEdge?: OrderEdgeResolvers<ContextType>;
  OrderEvent?: OrderEventResolvers<ContextType>;
  OrderLine?: OrderLineResolvers<ContextType>;
  OrderMilestone?: OrderMilestoneResolvers<ContextType>;
  OrderReturn?: OrderReturnResolvers<ContextType>;
  OrderTotals?: OrderTotalsResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  ParkedMessage?: ParkedMessageResolvers<ContextType>;
  PlaceOrderPayload?: PlaceOrderPayloadResolvers<ContextType>;
  PriceChanged?: PriceChangedResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  ProductUnavailable?: ProductUnavailableResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  ReceiveReturnPayload?: ReceiveReturnPayloadResolvers<ContextType>;
  RemoveFromCartPayload?: RemoveFromCartPayloadResolvers<ContextType>;
  RemoveFromGuestCartPayload?: RemoveFromGuestCartPayloadResolvers<ContextType>;
  ReplayOrderParkedMessagesPayload?: ReplayOrderParkedMessagesPayloadResolvers<ContextType>;
  RequestReturnPayload?: RequestReturnPayloadResolvers<ContextType>;
  RetrySagaPayload?: RetrySagaPayloadResolvers<ContextType>;
  Saga?: SagaResolvers<ContextType>;
  SagaConnection?: SagaConnectionResolvers<ContextType>;
  SagaEdge?: SagaEdgeResolvers<ContextType>;
  SagaTask?: SagaTaskResolvers<ContextType>;
  ShipOrderPayload?: ShipOrderPayloadResolvers<ContextType>;
  Shipment?: ShipmentResolvers<ContextType>;
  SkuQuantity?: SkuQuantityResolvers<ContextType>;
  StockReservation?: StockReservationResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
};

