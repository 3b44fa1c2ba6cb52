import { idOf, type View } from '@mercato/shared-kernel/application'
import type { OrderEvent } from '#domain/order-events.ts'
import { evolve, initialState, type Order, type OrderState, type OrderStatus } from '#domain/order-state.ts'
import { ORDER, type OrderContextEvent } from './context-events.ts'

/** Where a list of orders is kept: everybody's or one customer's, in any status or in one. */
export const indexOf = ({
  customerId,
  status,
}: {
  readonly customerId?: string | undefined
  readonly status?: OrderStatus | undefined
}) => [customerId === undefined ? 'all' : `customer:${customerId}`, ...(status === undefined ? [] : [status])].join('/')

const listed = (order: Order): Readonly<Record<string, readonly string[]>> => {
  const { customerId, status, placedAt } = order
  const indexes = [indexOf({}), indexOf({ status }), indexOf({ customerId }), indexOf({ customerId, status })]
  return Object.fromEntries(indexes.map(index => [index, [placedAt]]))
}

/** Orders by id, listed by the time they were placed. The same fold as the write side: a view is never of another opinion. */
export const ordersView: View<OrderContextEvent, OrderState> = {
  name: 'orders',
  version: 1,
  categories: [ORDER],
  keysOf: ({ streamId }) => [idOf(streamId)],
  evolve: (state, { event }) => evolve(state ?? initialState, event as OrderEvent),
  indexes: order => (order.status === 'none' ? {} : listed(order)),
}
