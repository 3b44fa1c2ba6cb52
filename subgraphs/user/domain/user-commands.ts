import type { Address, Command } from '@mercato/shared-kernel/domain'
import type { Role } from './roles.ts'
import type { MailedLink, Profile } from './user-events.ts'

interface At {
  /** The time of the decision, ISO 8601. */
  readonly now: string
}

/** What may be asked of an account. Input is checked and passwords are hashed before. */
export type UserCommand =
  | Command<
      'RegisterUser',
      At & {
        readonly userId: string
        readonly email: string
        readonly username: string
        readonly passwordHash?: string
        readonly link: MailedLink
      }
    >
  | Command<'AbandonRegistration', At & { readonly userId: string }>
  | Command<'RequestVerification', At & { readonly link: MailedLink }>
  | Command<'VerifyEmail', At & { readonly linkId: string }>
  | Command<'CompleteRegistration', At & { readonly linkId: string; readonly passwordHash: string }>
  | Command<'RequestPasswordReset', At & { readonly link: MailedLink }>
  | Command<'ResetPassword', At & { readonly linkId: string; readonly passwordHash: string }>
  | Command<
      'ChangePassword',
      At & {
        readonly passwordHash: string
        /** The hash that the present password was checked against: decides only if it still holds. */
        readonly checkedAgainst: string
        /** The session that stays. */
        readonly sessionId: string
      }
    >
  /** `claimedUntil` is when the claim on the name expires. */
  | Command<'ChangeUsername', At & { readonly username: string; readonly claimedUntil: string }>
  | Command<'RequestEmailChange', At & { readonly email: string; readonly link: MailedLink }>
  | Command<'ChangeEmail', At & { readonly linkId: string; readonly claimedUntil: string }>
  | Command<'LapseClaims', At & { readonly until: string }>
  | Command<'SignOutEverywhere', At>
  | Command<'UpdateProfile', At & { readonly profile: Profile }>
  | Command<'AddAddress', At & { readonly addressId: string; readonly address: Address; readonly asDefault: boolean }>
  | Command<'UpdateAddress', At & { readonly addressId: string; readonly address: Address }>
  | Command<'RemoveAddress', At & { readonly addressId: string }>
  | Command<'SetDefaultAddress', At & { readonly addressId: string }>
  | Command<'AssignRole', At & { readonly role: Role }>
  | Command<'RevokeRole', At & { readonly role: Role; readonly byOneself: boolean }>
  | Command<'DeactivateUser', At>
  | Command<'EraseUser', At>

/** The data of one command. */
export type DataOf<Type extends UserCommand['type']> = Extract<UserCommand, { type: Type }>['data']
