import type { ProductEvent } from '#domain/product.ts'
import type { ReservationEvent } from '#domain/reservation-state.ts'
import type { StockEvent } from '#domain/stock-events.ts'

/** Every event this context writes. */
export type InventoryEvent = ProductEvent | StockEvent | ReservationEvent

export const PRODUCT = 'inventory.Product'
export const STOCK_ITEM = 'inventory.StockItem'
export const RESERVATION = 'inventory.Reservation'
