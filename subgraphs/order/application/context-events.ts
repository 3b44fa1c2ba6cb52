import type { CartEvent } from '#domain/cart.ts'
import type { GuestCartEvent } from '#domain/guest-cart.ts'
import type { OrderEvent } from '#domain/order-events.ts'
import type { SagaEvent } from '#domain/saga-events.ts'

/** Every event this context writes. */
export type OrderContextEvent = CartEvent | GuestCartEvent | OrderEvent | SagaEvent

/** By customer id. */
export const CART = 'order.Cart'
/** By the guest cart's own id. */
export const GUEST_CART = 'order.GuestCart'
/** By order id. */
export const ORDER = 'order.Order'
/** By order id. */
export const SAGA = 'order.Saga'
