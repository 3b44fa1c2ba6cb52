import type { ProductChange, StockChange } from '#application/live.ts'
import type { SubscriptionResolvers } from './generated/types.ts'

export const Subscription = {
  stockChanged: {
    subscribe: (_root, args, context) => context.live.stockChanged(args, context),
    resolve: (change: StockChange) => change,
  },
  productChanged: {
    subscribe: (_root, args, context) => context.live.productChanged(args, context),
    resolve: (change: ProductChange) => change,
  },
} satisfies SubscriptionResolvers
