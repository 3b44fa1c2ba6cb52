import { Money } from '@mercato/shared-kernel/domain'
import { orderBinding } from '#application/changes.ts'
import { lineTotal } from '#domain/order-lines.ts'
import type {
  MoneyResolvers,
  OrderConnectionResolvers,
  OrderLineResolvers,
  OrderResolvers,
  OrderReturnResolvers,
  ShipmentResolvers,
  UserResolvers,
} from './generated/types.ts'
import { returnStatusOf, statusOf } from './order-status.ts'
import { filterOf } from './queries.ts'

export const MoneyType = {
  amount: value => Money.toDecimal(value),
  currency: value => value.currency,
} satisfies MoneyResolvers

/** What the gateway brings along for `@requires`. */
const weightsIn = (reference: object): readonly number[] | undefined => {
  const { lines } = reference as { readonly lines?: readonly { readonly product: { readonly weightGrams: number } }[] }
  return lines?.map(({ product }) => product.weightGrams)
}

export const Order = {
  __resolveReference: async (reference, context) => {
    const order = await context.orderOf(reference.id)
    return order ? { ...order, weights: weightsIn(reference) } : null
  },
  id: ({ orderId }) => orderId,
  status: statusOf,
  statusReason: order => ('reason' in order ? order.reason : null),
  customer: ({ customerId }) => ({ id: customerId }),
  lines: ({ orderId, lines }) => lines.map(line => ({ ...line, orderId })),
  shippingEstimate: async (order, _args, context) => (await context.shippingEstimate(order)) ?? null,
  shippingAddress: async ({ orderId }, _args, context) => (await context.addressesOf(orderId))?.shipping ?? null,
  billingAddress: async ({ orderId }, _args, context) => (await context.addressesOf(orderId))?.billing ?? null,
  shipBy: order => ('shipBy' in order ? order.shipBy : null),
  deliveredAt: order => (order.status === 'delivered' ? order.deliveredAt : null),
  version: ({ timeline }) => timeline.length,
  history: ({ orderId }, page, context) => context.queries.history(orderId, page, context),
  cursor: async (order, _args, context) =>
    context.runtime
      .cursors()
      .sign((await context.queries.positionOf(order)) ?? '', orderBinding(order.orderId, context)),
} satisfies OrderResolvers

export const OrderLine = {
  product: ({ productId, sku }) => ({ id: productId, sku }),
  lineTotal: line => lineTotal(line),
  reservation: ({ orderId, sku }) => ({ orderId, sku }),
  shippedQuantity: ({ shipped }) => shipped,
  cancelledQuantity: ({ cancelled }) => cancelled,
  returnedQuantity: ({ returning }) => returning,
} satisfies OrderLineResolvers

export const Shipment = {
  id: ({ shipmentId }) => shipmentId,
  shippedAt: ({ at }) => at,
} satisfies ShipmentResolvers

export const OrderReturn = {
  id: ({ returnId }) => returnId,
  status: returnStatusOf,
  refund: ({ amount }) => amount ?? null,
} satisfies OrderReturnResolvers

export const OrderConnection = {
  edges: ({ items }) => items.map(({ cursor, order }) => ({ cursor, node: order })),
  pageInfo: ({ items, hasNextPage, hasPreviousPage }) => ({
    hasNextPage,
    hasPreviousPage,
    startCursor: items.at(0)?.cursor ?? null,
    endCursor: items.at(-1)?.cursor ?? null,
  }),
  totalCount: async ({ filter }, _args, context) => (await context.queries.countOrders(filter)) ?? null,
} satisfies OrderConnectionResolvers

export const User = {
  __resolveReference: ({ id }) => ({ id }),
  orders: ({ id }, { filter, ...page }, context) => context.queries.orders(filterOf(filter, id), page, context),
} satisfies UserResolvers
