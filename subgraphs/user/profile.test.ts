import type { Viewer } from '@mercato/shared-kernel/application'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openUserContext, refusalIn, type UserContext } from './testing.ts'

let shop: UserContext
beforeEach(async () => {
  shop = await openUserContext()
})
afterEach(() => shop[Symbol.asyncDispose]())

describe('the profile', () => {
  const ME = 'user { displayName phone }'
  it('changes what is given, takes away what is null, and leaves the rest', async () => {
    const { viewer } = await shop.signedIn()
    const update = async (input: Record<string, unknown>) =>
      (await shop.doAs(viewer, 'updateProfile', input, ME)).data.updateProfile.user
    expect(await update({ displayName: ' Ann Lee ', phone: '+49 (30) 123-456' })).toEqual({
      displayName: 'Ann Lee',
      phone: '+49 (30) 123-456',
    })
    expect(await update({ phone: null })).toEqual({ displayName: 'Ann Lee', phone: null })
    await shop.unchanged(async () => {
      expect(await update({ displayName: 'Ann Lee' })).toEqual({ displayName: 'Ann Lee', phone: null })
    })
  })

  it.each([
    [{ displayName: '' }, 'USER.DISPLAY_NAME_INVALID'],
    [{ displayName: 'a\u0000b' }, 'USER.DISPLAY_NAME_INVALID'],
    [{ displayName: 'x'.repeat(10_000) }, 'USER.DISPLAY_NAME_INVALID'],
    [{ phone: 'call me' }, 'USER.PHONE_INVALID'],
    [{ phone: '1'.repeat(25) }, 'USER.PHONE_INVALID'],
  ])('refuses %j', async (input, code) => {
    const { viewer } = await shop.signedIn()
    await shop.unchanged(async () => {
      expect(refusalIn(await shop.doAs(viewer, 'updateProfile', input), 'updateProfile')).toBe(code)
    })
  })
})

describe('the address book', () => {
  const home = { name: 'Ann Lee', line1: 'Main Street 1', city: 'Berlin', postalCode: '10115', country: 'DE' }
  const add = (viewer: Viewer, address: Record<string, unknown> = home, asDefault?: boolean) =>
    shop.doAs(viewer, 'addAddress', { address, asDefault }, 'address { id isDefault address { line1 line2 } }')

  it('makes the first address the default, and another one when asked', async () => {
    const { viewer } = await shop.signedIn()
    const first = (await add(viewer)).data.addAddress.address
    expect(first).toMatchObject({ isDefault: true, address: { line1: 'Main Street 1', line2: null } })
    expect((await add(viewer)).data.addAddress.address.isDefault).toBe(false)
    const third = (await add(viewer, { ...home, line2: ' rear ' }, true)).data.addAddress.address
    expect(third).toMatchObject({ isDefault: true, address: { line2: 'rear' } })
    const set = await shop.doAs(viewer, 'setDefaultAddress', { addressId: first.id }, 'user { defaultAddress { id } }')
    expect(set.data.setDefaultAddress.user.defaultAddress).toEqual({ id: first.id })
  })

  it('passes the default on when it is removed', async () => {
    const { viewer } = await shop.signedIn()
    const first = (await add(viewer)).data.addAddress.address
    const second = (await add(viewer)).data.addAddress.address
    const book = 'user { addresses { id } defaultAddress { id } }'
    const { data } = await shop.doAs(viewer, 'removeAddress', { addressId: first.id }, book)
    expect(data.removeAddress.user).toEqual({ addresses: [{ id: second.id }], defaultAddress: { id: second.id } })
  })

  it('replaces an address', async () => {
    const { viewer } = await shop.signedIn()
    const { id } = (await add(viewer)).data.addAddress.address
    const input = { addressId: id, address: { ...home, city: 'Bonn' } }
    const { data } = await shop.doAs(viewer, 'updateAddress', input, 'address { id isDefault address { city } }')
    expect(data.updateAddress.address).toEqual({ id, isDefault: true, address: { city: 'Bonn' } })
  })

  it.each([
    [{ ...home, name: ' ' }, ['address', 'name']],
    [{ ...home, line1: 'a\u0000b' }, ['address', 'line1']],
    [{ ...home, line2: 'two\nlines' }, ['address', 'line2']],
    [{ ...home, city: 'x'.repeat(10_000) }, ['address', 'city']],
    [{ ...home, country: 'Germany' }, ['address', 'country']],
  ])('refuses %j', async (address, field) => {
    const { viewer } = await shop.signedIn()
    await shop.unchanged(async () => {
      expect((await add(viewer, address)).data.addAddress.userErrors).toEqual([{ code: 'ADDRESS.INVALID', field }])
    })
  })

  it('holds twenty addresses', async () => {
    const { viewer } = await shop.signedIn()
    for (let n = 0; n < 20; n++) expect(refusalIn(await add(viewer), 'addAddress')).toBeUndefined()
    expect(refusalIn(await add(viewer), 'addAddress')).toBe('USER.ADDRESS_BOOK_FULL')
  })

  it('knows nothing of other people’s addresses, nor of made-up ids', async () => {
    const ann = await shop.signedIn()
    const bob = await shop.signedIn('bob')
    const { id } = (await add(bob.viewer)).data.addAddress.address
    await shop.unchanged(async () => {
      for (const addressId of [id, shop.ports.ids.next(), '', '\u0000', 'x'.repeat(10_000)]) {
        const update = await shop.doAs(ann.viewer, 'updateAddress', { addressId, address: home })
        expect(refusalIn(update, 'updateAddress')).toBe('USER.ADDRESS_NOT_FOUND')
        for (const field of ['removeAddress', 'setDefaultAddress'])
          expect(refusalIn(await shop.doAs(ann.viewer, field, { addressId }), field)).toBe('USER.ADDRESS_NOT_FOUND')
      }
    })
  })
})
