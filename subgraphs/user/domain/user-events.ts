import type { Address, DomainEvent } from '@mercato/shared-kernel/domain'
import type { Role } from './roles.ts'

/** A link that was mailed. The mail's token derives from the id by a key: the log alone does not open anything. */
export interface MailedLink {
  readonly id: string
  readonly requestedAt: string
  readonly expiresAt: string
}

export interface Profile {
  readonly displayName?: string
  readonly phone?: string
}

export type PasswordReason = 'registration' | 'change' | 'reset'
export type SignedOutReason = 'asked' | 'password-changed' | 'deactivated' | 'erased'

/** What happens to an account. Times are ISO 8601. The codec seals the personal fields and the password hash. */
export type UserEvent =
  | DomainEvent<
      'UserRegistered',
      {
        readonly userId: string
        readonly email: string
        readonly username: string
        /** Absent: to be set through the mailed link. */
        readonly passwordHash?: string
        readonly roles: readonly Role[]
        readonly link: MailedLink
        readonly registeredAt: string
      }
    >
  /** The names were claimed but nothing followed in time: the stream is closed, so that a late append cannot follow. */
  | DomainEvent<'RegistrationAbandoned', { readonly userId: string; readonly at: string }>
  | DomainEvent<'VerificationRequested', { readonly userId: string; readonly link: MailedLink }>
  | DomainEvent<'EmailVerified', { readonly userId: string; readonly at: string }>
  | DomainEvent<'PasswordResetRequested', { readonly userId: string; readonly link: MailedLink }>
  | DomainEvent<
      'PasswordSet',
      {
        readonly userId: string
        readonly passwordHash: string
        readonly reason: PasswordReason
        readonly at: string
      }
    >
  | DomainEvent<'UsernameChanged', { readonly userId: string; readonly username: string; readonly at: string }>
  /** A link was mailed to the new address. */
  | DomainEvent<'EmailChangeRequested', { readonly userId: string; readonly email: string; readonly link: MailedLink }>
  | DomainEvent<
      'EmailChanged',
      { readonly userId: string; readonly email: string; readonly linkId: string; readonly at: string }
    >
  /** Names that were claimed until then for a change that did not follow are free again. */
  | DomainEvent<'NameClaimsLapsed', { readonly userId: string; readonly until: string; readonly at: string }>
  /** Ends every session that started at or before `at`, but not `except`. */
  | DomainEvent<
      'SignedOutEverywhere',
      {
        readonly userId: string
        readonly at: string
        readonly reason: SignedOutReason
        readonly except?: string
      }
    >
  | DomainEvent<'ProfileUpdated', { readonly userId: string; readonly profile: Profile; readonly at: string }>
  | DomainEvent<
      'AddressAdded',
      { readonly userId: string; readonly addressId: string; readonly address: Address; readonly at: string }
    >
  | DomainEvent<
      'AddressUpdated',
      { readonly userId: string; readonly addressId: string; readonly address: Address; readonly at: string }
    >
  | DomainEvent<'AddressRemoved', { readonly userId: string; readonly addressId: string; readonly at: string }>
  | DomainEvent<'DefaultAddressSet', { readonly userId: string; readonly addressId: string; readonly at: string }>
  | DomainEvent<
      'RoleAssigned',
      { readonly userId: string; readonly role: Role; readonly roles: readonly Role[]; readonly at: string }
    >
  | DomainEvent<
      'RoleRevoked',
      { readonly userId: string; readonly role: Role; readonly roles: readonly Role[]; readonly at: string }
    >
  | DomainEvent<'UserDeactivated', { readonly userId: string; readonly at: string }>
  | DomainEvent<'UserErased', { readonly userId: string; readonly at: string }>
