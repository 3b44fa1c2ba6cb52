import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openUserContext, PASSWORD, REGISTER, refusalIn, SIGN_IN, type UserContext, VERIFY } from './testing.ts'

let shop: UserContext
beforeEach(async () => {
  shop = await openUserContext()
})
afterEach(() => shop[Symbol.asyncDispose]())

const register = (input: Record<string, unknown>, options = {}) => shop.client.query(REGISTER, { input }, options)
const RESEND = `mutation ($email: String!) { resendVerification(input: { email: $email }) { userErrors { code } consistencyToken } }`
const COMPLETE = `mutation ($token: String!, $password: String!) {
  completeRegistration(input: { token: $token, password: $password }) { user { id } userErrors { code field } }
}`

describe('registering', () => {
  it('opens an account and shows its public profile', async () => {
    const answer = await register({ email: 'Ann@Example.com', username: 'ann', password: PASSWORD })
    expect(answer.errors).toBeUndefined()
    const { user, userErrors, consistencyToken } = answer.data.registerUser
    expect(userErrors).toEqual([])
    expect(user).toEqual({ id: expect.any(String), username: 'ann', createdAt: '2026-01-01T00:00:00.000Z' })
    expect(answer.extensions?.consistency).toEqual({ [`user.User-${user.id}`]: 0 })
    expect(consistencyToken).toEqual(expect.any(String))
  })

  it('keeps no personal data and no password in the log in the clear', async () => {
    await register({ email: 'ann@example.com', username: 'annabel', password: PASSWORD })
    await shop.mailedToken('ann@example.com', 'Confirm')
    const text = JSON.stringify(await shop.log())
    for (const secret of ['ann@example.com', 'annabel', 'argon2', PASSWORD]) expect(text).not.toContain(secret)
  })

  it('keeps the mailed token out of the log', async () => {
    await register({ email: 'ann@example.com', username: 'annabel', password: PASSWORD })
    const token = await shop.mailedToken('ann@example.com', 'Confirm')
    expect(JSON.stringify(await shop.log())).not.toContain(token)
  })

  it.each([
    ['an address without @', { email: 'nobody', username: 'bob' }, 'EMAIL.INVALID', 'email'],
    ['an address with NUL', { email: 'a\u0000b@example.com', username: 'bob' }, 'EMAIL.INVALID', 'email'],
    ['10 kB of address', { email: `${'a'.repeat(10_000)}@example.com`, username: 'bob' }, 'EMAIL.INVALID', 'email'],
    ['a short user name', { email: 'b@example.com', username: 'bo' }, 'USER.USERNAME_INVALID', 'username'],
    ['a user name with NUL', { email: 'b@example.com', username: 'bob\u0000' }, 'USER.USERNAME_INVALID', 'username'],
    [
      '10 kB of user name',
      { email: 'b@example.com', username: 'b'.repeat(10_000) },
      'USER.USERNAME_INVALID',
      'username',
    ],
    [
      'a short password',
      { email: 'b@example.com', username: 'bob', password: 'short' },
      'USER.PASSWORD_TOO_SHORT',
      'password',
    ],
    [
      'a common password',
      { email: 'b@example.com', username: 'bob', password: 'Password123' },
      'USER.PASSWORD_TOO_WEAK',
      'password',
    ],
    [
      '10 kB of password',
      { email: 'b@example.com', username: 'bob', password: 'p'.repeat(10_000) },
      'USER.PASSWORD_TOO_LONG',
      'password',
    ],
  ])('refuses %s and appends nothing', async (_, input, code, field) => {
    const before = await shop.log()
    const answer = await register(input)
    expect(answer.data.registerUser).toMatchObject({ user: null, userErrors: [{ code, field: [field] }] })
    expect(await shop.log()).toEqual(before)
  })

  it('refuses an address that is taken, whatever its case', async () => {
    await register({ email: 'ann@example.com', username: 'ann' })
    const again = await register({ email: 'ANN@example.COM', username: 'anna' })
    expect(again.data.registerUser).toMatchObject({
      user: null,
      userErrors: [{ code: 'USER.EMAIL_TAKEN', field: ['email'] }],
    })
  })

  it('refuses a user name that is taken, and leaves the address free', async () => {
    await register({ email: 'ann@example.com', username: 'ann' })
    const again = await register({ email: 'ann2@example.com', username: 'ANN' })
    expect(refusalIn(again, 'registerUser')).toBe('USER.USERNAME_TAKEN')
    expect(refusalIn(await register({ email: 'ann2@example.com', username: 'ann2' }), 'registerUser')).toBeUndefined()
  })

  it('lets one of twenty win who register the same address at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => register({ email: 'ann@example.com', username: `ann-${n}` })),
    )
    const codes = answers.map(answer => refusalIn(answer, 'registerUser'))
    expect(codes.filter(code => code === undefined)).toHaveLength(1)
    expect(codes.filter(code => code === 'USER.EMAIL_TAKEN')).toHaveLength(19)
  })

  it('lets one of twenty win who register the same user name at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        register({ email: `ann-${n}@example.com`, username: n % 2 ? 'ann' : 'Ann' }),
      ),
    )
    const codes = answers.map(answer => refusalIn(answer, 'registerUser'))
    expect(codes.filter(code => code === undefined)).toHaveLength(1)
    expect(codes.filter(code => code === 'USER.USERNAME_TAKEN')).toHaveLength(19)
  })

  it('gives the first answer to a repeat with the same key', async () => {
    const input = { email: 'ann@example.com', username: 'ann', password: PASSWORD }
    const [first, second] = await Promise.all([
      register(input, { idempotencyKey: 'k' }),
      register(input, { idempotencyKey: 'k' }),
    ])
    expect(second.data).toEqual(first.data)
    expect(first.data.registerUser.userErrors).toEqual([])
    expect((await shop.log()).filter(({ type }) => type === 'UserRegistered')).toHaveLength(1)
  })

  it('publishes that there is a user, without saying who', async () => {
    const userId = await shop.register('ann')
    await expect
      .poll(() => shop.published)
      .toMatchObject([{ type: 'user.UserRegistered', data: { userId, registeredAt: '2026-01-01T00:00:00.000Z' } }])
  })
})

