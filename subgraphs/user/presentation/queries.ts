import type { QueryResolvers } from './generated/types.ts'

export const Query = {
  me: async (_root, _args, { viewer, userOf }) => (viewer.user && (await userOf(viewer.user.id))) ?? null,
  user: async (_root, { id }, { userOf }) => (await userOf(id)) ?? null,
  users: (_root, { filter, ...page }, context) => context.queries.list(filter ?? {}, page, context),
  userParkedMessages: (_root, filter, { operations, viewer }) => operations.parked(filter, viewer),
} satisfies QueryResolvers
