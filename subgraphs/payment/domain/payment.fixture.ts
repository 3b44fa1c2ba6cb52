import { Money } from '@mercato/shared-kernel/domain'
import type { Operation, PaymentEvent } from './payment-events.ts'

export const eur = (amount: number) => Money.money(amount, 'EUR')
export const orderId = 'order-1'
export const now = '2026-01-01T00:00:00.000Z'
export const later = '2026-01-08T00:00:00.000Z'

export const asked = {
  orderId,
  customerId: 'customer-1',
  paymentMethodId: 'method-1',
  amount: eur(1000),
  requestId: 'request-1',
  requestedAt: now,
}
export const requested: PaymentEvent = { type: 'PaymentRequested', data: asked }
export const authorised: PaymentEvent = {
  type: 'PaymentAuthorised',
  data: { orderId, reference: 'ref', amount: eur(1000), expiresAt: later },
}
export const declined: PaymentEvent = { type: 'PaymentDeclined', data: { orderId, reason: 'DECLINED' } }
export const voidRequested: PaymentEvent = {
  type: 'PaymentVoidRequested',
  data: { orderId, reason: 'cancelled', requestId: 'request-2' },
}
export const voided: PaymentEvent = { type: 'PaymentVoided', data: { orderId } }
export const expired: PaymentEvent = { type: 'AuthorisationExpired', data: { orderId } }
export const unknown = (operation: Operation): PaymentEvent => ({
  type: 'ProviderOutcomeUnknown',
  data: { orderId, operation, operationId: 'x' },
})
export const captureRequested = (captureId: string, amount: number, final = false): PaymentEvent => ({
  type: 'CaptureRequested',
  data: { orderId, captureId, amount: eur(amount), final, requestId: `request-${captureId}` },
})
export const taken = (captureId: string, amount: number): PaymentEvent => ({
  type: 'PaymentCaptured',
  data: { orderId, captureId, amount: eur(amount), capturedAt: now },
})
export const captureFailed = (captureId: string, reason: string): PaymentEvent => ({
  type: 'CaptureFailed',
  data: { orderId, captureId, reason },
})
export const refundRequested = (refundId: string, amount: number): PaymentEvent => ({
  type: 'RefundRequested',
  data: { orderId, refundId, amount: eur(amount), reason: 'broken', requestId: `request-${refundId}` },
})
export const givenBack = (refundId: string, amount: number): PaymentEvent => ({
  type: 'PaymentRefunded',
  data: { orderId, refundId, amount: eur(amount), refundedAt: now },
})
export const refundFailed = (refundId: string, reason: string): PaymentEvent => ({
  type: 'RefundFailed',
  data: { orderId, refundId, reason },
})

export const requestPayment = (methodKnown = true) =>
  ({ type: 'RequestPayment', data: { ...asked, methodKnown } }) as const
export const requestVoid = {
  type: 'RequestVoid',
  data: { orderId, reason: 'cancelled', requestId: 'request-2' },
} as const
export const requestCapture = (
  captureId: string,
  amount: number,
  options: { final?: boolean; at?: string; currency?: 'EUR' | 'USD' } = {},
) =>
  ({
    type: 'RequestCapture',
    data: {
      orderId,
      captureId,
      amount: Money.money(amount, options.currency ?? 'EUR'),
      final: options.final ?? false,
      requestId: `request-${captureId}`,
      now: options.at ?? now,
    },
  }) as const
export const refundPayment = (refundId: string, amount: number, currency: 'EUR' | 'USD' = 'EUR') =>
  ({
    type: 'RefundPayment',
    data: { refundId, amount: Money.money(amount, currency), reason: 'broken', requestId: `request-${refundId}` },
  }) as const
export const requestRefund = (refundId: string, amount: number) =>
  ({
    type: 'RequestRefund',
    data: { orderId, refundId, amount: eur(amount), reason: 'broken', requestId: `request-${refundId}` },
  }) as const
export const approval = (operation: Operation, operationId = 'x', amount?: Money.Money) =>
  ({
    type: 'RecordApproval',
    data: { operation, operationId, reference: 'ref', expiresAt: later, now, ...(amount ? { amount } : {}) },
  }) as const
export const refusal = (operation: Operation, operationId = 'x') =>
  ({ type: 'RecordRefusal', data: { operation, operationId, reason: 'DECLINED' } }) as const
