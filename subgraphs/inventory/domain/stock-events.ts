import type { DomainEvent } from '@mercato/shared-kernel/domain'

/** Pieces in the warehouse and how many of them are promised to orders, after the event. */
export interface Balance {
  readonly onHand: number
  readonly reserved: number
}

export const ADJUSTMENT_REASONS = ['COUNTED', 'DAMAGED', 'LOST', 'FOUND', 'OTHER'] as const
export type AdjustmentReason = (typeof ADJUSTMENT_REASONS)[number]

type Entry<Data> = Data & { readonly sku: string; readonly productId: string; readonly balance: Balance }

/** The ledger of one SKU: every line carries the balance that it leaves. */
export type StockEvent =
  | DomainEvent<'StockReceived', Entry<{ readonly quantity: number; readonly reference?: string }>>
  | DomainEvent<
      'StockAdjusted',
      Entry<{ readonly delta: number; readonly reason: AdjustmentReason; readonly note?: string }>
    >
  | DomainEvent<
      'StockReserved',
      Entry<{
        readonly orderId: string
        readonly quantity: number
        readonly expiresAt: string
        readonly reservedAt: string
      }>
    >
  /** With quantity 0: nothing was held, but from now on the order cannot reserve here (a late or repeated request finds the door shut). */
  | DomainEvent<
      'StockReleased',
      Entry<{
        readonly orderId: string
        readonly quantity: number
        readonly expiresAt: string
        readonly releasedAt: string
      }>
    >
  | DomainEvent<
      'StockShipped',
      Entry<{ readonly orderId: string; readonly shipmentId: string; readonly quantity: number }>
    >
  | DomainEvent<
      'StockRestocked',
      Entry<{ readonly orderId: string; readonly returnId: string; readonly quantity: number }>
    >
  | DomainEvent<'LowStockThresholdSet', Entry<{ readonly threshold: number | null }>>
  | DomainEvent<'LowStockReached', Entry<{ readonly threshold: number }>>

/** Pieces that can still be promised. */
export const availableOf = ({ onHand, reserved }: Balance): number => onHand - reserved

/** How the event changed what was available: for views that care about some changes only. */
export const availabilityChange = ({ type, data }: StockEvent): number => {
  switch (type) {
    case 'StockReceived':
    case 'StockReleased':
    case 'StockRestocked':
      return data.quantity
    case 'StockReserved':
      return -data.quantity
    case 'StockAdjusted':
      return data.delta
    case 'StockShipped':
    case 'LowStockThresholdSet':
    case 'LowStockReached':
      return 0
  }
}
