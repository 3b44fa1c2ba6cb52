import { bareText, readOperation } from '@mercato/schema/stored-operations'
import type { GraphiqlTab } from './graphiql.ts'

/** A shopping trip from left to right: what a tab needs from an earlier one, such as the order's id, its variables refer to. */
const TRIP = [
  ['Register: the mail with the link is at /dev/mailbox', 'user/register'],
  ['Sign in: the token is sent along from now on', 'user/sign-in'],
  ['Browse', 'inventory/browse-products'],
  ['Cart', 'order/add-to-cart'],
  ['A way to pay', 'payment/add-payment-method'],
  ['Checkout: orders what is in the cart', 'order/checkout'],
  ['Live order: what has happened to it, and what will', 'order/order-changed'],
  ['Across four contexts', 'across/latest-order'],
] as const

/** The tabs that GraphiQL opens with, in the order to run them. The demo customer signs in. */
export const graphiqlTabs = (): readonly GraphiqlTab[] =>
  TRIP.map(([name, path]) => {
    const { query, variables } = readOperation(path)
    return { name, query: bareText(query), variables }
  })
