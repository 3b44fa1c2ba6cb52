import { createEventCodec, type EventCodec, type EventSchemas, type KeyVault } from '@mercato/shared-kernel/application'
import type { Address } from '@mercato/shared-kernel/domain'
import type { OrderContextEvent } from '#application/context-events.ts'

const v1 = { version: 1 }
/** Belongs to a customer; holds nothing that needs sealing. */
const ofCustomer = {
  version: 1,
  subject: ({ data }: { readonly data: { readonly customerId: string } }) => data.customerId,
}
const withNote = { ...ofCustomer, sealed: { note: 'Erased' }, onceErased: 'kept' as const }

const erased: Address = { name: 'Erased', line1: 'Erased', city: 'Erased', postalCode: '-', country: 'ZZ' }
const withAddresses = { ...ofCustomer, sealed: { shippingAddress: erased, billingAddress: erased } }

export const schemas: EventSchemas<OrderContextEvent> = {
  CartItemAdded: { ...ofCustomer, version: 2, upcast: { 1: data => data } },
  CartQuantityChanged: ofCustomer,
  CartItemRemoved: ofCustomer,
  CartCleared: ofCustomer,
  CartCheckedOut: withAddresses,
  CartClosed: ofCustomer,
  GuestCartMerged: ofCustomer,

  /** Nobody's: a guest is no person we know. */
  GuestCartItemAdded: v1,
  GuestCartQuantityChanged: v1,
  GuestCartItemRemoved: v1,
  GuestCartTaken: ofCustomer,

  /** A cart that was checked out becomes an order, also when its customer is erased in between; it is then cancelled. */
  OrderPlaced: { ...withAddresses, onceErased: 'kept' },
  OrderPaymentAwaited: ofCustomer,
  OrderConfirmed: ofCustomer,
  OrderRejected: ofCustomer,
  OrderCancelled: withNote,
  OrderShipped: ofCustomer,
  OrderRemainderCancelled: ofCustomer,
  OrderDelivered: ofCustomer,
  ReturnRequested: withNote,
  ReturnApproved: ofCustomer,
  ReturnDeclined: ofCustomer,
  ReturnReceived: ofCustomer,

  SagaStarted: v1,
  StockReservationRequested: v1,
  StockHeld: v1,
  PaymentAuthorisationRequested: v1,
  PaymentSecured: v1,
  ReservationConfirmationRequested: v1,
  SagaConfirmed: v1,
  CancellationSought: v1,
  UndoingBegun: v1,
  StockReleaseRequested: v1,
  PaymentVoidRequested: v1,
  ShipmentNoted: v1,
  StockShipmentRequested: v1,
  PaymentCaptureRequested: v1,
  RemainderCancellationSought: v1,
  RemainderClosed: v1,
  DeliveryAssumed: v1,
  DeliveryNoted: v1,
  ReturnNoted: v1,
  RestockRequested: v1,
  PaymentRefundRequested: v1,
  CreditNoted: v1,
  CreditUsed: v1,
  StrayCaptureNoted: v1,
  RequestAnswered: v1,
  RequestFailed: v1,
  RequestLapsed: v1,
  RetryOrdered: v1,
  CompensationOrdered: v1,
}

export const createOrderCodec = (vault: KeyVault): EventCodec<OrderContextEvent> =>
  createEventCodec('order', schemas, vault)
