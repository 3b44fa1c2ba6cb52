import type { Address, DomainEvent, Money } from '@mercato/shared-kernel/domain'
import type { OrderLine, OrderTotals, SkuQuantity } from './order-lines.ts'

/** Everything an order is placed with. */
export interface OrderDraft {
  readonly orderId: string
  /** For people: unique, readable aloud. */
  readonly number: string
  readonly customerId: string
  readonly lines: readonly OrderLine[]
  readonly totals: OrderTotals
  readonly shippingAddress: Address
  readonly billingAddress?: Address
  readonly paymentMethodId: string
  readonly at: string
}

/** What every event of an order says: whose order, which, when. */
export interface OrderFact {
  readonly orderId: string
  readonly customerId: string
  readonly at: string
}

/** Who ended or moved an order. */
export type Party = 'customer' | 'staff' | 'system'

export type OrderEvent =
  | DomainEvent<'OrderPlaced', OrderDraft>
  | DomainEvent<'OrderPaymentAwaited', OrderFact>
  | DomainEvent<'OrderConfirmed', OrderFact & { readonly shipBy: string }>
  | DomainEvent<'OrderRejected', OrderFact & { readonly reason: string }>
  /** `reason` is a code; `note` what the person said. */
  | DomainEvent<'OrderCancelled', OrderFact & { readonly by: Party; readonly reason: string; readonly note?: string }>
  | DomainEvent<
      'OrderShipped',
      OrderFact & {
        readonly shipmentId: string
        readonly carrier: string
        readonly trackingNumber: string
        readonly lines: readonly SkuQuantity[]
        /** What is charged for it. */
        readonly amount: Money.Money
        /** Nothing is left to be shipped. */
        readonly final: boolean
      }
    >
  /** What was not shipped in time will not be. */
  | DomainEvent<'OrderRemainderCancelled', OrderFact & { readonly lines: readonly SkuQuantity[] }>
  | DomainEvent<'OrderDelivered', OrderFact & { readonly by: Party }>
  | DomainEvent<
      'ReturnRequested',
      OrderFact & { readonly returnId: string; readonly lines: readonly SkuQuantity[]; readonly note?: string }
    >
  | DomainEvent<'ReturnApproved', OrderFact & { readonly returnId: string }>
  | DomainEvent<'ReturnDeclined', OrderFact & { readonly returnId: string }>
  | DomainEvent<
      'ReturnReceived',
      OrderFact & {
        readonly returnId: string
        readonly lines: readonly SkuQuantity[]
        /** What is given back for it. */
        readonly amount: Money.Money
      }
    >
