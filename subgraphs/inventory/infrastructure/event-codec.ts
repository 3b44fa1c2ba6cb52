import { createEventCodec, type EventCodec, type EventSchemas, type KeyVault } from '@mercato/shared-kernel/application'
import type { InventoryEvent } from '#application/context-events.ts'

const v1 = { version: 1 }

/** No event of this context holds personal data: orders are known by their ids only. */
export const schemas: EventSchemas<InventoryEvent> = {
  ProductCreated: v1,
  ProductUpdated: v1,
  ProductRecategorised: v1,
  PriceChanged: v1,
  ProductPublished: v1,
  ProductUnpublished: v1,
  StockReceived: v1,
  StockAdjusted: v1,
  StockReserved: v1,
  StockReleased: v1,
  StockShipped: v1,
  StockRestocked: v1,
  LowStockThresholdSet: v1,
  LowStockReached: v1,
  ReservationOpened: v1,
  ReservationGranted: v1,
  ReservationConfirmed: v1,
  ReservationEndDecided: v1,
  ReservationRefused: v1,
  ReservationReleased: v1,
  ReservationExpired: v1,
  ReservationMissed: v1,
  ShipmentStarted: v1,
  ShipmentCommitted: v1,
  RestockStarted: v1,
  RestockCompleted: v1,
}

export const createInventoryCodec = (vault: KeyVault): EventCodec<InventoryEvent> =>
  createEventCodec('inventory', schemas, vault)
