import { z } from 'zod'
import { action } from '../action.ts'
import { found } from '../paging.ts'
import { notSignedIn } from '../problem.ts'
import { Address, Cart, MoneyInput, Order } from '../resources.ts'
import type { Route } from '../route.ts'

const cart = { entity: 'cart', schema: Cart, description: 'The cart.' }

export const cartRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/cart',
    summary: 'One’s cart, at the prices of this moment.',
    operation: 'get-cart',
    signedIn: true,
    success: { status: 200, description: 'The cart.', schema: Cart },
    variables: () => ({}),
    answer: ({ cart: own }) => found(own) ?? notSignedIn(),
  },
  action({
    method: 'POST',
    path: '/cart/lines',
    summary: 'Puts pieces into the cart.',
    operation: 'add-to-cart',
    mutation: 'addToCart',
    body: z.strictObject({
      productId: z.string().max(100).optional(),
      sku: z.string().max(100).optional().meta({ description: 'Either this or `productId`.' }),
      quantity: z.int32(),
    }),
    gives: cart,
  }),
  action({
    method: 'DELETE',
    path: '/cart/lines',
    summary: 'Empties the cart.',
    operation: 'clear-cart',
    mutation: 'clearCart',
    gives: cart,
  }),
  action({
    method: 'PUT',
    path: '/cart/lines/{productId}',
    summary: 'Changes how many pieces of a product are in the cart.',
    operation: 'change-quantity',
    mutation: 'changeQuantity',
    input: { productId: 'productId' },
    body: z.strictObject({ quantity: z.int32() }),
    gives: cart,
  }),
  action({
    method: 'DELETE',
    path: '/cart/lines/{productId}',
    summary: 'Takes a product out of the cart.',
    operation: 'remove-from-cart',
    mutation: 'removeFromCart',
    input: { productId: 'productId' },
    gives: cart,
  }),
  action({
    method: 'POST',
    path: '/cart/checkout',
    summary: 'Orders what is in the cart, at the prices of this moment.',
    operation: 'checkout',
    mutation: 'checkout',
    body: z.strictObject({
      paymentMethodId: z.string().max(100),
      shippingAddress: Address,
      billingAddress: Address.optional(),
      expectedTotal: MoneyInput.optional().meta({ description: 'Refused when the order costs another sum by now.' }),
    }),
    gives: { entity: 'order', schema: Order, description: 'The order.', newBelow: '/orders' },
  }),
]
