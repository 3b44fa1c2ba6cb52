import type { DomainEvent, Money } from '@mercato/shared-kernel/domain'

type Amount = Money.Money

/** What the provider is asked to do; `operationId` makes its idempotency key and names the capture or refund. */
export type Operation = 'authorise' | 'void' | 'capture' | 'refund'

export type PaymentEvent =
  | DomainEvent<
      'PaymentRequested',
      {
        readonly orderId: string
        readonly customerId: string
        readonly paymentMethodId: string
        readonly amount: Amount
        readonly requestId: string
        readonly requestedAt: string
      }
    >
  | DomainEvent<
      'PaymentAuthorised',
      { readonly orderId: string; readonly reference: string; readonly amount: Amount; readonly expiresAt: string }
    >
  | DomainEvent<'PaymentDeclined', { readonly orderId: string; readonly reason: string }>
  | DomainEvent<
      'PaymentVoidRequested',
      { readonly orderId: string; readonly reason: string; readonly requestId: string }
    >
  | DomainEvent<'PaymentVoided', { readonly orderId: string }>
  | DomainEvent<'AuthorisationExpired', { readonly orderId: string }>
  | DomainEvent<
      'CaptureRequested',
      {
        readonly orderId: string
        readonly captureId: string
        readonly amount: Amount
        readonly final: boolean
        readonly requestId: string
        /** The shipment that it pays for. */
        readonly cause?: string
      }
    >
  | DomainEvent<
      'PaymentCaptured',
      { readonly orderId: string; readonly captureId: string; readonly amount: Amount; readonly capturedAt: string }
    >
  /** Says once more that money was taken, to whoever asks again. */
  | DomainEvent<'CaptureRestated', { readonly orderId: string; readonly captureId: string; readonly amount: Amount }>
  | DomainEvent<'CaptureFailed', { readonly orderId: string; readonly captureId: string; readonly reason: string }>
  | DomainEvent<
      'RefundRequested',
      {
        readonly orderId: string
        readonly refundId: string
        readonly amount: Amount
        readonly reason: string
        readonly requestId: string
        /** The return, or the stray capture, that it pays back. */
        readonly cause?: string
      }
    >
  | DomainEvent<
      'PaymentRefunded',
      { readonly orderId: string; readonly refundId: string; readonly amount: Amount; readonly refundedAt: string }
    >
  /** Says once more that money was given back, to whoever asks again. */
  | DomainEvent<'RefundRestated', { readonly orderId: string; readonly refundId: string; readonly amount: Amount }>
  | DomainEvent<'RefundFailed', { readonly orderId: string; readonly refundId: string; readonly reason: string }>
  | DomainEvent<
      'ProviderOutcomeUnknown',
      { readonly orderId: string; readonly operation: Operation; readonly operationId: string }
    >

export const event = <Type extends PaymentEvent['type']>(
  type: Type,
  data: Extract<PaymentEvent, { type: Type }>['data'],
) => ({ type, data }) as Extract<PaymentEvent, { type: Type }>
