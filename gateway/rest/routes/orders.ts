import { z } from 'zod'
import { created, found, given, listed, page } from '../paging.ts'
import { Address, listOf, Money, Order, OrderStatus } from '../resources.ts'
import type { Route } from '../route.ts'

const line = z.strictObject({
  productId: z.string().max(100).optional(),
  sku: z.string().max(100).optional().meta({ description: 'Either this or `productId`.' }),
  quantity: z.int32(),
})

export const orderRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/orders',
    summary: 'One’s orders, newest first.',
    operation: 'list-orders',
    signedIn: true,
    query: z.object({ ...page, status: OrderStatus.optional() }),
    success: {
      status: 200,
      description: 'A page.',
      schema: listOf(Order, 'OrderList'),
      header: 'Link',
    },
    variables: ({ query: { first, after, status } }) => ({ ...given({ first, after }), filter: given({ status }) }),
    answer: ({ orders }, _input, self) => listed(orders, self),
  },
  {
    method: 'POST',
    path: '/orders',
    summary: 'Places an order, at the prices of this moment.',
    operation: 'place-order',
    signedIn: true,
    body: z.strictObject({
      lines: z.array(line).max(1_000),
      paymentMethodId: z.string().max(100),
      shippingAddress: Address,
      billingAddress: Address.optional(),
      expectedTotal: Money.optional().meta({ description: 'Refused when the order costs another sum by now.' }),
    }),
    success: { status: 201, description: 'The order.', schema: Order, header: 'Location' },
    variables: ({ body }) => ({ input: body }),
    answer: ({ placeOrder: { order } }) => created(order, '/orders'),
  },
  {
    method: 'GET',
    path: '/orders/{id}',
    summary: 'An order, for its customer.',
    operation: 'get-order',
    signedIn: true,
    success: { status: 200, description: 'The order.', schema: Order },
    variables: ({ params }) => ({ id: params['id'] }),
    answer: ({ order }) => found(order),
  },
  {
    method: 'POST',
    path: '/orders/{id}/cancellation',
    summary: 'Cancels an order that is not shipped.',
    operation: 'cancel-order',
    signedIn: true,
    body: z.strictObject({ reason: z.string().max(1_000).optional() }),
    success: { status: 200, description: 'The cancelled order.', schema: Order },
    variables: ({ params, body }) => ({ input: { orderId: params['id'], ...body } }),
    answer: ({ cancelOrder: { order } }) => found(order),
  },
]
