import type { SessionChange, UserChange } from '#application/changes.ts'
import type { SubscriptionResolvers } from './generated/types.ts'

export const Subscription = {
  userChanged: {
    subscribe: (_root, args, context) => context.changes.ofUser(args, context),
    resolve: (change: UserChange) => change,
  },
  mySessionsChanged: {
    subscribe: (_root, args, context) => context.changes.ofSessions(args, context),
    resolve: (change: SessionChange) => change,
  },
} satisfies SubscriptionResolvers
