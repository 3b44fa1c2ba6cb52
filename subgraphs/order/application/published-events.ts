import type { Published, Translator } from '@mercato/shared-kernel/application'
import type { OrderContextEvent } from './context-events.ts'

const version = 1

/** What the other contexts get to know: the saga's requests and the milestones of orders. Everything else stays private. */
export const publish: Translator<OrderContextEvent> = ({ event }): Published | undefined => {
  switch (event.type) {
    case 'StockReservationRequested': {
      const { orderId, lines, expiresAt } = event.data
      return { type: `order.${event.type}`, version, data: { orderId, lines, expiresAt } }
    }
    case 'ReservationConfirmationRequested':
      return { type: `order.${event.type}`, version, data: { orderId: event.data.orderId } }
    case 'StockReleaseRequested':
    case 'PaymentVoidRequested': {
      const { orderId, reason } = event.data
      return { type: `order.${event.type}`, version, data: { orderId, reason } }
    }
    case 'StockShipmentRequested': {
      const { orderId, shipmentId, lines } = event.data
      return { type: `order.${event.type}`, version, data: { orderId, shipmentId, lines } }
    }
    case 'RestockRequested': {
      const { orderId, returnId, lines } = event.data
      return { type: `order.${event.type}`, version, data: { orderId, returnId, lines } }
    }
    case 'PaymentAuthorisationRequested': {
      const { orderId, customerId, paymentMethodId, amount } = event.data
      return { type: `order.${event.type}`, version, data: { orderId, customerId, paymentMethodId, amount } }
    }
    case 'PaymentCaptureRequested': {
      const { orderId, captureId, shipmentId, amount, final } = event.data
      return { type: `order.${event.type}`, version, data: { orderId, captureId, shipmentId, amount, final } }
    }
    case 'PaymentRefundRequested': {
      const { orderId, refundId, cause, amount, reason } = event.data
      return { type: `order.${event.type}`, version, data: { orderId, refundId, cause, amount, reason } }
    }
    case 'OrderPlaced': {
      const { orderId, customerId, number, totals } = event.data
      return { type: `order.${event.type}`, version, data: { orderId, customerId, number, total: totals.grandTotal } }
    }
    case 'OrderConfirmed':
    case 'OrderDelivered':
      return { type: `order.${event.type}`, version, data: { orderId: event.data.orderId } }
    case 'OrderRejected':
    case 'OrderCancelled': {
      const { orderId, reason } = event.data
      return { type: `order.${event.type}`, version, data: { orderId, reason } }
    }
    case 'OrderShipped': {
      const { orderId, shipmentId } = event.data
      return { type: `order.${event.type}`, version, data: { orderId, shipmentId } }
    }
    case 'CartItemAdded':
    case 'CartQuantityChanged':
    case 'CartItemRemoved':
    case 'CartCleared':
    case 'CartClosed':
    case 'GuestCartItemAdded':
    case 'GuestCartQuantityChanged':
    case 'GuestCartItemRemoved':
    case 'GuestCartTaken':
    case 'GuestCartMerged':
    case 'CartCheckedOut':
    case 'OrderPaymentAwaited':
    case 'OrderRemainderCancelled':
    case 'ReturnRequested':
    case 'ReturnApproved':
    case 'ReturnDeclined':
    case 'ReturnReceived':
    case 'SagaStarted':
    case 'StockHeld':
    case 'PaymentSecured':
    case 'SagaConfirmed':
    case 'CancellationSought':
    case 'UndoingBegun':
    case 'ShipmentNoted':
    case 'RemainderCancellationSought':
    case 'RemainderClosed':
    case 'DeliveryAssumed':
    case 'DeliveryNoted':
    case 'ReturnNoted':
    case 'CreditNoted':
    case 'CreditUsed':
    case 'StrayCaptureNoted':
    case 'RequestAnswered':
    case 'RequestFailed':
    case 'RequestLapsed':
    case 'RetryOrdered':
    case 'CompensationOrdered':
      return undefined
  }
}
