import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { PaymentView } from '../../application/payment-views.ts';
import type { NamedMovement } from '../movements.ts';
import type { PaymentMethod as PaymentMethodModel } from '../../domain/payment-methods.ts';
import type { InvoiceDocument } from '../../domain/invoice-book.ts';
import type { PaymentPage, InvoicePage } from '../../application/queries.ts';
import type { MoneyValue, Reference, SubgraphContext } from '../context.ts';
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

/** A way to pay that is to be kept. */
export type AddPaymentMethodInput = {
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** What you call it: 1 to 60 characters. */
  readonly label: Scalars['String']['input'];
  /** The provider's token. The sandbox knows `tok_approved`, `tok_declined`, `tok_insufficient_funds`, `tok_slow`, `tok_timeout_after_authorise`, `tok_timeout_after_capture`, `tok_capture_fails_once`, `tok_late`, `tok_late_capture`, `tok_never` and `tok_reports_twice`. */
  readonly token: Scalars['String']['input'];
};

/** What came of adding a payment method. */
export type AddPaymentMethodPayload = {
  readonly __typename?: 'AddPaymentMethodPayload';
  /** Pass it on to read what you wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The payment method; null when refused. */
  readonly paymentMethod: Maybe<PaymentMethod>;
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

/** An invoice or credit note, numbered without gaps within its year. */
export type Invoice = {
  readonly __typename?: 'Invoice';
  /** Amount of the document; positive for both kinds. */
  readonly amount: Money;
  /** What it was issued for: the shipment that is charged, the return that is paid back; null when it was neither. */
  readonly cause: Maybe<Scalars['ID']['output']>;
  /** Same as the number. */
  readonly id: Scalars['ID']['output'];
  /** When it was issued. */
  readonly issuedAt: Scalars['DateTime']['output'];
  /** Invoice or credit note. */
  readonly kind: InvoiceKind;
  /** Gapless within a year: `2026-000001`. */
  readonly number: Scalars['String']['output'];
  /** The order it belongs to. */
  readonly order: Order;
  /** Why money was given back, as a code or in the words of whoever gave it; null for an invoice. */
  readonly reason: Maybe<Scalars['String']['output']>;
};

/** A page of invoices, newest first. */
export type InvoiceConnection = {
  readonly __typename?: 'InvoiceConnection';
  /** The invoices of this page. */
  readonly edges: ReadonlyArray<InvoiceEdge>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
  /** How many there are in all. */
  readonly totalCount: Scalars['Int']['output'];
};

/** An invoice and its place in a list. */
export type InvoiceEdge = {
  readonly __typename?: 'InvoiceEdge';
  /** Place in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The invoice. */
  readonly node: Invoice;
};

/** What an invoice document is. */
export type InvoiceKind =
  /** Issued when money is refunded. */
  | 'CREDIT_NOTE'
  /** Issued when money is captured. */
  | 'INVOICE';

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

/** How far a capture or refund has come. */
export type MovementStatus =
  /** Done. */
  | 'DONE'
  /** Refused by the provider, or impossible. */
  | 'FAILED'
  /** Asked of the provider; the outcome may not be known yet. */
  | 'REQUESTED';

export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Keeps a way to pay for the signed-in customer. */
  readonly addPaymentMethod: AddPaymentMethodPayload;
  /** Gives money back. Needs the scope `payments:refund`. */
  readonly refundPayment: RefundPaymentPayload;
  /** Forgets a way to pay. Orders already placed with it are not affected. */
  readonly removePaymentMethod: RemovePaymentMethodPayload;
  /** Handles parked messages again, those of a stream in order until one fails. Who asked for it is recorded. Needs the scope `operations:admin`. */
  readonly replayPaymentParkedMessages: ReplayPaymentParkedMessagesPayload;
};


export type MutationAddPaymentMethodArgs = {
  input: AddPaymentMethodInput;
};


