import type { OrderCommand } from './order.ts'
import type { OrderEvent } from './order-events.ts'
import type { SkuQuantity } from './order-lines.ts'
import { draft, eur, fact, now, shipBy } from './samples.fixture.ts'

export const placed: OrderEvent = { type: 'OrderPlaced', data: draft }
export const awaited: OrderEvent = { type: 'OrderPaymentAwaited', data: fact }
export const confirmed: OrderEvent = { type: 'OrderConfirmed', data: { ...fact, shipBy } }
export const rejected: OrderEvent = { type: 'OrderRejected', data: { ...fact, reason: 'OUT_OF_STOCK' } }
export const cancelled: OrderEvent = {
  type: 'OrderCancelled',
  data: { ...fact, by: 'customer', reason: 'CUSTOMER_REQUEST', note: 'changed my mind' },
}
export const shipped = (
  lines: readonly SkuQuantity[],
  amount: number,
  final: boolean,
  shipmentId = 's1',
): OrderEvent => ({
  type: 'OrderShipped',
  data: { ...fact, shipmentId, carrier: 'DHL', trackingNumber: '1Z', lines, amount: eur(amount), final },
})
export const mugs = (quantity: number) => ({ sku: 'MUG-1', quantity })
export const pen = { sku: 'PEN-1', quantity: 1 }
export const shippedAll = shipped([mugs(3), pen], 4_285, true)
export const shippedPen = shipped([pen], 714, false)
export const remainderCancelled: OrderEvent = { type: 'OrderRemainderCancelled', data: { ...fact, lines: [mugs(3)] } }
export const delivered: OrderEvent = { type: 'OrderDelivered', data: { ...fact, by: 'staff' } }

export const open = [placed, awaited, confirmed]
/** How each state is reached. */
export const states: Record<string, OrderEvent[]> = {
  pending: [placed],
  awaitingPayment: [placed, awaited],
  confirmed: open,
  partlyShipped: [...open, shippedPen],
  shipped: [...open, shippedAll],
  delivered: [...open, shippedAll, delivered],
  rejected: [placed, rejected],
  cancelled: [placed, cancelled],
}

export const cancel: OrderCommand = {
  type: 'CancelOrder',
  data: { by: 'customer', reason: 'CUSTOMER_REQUEST', note: 'changed my mind', now },
}
export const ship = (lines?: readonly SkuQuantity[], at = now): OrderCommand => ({
  type: 'ShipOrder',
  data: { shipmentId: 's1', carrier: 'DHL', trackingNumber: '1Z', ...(lines ? { lines } : {}), now: at },
})
export const deliver: OrderCommand = { type: 'MarkDelivered', data: { by: 'staff', now } }
