import type { Viewer } from '@mercato/shared-kernel/application'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  ANYBODY,
  faultIn,
  openUserContext,
  PASSWORD,
  REFRESH,
  refusalIn,
  SIGN_IN,
  type UserContext,
} from './testing.ts'

let shop: UserContext
beforeEach(async () => {
  shop = await openUserContext()
})
afterEach(() => shop[Symbol.asyncDispose]())

const NEW = 'quite another long password'
const email = 'ann@example.com'
const signInCode = async (password: string) =>
  refusalIn(await shop.client.query(SIGN_IN, { email, password }), 'signIn')
const refreshCode = async (token: string) => refusalIn(await shop.client.query(REFRESH, { token }), 'refreshSession')

/** Runs a mutation field with one input as somebody. */
const doAs = (viewer: Viewer, field: string, input: Record<string, unknown>, selection = 'user { id }') => {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input!`
  const fields = `${selection} userErrors { code field } consistencyToken`
  return shop.client.query(
    `mutation ($input: ${type}) { ${field}(input: $input) { ${fields} } }`,
    { input },
    { viewer },
  )
}
const signedIn = async (name = 'ann') => {
  const id = await shop.register(name)
  return { ...(await shop.signIn(name)), id }
}
const unchanged = async (act: () => Promise<void>) => {
  const before = await shop.log()
  await act()
  expect(await shop.log()).toEqual(before)
}

describe('changing the password', () => {
  it('keeps this session, ends the others, and tells the person', async () => {
    await shop.register('ann')
    const other = await shop.signIn('ann')
    const own = await shop.signIn('ann')
    const input = { currentPassword: PASSWORD, newPassword: NEW }
    expect(refusalIn(await doAs(own.viewer, 'changePassword', input), 'changePassword')).toBeUndefined()
    expect(await refreshCode(other.refreshToken)).toBe('USER.REFRESH_REFUSED')
    expect(await refreshCode(own.refreshToken)).toBeUndefined()
    expect(await signInCode(PASSWORD)).toBe('USER.SIGN_IN_REFUSED')
    expect(await signInCode(NEW)).toBeUndefined()
    await expect.poll(async () => (await shop.mailsTo(email))[0]?.subject).toBe('Your password was changed')
  })

  it.each([
    ['a wrong present one', { currentPassword: 'not the password', newPassword: NEW }, 'USER.PASSWORD_WRONG'],
    ['the same again', { currentPassword: PASSWORD, newPassword: PASSWORD }, 'USER.PASSWORD_UNCHANGED'],
    ['a short new one', { currentPassword: PASSWORD, newPassword: 'short' }, 'USER.PASSWORD_TOO_SHORT'],
    ['10 kB', { currentPassword: PASSWORD, newPassword: 'x'.repeat(10_000) }, 'USER.PASSWORD_TOO_LONG'],
    ['NUL', { currentPassword: '\u0000', newPassword: NEW }, 'USER.PASSWORD_WRONG'],
  ])('is refused with %s', async (_, input, code) => {
    const { viewer } = await signedIn()
    await unchanged(async () => {
      expect(refusalIn(await doAs(viewer, 'changePassword', input), 'changePassword')).toBe(code)
    })
  })

  it('cannot be guessed either', async () => {
    const { viewer } = await signedIn()
    const guess = () => doAs(viewer, 'changePassword', { currentPassword: 'a wrong guess', newPassword: NEW })
    for (let times = 0; times < 5; times++) await guess()
    expect(refusalIn(await guess(), 'changePassword')).toBe('USER.TOO_MANY_ATTEMPTS')
  })
})

describe('resetting the password', () => {
  const request = (address: string) => doAs(ANYBODY, 'requestPasswordReset', { email: address }, '')
  const reset = (token: string, password = NEW) => doAs(ANYBODY, 'resetPassword', { token, password })

  it('works once through the mailed link, verifies the address and ends every session', async () => {
    const { refreshToken } = await signedIn()
    await request('ANN@example.com')
    const token = await shop.mailedToken(email, 'Set a new password')
    expect(JSON.stringify(await shop.log())).not.toContain(token)
    expect(refusalIn(await reset(token), 'resetPassword')).toBeUndefined()
    expect(await refreshCode(refreshToken)).toBe('USER.REFRESH_REFUSED')
    expect(await signInCode(PASSWORD)).toBe('USER.SIGN_IN_REFUSED')
    shop.clock.advance(1)
    expect((await shop.signIn('ann', NEW)).viewer.user?.emailVerified).toBe(true)
    expect(refusalIn(await reset(token, 'a third long password'), 'resetPassword')).toBe('USER.LINK_INVALID')
  })

  it('answers the same for an unknown address and when asked too often', async () => {
    await shop.register('ann')
    const known = await request(email)
    expect(known).toEqual({ data: { requestPasswordReset: { userErrors: [], consistencyToken: null } } })
    await unchanged(async () => {
      expect(await request('nobody@example.com')).toEqual(known)
      expect(await request(email)).toEqual(known)
    })
  })

  it('sends someone without a password the link that sets one', async () => {
    await shop.register('ann', null)
    await shop.mailedToken(email, 'Complete')
    shop.clock.advance(60_000)
    await request(email)
    await shop.mailedToken(email, 'Complete', 1)
  })

  it('refuses a token after an hour, of another purpose, or made up', async () => {
    await shop.register('ann')
    const verification = await shop.mailedToken(email, 'Confirm')
    await request(email)
    const token = await shop.mailedToken(email, 'Set a new password')
    shop.clock.advance(3_600_000)
    await unchanged(async () => {
      for (const wrong of [token, verification, '', '\u0000', 'x'.repeat(10_000)])
        expect(refusalIn(await reset(wrong), 'resetPassword')).toBe('USER.LINK_INVALID')
    })
  })
})

describe('the profile', () => {
  const ME = 'user { displayName phone }'
  it('changes what is given, takes away what is null, and leaves the rest', async () => {
    const { viewer } = await signedIn()
    const update = async (input: Record<string, unknown>) =>
      (await doAs(viewer, 'updateProfile', input, ME)).data.updateProfile.user
    expect(await update({ displayName: ' Ann Lee ', phone: '+49 (30) 123-456' })).toEqual({
      displayName: 'Ann Lee',
      phone: '+49 (30) 123-456',
    })
    expect(await update({ phone: null })).toEqual({ displayName: 'Ann Lee', phone: null })
    await unchanged(async () => {
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
    const { viewer } = await signedIn()
    await unchanged(async () => {
      expect(refusalIn(await doAs(viewer, 'updateProfile', input), 'updateProfile')).toBe(code)
    })
  })
})

describe('the address book', () => {
  const home = { name: 'Ann Lee', line1: 'Main Street 1', city: 'Berlin', postalCode: '10115', country: 'DE' }
  const add = (viewer: Viewer, address: Record<string, unknown> = home, asDefault?: boolean) =>
    doAs(viewer, 'addAddress', { address, asDefault }, 'address { id isDefault address { line1 line2 } }')

  it('makes the first address the default, and another one when asked', async () => {
    const { viewer } = await signedIn()
    const first = (await add(viewer)).data.addAddress.address
    expect(first).toMatchObject({ isDefault: true, address: { line1: 'Main Street 1', line2: null } })
    expect((await add(viewer)).data.addAddress.address.isDefault).toBe(false)
    const third = (await add(viewer, { ...home, line2: ' rear ' }, true)).data.addAddress.address
    expect(third).toMatchObject({ isDefault: true, address: { line2: 'rear' } })
    const set = await doAs(viewer, 'setDefaultAddress', { addressId: first.id }, 'user { defaultAddress { id } }')
    expect(set.data.setDefaultAddress.user.defaultAddress).toEqual({ id: first.id })
  })

  it('passes the default on when it is removed', async () => {
    const { viewer } = await signedIn()
    const first = (await add(viewer)).data.addAddress.address
    const second = (await add(viewer)).data.addAddress.address
    const book = 'user { addresses { id } defaultAddress { id } }'
    const { data } = await doAs(viewer, 'removeAddress', { addressId: first.id }, book)
    expect(data.removeAddress.user).toEqual({ addresses: [{ id: second.id }], defaultAddress: { id: second.id } })
  })

  it('replaces an address', async () => {
    const { viewer } = await signedIn()
    const { id } = (await add(viewer)).data.addAddress.address
    const input = { addressId: id, address: { ...home, city: 'Bonn' } }
    const { data } = await doAs(viewer, 'updateAddress', input, 'address { id isDefault address { city } }')
    expect(data.updateAddress.address).toEqual({ id, isDefault: true, address: { city: 'Bonn' } })
  })

  it.each([
    [{ ...home, name: ' ' }, ['address', 'name']],
    [{ ...home, line1: 'a\u0000b' }, ['address', 'line1']],
    [{ ...home, line2: 'two\nlines' }, ['address', 'line2']],
    [{ ...home, city: 'x'.repeat(10_000) }, ['address', 'city']],
    [{ ...home, country: 'Germany' }, ['address', 'country']],
  ])('refuses %j', async (address, field) => {
    const { viewer } = await signedIn()
    await unchanged(async () => {
      expect((await add(viewer, address)).data.addAddress.userErrors).toEqual([{ code: 'ADDRESS.INVALID', field }])
    })
  })

  it('holds twenty addresses', async () => {
    const { viewer } = await signedIn()
    for (let n = 0; n < 20; n++) expect(refusalIn(await add(viewer), 'addAddress')).toBeUndefined()
    expect(refusalIn(await add(viewer), 'addAddress')).toBe('USER.ADDRESS_BOOK_FULL')
  })

  it('knows nothing of other people’s addresses, nor of made-up ids', async () => {
    const ann = await signedIn()
    const bob = await signedIn('bob')
    const { id } = (await add(bob.viewer)).data.addAddress.address
    await unchanged(async () => {
      for (const addressId of [id, shop.ports.ids.next(), '', '\u0000', 'x'.repeat(10_000)]) {
        const update = await doAs(ann.viewer, 'updateAddress', { addressId, address: home })
        expect(refusalIn(update, 'updateAddress')).toBe('USER.ADDRESS_NOT_FOUND')
        for (const field of ['removeAddress', 'setDefaultAddress'])
          expect(refusalIn(await doAs(ann.viewer, field, { addressId }), field)).toBe('USER.ADDRESS_NOT_FOUND')
      }
    })
  })
})

describe('roles', () => {
  const admin = async () => {
    const [id = ''] = await shop.subgraph.seedUsers([
      { email: 'root@example.com', username: 'root', password: PASSWORD, roles: ['ADMIN'] },
    ])
    return { ...(await shop.signIn('root')), id }
  }

  it('are given by an administrator, are in the next token, and are published', async () => {
    const root = await admin()
    const ann = await signedIn()
    const { data } = await doAs(root.viewer, 'assignRole', { userId: ann.id, role: 'SUPPORT' }, 'user { roles }')
    expect(data.assignRole.user.roles).toEqual(['CUSTOMER', 'SUPPORT'])
    const refreshed = await shop.client.query(REFRESH, { token: ann.refreshToken })
    const viewer = await shop.viewerFrom(refreshed.data.refreshSession.session.accessToken)
    expect(viewer.user?.scopes).toContain('users:read:any')
    expect(viewer.user?.scopes).not.toContain('users:admin')
    await expect
      .poll(() => shop.published.at(-1))
      .toMatchObject({
        type: 'user.RolesChanged',
        data: { userId: ann.id, roles: ['CUSTOMER', 'SUPPORT'], rolesChangedAt: '2026-01-01T00:00:00.000Z' },
      })
  })

  it('are taken, twice without harm', async () => {
    const root = await admin()
    const ann = await signedIn()
    await doAs(root.viewer, 'assignRole', { userId: ann.id, role: 'MERCHANDISER' })
    for (let times = 0; times < 2; times++) {
      const input = { userId: ann.id, role: 'MERCHANDISER' }
      const { data } = await doAs(root.viewer, 'revokeRole', input, 'user { roles }')
      expect(data.revokeRole.user.roles).toEqual(['CUSTOMER'])
    }
    expect((await shop.log()).filter(({ type }) => type === 'RoleRevoked')).toHaveLength(1)
  })

  it('are not given by others, whatever they ask for', async () => {
    const ann = await signedIn()
    await unchanged(async () => {
      for (const field of ['assignRole', 'revokeRole']) {
        const answer = await doAs(ann.viewer, field, { userId: ann.id, role: 'ADMIN' })
        expect(faultIn(answer)).toBe('FORBIDDEN')
        expect(faultIn(await doAs(ANYBODY, field, { userId: ann.id, role: 'ADMIN' }))).toBe('FORBIDDEN')
      }
    })
  })

  it('are not given to nobody', async () => {
    const root = await admin()
    await unchanged(async () => {
      for (const userId of [shop.ports.ids.next(), '123', '\u0000', 'x'.repeat(10_000)])
        expect(refusalIn(await doAs(root.viewer, 'assignRole', { userId, role: 'SUPPORT' }), 'assignRole')).toBe(
          'USER.NOT_FOUND',
        )
      const unknown = await doAs(root.viewer, 'assignRole', { userId: root.id, role: 'EMPEROR' })
      expect(faultIn(unknown)).toBe('BAD_USER_INPUT')
    })
  })

  it('cannot be left without an administrator by a slip', async () => {
    const root = await admin()
    const answer = await doAs(root.viewer, 'revokeRole', { userId: root.id, role: 'ADMIN' })
    expect(refusalIn(answer, 'revokeRole')).toBe('USER.OWN_ADMIN_ROLE')
  })

  it('are seeded once, with fixed passwords and verified addresses, and without mail', async () => {
    const root = await admin()
    const before = await shop.log()
    await shop.subgraph.seedUsers([
      { email: 'root@example.com', username: 'root', password: PASSWORD, roles: ['ADMIN'] },
    ])
    expect(await shop.log()).toEqual(before)
    expect(root.viewer.user).toMatchObject({ emailVerified: true, roles: ['CUSTOMER', 'ADMIN'] })
    await shop.register('ann')
    await shop.mailedToken(email, 'Confirm')
    expect(await shop.mailsTo('root@example.com')).toEqual([])
  })
})

describe('closing an account', () => {
  it('ends its sessions and lets nobody in again', async () => {
    const { id, viewer, refreshToken } = await signedIn()
    const closed = await doAs(viewer, 'deactivateUser', {}, 'user { id status }')
    expect(closed.data.deactivateUser.user).toEqual({ id, status: 'DEACTIVATED' })
    expect(await refreshCode(refreshToken)).toBe('USER.REFRESH_REFUSED')
    expect(await signInCode(PASSWORD)).toBe('USER.SIGN_IN_REFUSED')
    await expect
      .poll(() => shop.published.map(({ type }) => type))
      .toEqual(['user.UserRegistered', 'user.SessionsRevoked', 'user.UserDeactivated', 'user.SessionsRevoked'])
  })

  it('of somebody else needs an administrator', async () => {
    const ann = await signedIn()
    const bob = await signedIn('bob')
    await unchanged(async () => {
      expect(faultIn(await doAs(ann.viewer, 'deactivateUser', { userId: bob.id }))).toBe('FORBIDDEN')
      expect(faultIn(await doAs(ANYBODY, 'deactivateUser', { userId: bob.id }))).toBe('UNAUTHENTICATED')
    })
  })
})

describe('erasing a person', () => {
  it('destroys their key, leaves nothing of them readable, and frees the address', async () => {
    const { id, viewer } = await signedIn()
    await doAs(viewer, 'updateProfile', { displayName: 'Ann Lee' })
    const erased = await doAs(viewer, 'eraseMe', {}, 'user { id username status email displayName }')
    expect(erased.data.eraseMe.user).toEqual({
      id,
      username: 'erased',
      status: 'ERASED',
      email: null,
      displayName: null,
    })
    await expect.poll(() => shop.ports.vault.find(id)).toBeUndefined()
    expect(await shop.mailsTo(email)).toEqual([])
    const { data } = await shop.client.query(`{ user(id: "${id}") { id username createdAt } }`)
    expect(data.user).toEqual({ id, username: 'erased', createdAt: '2026-01-01T00:00:00.000Z' })
    expect(await signInCode(PASSWORD)).toBe('USER.SIGN_IN_REFUSED')
    const again = await shop.client.query(
      `mutation { registerUser(input: { email: "${email}", username: "ann" }) { userErrors { code } } }`,
    )
    expect(refusalIn(again, 'registerUser')).toBe('USER.USERNAME_TAKEN')
    expect(await shop.register('anna')).toEqual(expect.any(String))
  })

  it('needs a sign-in of the last ten minutes', async () => {
    const { viewer } = await signedIn()
    shop.clock.advance(600_001)
    await unchanged(async () => {
      expect(faultIn(await doAs(viewer, 'eraseMe', {}))).toBe('FORBIDDEN')
      expect(faultIn(await doAs(ANYBODY, 'eraseMe', {}))).toBe('UNAUTHENTICATED')
    })
  })
})

describe('everything that needs to be signed in', () => {
  it.each([
    ['changePassword', { currentPassword: PASSWORD, newPassword: NEW }],
    ['updateProfile', { displayName: 'Nobody' }],
    ['removeAddress', { addressId: '018f0000-0000-7000-8000-000000000002' }],
    ['signOutEverywhere', {}],
  ])('%s says so, and appends nothing', async (field, input) => {
    await unchanged(async () => {
      expect(faultIn(await doAs(ANYBODY, field, input))).toBe('UNAUTHENTICATED')
    })
  })
})