export type MutationRefundPaymentArgs = {
  input: RefundPaymentInput;
};


export type MutationRemovePaymentMethodArgs = {
  input: RemovePaymentMethodInput;
};


export type MutationReplayPaymentParkedMessagesArgs = {
  input: ReplayPaymentParkedMessagesInput;
};

export type Order = {
  readonly __typename?: 'Order';
  /** The order's id. */
  readonly id: Scalars['ID']['output'];
  /** Its invoices and credit notes, oldest first. */
  readonly invoices: Maybe<ReadonlyArray<Invoice>>;
  /** Its payment; null before the order asked for one. */
  readonly payment: Maybe<Payment>;
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

/** The payment of one order. For its customer, or with the scope `payments:read:any`. */
export type Payment = {
  readonly __typename?: 'Payment';
  /** What was to be authorised: the order's grand total. */
  readonly amount: Money;
  /** When the authorisation lapses. */
  readonly authorisationExpiresAt: Maybe<Scalars['DateTime']['output']>;
  /** Taken so far. */
  readonly captured: Money;
  /** What was taken, in order. */
  readonly captures: ReadonlyArray<PaymentMovement>;
  /** Why the provider refused, as a stable code (`INSUFFICIENT_FUNDS`). */
  readonly declineReason: Maybe<Scalars['String']['output']>;
  /** What happened to it, oldest first. Needs the scope `audit:read`. */
  readonly history: Maybe<HistoryConnection>;
  /** Same as the order's id: an order has one payment. */
  readonly id: Scalars['ID']['output'];
  /** The order that is paid. */
  readonly order: Order;
  /** Given back so far. */
  readonly refunded: Money;
  /** What was given back, in order. */
  readonly refunds: ReadonlyArray<PaymentMovement>;
  /** When it was asked for. */
  readonly requestedAt: Scalars['DateTime']['output'];
  /** How far it has come. */
  readonly status: PaymentStatus;
};


/** The payment of one order. For its customer, or with the scope `payments:read:any`. */
export type PaymentHistoryArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** Something happened to a payment. */
export type PaymentChangedEvent = {
  readonly __typename?: 'PaymentChangedEvent';
  /** When. */
  readonly at: Scalars['DateTime']['output'];
  /** Resume after this event with `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The payment as this event left it. */
  readonly payment: Payment;
  /** What happened, as a stable name (`PaymentCaptured`). */
  readonly type: Scalars['String']['output'];
};

/** A page of payments, newest first. */
export type PaymentConnection = {
  readonly __typename?: 'PaymentConnection';
  /** The payments of this page. */
  readonly edges: ReadonlyArray<PaymentEdge>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
  /** How many there are in all. */
  readonly totalCount: Scalars['Int']['output'];
};

/** A payment and its place in a list. */
export type PaymentEdge = {
  readonly __typename?: 'PaymentEdge';
  /** Place in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The payment. */
  readonly node: Payment;
};

/** A way to pay: a token of the payment provider, never card data. */
export type PaymentMethod = {
  readonly __typename?: 'PaymentMethod';
  /** When it was added. */
  readonly addedAt: Scalars['DateTime']['output'];
  /** Use it at checkout. */
  readonly id: Scalars['ID']['output'];
  /** What the customer calls it. */
  readonly label: Scalars['String']['output'];
};

/** Money taken (a capture) or given back (a refund). */
export type PaymentMovement = {
  readonly __typename?: 'PaymentMovement';
  /** How much. */
  readonly amount: Money;
  /** When it was done. */
  readonly at: Maybe<Scalars['DateTime']['output']>;
  /** Identifies the capture or refund. */
  readonly id: Scalars['ID']['output'];
  /** Why it was made, or why it failed. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** How far it has come. */
  readonly status: MovementStatus;
};

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

export type Query = {
  readonly __typename?: 'Query';
  /** An invoice or credit note by its number. For its customer, or with the scope `payments:read:any`; for others there is none: numbers can be guessed. */
  readonly invoice: Maybe<Invoice>;
  /** The signed-in customer's invoices and credit notes, newest first. */
  readonly invoices: Maybe<InvoiceConnection>;
  /** A payment by its id (the order's id). For its customer, or with the scope `payments:read:any`. */
  readonly payment: Maybe<Payment>;
  /** Messages that this context could not handle, in the order in which they were parked. Needs the scope `operations:admin`. */
  readonly paymentParkedMessages: Maybe<ReadonlyArray<ParkedMessage>>;
  /** Payments, newest first: the signed-in customer's own; with the scope `payments:read:any` everybody's. */
  readonly payments: Maybe<PaymentConnection>;
};


export type QueryInvoiceArgs = {
  number: Scalars['String']['input'];
};


export type QueryInvoicesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryPaymentArgs = {
  at?: InputMaybe<MomentInput>;
  id: Scalars['ID']['input'];
};


export type QueryPaymentParkedMessagesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  group?: InputMaybe<Scalars['String']['input']>;
};


