import type { ContextRuntime, Mutate, Operations, RequestContext } from '@mercato/shared-kernel/application'
import type { Address, Money } from '@mercato/shared-kernel/domain'
import type { Aggregates } from '#application/aggregates.ts'
import type { CartCommands } from '#application/cart-commands.ts'
import type { CartProblem } from '#application/cart-problems.ts'
import type { CheckoutCommands } from '#application/checkout-commands.ts'
import type { OrderContextEvent } from '#application/context-events.ts'
import type { GuestCartFound, GuestCarts } from '#application/guest-carts.ts'
import type { OperatorCommands } from '#application/operator-commands.ts'
import type { OperatorQueries } from '#application/operator-queries.ts'
import type { OrderCommands } from '#application/order-commands.ts'
import type { GuestTokens, QuotedProduct } from '#application/ports.ts'
import type { Addresses, Queries } from '#application/queries.ts'
import type { CartState } from '#domain/cart.ts'
import type { CartLine, CartLines } from '#domain/cart-lines.ts'
import type { FulfilledLine, OrderTotals } from '#domain/order-lines.ts'
import type { Order } from '#domain/order-state.ts'

export type MoneyValue = Money.Money
export type AddressValue = Address

/** An entity of another subgraph, known here by its id. */
export interface Reference {
  readonly id: string
}

/** An order; with the weights of its lines' products when the gateway has brought them along. */
export type WeighedOrder = Order & { readonly weights?: readonly number[] | undefined }

/** A line that knows its order. */
export type OrderLineView = FulfilledLine & { readonly orderId: string }

/** What inventory knows by both. */
export interface ReservationReference {
  readonly orderId: string
  readonly sku: string
}

/** A customer's or a guest's cart. */
export interface BasketView {
  readonly lines: CartLines
}
export type CartView = CartState & { readonly customerId: string }
export type GuestCartView = GuestCartFound
/** A line that knows its cart: all lines of a cart are quoted at once. */
export type CartLineView = CartLine & { readonly cart: BasketView }
/** A problem that knows the cart of its line. */
export type CartProblemView<Kind extends CartProblem['kind'] = CartProblem['kind']> = Extract<
  CartProblem,
  { readonly kind: Kind }
> & { readonly cart: BasketView }
export type UnavailableView = CartProblemView<'unavailable'>
export type ShortView = CartProblemView<'short'>
export type PriceChangedView = CartProblemView<'price changed'>

/** What the resolvers of this subgraph have at hand. */
export interface SubgraphContext extends RequestContext {
  readonly aggregates: Aggregates
  readonly carts: CartCommands
  readonly guestCarts: GuestCarts
  readonly guestTokens: GuestTokens
  readonly checkouts: CheckoutCommands
  readonly fulfilment: OrderCommands
  readonly queries: Queries
  readonly mutate: Mutate
  readonly operations: Operations
  readonly operatorQueries: OperatorQueries
  readonly operators: OperatorCommands
  /** What a cart would cost as an order; undefined when it is empty or cannot be ordered as it is. */
  readonly estimate: (cart: BasketView, country: string) => Promise<OrderTotals | undefined>
  /** The time of this request. */
  readonly now: () => Date
  readonly runtime: ContextRuntime<OrderContextEvent>
  /** Orders by id, batched within the request. */
  readonly orderOf: (orderId: string) => Promise<Order | undefined>
  /** Where an order goes to; check before that the viewer may know. */
  readonly addressesOf: (orderId: string) => Promise<Addresses | undefined>
  /** What shipping would cost by today's tariff; undefined without the weights of all lines. */
  readonly shippingEstimate: (order: WeighedOrder) => Promise<MoneyValue | undefined>
  /** A cart's products as they are sold at this moment, asked for once per request. */
  readonly quotesFor: (cart: BasketView) => Promise<readonly QuotedProduct[]>
}
