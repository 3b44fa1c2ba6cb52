import type { Address } from '@mercato/shared-kernel/domain'
import type { Role } from './roles.ts'
import type { Profile, UserEvent } from './user-events.ts'

export interface SavedAddress {
  readonly id: string
  readonly address: Address
}

/** What an account tells about its person: shared by decisions and reads. No secrets. */
export interface Person {
  readonly id: string
  readonly email: string
  readonly username: string
  readonly emailVerified: boolean
  /** The address that a link was mailed to, and that becomes theirs when somebody follows it. */
  readonly pendingEmail?: string
  /** Every other address that mail for the person went to, once there is one. */
  readonly formerMailboxes?: readonly string[]
  readonly roles: readonly Role[]
  readonly registeredAt: string
  readonly profile: Profile
  readonly addresses: readonly SavedAddress[]
  /** Present as soon as there is an address. */
  readonly defaultAddressId?: string
}

/** The name that an erased account shows. */
export const ERASED_USERNAME = 'erased'

const withoutAddress = (person: Person, addressId: string): Person => {
  const { defaultAddressId, ...rest } = person
  const addresses = person.addresses.filter(({ id }) => id !== addressId)
  const next = defaultAddressId === addressId ? addresses[0]?.id : defaultAddressId
  return { ...rest, addresses, ...(next === undefined ? {} : { defaultAddressId: next }) }
}

/** Folds an event into the person. Events that concern only access leave it as it is. */
export const evolvePerson = (person: Person, event: UserEvent): Person => {
  switch (event.type) {
    case 'UserRegistered': {
      const { userId, email, username, roles, registeredAt } = event.data
      return {
        id: userId,
        email,
        username,
        emailVerified: false,
        roles,
        registeredAt,
        profile: {},
        addresses: [],
      }
    }
    case 'EmailVerified':
      return { ...person, emailVerified: true }
    case 'UsernameChanged':
      return { ...person, username: event.data.username }
    case 'EmailChangeRequested': {
      const { email } = event.data
      return { ...person, pendingEmail: email, formerMailboxes: [...(person.formerMailboxes ?? []), email] }
    }
    case 'EmailChanged': {
      const { pendingEmail: _, ...rest } = person
      const { email } = event.data
      return { ...rest, email, emailVerified: true, formerMailboxes: [...(person.formerMailboxes ?? []), person.email] }
    }
    case 'ProfileUpdated':
      return { ...person, profile: event.data.profile }
    case 'AddressAdded': {
      const added = { id: event.data.addressId, address: event.data.address }
      const addresses = [...person.addresses, added]
      return { ...person, addresses, defaultAddressId: person.defaultAddressId ?? added.id }
    }
    case 'AddressUpdated': {
      const { addressId, address } = event.data
      const addresses = person.addresses.map(each => (each.id === addressId ? { id: addressId, address } : each))
      return { ...person, addresses }
    }
    case 'AddressRemoved':
      return withoutAddress(person, event.data.addressId)
    case 'DefaultAddressSet':
      return { ...person, defaultAddressId: event.data.addressId }
    case 'RoleAssigned':
    case 'RoleRevoked':
      return { ...person, roles: event.data.roles }
    case 'UserErased':
      return {
        id: person.id,
        email: '',
        username: ERASED_USERNAME,
        emailVerified: false,
        roles: [],
        registeredAt: person.registeredAt,
        profile: {},
        addresses: [],
      }
    case 'NameClaimsLapsed':
    case 'RegistrationAbandoned':
    case 'VerificationRequested':
    case 'PasswordResetRequested':
    case 'PasswordSet':
    case 'SignedOutEverywhere':
    case 'UserDeactivated':
      return person
  }
}

/** The person before anything is known. */
export const NOBODY: Person = {
  id: '',
  email: '',
  username: '',
  emailVerified: false,
  roles: [],
  registeredAt: '',
  profile: {},
  addresses: [],
}
