import { Fault, readMoment } from '@mercato/shared-kernel/application'
import type { OrderFilter } from '#application/queries.ts'
import type { OrderFilter as FilterInput, InputMaybe, QueryResolvers } from './generated/types.ts'
import { statusNamed } from './order-status.ts'
import { standingNamed } from './saga-entities.ts'

/** A filter as the application knows it. */
export const filterOf = (filter: InputMaybe<FilterInput> | undefined, customerId?: string | null): OrderFilter => ({
  customerId: customerId ?? undefined,
  status: filter?.status ? statusNamed(filter.status) : undefined,
  placedFrom: filter?.placedFrom ?? undefined,
  placedBefore: filter?.placedBefore ?? undefined,
})

const orderKey = (
  id?: string | null,
  number?: string | null,
): { readonly id: string } | { readonly number: string } => {
  if (id != null && number == null) return { id }
  if (number != null && id == null) return { number }
  throw new Fault('BAD_USER_INPUT', 'Ask for an order by exactly one of id and number.')
}

export const Query = {
  cart: (_root, _args, context) => context.queries.cart(context),
  guestCart: async (_root, { guestToken }, context) =>
    (await context.guestCarts.find(guestToken, context.now())) ?? null,
  order: async (_root, { id, number, at }, context) =>
    (await context.queries.order(orderKey(id, number), context, at ? readMoment(at) : undefined)) ?? null,
  orders: (_root, { filter, customerId, ...page }, context) =>
    context.queries.orders(filterOf(filter, customerId), page, context),
  sagas: (_root, { state, ...page }, context) => context.operatorQueries.sagas(standingNamed(state), page, context),
  saga: async (_root, { orderId }, context) => (await context.operatorQueries.saga(orderId, context)) ?? null,
  orderParkedMessages: (_root, filter, { operations, viewer }) => operations.parked(filter, viewer),
} satisfies QueryResolvers
