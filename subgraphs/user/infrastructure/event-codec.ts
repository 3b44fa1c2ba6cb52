import { createEventCodec, type EventCodec, type EventSchemas, type KeyVault } from '@mercato/shared-kernel/application'
import type { UserContextEvent } from '#application/context-events.ts'

const subject = ({ data }: { readonly data: { readonly userId: string } }): string => data.userId
const v1 = { version: 1, subject }
const NOWHERE = { name: '', line1: '', city: '', postalCode: '', country: '' }

/** How each event is kept, and what is read in place of a person's data once their key is destroyed. */
export const schemas: EventSchemas<UserContextEvent> = {
  UserRegistered: { ...v1, sealed: { email: '', username: '', passwordHash: '' } },
  RegistrationAbandoned: v1,
  VerificationRequested: v1,
  EmailVerified: v1,
  PasswordResetRequested: v1,
  PasswordSet: { ...v1, sealed: { passwordHash: '' } },
  UsernameChanged: { ...v1, sealed: { username: '' } },
  EmailChangeRequested: { ...v1, sealed: { email: '' } },
  EmailChanged: { ...v1, sealed: { email: '' } },
  NameClaimsLapsed: v1,
  SignedOutEverywhere: v1,
  ProfileUpdated: { ...v1, sealed: { profile: {} } },
  AddressAdded: { ...v1, sealed: { address: NOWHERE } },
  AddressUpdated: { ...v1, sealed: { address: NOWHERE } },
  AddressRemoved: v1,
  DefaultAddressSet: v1,
  RoleAssigned: v1,
  RoleRevoked: v1,
  UserDeactivated: v1,
  UserErased: v1,
  SessionStarted: v1,
  SessionRefreshed: v1,
  SessionRevoked: v1,
  SigningKeyAdded: { version: 1, subject: ({ data }) => data.keyId, sealed: { privateJwk: {} } },
  SigningKeyRetired: { version: 1 },
}

export const createUserCodec = (vault: KeyVault): EventCodec<UserContextEvent> =>
  createEventCodec('user', schemas, vault)
