import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import { at, deactivated, erased, invited, link, registered, userId, verified } from './testing.ts'
import { user } from './user.ts'
import type { UserCommand } from './user-commands.ts'
import type { UserEvent } from './user-events.ts'

const { given } = specFor(user)
const now = at(10)
const HOME = { name: 'Ann Lee', line1: 'Main Street 1', city: 'Berlin', postalCode: '10115', country: 'DE' }
const abandoned: UserEvent = { type: 'RegistrationAbandoned', data: { userId, at: at(0) } }

describe('registering', () => {
  const data = { userId, email: 'ann@example.com', username: 'ann', passwordHash: 'hash-1', link: link('first') }
  const register: UserCommand = { type: 'RegisterUser', data: { ...data, now: at(0) } }

  it('opens an account as a customer', () => given().when(register).then(registered))
  it('opens one without a password', () => {
    const { passwordHash: _, ...without } = data
    given()
      .when({ type: 'RegisterUser', data: { ...without, now: at(0) } })
      .then(invited)
  })
  it('happens once per id', () => given(registered).when(register).thenRejected('USER.ALREADY_REGISTERED'))
  it('comes too late for an id that was given up', () =>
    given(abandoned).when(register).thenRejected('USER.REGISTRATION_EXPIRED'))
  it('never brings an erased person back', () =>
    given(registered, ...erased)
      .when(register)
      .thenRejected('USER.ALREADY_REGISTERED'))
})

describe('giving a registration up', () => {
  const abandon: UserCommand = { type: 'AbandonRegistration', data: { userId, now: at(0) } }
  it('closes an empty stream', () => given().when(abandon).then(abandoned))
  it('does nothing twice', () => given(abandoned).when(abandon).then())
  it('does nothing to an account', () => given(registered).when(abandon).then())
})

describe('changing the password', () => {
  const change = (checkedAgainst: string): UserCommand => ({
    type: 'ChangePassword',
    data: { passwordHash: 'hash-2', checkedAgainst, sessionId: 's', now },
  })
  it('ends all sessions but the one it is done in', () =>
    given(registered)
      .when(change('hash-1'))
      .then(
        { type: 'PasswordSet', data: { userId, passwordHash: 'hash-2', reason: 'change', at: now } },
        { type: 'SignedOutEverywhere', data: { userId, at: now, reason: 'password-changed', except: 's' } },
      ))
  it('is refused when the password was changed since it was checked', () =>
    given(registered, { type: 'PasswordSet', data: { userId, passwordHash: 'hash-3', reason: 'reset', at: at(2) } })
      .when(change('hash-1'))
      .thenRejected('USER.PASSWORD_WRONG'))
  it('waits for the first password', () => given(invited).when(change('')).thenRejected('USER.PENDING'))
})

describe('roles', () => {
  const assign: UserCommand = { type: 'AssignRole', data: { role: 'SUPPORT', now } }
  const assigned: UserEvent = {
    type: 'RoleAssigned',
    data: { userId, role: 'SUPPORT', roles: ['CUSTOMER', 'SUPPORT'], at: now },
  }
  const revoke = (role: 'SUPPORT' | 'ADMIN', byOneself = false): UserCommand => ({
    type: 'RevokeRole',
    data: { role, byOneself, now },
  })
  it('are added to those that are there', () => given(registered).when(assign).then(assigned))
  it('are given once', () => given(registered, assigned).when(assign).then())
  it('are taken away', () =>
    given(registered, assigned)
      .when(revoke('SUPPORT', true))
      .then({ type: 'RoleRevoked', data: { userId, role: 'SUPPORT', roles: ['CUSTOMER'], at: now } }))
  it('are taken once', () => given(registered).when(revoke('SUPPORT')).then())
  it('of an administrator are taken by another one', () =>
    given(registered).when(revoke('ADMIN', true)).thenRejected('USER.OWN_ADMIN_ROLE'))
})

describe('signing out everywhere', () => {
  it('ends all sessions', () =>
    given(registered)
      .when({ type: 'SignOutEverywhere', data: { now } })
      .then({ type: 'SignedOutEverywhere', data: { userId, at: now, reason: 'asked' } }))
})

describe('deactivating', () => {
  const deactivate: UserCommand = { type: 'DeactivateUser', data: { now: at(5) } }
  it('ends all sessions, then closes the account', () =>
    given(registered)
      .when(deactivate)
      .then(...deactivated))
  it('closes an account without a password', () =>
    given(invited)
      .when(deactivate)
      .then(...deactivated))
  it('happens once', () =>
    given(registered, ...deactivated)
      .when(deactivate)
      .then())
  it('needs an account', () => given().when(deactivate).thenRejected('USER.NOT_FOUND'))
})

describe('erasing', () => {
  const erase: UserCommand = { type: 'EraseUser', data: { now: at(6) } }
  it.each([
    ['an active account', [registered]],
    ['one without a password', [invited]],
    ['a deactivated one', [registered, ...deactivated]],
  ])('is for %s', (_, past) =>
    given(...past)
      .when(erase)
      .then(...erased),
  )
  it('happens once', () =>
    given(registered, ...erased)
      .when(erase)
      .then())
  it('needs an account', () => given(abandoned).when(erase).thenRejected('USER.NOT_FOUND'))
  it('leaves nothing of the person but the id and the time', () => {
    const profile = { displayName: 'Ann Lee' }
    const past = given(
      registered,
      verified,
      { type: 'ProfileUpdated', data: { userId, profile, at: at(2) } },
      ...erased,
    )
    expect(past.state()).toEqual({
      status: 'erased',
      person: {
        id: userId,
        email: '',
        username: 'erased',
        emailVerified: false,
        roles: [],
        registeredAt: at(0),
        profile: {},
        addresses: [],
      },
    })
  })
})

describe('an account that is not active', () => {
  const commands: readonly UserCommand[] = [
    { type: 'SignOutEverywhere', data: { now } },
    { type: 'UpdateProfile', data: { profile: {}, now } },
    { type: 'AddAddress', data: { addressId: 'a', address: HOME, asDefault: false, now } },
    { type: 'UpdateAddress', data: { addressId: 'a', address: HOME, now } },
    { type: 'RemoveAddress', data: { addressId: 'a', now } },
    { type: 'SetDefaultAddress', data: { addressId: 'a', now } },
    { type: 'AssignRole', data: { role: 'ADMIN', now } },
    { type: 'RevokeRole', data: { role: 'ADMIN', byOneself: false, now } },
  ]
  it.each(commands)('refuses $type, and says why', command => {
    given().when(command).thenRejected('USER.NOT_FOUND')
    given(abandoned).when(command).thenRejected('USER.NOT_FOUND')
    given(invited).when(command).thenRejected('USER.PENDING')
    given(registered, ...deactivated)
      .when(command)
      .thenRejected('USER.DEACTIVATED')
    given(registered, ...erased)
      .when(command)
      .thenRejected('USER.NOT_FOUND')
  })
})

describe('the profile', () => {
  const profile = { displayName: 'Ann Lee' }
  const updated: UserEvent = { type: 'ProfileUpdated', data: { userId, profile, at: now } }
  it('is replaced', () => given(registered).when({ type: 'UpdateProfile', data: { profile, now } }).then(updated))
  it('is left alone when nothing changes', () =>
    given(registered, updated).when({ type: 'UpdateProfile', data: { profile, now } }).then())
})
