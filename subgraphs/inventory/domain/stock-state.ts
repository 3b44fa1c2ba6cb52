import type { StockEvent } from './stock-events.ts'

/** Which stock is meant. */
export interface StockKey {
  readonly sku: string
  readonly productId: string
}

/** What an order holds of one SKU. It stays known for an hour past its expiry, so that late repeats find it closed. */
export interface Hold {
  readonly quantity: number
  readonly closed: boolean
  readonly shipments: readonly string[]
  readonly expiresAt: string
}

export interface TrackedStock extends StockKey {
  readonly status: 'tracked'
  readonly onHand: number
  readonly reserved: number
  readonly threshold: number | null
  readonly holds: Readonly<Record<string, Hold>>
  readonly returns: readonly string[]
}

/** The stock of one SKU. `0 ≤ reserved ≤ on hand`, always. */
export type StockItem = { readonly status: 'untracked' } | TrackedStock

const REMEMBERED_MS = 3_600_000

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

const withoutForgotten = (holds: TrackedStock['holds'], now: string): TrackedStock['holds'] => {
  const forgotten = (hold: Hold): boolean =>
    hold.quantity === 0 && Date.parse(hold.expiresAt) + REMEMBERED_MS < Date.parse(now)
  return Object.fromEntries(Object.entries(holds).filter(([, hold]) => !forgotten(hold)))
}

const evolveHolds = (item: TrackedStock, event: StockEvent): TrackedStock['holds'] => {
  switch (event.type) {
    case 'StockReserved': {
      const { orderId, quantity, expiresAt, reservedAt } = event.data
      const hold = { quantity, closed: false, shipments: [], expiresAt }
      return { ...withoutForgotten(item.holds, reservedAt), [orderId]: hold }
    }
    case 'StockReleased': {
      const { orderId, expiresAt } = event.data
      const shipments = item.holds[orderId]?.shipments ?? []
      return { ...item.holds, [orderId]: { quantity: 0, closed: true, shipments, expiresAt } }
    }
    case 'StockShipped': {
      const { orderId, shipmentId, quantity } = event.data
      const hold = item.holds[orderId]
      if (!hold) return item.holds
      const left = hold.quantity - quantity
      const shipped = { ...hold, quantity: left, closed: left === 0, shipments: [...hold.shipments, shipmentId] }
      return { ...item.holds, [orderId]: shipped }
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
