import type { DomainEvent, Money } from '@mercato/shared-kernel/domain'
import type { SkuQuantity } from './order-lines.ts'

/** What the saga needs to know of an order. */
export interface SagaOrder {
  readonly orderId: string
  readonly customerId: string
  readonly paymentMethodId: string
  readonly lines: readonly SkuQuantity[]
  readonly amount: Money.Money
}

interface Fact {
  readonly orderId: string
  readonly at: string
}

/** A request that is repeated until it is answered: `attempt` counts from 1, the next one follows at `retryAt`. */
interface Repeated {
  readonly orderId: string
  readonly attempt: number
  readonly retryAt: string
}

/** What it asks others to do and repeats until they answer. A release or void may lapse by itself: then it ends at `giveUpAt`. */
export type SagaRequest =
  | DomainEvent<'StockReleaseRequested', Repeated & { readonly reason: string; readonly giveUpAt?: string }>
  | DomainEvent<'PaymentVoidRequested', Repeated & { readonly reason: string; readonly giveUpAt: string }>
  | DomainEvent<
      'StockShipmentRequested',
      Repeated & { readonly shipmentId: string; readonly lines: readonly SkuQuantity[] }
    >
  | DomainEvent<
      'PaymentCaptureRequested',
      Repeated & {
        readonly shipmentId: string
        readonly captureId: string
        readonly amount: Money.Money
        readonly final: boolean
      }
    >
  | DomainEvent<'RestockRequested', Repeated & { readonly returnId: string; readonly lines: readonly SkuQuantity[] }>
  | DomainEvent<
      'PaymentRefundRequested',
      Repeated & {
        /** The return, or the stray capture, that is paid back. */
        readonly cause: string
        readonly refundId: string
        readonly amount: Money.Money
        readonly reason: string
      }
    >

export type SagaEvent =
  | DomainEvent<'SagaStarted', SagaOrder & { readonly at: string }>
  | DomainEvent<
      'StockReservationRequested',
      {
        readonly orderId: string
        readonly lines: readonly SkuQuantity[]
        readonly expiresAt: string
        readonly answerBy: string
      }
    >
  | DomainEvent<'StockHeld', Fact & { readonly expiresAt: string }>
  | DomainEvent<
      'PaymentAuthorisationRequested',
      {
        readonly orderId: string
        readonly customerId: string
        readonly paymentMethodId: string
        readonly amount: Money.Money
        readonly answerBy: string
      }
    >
  | DomainEvent<'PaymentSecured', Fact & { readonly paymentId: string; readonly expiresAt: string }>
  | DomainEvent<'ReservationConfirmationRequested', { readonly orderId: string; readonly answerBy: string }>
  | DomainEvent<'SagaConfirmed', Fact & { readonly shipBy: string }>
  /** The order is asked to cancel itself; it may have been shipped meanwhile. `lost` needs no undoing any more. */
  | DomainEvent<
      'CancellationSought',
      Fact & { readonly reason: string; readonly lost?: 'stock' | 'payment'; readonly askAgainAt: string }
    >
  /** Everything taken is given back. `rejected` ends the order; `cancelled` says that it has ended already. */
  | DomainEvent<'UndoingBegun', Fact & { readonly outcome: 'rejected' | 'cancelled'; readonly reason: string }>
  /** The first one is the pivot. */
  | DomainEvent<
      'ShipmentNoted',
      Fact & { readonly shipmentId: string; readonly final: boolean; readonly deliverBy: string }
    >
  | DomainEvent<'RemainderCancellationSought', Fact & { readonly askAgainAt: string }>
  | DomainEvent<'RemainderClosed', Fact & { readonly deliverBy: string }>
  | DomainEvent<'DeliveryAssumed', Fact & { readonly askAgainAt: string }>
  | DomainEvent<'DeliveryNoted', Fact>
  | DomainEvent<'ReturnNoted', Fact & { readonly returnId: string }>
  /** Money was taken before this saga asked for it: it counts for what will be shipped. `refundId` names the refund, should nothing need it. */
  | DomainEvent<
      'CreditNoted',
      Fact & { readonly captureId: string; readonly amount: Money.Money; readonly refundId: string }
    >
  /** So much of a shipment is paid from what had been taken before. */
  | DomainEvent<'CreditUsed', Fact & { readonly shipmentId: string; readonly amount: Money.Money }>
  /** Money was taken that this saga does not want, or no longer: it goes back. */
  | DomainEvent<'StrayCaptureNoted', Fact & { readonly captureId: string }>
  | DomainEvent<'RequestAnswered', Fact & { readonly task: string }>
  /** A definite no: it is asked again at `retryAt`, under a new id. */
  | DomainEvent<
      'RequestFailed',
      Fact & { readonly task: string; readonly reason: string; readonly nextId: string; readonly retryAt: string }
    >
  | DomainEvent<'RequestLapsed', Fact & { readonly task: string }>
  /** An operator wants every open request asked again now. */
  | DomainEvent<'RetryOrdered', Fact>
  /** An operator wants the order given up. */
  | DomainEvent<'CompensationOrdered', Fact>
  | SagaRequest