export type QueryPaymentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** What is to be given back, and why. */
export type RefundPaymentInput = {
  /** How much, in the payment's currency: more than zero, at most what was captured and not yet refunded. */
  readonly amount: MoneyInput;
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The payment's id (the order's id). */
  readonly paymentId: Scalars['ID']['input'];
  /** Why: 1 to 200 characters. The customer sees it. */
  readonly reason: Scalars['String']['input'];
};

/** What came of asking for a refund. */
export type RefundPaymentPayload = {
  readonly __typename?: 'RefundPaymentPayload';
  /** Pass it on to read what you wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The payment with the refund under way; null when refused. */
  readonly payment: Maybe<Payment>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Which payment method is to go. */
export type RemovePaymentMethodInput = {
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Its id. */
  readonly paymentMethodId: Scalars['ID']['input'];
};

/** What came of removing a payment method. */
export type RemovePaymentMethodPayload = {
  readonly __typename?: 'RemovePaymentMethodPayload';
  /** Pass it on to read what you wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The payment methods that are left; null when refused. */
  readonly paymentMethods: Maybe<ReadonlyArray<PaymentMethod>>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Which parked messages are to be handled again. */
export type ReplayPaymentParkedMessagesInput = {
  /** The consumer group. */
  readonly group: Scalars['String']['input'];
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Only those of this stream. */
  readonly stream?: InputMaybe<Scalars['ID']['input']>;
};

/** What came of handling parked messages again. */
export type ReplayPaymentParkedMessagesPayload = {
  readonly __typename?: 'ReplayPaymentParkedMessagesPayload';
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

export type Subscription = {
  readonly __typename?: 'Subscription';
  /** What happens to the payment of an order, from now on or after a cursor. For its customer, or with the scope `payments:read:any`. */
  readonly paymentChanged: PaymentChangedEvent;
};


export type SubscriptionPaymentChangedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  orderId: Scalars['ID']['input'];
};

export type User = {
  readonly __typename?: 'User';
  /** The user's id. */
  readonly id: Scalars['ID']['output'];
  /** Invoices and credit notes, newest first; for the user, or with the scope `payments:read:any`. */
  readonly invoices: Maybe<InvoiceConnection>;
  /** Ways to pay; for the user only. */
  readonly paymentMethods: Maybe<ReadonlyArray<PaymentMethod>>;
};


export type UserInvoicesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
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
  Invoice: Invoice;
  Order: Order;
  Payment: Payment;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Invoice:
    ( { __typename: 'Invoice' }
    & GraphQLRecursivePick<FederationTypes['Invoice'], {"id":true}> );
  Order:
    ( { __typename: 'Order' }
    & GraphQLRecursivePick<FederationTypes['Order'], {"id":true}> );
  Payment:
    ( { __typename: 'Payment' }
    & GraphQLRecursivePick<FederationTypes['Payment'], {"id":true}> );
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Actor: ResolverTypeWrapper<Actor>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  ActorKind: ActorKind;
  AddPaymentMethodInput: AddPaymentMethodInput;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  AddPaymentMethodPayload: ResolverTypeWrapper<Omit<AddPaymentMethodPayload, 'paymentMethod'> & { paymentMethod?: Maybe<ResolversTypes['PaymentMethod']> }>;
  CurrencyCode: CurrencyCode;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  HistoryConnection: ResolverTypeWrapper<HistoryConnection>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  HistoryEdge: ResolverTypeWrapper<HistoryEdge>;
  HistoryEntry: ResolverTypeWrapper<HistoryEntry>;
  Invoice: ResolverTypeWrapper<InvoiceDocument>;
  InvoiceConnection: ResolverTypeWrapper<InvoicePage>;
  InvoiceEdge: ResolverTypeWrapper<Omit<InvoiceEdge, 'node'> & { node: ResolversTypes['Invoice'] }>;
  InvoiceKind: InvoiceKind;
  MomentInput: MomentInput;
  Money: ResolverTypeWrapper<MoneyValue>;
  MoneyInput: MoneyInput;
  MovementStatus: MovementStatus;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Order: ResolverTypeWrapper<Reference>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  ParkedMessage: ResolverTypeWrapper<ParkedMessage>;
  Payment: ResolverTypeWrapper<PaymentView>;
  PaymentChangedEvent: ResolverTypeWrapper<Omit<PaymentChangedEvent, 'payment'> & { payment: ResolversTypes['Payment'] }>;
  PaymentConnection: ResolverTypeWrapper<PaymentPage>;
  PaymentEdge: ResolverTypeWrapper<Omit<PaymentEdge, 'node'> & { node: ResolversTypes['Payment'] }>;
  PaymentMethod: ResolverTypeWrapper<PaymentMethodModel>;
  PaymentMovement: ResolverTypeWrapper<NamedMovement>;
  PaymentStatus: PaymentStatus;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RefundPaymentInput: RefundPaymentInput;
  RefundPaymentPayload: ResolverTypeWrapper<Omit<RefundPaymentPayload, 'payment'> & { payment?: Maybe<ResolversTypes['Payment']> }>;
  RemovePaymentMethodInput: RemovePaymentMethodInput;
  RemovePaymentMethodPayload: ResolverTypeWrapper<Omit<RemovePaymentMethodPayload, 'paymentMethods'> & { paymentMethods?: Maybe<ReadonlyArray<ResolversTypes['PaymentMethod']>> }>;
  ReplayPaymentParkedMessagesInput: ReplayPaymentParkedMessagesInput;
  ReplayPaymentParkedMessagesPayload: ResolverTypeWrapper<ReplayPaymentParkedMessagesPayload>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  User: ResolverTypeWrapper<Reference>;
  UserError: ResolverTypeWrapper<UserError>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Actor: Actor;
  ID: Scalars['ID']['output'];
  AddPaymentMethodInput: AddPaymentMethodInput;
  String: Scalars['String']['output'];
  AddPaymentMethodPayload: Omit<AddPaymentMethodPayload, 'paymentMethod'> & { paymentMethod?: Maybe<ResolversParentTypes['PaymentMethod']> };
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  HistoryConnection: HistoryConnection;
  Int: Scalars['Int']['output'];
  HistoryEdge: HistoryEdge;
  HistoryEntry: HistoryEntry;
  Invoice: InvoiceDocument;
  InvoiceConnection: InvoicePage;
  InvoiceEdge: Omit<InvoiceEdge, 'node'> & { node: ResolversParentTypes['Invoice'] };
  MomentInput: MomentInput;
  Money: MoneyValue;
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  Order: Reference;
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  ParkedMessage: ParkedMessage;
  Payment: PaymentView;
  PaymentChangedEvent: Omit<PaymentChangedEvent, 'payment'> & { payment: ResolversParentTypes['Payment'] };
  PaymentConnection: PaymentPage;
  PaymentEdge: Omit<PaymentEdge, 'node'> & { node: ResolversParentTypes['Payment'] };
  PaymentMethod: PaymentMethodModel;
  PaymentMovement: NamedMovement;
  Query: Record<PropertyKey, never>;
  RefundPaymentInput: RefundPaymentInput;
  RefundPaymentPayload: Omit<RefundPaymentPayload, 'payment'> & { payment?: Maybe<ResolversParentTypes['Payment']> };
  RemovePaymentMethodInput: RemovePaymentMethodInput;
  RemovePaymentMethodPayload: Omit<RemovePaymentMethodPayload, 'paymentMethods'> & { paymentMethods?: Maybe<ReadonlyArray<ResolversParentTypes['PaymentMethod']>> };
  ReplayPaymentParkedMessagesInput: ReplayPaymentParkedMessagesInput;
  ReplayPaymentParkedMessagesPayload: ReplayPaymentParkedMessagesPayload;
  Subscription: Record<PropertyKey, never>;
  User: Reference;
  UserError: UserError;
};

export type ActorResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Actor'] = ResolversParentTypes['Actor']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ActorKind'], ParentType, ContextType>;
};

