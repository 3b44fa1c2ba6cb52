import { type Address, accept, type Decision, reject } from '@mercato/shared-kernel/domain'
import type { SavedAddress } from './person.ts'
import { addressBookFull, addressNotFound } from './rejections.ts'
import type { DataOf } from './user-commands.ts'
import type { UserEvent } from './user-events.ts'
import type { ActiveUser } from './user-state.ts'

const MOST_ADDRESSES = 20

const find = ({ person }: ActiveUser, id: string): SavedAddress | undefined =>
  person.addresses.find(each => each.id === id)

const isSame = (a: Address, b: Address): boolean =>
  (['name', 'line1', 'line2', 'city', 'postalCode', 'region', 'country'] as const).every(part => a[part] === b[part])

/** The first address becomes the default one. */
export const addAddress = (state: ActiveUser, data: DataOf<'AddAddress'>): Decision<UserEvent> => {
  const { addressId, address, asDefault, now: at } = data
  const { id: userId, addresses } = state.person
  if (addresses.length >= MOST_ADDRESSES) return reject(addressBookFull(MOST_ADDRESSES))
  const added: UserEvent = { type: 'AddressAdded', data: { userId, addressId, address, at } }
  return asDefault && addresses.length > 0
    ? accept<UserEvent>(added, { type: 'DefaultAddressSet', data: { userId, addressId, at } })
    : accept(added)
}

export const updateAddress = (state: ActiveUser, data: DataOf<'UpdateAddress'>): Decision<UserEvent> => {
  const { addressId, address, now: at } = data
  const known = find(state, addressId)
  if (!known) return reject(addressNotFound)
  if (isSame(known.address, address)) return accept()
  return accept({ type: 'AddressUpdated', data: { userId: state.person.id, addressId, address, at } })
}

/** When the default address goes, the oldest of the others takes its place. */
export const removeAddress = (state: ActiveUser, data: DataOf<'RemoveAddress'>): Decision<UserEvent> => {
  const { addressId, now: at } = data
  return find(state, addressId)
    ? accept({ type: 'AddressRemoved', data: { userId: state.person.id, addressId, at } })
    : reject(addressNotFound)
}

export const setDefaultAddress = (state: ActiveUser, data: DataOf<'SetDefaultAddress'>): Decision<UserEvent> => {
  const { addressId, now: at } = data
  if (!find(state, addressId)) return reject(addressNotFound)
  if (state.person.defaultAddressId === addressId) return accept()
  return accept({ type: 'DefaultAddressSet', data: { userId: state.person.id, addressId, at } })
}
