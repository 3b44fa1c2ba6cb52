import type { CommandContext, ContextPorts, EventEnvelope, Reaction } from '@mercato/shared-kernel/application'
import type { OrderCommand } from '#domain/order.ts'
import { sumPerSku } from '#domain/order-lines.ts'
import type { SagaCommand } from '#domain/saga-commands.ts'
import type { Aggregates } from './aggregates.ts'
import { type OrderContextEvent, SAGA } from './context-events.ts'
import type { Deadlines } from './deadlines.ts'
import type { GuestCarts } from './guest-carts.ts'
import type { OrderNumbers } from './order-numbers.ts'
import type { Placing } from './placing.ts'

interface Dependencies {
  readonly aggregates: Aggregates
  readonly placing: Placing
  readonly guestCarts: Pick<GuestCarts, 'finishMerge'>
  readonly numbers: OrderNumbers
  readonly deadlines: Deadlines
  readonly ports: Pick<ContextPorts, 'ids' | 'clock' | 'metrics'>
}

/**
 * What follows from this context's own events: a guest's cart becomes a customer's, a cart an order, an order starts and feeds its saga, a saga moves its order and
 * sets its deadlines. Every command's id derives from the event, so that a second run changes nothing.
 */
export const createReactions = (dependencies: Dependencies): Reaction<OrderContextEvent> => {
  const { aggregates, placing, guestCarts, numbers, deadlines, ports } = dependencies
  const { orders, sagas } = aggregates
  const { ids, clock, metrics } = ports

  const tellSaga = async (command: SagaCommand, context: CommandContext): Promise<void> => {
    await sagas.handle(command.data.orderId, command, context)
  }
  /** The order may refuse: then it has gone on, and its own events tell the saga how. */
  const moveOrder = async (orderId: string, command: OrderCommand, context: CommandContext): Promise<void> => {
    await orders.handle(orderId, command, context)
  }
  const ended = (outcome: string): void => metrics.count('mercato_orders_ended_total', { outcome })

  const follow = async (event: OrderContextEvent, context: CommandContext): Promise<void> => {
    const now = context.now.toISOString()
    switch (event.type) {
      case 'CartCheckedOut':
        await placing.place(event.data, context)
        return
      case 'GuestCartTaken':
        await guestCarts.finishMerge(event.data, context)
        return
      case 'OrderPlaced': {
        const { orderId, customerId, paymentMethodId, lines, totals, number } = event.data
        await numbers.confirm(number, orderId)
        metrics.count('mercato_orders_placed_total')
        const order = { orderId, customerId, paymentMethodId, lines: sumPerSku(lines), amount: totals.grandTotal }
        return tellSaga({ type: 'StartSaga', data: { ...order, now } }, context)
      }
      case 'OrderCancelled': {
        const { orderId, reason } = event.data
        ended('cancelled')
        return tellSaga({ type: 'NoteCancellation', data: { orderId, reason, now } }, context)
      }
      case 'OrderRejected':
        return ended('rejected')
      case 'OrderShipped': {
        const { orderId, shipmentId, lines, amount, final } = event.data
        return tellSaga({ type: 'NoteShipment', data: { orderId, shipmentId, lines, amount, final, now } }, context)
      }
      case 'OrderRemainderCancelled':
        return tellSaga({ type: 'NoteRemainderCancelled', data: { orderId: event.data.orderId, now } }, context)
      case 'OrderDelivered':
        ended('delivered')
        return tellSaga({ type: 'NoteDelivery', data: { orderId: event.data.orderId, now } }, context)
      case 'ReturnReceived': {
        const { orderId, returnId, lines, amount } = event.data
        return tellSaga({ type: 'NoteReturn', data: { orderId, returnId, lines, amount, now } }, context)
      }
      case 'StockHeld':
        return moveOrder(event.data.orderId, { type: 'AwaitPayment', data: { now } }, context)
      case 'SagaConfirmed': {
        const { orderId, shipBy } = event.data
        return moveOrder(orderId, { type: 'ConfirmOrder', data: { shipBy, now } }, context)
      }
      case 'UndoingBegun': {
        const { orderId, outcome, reason } = event.data
        if (outcome === 'cancelled') return
        return moveOrder(orderId, { type: 'RejectOrder', data: { reason, now } }, context)
      }
      case 'CancellationSought': {
        const { orderId, reason } = event.data
        return moveOrder(orderId, { type: 'CancelOrder', data: { by: 'system', reason, now } }, context)
      }
      case 'RemainderCancellationSought':
        return moveOrder(event.data.orderId, { type: 'CancelRemainder', data: { now } }, context)
      case 'DeliveryAssumed':
        return moveOrder(event.data.orderId, { type: 'MarkDelivered', data: { by: 'system', now } }, context)
      case 'CartItemAdded':
      case 'CartQuantityChanged':
      case 'CartItemRemoved':
      case 'CartCleared':
      case 'CartClosed':
      case 'OrderPaymentAwaited':
      case 'OrderConfirmed':
      case 'ReturnRequested':
      case 'ReturnApproved':
      case 'ReturnDeclined':
      case 'SagaStarted':
      case 'StockReservationRequested':
      case 'PaymentAuthorisationRequested':
      case 'PaymentSecured':
      case 'ReservationConfirmationRequested':
      case 'StockReleaseRequested':
      case 'PaymentVoidRequested':
      case 'ShipmentNoted':
      case 'StockShipmentRequested':
      case 'PaymentCaptureRequested':
      case 'RemainderClosed':
      case 'DeliveryNoted':
      case 'ReturnNoted':
      case 'RestockRequested':
      case 'PaymentRefundRequested':
      case 'CreditNoted':
      case 'CreditUsed':
      case 'StrayCaptureNoted':
      case 'RequestAnswered':
      case 'RequestFailed':
      case 'RequestLapsed':
      case 'RetryOrdered':
      case 'CompensationOrdered':
        return
    }
  }

  const contextOf = (envelope: EventEnvelope<OrderContextEvent>): CommandContext => ({
    actor: { kind: 'system', id: 'order-saga' },
    commandId: ids.derive(envelope.id, 'reaction'),
    correlationId: envelope.correlationId,
    causationId: envelope.id,
    now: clock.now(),
    ...(envelope.traceparent === undefined ? {} : { traceparent: envelope.traceparent }),
  })

  return async envelope => {
    await follow(envelope.event, contextOf(envelope))
    if (envelope.streamId.startsWith(`${SAGA}-`)) await deadlines.keep(envelope)
  }
}
