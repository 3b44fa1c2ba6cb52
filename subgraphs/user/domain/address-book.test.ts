import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import { at, registered, userId } from './testing.ts'
import { user } from './user.ts'
import type { UserEvent } from './user-events.ts'

const { given } = specFor(user)
const now = at(10)
const HOME = { name: 'Ann Lee', line1: 'Main Street 1', city: 'Berlin', postalCode: '10115', country: 'DE' }
const WORK = { ...HOME, line1: 'Office Street 2' }
const added = (addressId: string): UserEvent => ({
  type: 'AddressAdded',
  data: { userId, addressId, address: HOME, at: now },
})
const madeDefault = (addressId: string): UserEvent => ({
  type: 'DefaultAddressSet',
  data: { userId, addressId, at: now },
})
const defaultAfter = (...events: readonly UserEvent[]) => {
  const state = given(registered, ...events).state()
  return state.status === 'active' ? state.person.defaultAddressId : undefined
}

describe('adding an address', () => {
  it('makes the first one the default, asked or not', () => {
    given(registered)
      .when({ type: 'AddAddress', data: { addressId: 'a', address: HOME, asDefault: true, now } })
      .then(added('a'))
    expect(defaultAfter(added('a'))).toBe('a')
  })
  it('makes a later one the default when asked', () =>
    given(registered, added('a'))
      .when({ type: 'AddAddress', data: { addressId: 'b', address: HOME, asDefault: true, now } })
      .then(added('b'), madeDefault('b')))
  it('is refused beyond twenty', () =>
    given(registered, ...Array.from({ length: 20 }, (_, n) => added(String(n))))
      .when({ type: 'AddAddress', data: { addressId: 'b', address: HOME, asDefault: false, now } })
      .thenRejected('USER.ADDRESS_BOOK_FULL'))
})

describe('updating an address', () => {
  it('replaces it', () =>
    given(registered, added('a'))
      .when({ type: 'UpdateAddress', data: { addressId: 'a', address: WORK, now } })
      .then({ type: 'AddressUpdated', data: { userId, addressId: 'a', address: WORK, at: now } }))
  it('does nothing when nothing changes', () =>
    given(registered, added('a'))
      .when({ type: 'UpdateAddress', data: { addressId: 'a', address: { ...HOME }, now } })
      .then())
  it('is refused for an unknown one', () =>
    given(registered)
      .when({ type: 'UpdateAddress', data: { addressId: 'a', address: WORK, now } })
      .thenRejected('USER.ADDRESS_NOT_FOUND', ['addressId']))
})

describe('removing an address', () => {
  const removed = (addressId: string): UserEvent => ({ type: 'AddressRemoved', data: { userId, addressId, at: now } })
  it('takes it away', () =>
    given(registered, added('a'))
      .when({ type: 'RemoveAddress', data: { addressId: 'a', now } })
      .then(removed('a')))
  it('passes the default on to the oldest of the others', () => {
    expect(defaultAfter(added('a'), added('b'), added('c'), removed('a'))).toBe('b')
    expect(defaultAfter(added('a'), added('b'), removed('b'))).toBe('a')
    expect(defaultAfter(added('a'), removed('a'))).toBeUndefined()
    expect(defaultAfter(added('a'), removed('a'), added('b'))).toBe('b')
  })
  it('is refused the second time', () =>
    given(registered, added('a'), removed('a'))
      .when({ type: 'RemoveAddress', data: { addressId: 'a', now } })
      .thenRejected('USER.ADDRESS_NOT_FOUND'))
})

describe('the default address', () => {
  it('is chosen among those that are there', () => {
    given(registered, added('a'), added('b'))
      .when({ type: 'SetDefaultAddress', data: { addressId: 'b', now } })
      .then(madeDefault('b'))
    expect(defaultAfter(added('a'), added('b'), madeDefault('b'))).toBe('b')
  })
  it('is chosen once', () =>
    given(registered, added('a'))
      .when({ type: 'SetDefaultAddress', data: { addressId: 'a', now } })
      .then())
  it('is not an unknown one', () =>
    given(registered)
      .when({ type: 'SetDefaultAddress', data: { addressId: 'b', now } })
      .thenRejected('USER.ADDRESS_NOT_FOUND'))
})