describe('a claim whose owner vanished', () => {
  const hashed = async (email: string) => {
    const { createKeyedHash } = await import('./infrastructure/subkey.ts')
    return createKeyedHash(shop.ports.secret)('email', email)
  }
  const claimFor = async (ownerId: string, email: string) => {
    await shop.ports.claims.claim('email', await hashed(email), ownerId, new Date(shop.clock.now().getTime() + 30_000))
  }

  it('bars the address until it expires, then gives it to the next', async () => {
    await claimFor(shop.ports.ids.next(), 'ann@example.com')
    const input = { email: 'ann@example.com', username: 'ann' }
    expect(refusalIn(await register(input), 'registerUser')).toBe('USER.EMAIL_TAKEN')
    shop.clock.advance(30_001)
    expect(refusalIn(await register(input), 'registerUser')).toBeUndefined()
  })

  it('closes the stream of the owner, who can come no more', async () => {
    const late = shop.ports.ids.next()
    await claimFor(late, 'ann@example.com')
    shop.clock.advance(30_001)
    await register({ email: 'ann@example.com', username: 'ann' })
    const stream = await shop.ports.store.readStream(`user.User-${late}`)
    expect(stream.map(({ type }) => type)).toEqual(['RegistrationAbandoned'])
  })

  it('becomes final when the account has the name by then', async () => {
    const userId = await shop.register('ann')
    const keyedEmail = await hashed('ann@example.com')
    await shop.ports.claims.release('email', keyedEmail, userId)
    await claimFor(userId, 'ann@example.com')
    shop.clock.advance(30_001)
    const answer = await register({ email: 'ann@example.com', username: 'second' })
    expect(refusalIn(answer, 'registerUser')).toBe('USER.EMAIL_TAKEN')
    expect(await shop.ports.claims.holder('email', keyedEmail)).toMatchObject({ ownerId: userId, pending: false })
  })

  it('is given up when the account goes by another name by then', async () => {
    const userId = await shop.register('ann')
    await claimFor(userId, 'second@example.com')
    shop.clock.advance(30_001)
    const answer = await register({ email: 'second@example.com', username: 'second' })
    expect(refusalIn(answer, 'registerUser')).toBeUndefined()
  })
})

