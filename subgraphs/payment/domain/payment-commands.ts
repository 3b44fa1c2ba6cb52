import type { Command, Money } from '@mercato/shared-kernel/domain'
import type { Operation } from './payment-events.ts'

type Amount = Money.Money

export type PaymentCommand =
  /** The saga asks; `methodKnown` is false when the customer has no such payment method. */
  | Command<
      'RequestPayment',
      {
        readonly orderId: string
        readonly customerId: string
        readonly paymentMethodId: string
        readonly amount: Amount
        readonly requestId: string
        readonly requestedAt: string
        readonly methodKnown: boolean
      }
    >
  | Command<'RequestVoid', { readonly orderId: string; readonly reason: string; readonly requestId: string }>
  | Command<
      'RequestCapture',
      {
        readonly orderId: string
        readonly captureId: string
        readonly amount: Amount
        readonly final: boolean
        readonly requestId: string
        readonly now: string
        readonly cause?: string
      }
    >
  /** From the saga: an amount beyond what can be given back is answered with a failure, not refused. */
  | Command<
      'RequestRefund',
      {
        readonly orderId: string
        readonly refundId: string
        readonly amount: Amount
        readonly reason: string
        readonly requestId: string
        readonly cause?: string
      }
    >
  /** From a person: refused when it cannot be. */
  | Command<
      'RefundPayment',
      { readonly refundId: string; readonly amount: Amount; readonly reason: string; readonly requestId: string }
    >
  | Command<'ExpireAuthorisation', { readonly now: string }>
  /** What the provider answered, or reported. `amount` is what it says it moved: it counts for what nobody asked for. */
  | Command<
      'RecordApproval',
      {
        readonly operation: Operation
        readonly operationId: string
        readonly reference: string
        readonly now: string
        readonly expiresAt: string
        readonly amount?: Amount
      }
    >
  | Command<'RecordRefusal', { readonly operation: Operation; readonly operationId: string; readonly reason: string }>
  | Command<'RecordUnknown', { readonly operation: Operation; readonly operationId: string }>

export type CommandData<Type extends PaymentCommand['type']> = Extract<PaymentCommand, { type: Type }>['data']
