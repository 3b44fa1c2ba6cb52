import { Money } from '@mercato/shared-kernel/domain'
import { coveredBy } from './saga-credit.ts'
import type { SagaRequest } from './saga-events.ts'
import { type Handlers, settled } from './saga-handlers.ts'
import { captured, refused } from './saga-late.ts'
import { request } from './saga-requests.ts'
import { creditOf } from './saga-state.ts'
import { after, type SagaTimings } from './saga-timings.ts'

type Requested<Type extends SagaRequest['type']> = Extract<SagaRequest, { type: Type }>['data']

const asksFor =
  <Type extends SagaRequest['type']>(type: Type, isIt: (data: Requested<Type>) => boolean) =>
  (asked: SagaRequest): boolean =>
    asked.type === type && isIt(asked.data as Requested<Type>)

/** From the first shipment on: only forward, and what comes back is a return. */
export const fulfilmentHandlers = (
  timings: SagaTimings,
): Handlers<
  | 'NoteShipment'
  | 'NoteRemainderCancelled'
  | 'NoteDelivery'
  | 'NoteReturn'
  | 'NoteStockShipped'
  | 'NoteStockRestocked'
  | 'NotePaymentCaptured'
  | 'NotePaymentCaptureFailed'
  | 'NotePaymentRefunded'
  | 'NotePaymentRefundFailed'
> => ({
  NoteShipment(state, { orderId, shipmentId, lines, amount, final, now }) {
    if (state.status !== 'confirmed' && state.status !== 'fulfilling') return []
    if (state.status === 'fulfilling' && state.shipments.includes(shipmentId)) return []
    const deliverBy = after(now, timings.deliverWithinMs)
    const paid = coveredBy(creditOf(state), amount)
    const left = Money.subtract(amount, paid)
    const capture = { orderId, shipmentId, captureId: shipmentId, amount: left, final }
    return [
      { type: 'ShipmentNoted', data: { orderId, shipmentId, final, deliverBy, at: now } },
      request({ type: 'StockShipmentRequested', data: { orderId, shipmentId, lines } }, now, timings),
      ...(paid.amount > 0
        ? [{ type: 'CreditUsed', data: { orderId, shipmentId, amount: paid, at: now } } as const]
        : []),
      ...(left.amount > 0 ? [request({ type: 'PaymentCaptureRequested', data: capture }, now, timings)] : []),
    ]
  },

  NoteRemainderCancelled(state, { orderId, now }) {
    if (state.status !== 'fulfilling' || state.stage.name !== 'shipping') return []
    return [{ type: 'RemainderClosed', data: { orderId, deliverBy: after(now, timings.deliverWithinMs), at: now } }]
  },

  NoteDelivery: (state, { orderId, now }) =>
    state.status === 'fulfilling' && state.stage.name !== 'delivered'
      ? [{ type: 'DeliveryNoted', data: { orderId, at: now } }]
      : [],

  NoteReturn(state, { orderId, returnId, lines, amount, now }) {
    if (state.status !== 'fulfilling' || state.returns.includes(returnId)) return []
    const refund = { orderId, cause: returnId, refundId: returnId, amount, reason: 'RETURN' }
    return [
      { type: 'ReturnNoted', data: { orderId, returnId, at: now } },
      request({ type: 'RestockRequested', data: { orderId, returnId, lines } }, now, timings),
      ...(amount.amount > 0 ? [request({ type: 'PaymentRefundRequested', data: refund }, now, timings)] : []),
    ]
  },

  NoteStockShipped: (state, data) =>
    settled(
      state,
      data,
      asksFor('StockShipmentRequested', asked => asked.shipmentId === data.shipmentId),
    ),

  NoteStockRestocked: (state, data) =>
    settled(
      state,
      data,
      asksFor('RestockRequested', asked => asked.returnId === data.returnId),
    ),

  NotePaymentCaptured: (state, data) => captured(state, data, timings),

  NotePaymentCaptureFailed(state, data) {
    if (state.status !== 'fulfilling') return []
    const isIt = asksFor('PaymentCaptureRequested', asked => asked.captureId === data.captureId)
    return refused(state, data, isIt, timings)
  },

  NotePaymentRefunded: (state, data) =>
    settled(
      state,
      data,
      asksFor('PaymentRefundRequested', asked => asked.refundId === data.refundId),
    ),

  NotePaymentRefundFailed(state, data) {
    if (state.status !== 'fulfilling' && state.status !== 'undoing') return []
    const isIt = asksFor('PaymentRefundRequested', asked => asked.refundId === data.refundId)
    return refused(state, data, isIt, timings)
  },
})
