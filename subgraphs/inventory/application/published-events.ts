import type { Published, Translator } from '@mercato/shared-kernel/application'
import type { InventoryEvent } from './context-events.ts'

const version = 1

/** What other contexts may know: answers to the order context from the Reservation stream, and facts about the catalogue. */
export const publish: Translator<InventoryEvent> = ({ event }): Published | undefined => {
  switch (event.type) {
    case 'ReservationGranted':
      return { type: 'inventory.StockReserved', version, data: event.data }
    case 'ReservationRefused':
      return { type: 'inventory.StockRefused', version, data: event.data }
    case 'ReservationConfirmed':
      return { type: 'inventory.ReservationConfirmed', version, data: event.data }
    case 'ReservationMissed':
      return { type: 'inventory.ReservationLost', version, data: event.data }
    case 'ReservationExpired':
      return { type: 'inventory.ReservationLost', version, data: { ...event.data, reason: 'EXPIRED' } }
    case 'ReservationReleased':
      return { type: 'inventory.StockReleased', version, data: { orderId: event.data.orderId } }
    case 'ShipmentCommitted':
      return { type: 'inventory.StockShipped', version, data: event.data }
    case 'RestockCompleted':
      return { type: 'inventory.StockRestocked', version, data: event.data }
    case 'ProductPublished':
    case 'ProductUnpublished': {
      const { productId, sku } = event.data
      return { type: `inventory.${event.type}`, version, data: { productId, sku } }
    }
    case 'PriceChanged':
      return { type: 'inventory.PriceChanged', version, data: event.data }
    case 'LowStockReached': {
      const { sku, productId, balance, threshold } = event.data
      const available = balance.onHand - balance.reserved
      return { type: 'inventory.LowStockReached', version, data: { sku, productId, available, threshold } }
    }
    case 'ProductCreated':
    case 'ProductUpdated':
    case 'ProductRecategorised':
    case 'StockReceived':
    case 'StockAdjusted':
    case 'StockReserved':
    case 'StockReleased':
    case 'StockShipped':
    case 'StockRestocked':
    case 'LowStockThresholdSet':
    case 'ReservationOpened':
    case 'ReservationEndDecided':
    case 'ShipmentStarted':
    case 'RestockStarted':
      return undefined
  }
}
