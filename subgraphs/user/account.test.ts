import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ANYBODY, faultIn, openUserContext, PASSWORD, refusalIn, type UserContext } from './testing.ts'

let shop: UserContext
beforeEach(async () => {
  shop = await openUserContext()
})
afterEach(() => shop[Symbol.asyncDispose]())

const email = 'ann@example.com'

describe('closing an account', () => {
  it('ends its sessions and lets nobody in again', async () => {
    const { id, viewer, refreshToken } = await shop.signedIn()
    const closed = await shop.doAs(viewer, 'deactivateUser', {}, 'user { id status }')
    expect(closed.data.deactivateUser.user).toEqual({ id, status: 'DEACTIVATED' })
    expect((await shop.refresh(refreshToken)).code).toBe('USER.REFRESH_REFUSED')
    expect(await shop.signInCode(PASSWORD)).toBe('USER.SIGN_IN_REFUSED')
    await expect
      .poll(() => shop.published.map(({ type }) => type))
      .toEqual(['user.UserRegistered', 'user.SessionsRevoked', 'user.UserDeactivated', 'user.SessionsRevoked'])
  })

  it('of somebody else needs an administrator', async () => {
    const ann = await shop.signedIn()
    const bob = await shop.signedIn('bob')
    await shop.unchanged(async () => {
      expect(faultIn(await shop.doAs(ann.viewer, 'deactivateUser', { userId: bob.id }))).toBe('FORBIDDEN')
      expect(faultIn(await shop.doAs(ANYBODY, 'deactivateUser', { userId: bob.id }))).toBe('UNAUTHENTICATED')
    })
  })
})

describe('erasing a person', () => {
  it('destroys their key, leaves nothing of them readable, and frees the address', async () => {
    const { id, viewer } = await shop.signedIn()
    await shop.doAs(viewer, 'updateProfile', { displayName: 'Ann Lee' })
    const erased = await shop.doAs(viewer, 'eraseMe', {}, 'user { id username status email displayName }')
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
    expect(await shop.signInCode(PASSWORD)).toBe('USER.SIGN_IN_REFUSED')
    const again = await shop.client.query(
      `mutation { registerUser(input: { email: "${email}", username: "ann" }) { userErrors { code } } }`,
    )
    expect(refusalIn(again, 'registerUser')).toBe('USER.USERNAME_TAKEN')
    expect(await shop.register('anna')).toEqual(expect.any(String))
  })

  it('needs a sign-in of the last ten minutes', async () => {
    const { viewer } = await shop.signedIn()
    shop.clock.advance(600_001)
    await shop.unchanged(async () => {
      expect(faultIn(await shop.doAs(viewer, 'eraseMe', {}))).toBe('FORBIDDEN')
      expect(faultIn(await shop.doAs(ANYBODY, 'eraseMe', {}))).toBe('UNAUTHENTICATED')
    })
  })
})

describe('everything that needs to be signed in', () => {
  it.each([
    ['changePassword', { currentPassword: PASSWORD, newPassword: 'quite another long password' }],
    ['updateProfile', { displayName: 'Nobody' }],
    ['removeAddress', { addressId: '018f0000-0000-7000-8000-000000000002' }],
    ['signOutEverywhere', {}],
  ])('%s says so, and appends nothing', async (field, input) => {
    await shop.unchanged(async () => {
      expect(faultIn(await shop.doAs(ANYBODY, field, input))).toBe('UNAUTHENTICATED')
    })
  })
})
