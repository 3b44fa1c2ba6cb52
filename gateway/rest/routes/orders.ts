import { z } from 'zod'
import { action } from '../action.ts'
import { found, given, listed, page, pageOf } from '../paging.ts'
import { Address, listOf, MoneyInput, Order, OrderStatus } from '../resources.ts'
import type { Route } from '../route.ts'

const line = z.strictObject({
  productId: z.string().max(100).optional(),
  sku: z.string().max(100).optional().meta({ description: 'Either this or `productId`.' }),
  quantity: z.int32(),
})
const pieces = z.array(z.strictObject({ sku: z.string().max(100), quantity: z.int32() })).max(1_000)
const moment = z.iso.datetime({ offset: true }).optional()
const order = { entity: 'order', schema: Order, description: 'The order.' }
const input = { id: 'orderId' }

/** What becomes of a return: asked for, then approved or declined, then received. */
const returnStep = (step: string, summary: string, operation: string, mutation: string): Route =>
  action({
    method: 'POST',
    path: `/orders/{id}/returns/{returnId}/${step}`,
    summary,
    operation,
    mutation,
    input: { id: 'orderId', returnId: 'returnId' },
    gives: order,
  })

export const orderRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/orders',
    summary: 'One’s orders, newest first; for staff everybody’s.',
    operation: 'list-orders',
    signedIn: true,
    query: z.object({
      ...page,
      status: OrderStatus.optional(),
      placedFrom: moment,
      placedBefore: moment,
      customerId: z.string().max(100).optional().meta({ description: 'Only those of this customer; for staff.' }),
    }),
    success: {
      status: 200,
      description: 'A page.',
      schema: listOf(Order, 'OrderList'),
      header: 'Link',
    },
    variables: ({ query: { first, after, last, before, customerId, ...filter } }) => ({
      ...pageOf({ first, after, last, before }),
      ...given({ customerId }),
      filter: given(filter),
    }),
    answer: ({ orders }, _input, self) => listed(orders, self),
  },
  action({
    method: 'POST',
    path: '/orders',
    summary: 'Places an order, at the prices of this moment.',
    operation: 'place-order',
    mutation: 'placeOrder',
    body: z.strictObject({
      lines: z.array(line).max(1_000),
      paymentMethodId: z.string().max(100),
      shippingAddress: Address,
      billingAddress: Address.optional(),
      expectedTotal: MoneyInput.optional().meta({ description: 'Refused when the order costs another sum by now.' }),
    }),
    gives: { ...order, newBelow: '/orders' },
  }),
  {
    method: 'GET',
    path: '/orders/{id}',
    summary: 'An order, for its customer and for staff.',
    operation: 'get-order',
    signedIn: true,
    success: { status: 200, description: 'The order.', schema: Order },
    variables: ({ params }) => ({ id: params['id'] }),
    answer: ({ order: known }) => found(known),
  },
  action({
    method: 'POST',
    path: '/orders/{id}/cancellation',
    summary: 'Cancels an order that is not shipped.',
    operation: 'cancel-order',
    mutation: 'cancelOrder',
    input,
    body: z.strictObject({ reason: z.string().max(1_000).optional() }),
    gives: order,
  }),
  action({
    method: 'POST',
    path: '/orders/{id}/shipments',
    summary: 'Ships an order, or a part of it; for staff.',
    operation: 'ship-order',
    mutation: 'shipOrder',
    input,
    body: z.strictObject({
      carrier: z.string().max(1_000).meta({ example: 'DHL' }),
      trackingNumber: z.string().max(1_000),
      lines: pieces.optional().meta({ description: 'What is in the parcel; without it everything that is left.' }),
    }),
    gives: order,
  }),
  action({
    method: 'POST',
    path: '/orders/{id}/delivery',
    summary: 'Notes that everything has arrived.',
    operation: 'mark-delivered',
    mutation: 'markDelivered',
    input,
    gives: order,
  }),
  action({
    method: 'POST',
    path: '/orders/{id}/returns',
    summary: 'Asks to send pieces back.',
    operation: 'request-return',
    mutation: 'requestReturn',
    input,
    body: z.strictObject({ lines: pieces, reason: z.string().max(1_000).optional() }),
    gives: order,
  }),
  returnStep('approval', 'Lets pieces be sent back; for staff.', 'approve-return', 'approveReturn'),
  returnStep('rejection', 'Declines a return; for staff.', 'decline-return', 'declineReturn'),
  returnStep('receipt', 'Books what came back, and refunds it; for staff.', 'receive-return', 'receiveReturn'),
]
