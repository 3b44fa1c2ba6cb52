import type { CartEvent } from '#domain/cart.ts'
import type { OrderEvent } from '#domain/order-events.ts'
import type { SagaEvent } from '#domain/saga-events.ts'

/** Every event this context writes. */
export type OrderContextEvent = CartEvent | OrderEvent | SagaEvent

/** By customer id. */
export const CART = 'order.Cart'
/** By order id. */
export const ORDER = 'order.Order'
/** By order id. */
export const SAGA = 'order.Saga'
