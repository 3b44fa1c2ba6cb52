import { bareText, operationPaths, readOperation } from '@mercato/schema/stored-operations'
import type { GraphiqlShelf, GraphiqlTab } from './graphiql.ts'

/** A shopping trip from left to right: what a tab needs from an earlier one, such as the order's id, its variables refer to. */
const TRIP = [
  ['Before signing in: a cart for a guest', 'order/add-to-guest-cart'],
  ['Register: the mail with the link is at /dev/mailbox', 'user/register'],
  ['Sign in: the token is sent along from now on', 'user/sign-in'],
  ['What the guest has gathered comes along', 'order/merge-guest-cart'],
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

const HEADINGS: Readonly<Record<string, string>> = {
  across: 'Across contexts',
  inventory: 'Catalogue and stock',
  order: 'Carts and orders',
  payment: 'Payments',
  user: 'Accounts',
}

/** Every stored operation but those of REST, by context: together they ask for every root field. */
export const graphiqlShelves = (): readonly GraphiqlShelf[] => {
  const paths = operationPaths().filter(path => !path.startsWith('rest/'))
  const folders = [...new Set(paths.map(path => path.split('/')[0] ?? ''))]
  return folders.map(folder => ({
    label: HEADINGS[folder] ?? folder,
    operations: paths
      .filter(path => path.startsWith(`${folder}/`))
      .map(readOperation)
      .map(({ name, query, variables }) => ({ title: name, query, variables })),
  }))
}
