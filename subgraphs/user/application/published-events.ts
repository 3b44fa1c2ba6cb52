import type { Published, Translator } from '@mercato/shared-kernel/application'
import type { Role } from '#domain/roles.ts'
import type { UserContextEvent } from './context-events.ts'

/** What other contexts and the gateway get to know. Never a name, an address or any other personal data. */
export type UserIntegrationEvent =
  | Published<'user.UserRegistered', { readonly userId: string; readonly registeredAt: string }>
  /** Access tokens of the user issued before `rolesChangedAt` carry other roles: refuse them. */
  | Published<
      'user.RolesChanged',
      { readonly userId: string; readonly rolesChangedAt: string; readonly roles: readonly Role[] }
    >
  /** Refuse access tokens of this session; with `all`, those of any session issued before `at`. */
  | Published<
      'user.SessionsRevoked',
      | { readonly userId: string; readonly sessionId: string; readonly at: string }
      | { readonly userId: string; readonly all: true; readonly at: string }
    >
  | Published<'user.UserDeactivated', { readonly userId: string; readonly at: string }>
  /** Destroy what is kept about this person. */
  | Published<'user.UserErased', { readonly userId: string; readonly at: string }>

const faceOf = (event: UserContextEvent): UserIntegrationEvent | undefined => {
  switch (event.type) {
    case 'UserRegistered': {
      const { userId, registeredAt } = event.data
      return { type: 'user.UserRegistered', version: 1, data: { userId, registeredAt } }
    }
    case 'RoleAssigned':
    case 'RoleRevoked': {
      const { userId, roles, at } = event.data
      return { type: 'user.RolesChanged', version: 1, data: { userId, rolesChangedAt: at, roles } }
    }
    case 'SessionRevoked': {
      const { userId, sessionId, at } = event.data
      return { type: 'user.SessionsRevoked', version: 1, data: { userId, sessionId, at } }
    }
    case 'SignedOutEverywhere': {
      const { userId, at } = event.data
      return { type: 'user.SessionsRevoked', version: 1, data: { userId, all: true, at } }
    }
    case 'UserDeactivated':
      return { type: 'user.UserDeactivated', version: 1, data: event.data }
    case 'UserErased':
      return { type: 'user.UserErased', version: 1, data: event.data }
    case 'RegistrationAbandoned':
    case 'VerificationRequested':
    case 'EmailVerified':
    case 'PasswordResetRequested':
    case 'PasswordSet':
    case 'UsernameChanged':
    case 'EmailChangeRequested':
    case 'EmailChanged':
    case 'NameClaimsLapsed':
    case 'ProfileUpdated':
    case 'AddressAdded':
    case 'AddressUpdated':
    case 'AddressRemoved':
    case 'DefaultAddressSet':
    case 'SessionStarted':
    case 'SessionRefreshed':
    case 'SigningKeyAdded':
    case 'SigningKeyRetired':
      return undefined
  }
}

/** The public face of this context's events. */
export const publish: Translator<UserContextEvent> = ({ event }) => faceOf(event)
