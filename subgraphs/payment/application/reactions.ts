import type { ContextPorts, EventEnvelope, Reaction, TimerHandler } from '@mercato/shared-kernel/application'
import type { Money } from '@mercato/shared-kernel/domain'
import type { Movement } from '#domain/payment-state.ts'
import type { Aggregates } from './aggregates.ts'
import type { PaymentContextEvent } from './context-events.ts'
import type { Operations } from './operations.ts'

export const EXPIRY_TIMER = 'authorisation-expiry'

interface Dependencies {
  readonly aggregates: Aggregates
  readonly operations: Operations
  readonly ports: ContextPorts
}

/** What follows from this context's own events: calls to the provider, invoices, deadlines, counters. */
export const createReactions = ({ aggregates, operations, ports }: Dependencies): Reaction<PaymentContextEvent> => {
  const { ids, clock, timers, metrics } = ports
  const { payments, invoices } = aggregates

  const document = async (
    envelope: EventEnvelope<PaymentContextEvent>,
    kind: 'invoice' | 'credit_note',
    movement: {
      readonly orderId: string
      readonly movementId: string
      readonly amount: Money.Money
      readonly at: string
    },
  ): Promise<void> => {
    const { state } = await payments.load(movement.orderId)
    if (state.status === 'none') return
    const year = new Date(movement.at).getUTCFullYear()
    const { orderId, movementId, amount } = movement
    const { captures, refunds } = state.status === 'authorised' ? state : { captures: {}, refunds: {} }
    const { cause, reason }: Partial<Movement> = (kind === 'invoice' ? captures : refunds)[movementId] ?? {}
    const about = { ...(cause === undefined ? {} : { cause }), ...(reason === undefined ? {} : { reason }) }
    await invoices.handle(
      String(year),
      {
        type: 'IssueDocument',
        data: {
          year,
          kind,
          orderId,
          movementId,
          amount,
          customerId: state.customerId,
          issuedAt: movement.at,
          ...about,
        },
      },
      {
        actor: { kind: 'system', id: 'invoicing' },
        commandId: ids.derive(envelope.id, kind),
        correlationId: envelope.correlationId,
        causationId: envelope.id,
        now: clock.now(),
      },
    )
  }

  return async envelope => {
    const { event, correlationId } = envelope
    switch (event.type) {
      case 'PaymentRequested': {
        const { orderId } = event.data
        return operations.begin({ orderId, operation: 'authorise', operationId: orderId, correlationId })
      }
      case 'PaymentVoidRequested': {
        const { orderId } = event.data
        return operations.begin({ orderId, operation: 'void', operationId: orderId, correlationId })
      }
      case 'PaymentAuthorised': {
        const { orderId, expiresAt } = event.data
        const payload = { orderId, correlationId }
        await timers.schedule({
          id: `${EXPIRY_TIMER}/${orderId}`,
          kind: EXPIRY_TIMER,
          dueAt: new Date(expiresAt),
          payload,
        })
        return operations.begin({ orderId, operation: 'void', operationId: orderId, correlationId })
      }
      case 'CaptureRequested': {
        const { orderId, captureId } = event.data
        return operations.begin({ orderId, operation: 'capture', operationId: captureId, correlationId })
      }
      case 'RefundRequested': {
        const { orderId, refundId } = event.data
        return operations.begin({ orderId, operation: 'refund', operationId: refundId, correlationId })
      }
      case 'PaymentCaptured': {
        const { orderId, captureId, amount, capturedAt } = event.data
        metrics.count('mercato_revenue_captured_minor_units_total', { currency: amount.currency }, amount.amount)
        return document(envelope, 'invoice', { orderId, movementId: captureId, amount, at: capturedAt })
      }
      case 'PaymentRefunded': {
        const { orderId, refundId, amount, refundedAt } = event.data
        return document(envelope, 'credit_note', { orderId, movementId: refundId, amount, at: refundedAt })
      }
      case 'PaymentDeclined':
      case 'PaymentVoided':
      case 'AuthorisationExpired':
        return timers.cancel(`${EXPIRY_TIMER}/${event.data.orderId}`)
      case 'PaymentMethodsErased':
        return ports.vault.destroy(event.data.customerId)
      case 'CaptureFailed':
      case 'CaptureRestated':
      case 'RefundFailed':
      case 'RefundRestated':
      case 'ProviderOutcomeUnknown':
      case 'PaymentMethodAdded':
      case 'PaymentMethodRemoved':
      case 'InvoiceIssued':
      case 'CreditNoteIssued':
        return
    }
  }
}

/** Ends an authorisation that nobody captured in time. */
export const createExpiryHandler = ({ aggregates, ports }: Omit<Dependencies, 'operations'>): TimerHandler => {
  return async timer => {
    const { orderId, correlationId } = timer.payload as { readonly orderId: string; readonly correlationId: string }
    const now = ports.clock.now()
    await aggregates.payments.handle(
      orderId,
      { type: 'ExpireAuthorisation', data: { now: now.toISOString() } },
      {
        actor: { kind: 'system', id: 'deadlines' },
        commandId: ports.ids.derive(orderId, 'expire'),
        correlationId,
        now,
      },
    )
  }
}
