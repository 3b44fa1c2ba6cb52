import type { Command, Money } from '@mercato/shared-kernel/domain'
import type { SkuQuantity } from './order-lines.ts'
import type { SagaOrder } from './saga-events.ts'

type Note<Type extends string, Data = unknown> = Command<
  Type,
  Data & { readonly orderId: string; readonly now: string }
>

/** What a saga is told: by its own order, by the clock, by inventory and payment. Nothing of it is ever refused. */
export type SagaNote =
  | Note<'StartSaga', SagaOrder>
  | Note<'PassTime'>
  // from the order
  | Note<'NoteCancellation', { readonly reason: string }>
  | Note<
      'NoteShipment',
      {
        readonly shipmentId: string
        readonly lines: readonly SkuQuantity[]
        readonly amount: Money.Money
        readonly final: boolean
      }
    >
  | Note<'NoteRemainderCancelled'>
  | Note<'NoteDelivery'>
  | Note<
      'NoteReturn',
      { readonly returnId: string; readonly lines: readonly SkuQuantity[]; readonly amount: Money.Money }
    >
  // from inventory
  | Note<'NoteStockReserved', { readonly expiresAt: string }>
  | Note<'NoteStockRefused', { readonly sku: string }>
  | Note<'NoteReservationConfirmed'>
  | Note<'NoteReservationLost', { readonly reason: string }>
  | Note<'NoteStockReleased'>
  | Note<'NoteStockShipped', { readonly shipmentId: string }>
  | Note<'NoteStockRestocked', { readonly returnId: string }>
  // from payment
  | Note<'NotePaymentAuthorised', { readonly paymentId: string; readonly expiresAt: string }>
  | Note<'NotePaymentDeclined', { readonly reason: string }>
  | Note<'NotePaymentVoided'>
  | Note<'NoteAuthorisationExpired'>
  /** `refundId` names the refund should the capture be a stray one. */
  | Note<'NotePaymentCaptured', { readonly captureId: string; readonly amount: Money.Money; readonly refundId: string }>
  /** `nextId` names the next try. */
  | Note<'NotePaymentCaptureFailed', { readonly captureId: string; readonly reason: string; readonly nextId: string }>
  | Note<'NotePaymentRefunded', { readonly refundId: string }>
  | Note<'NotePaymentRefundFailed', { readonly refundId: string; readonly reason: string; readonly nextId: string }>

/** What operators want of a saga; refused when it makes no sense. */
export type OperatorCommand =
  /** `nextIds` names the next try of requests that were given up, by task. */
  Note<'RetrySaga', { readonly nextIds: Readonly<Record<string, string>> }> | Note<'CompensateSaga'>

export type SagaCommand = SagaNote | OperatorCommand