export type AddPaymentMethodPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['AddPaymentMethodPayload'] = ResolversParentTypes['AddPaymentMethodPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  paymentMethod?: Resolver<Maybe<ResolversTypes['PaymentMethod']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

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

export type InvoiceResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Invoice'] = ResolversParentTypes['Invoice'], FederationReferenceType extends FederationReferenceTypes['Invoice'] = FederationReferenceTypes['Invoice']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Invoice']> | FederationReferenceType, FederationReferenceType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  cause?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  issuedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['InvoiceKind'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type InvoiceConnectionResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['InvoiceConnection'] = ResolversParentTypes['InvoiceConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['InvoiceEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type InvoiceEdgeResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['InvoiceEdge'] = ResolversParentTypes['InvoiceEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Invoice'], ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  addPaymentMethod?: Resolver<ResolversTypes['AddPaymentMethodPayload'], ParentType, ContextType, RequireFields<MutationAddPaymentMethodArgs, 'input'>>;
  refundPayment?: Resolver<ResolversTypes['RefundPaymentPayload'], ParentType, ContextType, RequireFields<MutationRefundPaymentArgs, 'input'>>;
  removePaymentMethod?: Resolver<ResolversTypes['RemovePaymentMethodPayload'], ParentType, ContextType, RequireFields<MutationRemovePaymentMethodArgs, 'input'>>;
  replayPaymentParkedMessages?: Resolver<ResolversTypes['ReplayPaymentParkedMessagesPayload'], ParentType, ContextType, RequireFields<MutationReplayPaymentParkedMessagesArgs, 'input'>>;
};

export type OrderResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order'], FederationReferenceType extends FederationReferenceTypes['Order'] = FederationReferenceTypes['Order']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Order']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invoices?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Invoice']>>, ParentType, ContextType>;
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
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

