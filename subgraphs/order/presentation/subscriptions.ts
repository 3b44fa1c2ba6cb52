import { myOrderChanges, type OrderChange, orderChanges } from '#application/changes.ts'
import type { SubscriptionResolvers } from './generated/types.ts'

const resolve = (change: OrderChange): OrderChange => change

export const Subscription = {
  orderChanged: { subscribe: (_root, args, context) => orderChanges(args, context, context), resolve },
  myOrdersChanged: { subscribe: (_root, args, context) => myOrderChanges(args, context, context), resolve },
} satisfies SubscriptionResolvers
