import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { ProductView } from '../../application/product-view.ts';
import type { StockView } from '../../application/stock-view.ts';
import type { ReservedLineView } from '../../application/reserved-lines.ts';
import type { StockMovement as StockMovementModel } from '../../application/stock-movements.ts';
import type { ProductChange as ProductChangeModel } from '../../application/live.ts';
import type { MoneyValue, SubgraphContext } from '../context.ts';
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

/** A correction of the count. */
export type AdjustStockInput = {
  /** Pieces more, or less when negative. What is reserved stays on hand. */
  readonly delta: Scalars['Int']['input'];
  /** Makes repeats of this request harmless; wins over the `Idempotency-Key` header. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** At most 200 characters. */
  readonly note?: InputMaybe<Scalars['String']['input']>;
  /** Why. */
  readonly reason: StockAdjustmentReason;
  /** The SKU of a product. */
  readonly sku: Scalars['String']['input'];
};

/** What became of a correction. */
export type AdjustStockPayload = {
  readonly __typename?: 'AdjustStockPayload';
  /** Send it back as `x-consistency-token` to read what this wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The stock as it is now; null when the correction was refused. */
  readonly stock: Maybe<StockItem>;
  /** Why it was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A category with something on sale. */
export type Category = {
  readonly __typename?: 'Category';
  /** Its slug, as products and filters name it. */
  readonly name: Scalars['String']['output'];
  /** How many of its products are on sale. */
  readonly productCount: Scalars['Int']['output'];
};

/** A new price for a product. */
export type ChangePriceInput = {
  /** The product. */
  readonly id: Scalars['ID']['input'];
  /** Makes repeats of this request harmless; wins over the `Idempotency-Key` header. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** More than nothing, in the product's currency. */
  readonly price: MoneyInput;
};

/** What became of changing a price. */
export type ChangePricePayload = {
  readonly __typename?: 'ChangePricePayload';
  /** Send it back as `x-consistency-token` to read what this wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The product as it is now; null when the change was refused. */
  readonly product: Maybe<Product>;
  /** Why it was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A new product. */
export type CreateProductInput = {
  /** At most 30, each name once. */
  readonly attributes?: InputMaybe<ReadonlyArray<ProductAttributeInput>>;
  /** A slug such as `coffee`; a new one makes a new category. */
  readonly category: Scalars['String']['input'];
  /** Plain text, at most 5000 characters. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** Makes repeats of this request harmless; wins over the `Idempotency-Key` header. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** At most 10. */
  readonly images?: InputMaybe<ReadonlyArray<ProductImageInput>>;
  /** At most 200 characters. */
  readonly name: Scalars['String']['input'];
  /** More than nothing. Its currency cannot be changed later. */
  readonly price: MoneyInput;
  /** Letters, digits and hyphens, at most 40; must be free. */
  readonly sku: Scalars['String']['input'];
  /** From 1 to 1000000. */
  readonly weightGrams: Scalars['Int']['input'];
};

/** What became of creating a product. */
export type CreateProductPayload = {
  readonly __typename?: 'CreateProductPayload';
  /** Send it back as `x-consistency-token` to read what this wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The product, not yet on sale; null when it was refused. */
  readonly product: Maybe<Product>;
  /** Why it was refused; empty when it was not. */
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
  /** Corrects the count. */
  readonly adjustStock: AdjustStockPayload;
  /** Changes a price. Placed orders keep theirs. */
  readonly changePrice: ChangePricePayload;
  /** Adds a product to the catalogue, not yet on sale. */
  readonly createProduct: CreateProductPayload;
  /** Puts a product on sale. A second time changes nothing. */
  readonly publishProduct: PublishProductPayload;
  /** Books a delivery. */
  readonly receiveStock: ReceiveStockPayload;
  /** Handles parked messages again, those of a stream in order until one fails. Who asked for it is recorded. Needs the scope `operations:admin`. */
  readonly replayInventoryParkedMessages: ReplayInventoryParkedMessagesPayload;
  /** Sets when the alarm goes off that stock runs low: an event, a line in the log. */
  readonly setLowStockThreshold: SetLowStockThresholdPayload;
  /** Takes a product off sale. A second time changes nothing. */
  readonly unpublishProduct: UnpublishProductPayload;
  /** Changes what a product is, apart from SKU and price. */
  readonly updateProduct: UpdateProductPayload;
};


export type MutationAdjustStockArgs = {
  input: AdjustStockInput;
};


export type MutationChangePriceArgs = {
  input: ChangePriceInput;
};


export type MutationCreateProductArgs = {
  input: CreateProductInput;
};


export type MutationPublishProductArgs = {
  input: PublishProductInput;
};


export type MutationReceiveStockArgs = {
  input: ReceiveStockInput;
};


export type MutationReplayInventoryParkedMessagesArgs = {
  input: ReplayInventoryParkedMessagesInput;
};


export type MutationSetLowStockThresholdArgs = {
  input: SetLowStockThresholdInput;
};


export type MutationUnpublishProductArgs = {
  input: UnpublishProductInput;
};


export type MutationUpdateProductArgs = {
  input: UpdateProductInput;
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

/** A price and since when it holds. */
export type PricePoint = {
  readonly __typename?: 'PricePoint';
  /** The price. */
  readonly price: Money;
  /** From then on. */
  readonly since: Scalars['DateTime']['output'];
};

/** A thing that is sold. Products that are not on sale are seen by those who manage the catalogue, and where somebody bought them. */
export type Product = {
  readonly __typename?: 'Product';
  /** Further properties, in the order they are shown. */
  readonly attributes: ReadonlyArray<ProductAttribute>;
  /** Slug of its category, such as `coffee`. */
  readonly category: Scalars['String']['output'];
  /** When it entered the catalogue. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Description, as plain text; may have several lines. */
  readonly description: Scalars['String']['output'];
  /** What happened to it, oldest first. Needs the scope `audit:read`. */
  readonly history: Maybe<HistoryConnection>;
  /** Identifies the product in the graph. */
  readonly id: Scalars['ID']['output'];
  /** Pictures, the first one is the main one. */
  readonly images: ReadonlyArray<ProductImage>;
  /** Name, as shown to customers. */
  readonly name: Scalars['String']['output'];
  /** Present price. An order keeps the price of the moment it was placed. */
  readonly price: Money;
  /** All prices so far, oldest first; the last one is the present price. */
  readonly priceHistory: ReadonlyArray<PricePoint>;
  /** Whether it is on sale. */
  readonly published: Scalars['Boolean']['output'];
  /** Stock-keeping unit: unique, in capitals, never changed. */
  readonly sku: Scalars['String']['output'];
  /** Whether it can be had, and how many. */
  readonly stock: StockItem;
  /** When it was last changed. */
  readonly updatedAt: Scalars['DateTime']['output'];
  /** Weight of one piece, ready to be sent, in grams. */
  readonly weightGrams: Scalars['Int']['output'];
};


/** A thing that is sold. Products that are not on sale are seen by those who manage the catalogue, and where somebody bought them. */
export type ProductHistoryArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** A property of a product. */
export type ProductAttribute = {
  readonly __typename?: 'ProductAttribute';
  /** What is told: `Origin`. */
  readonly name: Scalars['String']['output'];
  /** What it is: `Ethiopia`. */
  readonly value: Scalars['String']['output'];
};

/** A property of a product, as input. */
export type ProductAttributeInput = {
  /** What is told; at most 60 characters. */
  readonly name: Scalars['String']['input'];
  /** What it is; at most 200 characters. */
  readonly value: Scalars['String']['input'];
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

/** A product has changed. */
export type ProductChangedEvent = {
  readonly __typename?: 'ProductChangedEvent';
  /** What happened. */
  readonly change: ProductChange;
  /** Pass it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** The product as this change left it; null when it is no longer on sale. */
  readonly product: Maybe<Product>;
};

/** A page of products. */
export type ProductConnection = {
  readonly __typename?: 'ProductConnection';
  /** The products of this page. */
  readonly edges: ReadonlyArray<ProductEdge>;
  /** Where this page lies. */
  readonly pageInfo: PageInfo;
  /** How many products match in all; null when counting would mean reading them all. */
  readonly totalCount: Maybe<Scalars['Int']['output']>;
};

/** A product in a page. */
export type ProductEdge = {
  readonly __typename?: 'ProductEdge';
  /** Pass it as `after` or `before`, with the same filter and sort. */
  readonly cursor: Scalars['String']['output'];
  /** The product. */
  readonly node: Product;
};

/** Which products to list. All conditions must hold. */
export type ProductFilter = {
  /** Slug of a category. */
  readonly category?: InputMaybe<Scalars['String']['input']>;
  /** Only what can be had now (true) or cannot (false). */
  readonly inStock?: InputMaybe<Scalars['Boolean']['input']>;
  /** Also products that are not on sale; needs the scope `catalog:write`. */
  readonly includeUnpublished?: InputMaybe<Scalars['Boolean']['input']>;
  /** Not dearer than this. */
  readonly maxPrice?: InputMaybe<MoneyInput>;
  /** Not cheaper than this. */
  readonly minPrice?: InputMaybe<MoneyInput>;
  /** Words of name, SKU, category or attributes; each may be the beginning of a word. Accents and case do not matter. */
  readonly search?: InputMaybe<Scalars['String']['input']>;
};

/** A picture of a product. */
export type ProductImage = {
  readonly __typename?: 'ProductImage';
  /** What it shows, for those who do not see it. */
  readonly alt: Scalars['String']['output'];
  /** Address of the picture. */
  readonly url: Scalars['String']['output'];
};

/** A picture of a product, as input. */
export type ProductImageInput = {
  /** What it shows; at most 200 characters. */
  readonly alt: Scalars['String']['input'];
  /** Address of the picture: https, or a path on the shop's own host. */
  readonly url: Scalars['String']['input'];
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
  readonly id: Scalars['ID']['input'];
  /** Makes repeats of this request harmless; wins over the `Idempotency-Key` header. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** What became of putting a product on sale. */
export type PublishProductPayload = {
  readonly __typename?: 'PublishProductPayload';
  /** Send it back as `x-consistency-token` to read what this wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The product as it is now; null when it was refused. */
  readonly product: Maybe<Product>;
  /** Why it was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

export type Query = {
  readonly __typename?: 'Query';
  /** Categories with something on sale, by name. */
  readonly categories: ReadonlyArray<Category>;
  /** Messages that this context could not handle, in the order in which they were parked. Needs the scope `operations:admin`. */
  readonly inventoryParkedMessages: Maybe<ReadonlyArray<ParkedMessage>>;
  /** One product, by id or by SKU; null when it does not exist or is not on sale. */
  readonly product: Maybe<Product>;
  /** Products on sale. */
  readonly products: ProductConnection;
  /** The ledger of a SKU, newest line first. */
  readonly stockMovements: Maybe<StockMovementConnection>;
};


export type QueryInventoryParkedMessagesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  group?: InputMaybe<Scalars['String']['input']>;
};


export type QueryProductArgs = {
  at?: InputMaybe<MomentInput>;
  id?: InputMaybe<Scalars['ID']['input']>;
  sku?: InputMaybe<Scalars['String']['input']>;
};


export type QueryProductsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ProductFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  sort?: ProductSort;
};


export type QueryStockMovementsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  sku: Scalars['String']['input'];
};

/** A delivery from a supplier. */
export type ReceiveStockInput = {
  /** Makes repeats of this request harmless; wins over the `Idempotency-Key` header. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Pieces, from 1 to 1000000. */
  readonly quantity: Scalars['Int']['input'];
  /** The delivery's own reference; at most 200 characters. */
  readonly reference?: InputMaybe<Scalars['String']['input']>;
  /** The SKU of a product. */
  readonly sku: Scalars['String']['input'];
};

/** What became of a delivery. */
export type ReceiveStockPayload = {
  readonly __typename?: 'ReceiveStockPayload';
  /** Send it back as `x-consistency-token` to read what this wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The stock as it is now; null when the delivery was refused. */
  readonly stock: Maybe<StockItem>;
  /** Why it was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Which parked messages are to be handled again. */
export type ReplayInventoryParkedMessagesInput = {
  /** The consumer group. */
  readonly group: Scalars['String']['input'];
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Only those of this stream. */
  readonly stream?: InputMaybe<Scalars['ID']['input']>;
};

/** What came of handling parked messages again. */
export type ReplayInventoryParkedMessagesPayload = {
  readonly __typename?: 'ReplayInventoryParkedMessagesPayload';
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

/** When to raise the alarm that stock runs low. */
export type SetLowStockThresholdInput = {
  /** Makes repeats of this request harmless; wins over the `Idempotency-Key` header. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The SKU of a product. */
  readonly sku: Scalars['String']['input'];
  /** At or below so many available pieces; null switches the alarm off. */
  readonly threshold?: InputMaybe<Scalars['Int']['input']>;
};

/** What became of setting the alarm. */
export type SetLowStockThresholdPayload = {
  readonly __typename?: 'SetLowStockThresholdPayload';
  /** Send it back as `x-consistency-token` to read what this wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The stock as it is now; null when it was refused. */
  readonly stock: Maybe<StockItem>;
  /** Why it was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
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

/** Stock of a SKU has changed. */
export type StockChangedEvent = {
  readonly __typename?: 'StockChangedEvent';
  /** Pass it as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** The stock as this change left it. */
  readonly stock: StockItem;
};

/** The stock of one SKU. */
export type StockItem = {
  readonly __typename?: 'StockItem';
  /** Pieces that can be ordered now: on hand and not reserved. */
  readonly available: Scalars['Int']['output'];
  /** Whether at least one piece can be ordered now. */
  readonly inStock: Scalars['Boolean']['output'];
  /** At or below so many available pieces the alarm goes off; null when it is off. */
  readonly lowStockThreshold: Maybe<Scalars['Int']['output']>;
  /** Pieces in the warehouse. */
  readonly onHand: Maybe<Scalars['Int']['output']>;
  /** Pieces on hand that are promised to orders. */
  readonly reserved: Maybe<Scalars['Int']['output']>;
  /** The SKU it is the stock of. */
  readonly sku: Scalars['String']['output'];
};

/** One line of a SKU's ledger. */
export type StockMovement = {
  readonly __typename?: 'StockMovement';
  /** Identifies the line. */
  readonly id: Scalars['ID']['output'];
  /** What happened. */
  readonly kind: StockMovementKind;
  /** What the one who adjusted it noted. */
  readonly note: Maybe<Scalars['String']['output']>;
  /** When it happened. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** Pieces in the warehouse after it. */
  readonly onHand: Scalars['Int']['output'];
  /** The order it was for. */
  readonly orderId: Maybe<Scalars['ID']['output']>;
  /** Pieces; negative when they left the shelf or were promised away. */
  readonly quantity: Scalars['Int']['output'];
  /** Why it was adjusted, or the reference of the delivery. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** Pieces promised to orders after it. */
  readonly reserved: Scalars['Int']['output'];
  /** The SKU. */
  readonly sku: Scalars['String']['output'];
};

/** A page of a ledger. */
export type StockMovementConnection = {
  readonly __typename?: 'StockMovementConnection';
  /** The lines of this page, newest first. */
  readonly edges: ReadonlyArray<StockMovementEdge>;
  /** Where this page lies. */
  readonly pageInfo: PageInfo;
};

/** A line of the ledger in a page. */
export type StockMovementEdge = {
  readonly __typename?: 'StockMovementEdge';
  /** Pass it as `after` or `before`. */
  readonly cursor: Scalars['String']['output'];
  /** The line. */
  readonly node: StockMovement;
};

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

/** What is reserved of one SKU for one order. It is found through the order's lines: whoever may see those may see this. */
export type StockReservation = {
  readonly __typename?: 'StockReservation';
  /** When it is given back unless it is confirmed before; null when it cannot expire. */
  readonly expiresAt: Maybe<Scalars['DateTime']['output']>;
  /** Pieces that are held for the order now. */
  readonly held: Scalars['Int']['output'];
  /** The order. */
  readonly orderId: Scalars['ID']['output'];
  /** Pieces that were asked for. */
  readonly quantity: Scalars['Int']['output'];
  /** Pieces that have come back. */
  readonly restocked: Scalars['Int']['output'];
  /** Pieces that have left with a shipment. */
  readonly shipped: Scalars['Int']['output'];
  /** The SKU. */
  readonly sku: Scalars['String']['output'];
  /** How far it has come. */
  readonly state: StockReservationState;
};

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

export type Subscription = {
  readonly __typename?: 'Subscription';
  /** Changes of a product. */
  readonly productChanged: ProductChangedEvent;
  /** Changes of stock of these SKUs (at most 50), also of those that do not exist yet. */
  readonly stockChanged: StockChangedEvent;
};


export type SubscriptionProductChangedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  id: Scalars['ID']['input'];
};


export type SubscriptionStockChangedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  skus: ReadonlyArray<Scalars['String']['input']>;
};

/** A product to be taken off sale. */
export type UnpublishProductInput = {
  /** The product. */
  readonly id: Scalars['ID']['input'];
  /** Makes repeats of this request harmless; wins over the `Idempotency-Key` header. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** What became of taking a product off sale. */
export type UnpublishProductPayload = {
  readonly __typename?: 'UnpublishProductPayload';
  /** Send it back as `x-consistency-token` to read what this wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The product as it is now; null when it was refused. */
  readonly product: Maybe<Product>;
  /** Why it was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Changes to a product. What is absent stays as it is. */
export type UpdateProductInput = {
  /** Replaces all attributes. */
  readonly attributes?: InputMaybe<ReadonlyArray<ProductAttributeInput>>;
  /** A slug such as `coffee`. */
  readonly category?: InputMaybe<Scalars['String']['input']>;
  /** Plain text, at most 5000 characters. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** The product. */
  readonly id: Scalars['ID']['input'];
  /** Makes repeats of this request harmless; wins over the `Idempotency-Key` header. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Replaces all images. */
  readonly images?: InputMaybe<ReadonlyArray<ProductImageInput>>;
  /** At most 200 characters. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** From 1 to 1000000. */
  readonly weightGrams?: InputMaybe<Scalars['Int']['input']>;
};

/** What became of changing a product. */
export type UpdateProductPayload = {
  readonly __typename?: 'UpdateProductPayload';
  /** Send it back as `x-consistency-token` to read what this wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The product as it is now; null when the change was refused. */
  readonly product: Maybe<Product>;
  /** Why it was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
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
  Product: Product;
  StockItem: StockItem;
  StockReservation: StockReservation;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Product:
    ( { __typename: 'Product' }
    & ( GraphQLRecursivePick<FederationTypes['Product'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Product'], {"sku":true}> ) );
  StockItem:
    ( { __typename: 'StockItem' }
    & GraphQLRecursivePick<FederationTypes['StockItem'], {"sku":true}> );
  StockReservation:
    ( { __typename: 'StockReservation' }
    & GraphQLRecursivePick<FederationTypes['StockReservation'], {"orderId":true,"sku":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Actor: ResolverTypeWrapper<Actor>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  ActorKind: ActorKind;
  AdjustStockInput: AdjustStockInput;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  AdjustStockPayload: ResolverTypeWrapper<Omit<AdjustStockPayload, 'stock'> & { stock?: Maybe<ResolversTypes['StockItem']> }>;
  Category: ResolverTypeWrapper<Category>;
  ChangePriceInput: ChangePriceInput;
  ChangePricePayload: ResolverTypeWrapper<Omit<ChangePricePayload, 'product'> & { product?: Maybe<ResolversTypes['Product']> }>;
  CreateProductInput: CreateProductInput;
  CreateProductPayload: ResolverTypeWrapper<Omit<CreateProductPayload, 'product'> & { product?: Maybe<ResolversTypes['Product']> }>;
  CurrencyCode: CurrencyCode;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  HistoryConnection: ResolverTypeWrapper<HistoryConnection>;
  HistoryEdge: ResolverTypeWrapper<HistoryEdge>;
  HistoryEntry: ResolverTypeWrapper<HistoryEntry>;
  MomentInput: MomentInput;
  Money: ResolverTypeWrapper<MoneyValue>;
  MoneyInput: MoneyInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  ParkedMessage: ResolverTypeWrapper<ParkedMessage>;
  PricePoint: ResolverTypeWrapper<Omit<PricePoint, 'price'> & { price: ResolversTypes['Money'] }>;
  Product: ResolverTypeWrapper<ProductView>;
  ProductAttribute: ResolverTypeWrapper<ProductAttribute>;
  ProductAttributeInput: ProductAttributeInput;
  ProductChange: ProductChange;
  ProductChangedEvent: ResolverTypeWrapper<ProductChangeModel>;
  ProductConnection: ResolverTypeWrapper<Omit<ProductConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['ProductEdge']> }>;
  ProductEdge: ResolverTypeWrapper<Omit<ProductEdge, 'node'> & { node: ResolversTypes['Product'] }>;
  ProductFilter: ProductFilter;
  ProductImage: ResolverTypeWrapper<ProductImage>;
  ProductImageInput: ProductImageInput;
  ProductSort: ProductSort;
  PublishProductInput: PublishProductInput;
  PublishProductPayload: ResolverTypeWrapper<Omit<PublishProductPayload, 'product'> & { product?: Maybe<ResolversTypes['Product']> }>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ReceiveStockInput: ReceiveStockInput;
  ReceiveStockPayload: ResolverTypeWrapper<Omit<ReceiveStockPayload, 'stock'> & { stock?: Maybe<ResolversTypes['StockItem']> }>;
  ReplayInventoryParkedMessagesInput: ReplayInventoryParkedMessagesInput;
  ReplayInventoryParkedMessagesPayload: ResolverTypeWrapper<ReplayInventoryParkedMessagesPayload>;
  SetLowStockThresholdInput: SetLowStockThresholdInput;
  SetLowStockThresholdPayload: ResolverTypeWrapper<Omit<SetLowStockThresholdPayload, 'stock'> & { stock?: Maybe<ResolversTypes['StockItem']> }>;
  StockAdjustmentReason: StockAdjustmentReason;
  StockChangedEvent: ResolverTypeWrapper<Omit<StockChangedEvent, 'stock'> & { stock: ResolversTypes['StockItem'] }>;
  StockItem: ResolverTypeWrapper<StockView>;
  StockMovement: ResolverTypeWrapper<StockMovementModel>;
  StockMovementConnection: ResolverTypeWrapper<Omit<StockMovementConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['StockMovementEdge']> }>;
  StockMovementEdge: ResolverTypeWrapper<Omit<StockMovementEdge, 'node'> & { node: ResolversTypes['StockMovement'] }>;
  StockMovementKind: StockMovementKind;
  StockReservation: ResolverTypeWrapper<ReservedLineView>;
  StockReservationState: StockReservationState;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  UnpublishProductInput: UnpublishProductInput;
  UnpublishProductPayload: ResolverTypeWrapper<Omit<UnpublishProductPayload, 'product'> & { product?: Maybe<ResolversTypes['Product']> }>;
  UpdateProductInput: UpdateProductInput;
  UpdateProductPayload: ResolverTypeWrapper<Omit<UpdateProductPayload, 'product'> & { product?: Maybe<ResolversTypes['Product']> }>;
  UserError: ResolverTypeWrapper<UserError>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Actor: Actor;
  ID: Scalars['ID']['output'];
  AdjustStockInput: AdjustStockInput;
  String: Scalars['String']['output'];
  AdjustStockPayload: Omit<AdjustStockPayload, 'stock'> & { stock?: Maybe<ResolversParentTypes['StockItem']> };
  Category: Category;
  ChangePriceInput: ChangePriceInput;
  ChangePricePayload: Omit<ChangePricePayload, 'product'> & { product?: Maybe<ResolversParentTypes['Product']> };
  CreateProductInput: CreateProductInput;
  CreateProductPayload: Omit<CreateProductPayload, 'product'> & { product?: Maybe<ResolversParentTypes['Product']> };
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  HistoryConnection: HistoryConnection;
  HistoryEdge: HistoryEdge;
  HistoryEntry: HistoryEntry;
  MomentInput: MomentInput;
  Money: MoneyValue;
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  PageInfo: PageInfo;
  ParkedMessage: ParkedMessage;
  PricePoint: Omit<PricePoint, 'price'> & { price: ResolversParentTypes['Money'] };
  Product: ProductView;
  ProductAttribute: ProductAttribute;
  ProductAttributeInput: ProductAttributeInput;
  ProductChangedEvent: ProductChangeModel;
  ProductConnection: Omit<ProductConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['ProductEdge']> };
  ProductEdge: Omit<ProductEdge, 'node'> & { node: ResolversParentTypes['Product'] };
  ProductFilter: ProductFilter;
  ProductImage: ProductImage;
  ProductImageInput: ProductImageInput;
  PublishProductInput: PublishProductInput;
  PublishProductPayload: Omit<PublishProductPayload, 'product'> & { product?: Maybe<ResolversParentTypes['Product']> };
  Query: Record<PropertyKey, never>;
  ReceiveStockInput: ReceiveStockInput;
  ReceiveStockPayload: Omit<ReceiveStockPayload, 'stock'> & { stock?: Maybe<ResolversParentTypes['StockItem']> };
  ReplayInventoryParkedMessagesInput: ReplayInventoryParkedMessagesInput;
  ReplayInventoryParkedMessagesPayload: ReplayInventoryParkedMessagesPayload;
  SetLowStockThresholdInput: SetLowStockThresholdInput;
  SetLowStockThresholdPayload: Omit<SetLowStockThresholdPayload, 'stock'> & { stock?: Maybe<ResolversParentTypes['StockItem']> };
  StockChangedEvent: Omit<StockChangedEvent, 'stock'> & { stock: ResolversParentTypes['StockItem'] };
  StockItem: StockView;
  StockMovement: StockMovementModel;
  StockMovementConnection: Omit<StockMovementConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['StockMovementEdge']> };
  StockMovementEdge: Omit<StockMovementEdge, 'node'> & { node: ResolversParentTypes['StockMovement'] };
  StockReservation: ReservedLineView;
  Subscription: Record<PropertyKey, never>;
  UnpublishProductInput: UnpublishProductInput;
  UnpublishProductPayload: Omit<UnpublishProductPayload, 'product'> & { product?: Maybe<ResolversParentTypes['Product']> };
  UpdateProductInput: UpdateProductInput;
  UpdateProductPayload: Omit<UpdateProductPayload, 'product'> & { product?: Maybe<ResolversParentTypes['Product']> };
  UserError: UserError;
  Boolean: Scalars['Boolean']['output'];
  Int: Scalars['Int']['output'];
};

export type CacheControlDirectiveArgs = {
  inheritMaxAge?: Maybe<Scalars['Boolean']['input']>;
  maxAge?: Maybe<Scalars['Int']['input']>;
};

export type CacheControlDirectiveResolver<Result, Parent, ContextType = SubgraphContext, Args = CacheControlDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ActorResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Actor'] = ResolversParentTypes['Actor']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ActorKind'], ParentType, ContextType>;
};

export type AdjustStockPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['AdjustStockPayload'] = ResolversParentTypes['AdjustStockPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  stock?: Resolver<Maybe<ResolversTypes['StockItem']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CategoryResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Category'] = ResolversParentTypes['Category']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  productCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ChangePricePayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ChangePricePayload'] = ResolversParentTypes['ChangePricePayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateProductPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['CreateProductPayload'] = ResolversParentTypes['CreateProductPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
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

export type MoneyResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  adjustStock?: Resolver<ResolversTypes['AdjustStockPayload'], ParentType, ContextType, RequireFields<MutationAdjustStockArgs, 'input'>>;
  changePrice?: Resolver<ResolversTypes['ChangePricePayload'], ParentType, ContextType, RequireFields<MutationChangePriceArgs, 'input'>>;
  createProduct?: Resolver<ResolversTypes['CreateProductPayload'], ParentType, ContextType, RequireFields<MutationCreateProductArgs, 'input'>>;
  publishProduct?: Resolver<ResolversTypes['PublishProductPayload'], ParentType, ContextType, RequireFields<MutationPublishProductArgs, 'input'>>;
  receiveStock?: Resolver<ResolversTypes['ReceiveStockPayload'], ParentType, ContextType, RequireFields<MutationReceiveStockArgs, 'input'>>;
  replayInventoryParkedMessages?: Resolver<ResolversTypes['ReplayInventoryParkedMessagesPayload'], ParentType, ContextType, RequireFields<MutationReplayInventoryParkedMessagesArgs, 'input'>>;
  setLowStockThreshold?: Resolver<ResolversTypes['SetLowStockThresholdPayload'], ParentType, ContextType, RequireFields<MutationSetLowStockThresholdArgs, 'input'>>;
  unpublishProduct?: Resolver<ResolversTypes['UnpublishProductPayload'], ParentType, ContextType, RequireFields<MutationUnpublishProductArgs, 'input'>>;
  updateProduct?: Resolver<ResolversTypes['UpdateProductPayload'], ParentType, ContextType, RequireFields<MutationUpdateProductArgs, 'input'>>;
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

export type PricePointResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['PricePoint'] = ResolversParentTypes['PricePoint']> = {
  price?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  since?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ProductResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product'], FederationReferenceType extends FederationReferenceTypes['Product'] = FederationReferenceTypes['Product']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Product']> | FederationReferenceType, FederationReferenceType, ContextType>;
  attributes?: Resolver<ReadonlyArray<ResolversTypes['ProductAttribute']>, ParentType, ContextType>;
  category?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  history?: Resolver<Maybe<ResolversTypes['HistoryConnection']>, ParentType, ContextType, Partial<ProductHistoryArgs>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  images?: Resolver<ReadonlyArray<ResolversTypes['ProductImage']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  priceHistory?: Resolver<ReadonlyArray<ResolversTypes['PricePoint']>, ParentType, ContextType>;
  published?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  stock?: Resolver<ResolversTypes['StockItem'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  weightGrams?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ProductAttributeResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ProductAttribute'] = ResolversParentTypes['ProductAttribute']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ProductChangedEventResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ProductChangedEvent'] = ResolversParentTypes['ProductChangedEvent']> = {
  change?: Resolver<ResolversTypes['ProductChange'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
};

export type ProductConnectionResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ProductConnection'] = ResolversParentTypes['ProductConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ProductEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ProductEdgeResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ProductEdge'] = ResolversParentTypes['ProductEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
};

export type ProductImageResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ProductImage'] = ResolversParentTypes['ProductImage']> = {
  alt?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PublishProductPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['PublishProductPayload'] = ResolversParentTypes['PublishProductPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  categories?: Resolver<ReadonlyArray<ResolversTypes['Category']>, ParentType, ContextType>;
  inventoryParkedMessages?: Resolver<Maybe<ReadonlyArray<ResolversTypes['ParkedMessage']>>, ParentType, ContextType, Partial<QueryInventoryParkedMessagesArgs>>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType, Partial<QueryProductArgs>>;
  products?: Resolver<ResolversTypes['ProductConnection'], ParentType, ContextType, RequireFields<QueryProductsArgs, 'sort'>>;
  stockMovements?: Resolver<Maybe<ResolversTypes['StockMovementConnection']>, ParentType, ContextType, RequireFields<QueryStockMovementsArgs, 'sku'>>;
};

export type ReceiveStockPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ReceiveStockPayload'] = ResolversParentTypes['ReceiveStockPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  stock?: Resolver<Maybe<ResolversTypes['StockItem']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ReplayInventoryParkedMessagesPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ReplayInventoryParkedMessagesPayload'] = ResolversParentTypes['ReplayInventoryParkedMessagesPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  handled?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  left?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SetLowStockThresholdPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['SetLowStockThresholdPayload'] = ResolversParentTypes['SetLowStockThresholdPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  stock?: Resolver<Maybe<ResolversTypes['StockItem']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type StockChangedEventResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['StockChangedEvent'] = ResolversParentTypes['StockChangedEvent']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  stock?: Resolver<ResolversTypes['StockItem'], ParentType, ContextType>;
};

export type StockItemResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['StockItem'] = ResolversParentTypes['StockItem'], FederationReferenceType extends FederationReferenceTypes['StockItem'] = FederationReferenceTypes['StockItem']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['StockItem']> | FederationReferenceType, FederationReferenceType, ContextType>;
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  inStock?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  lowStockThreshold?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  onHand?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  reserved?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type StockMovementResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['StockMovement'] = ResolversParentTypes['StockMovement']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['StockMovementKind'], ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  onHand?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  orderId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reserved?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type StockMovementConnectionResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['StockMovementConnection'] = ResolversParentTypes['StockMovementConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['StockMovementEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type StockMovementEdgeResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['StockMovementEdge'] = ResolversParentTypes['StockMovementEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['StockMovement'], ParentType, ContextType>;
};

export type StockReservationResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['StockReservation'] = ResolversParentTypes['StockReservation'], FederationReferenceType extends FederationReferenceTypes['StockReservation'] = FederationReferenceTypes['StockReservation']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['StockReservation']> | FederationReferenceType, FederationReferenceType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  held?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  orderId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  restocked?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  shipped?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['StockReservationState'], ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  productChanged?: SubscriptionResolver<ResolversTypes['ProductChangedEvent'], "productChanged", ParentType, ContextType, RequireFields<SubscriptionProductChangedArgs, 'id'>>;
  stockChanged?: SubscriptionResolver<ResolversTypes['StockChangedEvent'], "stockChanged", ParentType, ContextType, RequireFields<SubscriptionStockChangedArgs, 'skus'>>;
};

export type UnpublishProductPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['UnpublishProductPayload'] = ResolversParentTypes['UnpublishProductPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdateProductPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['UpdateProductPayload'] = ResolversParentTypes['UpdateProductPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type Resolvers<ContextType = SubgraphContext> = {
  Actor?: ActorResolvers<ContextType>;
  AdjustStockPayload?: AdjustStockPayloadResolvers<ContextType>;
  Category?: CategoryResolvers<ContextType>;
  ChangePricePayload?: ChangePricePayloadResolvers<ContextType>;
  CreateProductPayload?: CreateProductPayloadResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  HistoryConnection?: HistoryConnectionResolvers<ContextType>;
  HistoryEdge?: HistoryEdgeResolvers<ContextType>;
  HistoryEntry?: HistoryEntryResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  ParkedMessage?: ParkedMessageResolvers<ContextType>;
  PricePoint?: PricePointResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  ProductAttribute?: ProductAttributeResolvers<ContextType>;
  ProductChangedEvent?: ProductChangedEventResolvers<ContextType>;
  ProductConnection?: ProductConnectionResolvers<ContextType>;
  ProductEdge?: ProductEdgeResolvers<ContextType>;
  ProductImage?: ProductImageResolvers<ContextType>;
  PublishProductPayload?: PublishProductPayloadResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  ReceiveStockPayload?: ReceiveStockPayloadResolvers<ContextType>;
  ReplayInventoryParkedMessagesPayload?: ReplayInventoryParkedMessagesPayloadResolvers<ContextType>;
  SetLowStockThresholdPayload?: SetLowStockThresholdPayloadResolvers<ContextType>;
  StockChangedEvent?: StockChangedEventResolvers<ContextType>;
  StockItem?: StockItemResolvers<ContextType>;
  StockMovement?: StockMovementResolvers<ContextType>;
  StockMovementConnection?: StockMovementConnectionResolvers<ContextType>;
  StockMovementEdge?: StockMovementEdgeResolvers<ContextType>;
  StockReservation?: StockReservationResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  UnpublishProductPayload?: UnpublishProductPayloadResolvers<ContextType>;
  UpdateProductPayload?: UpdateProductPayloadResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = SubgraphContext> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
};
