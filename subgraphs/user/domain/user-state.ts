import { evolvePerson, NOBODY, type Person } from './person.ts'
import type { MailedLink, UserEvent } from './user-events.ts'

/** The latest link of its kind, and how many were sent since one was used. */
export interface SentLink {
  readonly link: MailedLink
  readonly unused: number
}

interface Account {
  readonly person: Person
  readonly verification: SentLink
  readonly reset?: SentLink
  readonly emailChange?: SentLink
  /** When the address was last changed, and by which link. */
  readonly newEmailAt?: string
  readonly newEmailBy?: string
  readonly renamedAt?: string
  /** Claims on names that expire until then have been given up. */
  readonly lapsedUntil?: string
  /** Sessions that started at or before `at` have ended, but not `except`. */
  readonly signedOut?: { readonly at: string; readonly except?: string }
}

/** Registered without a password; the mailed link sets one. */
export type PendingUser = Account & { readonly status: 'pending' }
export type ActiveUser = Account & { readonly status: 'active'; readonly passwordHash: string }
export type DeactivatedUser = { readonly status: 'deactivated'; readonly person: Person }

export type UserState =
  | { readonly status: 'none' }
  | { readonly status: 'abandoned' }
  | PendingUser
  | ActiveUser
  | DeactivatedUser
  | { readonly status: 'erased'; readonly person: Person }

/** An account that its person can use or start to use. */
export const isOpen = (state: UserState): state is PendingUser | ActiveUser =>
  state.status === 'pending' || state.status === 'active'

const resend = (sent: SentLink | undefined, link: MailedLink): SentLink => ({ link, unused: (sent?.unused ?? 0) + 1 })

const evolveOpen = (state: PendingUser | ActiveUser, event: UserEvent): UserState => {
  const account = { ...state, person: evolvePerson(state.person, event) }
  switch (event.type) {
    case 'VerificationRequested':
      return { ...account, verification: resend(state.verification, event.data.link) }
    case 'EmailVerified':
      return { ...account, verification: { ...state.verification, unused: 0 } }
    case 'PasswordResetRequested':
      return { ...account, reset: resend(state.reset, event.data.link) }
    case 'PasswordSet': {
      const { reset: _, ...rest } = account
      return { ...rest, status: 'active', passwordHash: event.data.passwordHash }
    }
    case 'UsernameChanged':
      return { ...account, renamedAt: event.data.at }
    case 'EmailChangeRequested':
      return { ...account, emailChange: resend(state.emailChange, event.data.link) }
    case 'EmailChanged': {
      // Links that were mailed to the old address open nothing any more.
      const { reset: _, emailChange: __, ...rest } = account
      const { at, linkId } = event.data
      return { ...rest, verification: { ...state.verification, unused: 0 }, newEmailAt: at, newEmailBy: linkId }
    }
    case 'NameClaimsLapsed':
      return { ...account, lapsedUntil: event.data.until }
    case 'SignedOutEverywhere': {
      const { at, except } = event.data
      return { ...account, signedOut: except === undefined ? { at } : { at, except } }
    }
    case 'UserDeactivated':
      return { status: 'deactivated', person: account.person }
    case 'UserErased':
      return { status: 'erased', person: account.person }
    case 'ProfileUpdated':
    case 'AddressAdded':
    case 'AddressUpdated':
    case 'AddressRemoved':
    case 'DefaultAddressSet':
    case 'RoleAssigned':
    case 'RoleRevoked':
    case 'UserRegistered':
    case 'RegistrationAbandoned':
      return account
  }
}

const evolveNew = (state: UserState, event: UserEvent): UserState => {
  if (event.type === 'RegistrationAbandoned') return { status: 'abandoned' }
  if (event.type !== 'UserRegistered') return state
  const { passwordHash, link } = event.data
  const account = { person: evolvePerson(NOBODY, event), verification: { link, unused: 1 } }
  return passwordHash === undefined ? { ...account, status: 'pending' } : { ...account, status: 'active', passwordHash }
}

const evolveClosed = (state: Extract<UserState, { status: 'deactivated' }>, event: UserEvent): UserState =>
  event.type === 'UserErased'
    ? { status: 'erased', person: evolvePerson(state.person, event) }
    : { ...state, person: evolvePerson(state.person, event) }

/** Folds one event into the account. */
export const evolve = (state: UserState, event: UserEvent): UserState => {
  switch (state.status) {
    case 'none':
    case 'abandoned':
      return evolveNew(state, event)
    case 'pending':
    case 'active':
      return evolveOpen(state, event)
    case 'deactivated':
      return evolveClosed(state, event)
    case 'erased':
      return state
  }
}