export type PaymentResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Payment'] = ResolversParentTypes['Payment'], FederationReferenceType extends FederationReferenceTypes['Payment'] = FederationReferenceTypes['Payment']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Payment']> | FederationReferenceType, FederationReferenceType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  authorisationExpiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  captured?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  captures?: Resolver<ReadonlyArray<ResolversTypes['PaymentMovement']>, ParentType, ContextType>;
  declineReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  history?: Resolver<Maybe<ResolversTypes['HistoryConnection']>, ParentType, ContextType, Partial<PaymentHistoryArgs>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  refunded?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  refunds?: Resolver<ReadonlyArray<ResolversTypes['PaymentMovement']>, ParentType, ContextType>;
  requestedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['PaymentStatus'], ParentType, ContextType>;
};

export type PaymentChangedEventResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['PaymentChangedEvent'] = ResolversParentTypes['PaymentChangedEvent']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  payment?: Resolver<ResolversTypes['Payment'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PaymentConnectionResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['PaymentConnection'] = ResolversParentTypes['PaymentConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['PaymentEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PaymentEdgeResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['PaymentEdge'] = ResolversParentTypes['PaymentEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Payment'], ParentType, ContextType>;
};

export type PaymentMethodResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['PaymentMethod'] = ResolversParentTypes['PaymentMethod']> = {
  addedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PaymentMovementResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['PaymentMovement'] = ResolversParentTypes['PaymentMovement']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  at?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['MovementStatus'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType, RequireFields<QueryInvoiceArgs, 'number'>>;
  invoices?: Resolver<Maybe<ResolversTypes['InvoiceConnection']>, ParentType, ContextType, Partial<QueryInvoicesArgs>>;
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType, RequireFields<QueryPaymentArgs, 'id'>>;
  paymentParkedMessages?: Resolver<Maybe<ReadonlyArray<ResolversTypes['ParkedMessage']>>, ParentType, ContextType, Partial<QueryPaymentParkedMessagesArgs>>;
  payments?: Resolver<Maybe<ResolversTypes['PaymentConnection']>, ParentType, ContextType, Partial<QueryPaymentsArgs>>;
};

export type RefundPaymentPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['RefundPaymentPayload'] = ResolversParentTypes['RefundPaymentPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RemovePaymentMethodPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['RemovePaymentMethodPayload'] = ResolversParentTypes['RemovePaymentMethodPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  paymentMethods?: Resolver<Maybe<ReadonlyArray<ResolversTypes['PaymentMethod']>>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ReplayPaymentParkedMessagesPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ReplayPaymentParkedMessagesPayload'] = ResolversParentTypes['ReplayPaymentParkedMessagesPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  handled?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  left?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  paymentChanged?: SubscriptionResolver<ResolversTypes['PaymentChangedEvent'], "paymentChanged", ParentType, ContextType, RequireFields<SubscriptionPaymentChangedArgs, 'orderId'>>;
};

export type UserResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invoices?: Resolver<Maybe<ResolversTypes['InvoiceConnection']>, ParentType, ContextType, Partial<UserInvoicesArgs>>;
  paymentMethods?: Resolver<Maybe<ReadonlyArray<ResolversTypes['PaymentMethod']>>, ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type Resolvers<ContextType = SubgraphContext> = {
  Actor?: ActorResolvers<ContextType>;
  AddPaymentMethodPayload?: AddPaymentMethodPayloadResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  HistoryConnection?: HistoryConnectionResolvers<ContextType>;
  HistoryEdge?: HistoryEdgeResolvers<ContextType>;
  HistoryEntry?: HistoryEntryResolvers<ContextType>;
  Invoice?: InvoiceResolvers<ContextType>;
  InvoiceConnection?: InvoiceConnectionResolvers<ContextType>;
  InvoiceEdge?: InvoiceEdgeResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  ParkedMessage?: ParkedMessageResolvers<ContextType>;
  Payment?: PaymentResolvers<ContextType>;
  PaymentChangedEvent?: PaymentChangedEventResolvers<ContextType>;
  PaymentConnection?: PaymentConnectionResolvers<ContextType>;
  PaymentEdge?: PaymentEdgeResolvers<ContextType>;
  PaymentMethod?: PaymentMethodResolvers<ContextType>;
  PaymentMovement?: PaymentMovementResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RefundPaymentPayload?: RefundPaymentPayloadResolvers<ContextType>;
  RemovePaymentMethodPayload?: RemovePaymentMethodPayloadResolvers<ContextType>;
  ReplayPaymentParkedMessagesPayload?: ReplayPaymentParkedMessagesPayloadResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
};

