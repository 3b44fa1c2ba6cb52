import { forgetBeside, holdOf, type OrderHolds, withHold } from './order-holds.ts'
import type { StockEvent } from './stock-events.ts'

/** Which stock is meant. */
export interface StockKey {
  readonly sku: string
  readonly productId: string
}

export interface TrackedStock extends StockKey {
  readonly status: 'tracked'
  readonly onHand: number
  readonly reserved: number
  readonly threshold: number | null
  readonly holds: OrderHolds
  readonly returns: readonly string[]
}

/** The stock of one SKU. `0 ≤ reserved ≤ on hand`, always. */
export type StockItem = { readonly status: 'untracked' } | TrackedStock

/** Stock of which nothing has happened yet. */
export const freshItem = ({ sku, productId }: StockKey): TrackedStock => ({
  status: 'tracked',
  sku,
  productId,
  onHand: 0,
  reserved: 0,
  threshold: null,
  holds: {},
  returns: [],
})

const evolveHolds = (item: TrackedStock, event: StockEvent): OrderHolds => {
  switch (event.type) {
    case 'StockReserved': {
      const { orderId, quantity, expiresAt, reservedAt } = event.data
      const hold = { quantity, closed: false, shipments: [], expiresAt }
      return withHold(forgetBeside(item.holds, orderId, reservedAt), orderId, hold)
    }
    case 'StockReleased': {
      const { orderId, expiresAt, releasedAt } = event.data
      const shipments = holdOf(item.holds, orderId)?.shipments ?? []
      const hold = { quantity: 0, closed: true, shipments, expiresAt }
      return withHold(forgetBeside(item.holds, orderId, releasedAt), orderId, hold)
    }
    case 'StockShipped': {
      const { orderId, shipmentId, quantity } = event.data
      const hold = holdOf(item.holds, orderId)
      if (!hold) return item.holds
      const left = hold.quantity - quantity
      const shipped = { ...hold, quantity: left, closed: left === 0, shipments: [...hold.shipments, shipmentId] }
      return withHold(item.holds, orderId, shipped)
    }
    case 'StockReceived':
    case 'StockAdjusted':
    case 'StockRestocked':
    case 'LowStockThresholdSet':
    case 'LowStockReached':
      return item.holds
  }
}

export const evolve = (before: StockItem, event: StockEvent): StockItem => {
  const item = before.status === 'untracked' ? freshItem(event.data) : before
  return {
    ...item,
    ...event.data.balance,
    holds: evolveHolds(item, event),
    threshold: event.type === 'LowStockThresholdSet' ? event.data.threshold : item.threshold,
    returns: event.type === 'StockRestocked' ? [...item.returns, event.data.returnId] : item.returns,
  }
}
