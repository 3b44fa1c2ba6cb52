import type { View } from '@mercato/shared-kernel/application'
import { canonicalEmail } from '@mercato/shared-kernel/domain'
import { evolvePerson, NOBODY, type Person } from '#domain/person.ts'
import type { UserEvent } from '#domain/user-events.ts'
import type { UserState } from '#domain/user-state.ts'
import { canonicalUsername } from '#domain/username.ts'
import { USER } from './aggregates.ts'
import type { UserContextEvent } from './context-events.ts'

export type UserStatus = 'PENDING' | 'ACTIVE' | 'DEACTIVATED' | 'ERASED'

/** An account as it is read. */
export type UserDoc = Person & { readonly status: UserStatus }

const STATUS = { pending: 'PENDING', active: 'ACTIVE', deactivated: 'DEACTIVATED', erased: 'ERASED' } as const

/** The account as the write side has it. */
export const userDocOf = (state: UserState): UserDoc | undefined =>
  state.status === 'none' || state.status === 'abandoned'
    ? undefined
    : { ...state.person, status: STATUS[state.status] }

const statusAfter = (event: UserEvent, before: UserStatus): UserStatus => {
  switch (event.type) {
    case 'UserRegistered':
      return event.data.passwordHash === undefined ? 'PENDING' : 'ACTIVE'
    case 'PasswordSet':
      return 'ACTIVE'
    case 'UserDeactivated':
      return 'DEACTIVATED'
    case 'UserErased':
      return 'ERASED'
    default:
      return before
  }
}

/** All accounts, newest first. */
export const ALL_USERS = 'all'
/** Accounts in alphabetical order, for search by how the name or address begins. */
export const USERS_BY_NAME = 'username'
export const USERS_BY_EMAIL = 'email'
export const usersWithStatus = (status: UserStatus): string => `status:${status}`
export const usersWithRole = (role: string): string => `role:${role}`

const isUserEvent = (event: UserContextEvent): event is UserEvent =>
  !event.type.startsWith('Session') && !event.type.startsWith('SigningKey')

/** Accounts by id. An erased one keeps its id and the time of its registration, nothing else, and is in no list. */
export const usersView: View<UserContextEvent, UserDoc> = {
  name: 'users',
  version: 2,
  categories: [USER],
  keysOf: ({ event }) => (isUserEvent(event) && event.type !== 'RegistrationAbandoned' ? [event.data.userId] : []),
  evolve: (doc, { event }) =>
    isUserEvent(event)
      ? { ...evolvePerson(doc ?? NOBODY, event), status: statusAfter(event, doc?.status ?? 'PENDING') }
      : doc,
  indexes: ({ status, roles, registeredAt, username, email }) =>
    status === 'ERASED'
      ? {}
      : {
          [ALL_USERS]: [registeredAt],
          [usersWithStatus(status)]: [registeredAt],
          ...Object.fromEntries(roles.map(role => [usersWithRole(role), [registeredAt]])),
          [USERS_BY_NAME]: [canonicalUsername(username)],
          [USERS_BY_EMAIL]: [canonicalEmail(email)],
        },
}
