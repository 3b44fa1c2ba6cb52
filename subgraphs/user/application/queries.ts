import {
  type ContextPorts,
  createViewReader,
  Fault,
  type HistoryPage,
  hasScope,
  type ListPage,
  type Projector,
  type RequestContext,
  readHistory,
  type Viewer,
} from '@mercato/shared-kernel/application'
import { canonicalEmail } from '@mercato/shared-kernel/domain'
import type { Role } from '#domain/roles.ts'
import { canonicalUsername } from '#domain/username.ts'
import type { Users } from './aggregates.ts'
import { isUuid } from './outcome.ts'
import { type SessionDoc, sessionsView } from './sessions-view.ts'
import {
  ALL_USERS,
  USERS_BY_EMAIL,
  USERS_BY_NAME,
  type UserDoc,
  type UserStatus,
  userDocOf,
  usersView,
  usersWithRole,
  usersWithStatus,
} from './users-view.ts'

export interface UserFilter {
  readonly status?: UserStatus | null
  readonly role?: Role | null
  readonly username?: string | null
  readonly email?: string | null
}

export interface PageArguments {
  readonly first?: number | null
  readonly after?: string | null
  readonly last?: number | null
  readonly before?: string | null
}

interface Selection {
  readonly index: string
  readonly prefix?: string
  readonly descending: boolean
}

export interface UserPage extends ListPage<UserDoc> {
  readonly selection: Selection
  /** Counted from the end. */
  readonly backwards: boolean
  /** Whether a cursor cuts off a part of the list on the near side. */
  readonly cut: boolean
}

/** What may be read, and by whom. */
export interface Queries {
  /** Accounts in the order asked. Whoever reads a field that is not public must pass {@link assertMayRead}. */
  users(ids: readonly string[], request: RequestContext): Promise<readonly (UserDoc | undefined)[]>
  /** Fault FORBIDDEN without the scope `users:read:any`. */
  list(filter: UserFilter, page: PageArguments, request: RequestContext): Promise<UserPage>
  count(page: UserPage): Promise<number>
  sessionsOf(userId: string, request: RequestContext): Promise<readonly SessionDoc[]>
  /** What happened to an account, for those with the scope `audit:read`. */
  history(userId: string, page: PageArguments, viewer: Viewer): Promise<HistoryPage>
}

/** The person may, and those with the scope `users:read:any`; Fault FORBIDDEN for all others. */
export const assertMayRead = (viewer: Viewer, userId: string): void => {
  if (viewer.user?.id !== userId && !hasScope(viewer, 'users:read:any'))
    throw new Fault('FORBIDDEN', 'This belongs to somebody else.')
}

const MOST = 100
const USUAL = 20

const sizeOf = ({ first, last }: PageArguments): number => {
  const limit = first ?? last ?? USUAL
  if ((first != null && last != null) || !Number.isSafeInteger(limit) || limit < 1 || limit > MOST)
    throw new Fault('BAD_USER_INPUT', `Ask for "first" or "last", from 1 to ${MOST}.`)
  return limit
}

const selectionOf = ({ status, role, username, email }: UserFilter): Selection => {
  if ([status, role, username, email].filter(each => each != null).length > 1)
    throw new Fault('BAD_USER_INPUT', 'Filter by one thing at a time.')
  if (status) return { index: usersWithStatus(status), descending: true }
  if (role) return { index: usersWithRole(role), descending: true }
  if (username != null) return { index: USERS_BY_NAME, prefix: canonicalUsername(username), descending: false }
  if (email != null) return { index: USERS_BY_EMAIL, prefix: canonicalEmail(email), descending: false }
  return { index: ALL_USERS, descending: true }
}

export const createQueries = (users: Users, projector: Projector, { views, store }: ContextPorts): Queries => {
  const reader = createViewReader({
    view: usersView,
    store: views,
    projector,
    streamOf: users.streamId,
    refold: async id => userDocOf((await users.load(id)).state),
  })
  const sessions = createViewReader({ view: sessionsView, store: views, projector })

  return {
    async users(ids, { consistency }) {
      const known = await reader.getMany([...new Set(ids)].filter(isUuid), consistency)
      const byId = new Map(known.map(doc => [doc?.id, doc]))
      return ids.map(id => byId.get(id))
    },
    async list(filter, page, { viewer, consistency }) {
      if (!hasScope(viewer, 'users:read:any')) throw new Fault('FORBIDDEN', 'This needs the scope users:read:any.')
      const selection = selectionOf(filter)
      const backwards = page.last != null
      const range = {
        ...selection,
        limit: sizeOf(page),
        fromEnd: backwards,
        ...(page.after == null ? {} : { after: page.after }),
        ...(page.before == null ? {} : { before: page.before }),
      }
      const cut = (backwards ? page.before : page.after) != null
      return { ...(await reader.list(range, consistency)), selection, backwards, cut }
    },
    count: ({ selection }) => reader.count(selection.index, selection.prefix),
    async sessionsOf(userId, { viewer, consistency }) {
      assertMayRead(viewer, userId)
      return (await sessions.get(userId, consistency))?.sessions ?? []
    },
    async history(userId, page, viewer) {
      return readHistory(store, await users.load(userId), page, viewer)
    },
  }
}
