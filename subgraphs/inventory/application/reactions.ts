import type { ContextPorts, Reaction } from '@mercato/shared-kernel/application'
import { availableOf } from '#domain/stock-events.ts'
import type { InventoryEvent } from './context-events.ts'
import { scheduleExpiry } from './reservation-expiry.ts'

const OUTCOMES: Partial<Readonly<Record<InventoryEvent['type'], string>>> = {
  ReservationGranted: 'granted',
  ReservationRefused: 'refused',
  ReservationExpired: 'expired',
  ReservationReleased: 'released',
}

/** What follows from this context's own events: a deadline per reservation, and what operators want to know. */
export const createReactions = ({
  timers,
  metrics,
  logger,
}: Pick<ContextPorts, 'timers' | 'metrics' | 'logger'>): Reaction<InventoryEvent> => {
  const expiry = scheduleExpiry(timers)
  return async envelope => {
    await expiry(envelope)
    const { event } = envelope
    const outcome = OUTCOMES[event.type]
    if (outcome) metrics.count('mercato_stock_reservations_total', { outcome })
    if (event.type === 'LowStockReached') {
      const { sku, balance, threshold } = event.data
      logger.warn('stock runs low', { sku, available: availableOf(balance), threshold })
    }
  }
}
