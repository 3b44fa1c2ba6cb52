import { fold } from '@mercato/shared-kernel/domain'
import { describe, expect, it } from 'vitest'
import { evolvePerson, NOBODY } from './person.ts'
import { at, deactivated, erased, link, registered, userId, verified } from './testing.ts'
import type { UserEvent } from './user-events.ts'

const HOME = { name: 'Ann Lee', line1: 'Main Street 1', city: 'Berlin', postalCode: '10115', country: 'DE' }
const WORK = { ...HOME, line1: 'Office Road 2' }
const personAfter = (...events: readonly UserEvent[]) => fold(evolvePerson, NOBODY, events)
const added = (addressId: string): UserEvent => ({
  type: 'AddressAdded',
  data: { userId, addressId, address: HOME, at: at(2) },
})
const removed = (addressId: string): UserEvent => ({ type: 'AddressRemoved', data: { userId, addressId, at: at(4) } })
const madeDefault = (addressId: string): UserEvent => ({
  type: 'DefaultAddressSet',
  data: { userId, addressId, at: at(3) },
})

const ann = {
  id: userId,
  email: 'ann@example.com',
  username: 'ann',
  emailVerified: false,
  roles: ['CUSTOMER'],
  registeredAt: at(0),
  profile: {},
  addresses: [],
}

describe('a person', () => {
  it('is nobody at first', () =>
    expect(NOBODY).toStrictEqual({
      id: '',
      email: '',
      username: '',
      emailVerified: false,
      roles: [],
      registeredAt: '',
      profile: {},
      addresses: [],
    }))
  it('is known from the registration on', () => expect(personAfter(registered)).toStrictEqual(ann))
  it('has a verified address once it is', () =>
    expect(personAfter(registered, verified)).toStrictEqual({ ...ann, emailVerified: true }))
  it('has the profile that was given last', () => {
    const profile = { displayName: 'Ann Lee', phone: '12345' }
    const updated: UserEvent = { type: 'ProfileUpdated', data: { userId, profile, at: at(2) } }
    expect(personAfter(registered, updated)).toStrictEqual({ ...ann, profile })
  })
  it('has the roles that the last change left', () => {
    const change = (type: 'RoleAssigned' | 'RoleRevoked', roles: readonly ('CUSTOMER' | 'SUPPORT')[]): UserEvent => ({
      type,
      data: { userId, role: 'SUPPORT', roles, at: at(2) },
    })
    const assigned = change('RoleAssigned', ['CUSTOMER', 'SUPPORT'])
    expect(personAfter(registered, assigned).roles).toEqual(['CUSTOMER', 'SUPPORT'])
    expect(personAfter(registered, assigned, change('RoleRevoked', ['CUSTOMER'])).roles).toEqual(['CUSTOMER'])
  })
  it.each<UserEvent>([
    { type: 'RegistrationAbandoned', data: { userId, at: at(1) } },
    { type: 'VerificationRequested', data: { userId, link: link('second') } },
    { type: 'PasswordResetRequested', data: { userId, link: link('reset') } },
    { type: 'PasswordSet', data: { userId, passwordHash: 'hash-2', reason: 'change', at: at(1) } },
    ...deactivated,
  ])('stays as it is after $type', event => expect(personAfter(registered, event)).toStrictEqual(ann))
  it('is gone when erased, all but the id and the time', () =>
    expect(personAfter(registered, verified, added('a'), ...erased)).toStrictEqual({
      ...NOBODY,
      id: userId,
      username: 'erased',
      registeredAt: at(0),
    }))
})

describe('the addresses of a person', () => {
  const saved = (...ids: readonly string[]) => ids.map(id => ({ id, address: HOME }))
  it('begin with the default one', () =>
    expect(personAfter(registered, added('a'), added('b'))).toStrictEqual({
      ...ann,
      addresses: saved('a', 'b'),
      defaultAddressId: 'a',
    }))
  it('change one at a time', () => {
    const updated: UserEvent = { type: 'AddressUpdated', data: { userId, addressId: 'b', address: WORK, at: at(3) } }
    expect(personAfter(registered, added('a'), added('b'), updated).addresses).toStrictEqual([
      ...saved('a'),
      { id: 'b', address: WORK },
    ])
  })
  it('keep their default when another one goes', () =>
    expect(personAfter(registered, added('a'), added('b'), added('c'), madeDefault('c'), removed('b'))).toStrictEqual({
      ...ann,
      addresses: saved('a', 'c'),
      defaultAddressId: 'c',
    }))
  it('have the oldest for a default when the default one goes', () =>
    expect(personAfter(registered, added('a'), added('b'), madeDefault('b'), removed('b'))).toStrictEqual({
      ...ann,
      addresses: saved('a'),
      defaultAddressId: 'a',
    }))
  it('have no default when none is left', () =>
    expect(personAfter(registered, added('a'), removed('a'))).toStrictEqual(ann))
})
