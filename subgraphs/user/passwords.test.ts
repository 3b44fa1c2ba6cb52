import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ANYBODY, openUserContext, PASSWORD, refusalIn, type UserContext } from './testing.ts'

let shop: UserContext
beforeEach(async () => {
  shop = await openUserContext()
})
afterEach(() => shop[Symbol.asyncDispose]())

const NEW = 'quite another long password'
const email = 'ann@example.com'

describe('changing the password', () => {
  it('keeps this session, ends the others, and tells the person', async () => {
    await shop.register('ann')
    const other = await shop.signIn('ann')
    const own = await shop.signIn('ann')
    const input = { currentPassword: PASSWORD, newPassword: NEW }
    expect(refusalIn(await shop.doAs(own.viewer, 'changePassword', input), 'changePassword')).toBeUndefined()
    expect((await shop.refresh(other.refreshToken)).code).toBe('USER.REFRESH_REFUSED')
    expect((await shop.refresh(own.refreshToken)).code).toBeUndefined()
    expect(await shop.signInCode(PASSWORD)).toBe('USER.SIGN_IN_REFUSED')
    expect(await shop.signInCode(NEW)).toBeUndefined()
    await expect.poll(async () => (await shop.mailsTo(email))[0]?.subject).toBe('Your password was changed')
  })

  it.each([
    ['a wrong present one', { currentPassword: 'not the password', newPassword: NEW }, 'USER.PASSWORD_WRONG'],
    ['the same again', { currentPassword: PASSWORD, newPassword: PASSWORD }, 'USER.PASSWORD_UNCHANGED'],
    ['a short new one', { currentPassword: PASSWORD, newPassword: 'short' }, 'USER.PASSWORD_TOO_SHORT'],
    ['10 kB', { currentPassword: PASSWORD, newPassword: 'x'.repeat(10_000) }, 'USER.PASSWORD_TOO_LONG'],
    ['NUL', { currentPassword: '\u0000', newPassword: NEW }, 'USER.PASSWORD_WRONG'],
  ])('is refused with %s', async (_, input, code) => {
    const { viewer } = await shop.signedIn()
    await shop.unchanged(async () => {
      expect(refusalIn(await shop.doAs(viewer, 'changePassword', input), 'changePassword')).toBe(code)
    })
  })

  it('cannot be guessed either', async () => {
    const { viewer } = await shop.signedIn()
    const guess = () => shop.doAs(viewer, 'changePassword', { currentPassword: 'a wrong guess', newPassword: NEW })
    for (let times = 0; times < 5; times++) await guess()
    expect(refusalIn(await guess(), 'changePassword')).toBe('USER.TOO_MANY_ATTEMPTS')
  })
})

describe('resetting the password', () => {
  const request = (address: string) => shop.doAs(ANYBODY, 'requestPasswordReset', { email: address }, '')
  const reset = (token: string, password = NEW) => shop.doAs(ANYBODY, 'resetPassword', { token, password })

  it('works once through the mailed link, verifies the address and ends every session', async () => {
    const { refreshToken } = await shop.signedIn()
    await request('ANN@example.com')
    const token = await shop.mailedToken(email, 'Set a new password')
    expect(JSON.stringify(await shop.log())).not.toContain(token)
    expect(refusalIn(await reset(token), 'resetPassword')).toBeUndefined()
    expect((await shop.refresh(refreshToken)).code).toBe('USER.REFRESH_REFUSED')
    expect(await shop.signInCode(PASSWORD)).toBe('USER.SIGN_IN_REFUSED')
    shop.clock.advance(1)
    expect((await shop.signIn('ann', NEW)).viewer.user?.emailVerified).toBe(true)
    expect(refusalIn(await reset(token, 'a third long password'), 'resetPassword')).toBe('USER.LINK_INVALID')
  })

  it('answers the same for an unknown address and when asked too often', async () => {
    await shop.register('ann')
    const known = await request(email)
    expect(known).toEqual({ data: { requestPasswordReset: { userErrors: [], consistencyToken: null } } })
    await shop.unchanged(async () => {
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
    await shop.unchanged(async () => {
      for (const wrong of [token, verification, '', '\u0000', 'x'.repeat(10_000)])
        expect(refusalIn(await reset(wrong), 'resetPassword')).toBe('USER.LINK_INVALID')
    })
  })
})
