import type { Order, OrderReturn, OrderStatus } from '#domain/order-state.ts'
import type { OrderStatus as ShownStatus } from './generated/types.ts'

const shown: Readonly<Record<OrderStatus, ShownStatus>> = {
  pending: 'PENDING',
  awaitingPayment: 'AWAITING_PAYMENT',
  confirmed: 'CONFIRMED',
  partlyShipped: 'PARTLY_SHIPPED',
  shipped: 'SHIPPED',
  delivered: 'DELIVERED',
  rejected: 'REJECTED',
  cancelled: 'CANCELLED',
}

const known = Object.fromEntries(Object.entries(shown).map(([status, name]) => [name, status])) as Readonly<
  Record<ShownStatus, OrderStatus>
>

export const statusOf = ({ status }: Order): ShownStatus => shown[status]

/** The status meant by a filter. */
export const statusNamed = (name: ShownStatus): OrderStatus => known[name]

export const returnStatusOf = ({ status }: OrderReturn): Uppercase<OrderReturn['status']> =>
  status.toUpperCase() as Uppercase<OrderReturn['status']>