describe('verifying the address', () => {
  it('takes the token from the mail, twice without harm', async () => {
    const id = await shop.register('ann')
    const token = await shop.mailedToken('ann@example.com', 'Confirm')
    for (let times = 0; times < 2; times++)
      expect((await shop.client.query(VERIFY, { token })).data.verifyEmail).toEqual({ user: { id }, userErrors: [] })
    expect((await shop.log()).filter(({ type }) => type === 'EmailVerified')).toHaveLength(1)
  })

  it.each([
    ['tampered', (token: string) => `${token.slice(0, -2)}xx`],
    ['empty', () => ''],
    ['10 kB', () => 'x'.repeat(10_000)],
    ['NUL', () => '\u0000'],
  ])('refuses a token that is %s', async (_, spoil) => {
    await shop.register('ann')
    const token = await shop.mailedToken('ann@example.com', 'Confirm')
    const before = await shop.log()
    expect(refusalIn(await shop.client.query(VERIFY, { token: spoil(token) }), 'verifyEmail')).toBe('USER.LINK_INVALID')
    expect(await shop.log()).toEqual(before)
  })

  it('refuses a token after two days', async () => {
    await shop.register('ann')
    const token = await shop.mailedToken('ann@example.com', 'Confirm')
    shop.clock.advance(2 * 86_400_000)
    expect(refusalIn(await shop.client.query(VERIFY, { token }), 'verifyEmail')).toBe('USER.LINK_INVALID')
  })

  it('sends the link again when a minute has passed, and the old one stops working', async () => {
    await shop.register('ann')
    const old = await shop.mailedToken('ann@example.com', 'Confirm')
    shop.clock.advance(60_000)
    const answer = await shop.client.query(RESEND, { email: 'ANN@example.com' })
    expect(answer).toEqual({ data: { resendVerification: { userErrors: [], consistencyToken: null } } })
    const fresh = await shop.mailedToken('ann@example.com', 'Confirm', 1)
    expect(refusalIn(await shop.client.query(VERIFY, { token: old }), 'verifyEmail')).toBe('USER.LINK_INVALID')
    expect(refusalIn(await shop.client.query(VERIFY, { token: fresh }), 'verifyEmail')).toBeUndefined()
  })

  it('answers the same for an unknown address, and for one that asks too often, and appends nothing', async () => {
    await shop.register('ann')
    const before = await shop.log()
    const known = await shop.client.query(RESEND, { email: 'ann@example.com' })
    expect(await shop.client.query(RESEND, { email: 'nobody@example.com' })).toEqual(known)
    expect(await shop.log()).toEqual(before)
  })
})

describe('registering without a password', () => {
  it('waits for one to be set through the mailed link', async () => {
    const id = await shop.register('ann', null)
    const token = await shop.mailedToken('ann@example.com', 'Complete')
    const signIn = { email: 'ann@example.com', password: PASSWORD }
    expect(refusalIn(await shop.client.query(SIGN_IN, signIn), 'signIn')).toBe('USER.SIGN_IN_REFUSED')
    const weak = await shop.client.query(COMPLETE, { token, password: 'ann@example.com' })
    expect(weak.data.completeRegistration.userErrors).toEqual([{ code: 'USER.PASSWORD_TOO_WEAK', field: ['password'] }])
    const done = await shop.client.query(COMPLETE, { token, password: PASSWORD })
    expect(done.data.completeRegistration).toEqual({ user: { id }, userErrors: [] })
    const { viewer } = await shop.signIn('ann')
    expect(viewer.user).toMatchObject({ id, emailVerified: true })
  })

  it('works once', async () => {
    await shop.register('ann', null)
    const token = await shop.mailedToken('ann@example.com', 'Complete')
    await shop.client.query(COMPLETE, { token, password: PASSWORD })
    const again = await shop.client.query(COMPLETE, { token, password: 'another long password' })
    expect(refusalIn(again, 'completeRegistration')).toBe('USER.LINK_INVALID')
  })
})
