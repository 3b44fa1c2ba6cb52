import { assertMayRead } from '#application/queries.ts'
import type { UserDoc } from '#application/users-view.ts'
import type { BookEntry, ShownUser, SubgraphContext } from './context.ts'
import type {
  SavedAddressResolvers,
  SessionResolvers,
  UserConnectionResolvers,
  UserResolvers,
} from './generated/types.ts'

/** A field for its person and for those who may read any account. */
const guarded =
  <Value>(read: (user: UserDoc) => Value) =>
  (user: ShownUser, _args: unknown, { viewer }: SubgraphContext): Value => {
    if (!user.isProved) assertMayRead(viewer, user.id)
    return read(user)
  }

export const bookOf = ({ addresses, defaultAddressId }: UserDoc): readonly BookEntry[] =>
  addresses.map(entry => ({ ...entry, isDefault: entry.id === defaultAddressId }))

export const User = {
  __resolveReference: async ({ id }, { userOf }) => (await userOf(id)) ?? null,
  createdAt: ({ registeredAt }) => registeredAt,
  status: guarded(({ status }) => status),
  email: guarded(({ email, status }) => (status === 'ERASED' ? null : email)),
  pendingEmail: guarded(({ pendingEmail }) => pendingEmail ?? null),
  emailVerified: guarded(({ emailVerified }) => emailVerified),
  roles: guarded(({ roles }) => roles),
  displayName: guarded(({ profile }) => profile.displayName ?? null),
  phone: guarded(({ profile }) => profile.phone ?? null),
  addresses: guarded(bookOf),
  defaultAddress: guarded(user => bookOf(user).find(({ isDefault }) => isDefault) ?? null),
  sessions: ({ id }, _args, context) => context.queries.sessionsOf(id, context),
  history: ({ id }, page, { queries, viewer }) => queries.history(id, page, viewer),
} satisfies UserResolvers

export const SavedAddress = {
  address: ({ address }) => ({ ...address, line2: address.line2 ?? null, region: address.region ?? null }),
} satisfies SavedAddressResolvers

export const Session = {
  isCurrent: ({ id }, _args, { viewer }) => viewer.user?.sessionId === id,
} satisfies SessionResolvers

export const UserConnection = {
  edges: ({ items }) => items.map(({ cursor, doc }) => ({ cursor, node: doc })),
  pageInfo: ({ items, more, cut, backwards }) => ({
    hasNextPage: backwards ? cut : more,
    hasPreviousPage: backwards ? more : cut,
    startCursor: items.at(0)?.cursor ?? null,
    endCursor: items.at(-1)?.cursor ?? null,
  }),
  totalCount: (page, _args, { queries }) => queries.count(page),
} satisfies UserConnectionResolvers
