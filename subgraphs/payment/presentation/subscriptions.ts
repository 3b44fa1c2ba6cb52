import { type PaymentChange, paymentChanges } from '#application/changes.ts'
import type { SubscriptionResolvers } from './generated/types.ts'

export const Subscription = {
  paymentChanged: {
    subscribe: (_root, { orderId, after }, context) =>
      paymentChanges({ orderId, ...(after == null ? {} : { after }) }, context, context),
    resolve: (change: PaymentChange) => change,
  },
} satisfies SubscriptionResolvers
