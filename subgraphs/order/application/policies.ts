import { type ContextPorts, type IntegrationEvent, type Policy, readContract } from '@mercato/shared-kernel/application'
import type { SagaCommand } from '#domain/saga-commands.ts'
import type { Aggregates } from './aggregates.ts'

type Contract = ReturnType<typeof readContract>
type Telling = (
  contract: Contract,
  told: { readonly orderId: string; readonly now: string },
  event: IntegrationEvent,
) => SagaCommand

/**
 * What inventory and payment answer, as input of the saga; who is to be forgotten, as the end of their cart. The command's id derives from the event: a second delivery changes nothing.
 */
export const createPolicies = (
  { sagas, carts }: Aggregates,
  { ids, clock }: Pick<ContextPorts, 'ids' | 'clock'>,
): {
  readonly inventory: Readonly<Record<string, Policy>>
  readonly payment: Readonly<Record<string, Policy>>
  readonly user: Readonly<Record<string, Policy>>
} => {
  const tell =
    (telling: Telling): Policy =>
    async event => {
      const now = clock.now()
      const contract = readContract(event)
      const orderId = contract.text('orderId')
      await sagas.handle(orderId, telling(contract, { orderId, now: now.toISOString() }, event), {
        actor: { kind: 'system', id: 'order-saga' },
        commandId: ids.derive(event.id, 'saga'),
        correlationId: event.correlationId,
        causationId: event.id,
        now,
        ...(event.traceparent === undefined ? {} : { traceparent: event.traceparent }),
      })
    }

  const inventory: Record<string, Policy> = {
    'inventory.StockReserved': tell((contract, told) => ({
      type: 'NoteStockReserved',
      data: { ...told, expiresAt: contract.instant('expiresAt') },
    })),
    'inventory.StockRefused': tell((contract, told) => ({
      type: 'NoteStockRefused',
      data: { ...told, sku: contract.text('sku') },
    })),
    'inventory.ReservationConfirmed': tell((_, told) => ({ type: 'NoteReservationConfirmed', data: told })),
    'inventory.ReservationLost': tell((contract, told) => ({
      type: 'NoteReservationLost',
      data: { ...told, reason: contract.text('reason') },
    })),
    'inventory.StockReleased': tell((_, told) => ({ type: 'NoteStockReleased', data: told })),
    'inventory.StockShipped': tell((contract, told) => ({
      type: 'NoteStockShipped',
      data: { ...told, shipmentId: contract.text('shipmentId') },
    })),
    'inventory.StockRestocked': tell((contract, told) => ({
      type: 'NoteStockRestocked',
      data: { ...told, returnId: contract.text('returnId') },
    })),
  }

  const payment: Record<string, Policy> = {
    'payment.PaymentAuthorised': tell((contract, told) => ({
      type: 'NotePaymentAuthorised',
      data: { ...told, paymentId: contract.text('paymentId'), expiresAt: contract.instant('expiresAt') },
    })),
    'payment.PaymentDeclined': tell((contract, told) => ({
      type: 'NotePaymentDeclined',
      data: { ...told, reason: contract.text('reason') },
    })),
    'payment.PaymentVoided': tell((_, told) => ({ type: 'NotePaymentVoided', data: told })),
    'payment.AuthorisationExpired': tell((_, told) => ({ type: 'NoteAuthorisationExpired', data: told })),
    'payment.PaymentCaptured': tell((contract, told, event) => ({
      type: 'NotePaymentCaptured',
      data: {
        ...told,
        captureId: contract.text('captureId'),
        amount: contract.money('amount'),
        refundId: ids.derive(event.id, 'refund'),
      },
    })),
    'payment.PaymentCaptureFailed': tell((contract, told, event) => ({
      type: 'NotePaymentCaptureFailed',
      data: {
        ...told,
        captureId: contract.text('captureId'),
        reason: contract.text('reason'),
        nextId: ids.derive(event.id, 'capture'),
      },
    })),
    'payment.PaymentRefunded': tell((contract, told) => ({
      type: 'NotePaymentRefunded',
      data: { ...told, refundId: contract.text('refundId') },
    })),
    'payment.PaymentRefundFailed': tell((contract, told, event) => ({
      type: 'NotePaymentRefundFailed',
      data: {
        ...told,
        refundId: contract.text('refundId'),
        reason: contract.text('reason'),
        nextId: ids.derive(event.id, 'refund'),
      },
    })),
  }

  const user: Record<string, Policy> = {
    'user.UserErased': async event => {
      const customerId = readContract(event).text('userId')
      const now = clock.now()
      await carts.handle(
        customerId,
        { type: 'CloseCart', data: { customerId, now: now.toISOString() } },
        {
          actor: { kind: 'system', id: 'erasure' },
          commandId: ids.derive(event.id, 'cart'),
          correlationId: event.correlationId,
          causationId: event.id,
          now,
          ...(event.traceparent === undefined ? {} : { traceparent: event.traceparent }),
        },
      )
    },
  }

  return { inventory, payment, user }
}
