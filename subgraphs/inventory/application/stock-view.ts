import type { View } from '@mercato/shared-kernel/application'
import { availableOf, type Balance } from '#domain/stock-events.ts'
import type { StockItem } from '#domain/stock-state.ts'
import { type InventoryEvent, STOCK_ITEM } from './context-events.ts'

export interface StockView extends Balance {
  readonly sku: string
  readonly available: number
  readonly threshold: number | null
}

/** How a SKU stands of which nothing was ever received. */
export const emptyStock = (sku: string): StockView => ({
  sku,
  onHand: 0,
  reserved: 0,
  available: 0,
  threshold: null,
})

/** The write side's state as the view has it. */
export const stockOf = (sku: string, item: StockItem): StockView =>
  item.status === 'untracked' ? emptyStock(sku) : fromBalance(sku, item, item.threshold)

/** Levels after a ledger line. */
export const fromBalance = (sku: string, { onHand, reserved }: Balance, threshold: number | null): StockView => ({
  sku,
  onHand,
  reserved,
  available: availableOf({ onHand, reserved }),
  threshold,
})

/** Stock levels by SKU. */
export const stockView: View<InventoryEvent, StockView> = {
  name: 'stock',
  version: 1,
  categories: [STOCK_ITEM],
  keysOf: ({ event }) => ('balance' in event.data ? [event.data.sku] : []),
  evolve: (stock, { event }) => {
    if (!('balance' in event.data)) return stock
    const { sku, balance } = event.data
    return fromBalance(
      sku,
      balance,
      event.type === 'LowStockThresholdSet' ? event.data.threshold : (stock?.threshold ?? null),
    )
  },
  indexes: () => ({}),
}
