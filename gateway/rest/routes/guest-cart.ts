import { z } from 'zod'
import { action } from '../action.ts'
import { found } from '../paging.ts'
import { GuestCart, MergedCart } from '../resources.ts'
import type { RestAnswer, Route } from '../route.ts'

const TOKEN = 'x-guest-token'
const token = z.string().min(1).max(1_000).meta({ description: 'The `guestToken` of an earlier answer.' })
const mine = z.object({ [TOKEN]: token })

interface Payload {
  readonly guestToken: string | null
  readonly cart: object | null
}

const cartOf = ({ guestToken, cart }: Payload): RestAnswer | undefined => found(cart && { guestToken, ...cart })

/** A route that changes a guest's cart. */
const change = (
  route: Pick<Route, 'path' | 'summary' | 'operation' | 'body' | 'headers'> & {
    readonly method: 'POST' | 'PUT' | 'DELETE'
    readonly mutation: string
  },
): Route => {
  const { mutation, ...rest } = route
  return {
    ...rest,
    success: { status: 200, description: 'The cart.', schema: GuestCart },
    variables: ({ params, body, headers }) => ({
      input: { ...params, ...body, ...(headers[TOKEN] === undefined ? {} : { guestToken: headers[TOKEN] }) },
    }),
    answer: data => cartOf(data[mutation]),
  }
}

/** Carts of people who have not signed in: whoever has the token has the cart. */
export const guestCartRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/guest-cart',
    summary: 'A guest’s cart, at the prices of this moment.',
    operation: 'get-guest-cart',
    headers: mine,
    success: { status: 200, description: 'The cart.', schema: GuestCart },
    variables: ({ headers }) => ({ guestToken: headers[TOKEN] }),
    answer: ({ guestCart: cart }, { headers }) => cartOf({ guestToken: headers[TOKEN] ?? null, cart }),
  },
  change({
    method: 'POST',
    path: '/guest-cart/lines',
    summary: 'Puts pieces into a guest’s cart; without a token into a new one.',
    operation: 'add-to-guest-cart',
    mutation: 'addToGuestCart',
    headers: mine.partial(),
    body: z.strictObject({
      productId: z.string().max(100).optional(),
      sku: z.string().max(100).optional().meta({ description: 'Either this or `productId`.' }),
      quantity: z.int32(),
    }),
  }),
  change({
    method: 'PUT',
    path: '/guest-cart/lines/{productId}',
    summary: 'Changes how many pieces of a product are in a guest’s cart.',
    operation: 'change-guest-quantity',
    mutation: 'changeGuestQuantity',
    headers: mine,
    body: z.strictObject({ quantity: z.int32() }),
  }),
  change({
    method: 'DELETE',
    path: '/guest-cart/lines/{productId}',
    summary: 'Takes a product out of a guest’s cart.',
    operation: 'remove-from-guest-cart',
    mutation: 'removeFromGuestCart',
    headers: mine,
  }),
  {
    ...action({
      method: 'POST',
      path: '/cart/merge',
      summary: 'Puts what was gathered as a guest into one’s cart, and uses the guest’s cart up.',
      operation: 'merge-guest-cart',
      mutation: 'mergeGuestCart',
      body: z.strictObject({ guestToken: token }),
      gives: { entity: 'cart', schema: MergedCart, description: 'The cart.' },
    }),
    answer: ({ mergeGuestCart: { cart, leftOut } }) => found(cart && { ...cart, leftOut }),
  },
]
