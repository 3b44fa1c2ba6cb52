import type { Answer } from '@mercato/adapters/testing/subgraph-client'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BURST, PER_SECOND } from '#application/guessing-budget.ts'
import {
  ANYBODY,
  faultIn,
  openUserContext,
  PASSWORD,
  REFRESH,
  refusalIn,
  SIGN_IN,
  type UserContext,
  VERIFY,
} from './testing.ts'

let shop: UserContext
beforeEach(async () => {
  shop = await openUserContext()
})
afterEach(() => shop[Symbol.asyncDispose]())

const email = 'ann@example.com'
const trySignIn = (password: string, address = email) => shop.client.query(SIGN_IN, { email: address, password })
const refresh = async (token: string) => {
  const answer = await shop.client.query(REFRESH, { token })
  return { session: answer.data.refreshSession.session, code: refusalIn(answer, 'refreshSession') }
}
const SIGN_OUT = 'mutation ($token: String) { signOut(input: { refreshToken: $token }) { userErrors { code } } }'
const SESSIONS = '{ me { sessions { id isCurrent } } }'

describe('signing in', () => {
  it('starts a session with an access token after RFC 9068', async () => {
    const id = await shop.register('ann')
    const { data, extensions } = await trySignIn(PASSWORD, 'ANN@example.com')
    const { session, user, consistencyToken } = data.signIn
    expect(user).toEqual({ id, username: 'ann' })
    expect(consistencyToken).toEqual(expect.any(String))
    expect(extensions?.consistency).toEqual({ [`user.Session-${session.id}`]: 0, [`user.User-${id}`]: 0 })
    const { keys } = await shop.subgraph.jwks()
    expect(decodeProtectedHeader(session.accessToken)).toEqual({ alg: 'EdDSA', typ: 'at+jwt', kid: keys[0]?.['kid'] })
    const now = shop.clock.now().getTime() / 1_000
    expect(decodeJwt(session.accessToken)).toEqual({
      iss: 'https://mercato.local',
      aud: 'mercato',
      sub: id,
      sid: session.id,
      roles: ['CUSTOMER'],
      scope: '',
      email_verified: false,
      auth_time: now,
      iat: now,
      exp: now + 600,
    })
    expect(session.accessTokenExpiresAt).toBe('2026-01-01T00:10:00.000Z')
  })

  it('says so in the token when the address is verified', async () => {
    await shop.register('ann')
    await shop.client.query(VERIFY, { token: await shop.mailedToken(email, 'Confirm') })
    expect((await shop.signIn('ann')).viewer.user?.emailVerified).toBe(true)
  })

  it('answers the same for an unknown address and a wrong password', async () => {
    await shop.register('ann')
    const wrong = await trySignIn('not the password')
    expect(refusalIn(wrong, 'signIn')).toBe('USER.SIGN_IN_REFUSED')
    expect(wrong.data.signIn).toMatchObject({ session: null, user: null, consistencyToken: null })
    expect(await trySignIn(PASSWORD, 'nobody@example.com')).toEqual(wrong)
    expect(wrong.extensions).toBeUndefined()
  })

  it('takes the same work for an unknown address and a wrong password', async () => {
    const names = ['ann', 'bob', 'cat', 'dan', 'eve', 'fay', 'guy', 'hal']
    for (const name of names) await shop.register(name)
    /** Microseconds of CPU, hashing threads included: what else the machine does makes no difference. */
    const measure = async (address: string) => {
      const before = process.cpuUsage()
      await trySignIn('not the password', address)
      const { user, system } = process.cpuUsage(before)
      return user + system
    }
    const known: number[] = []
    const unknown: number[] = []
    for (const name of names) {
      known.push(await measure(`${name}@example.com`))
      unknown.push(await measure(`${name}@example.org`))
    }
    const [shortest, other] = [Math.min(...known), Math.min(...unknown)]
    expect(other).toBeGreaterThan(shortest / 2)
    expect(other).toBeLessThan(shortest * 2)
  })

  it.each([
    ['10 kB of address', `${'a'.repeat(10_000)}@example.com`, PASSWORD],
    ['10 kB of password', email, 'p'.repeat(10_000)],
    ['NUL', '\u0000', '\u0000'],
  ])('refuses %s and appends nothing', async (_, address, password) => {
    await shop.register('ann')
    const before = await shop.log()
    expect(refusalIn(await trySignIn(password, address), 'signIn')).toBe('USER.SIGN_IN_REFUSED')
    expect(await shop.log()).toEqual(before)
  })

  it('hashes the refresh token, and keeps both tokens out of the log', async () => {
    await shop.register('ann')
    const { accessToken, refreshToken } = await shop.signIn('ann')
    const { session } = await refresh(refreshToken)
    const text = JSON.stringify(await shop.log())
    for (const secret of [accessToken, refreshToken, session.refreshToken]) expect(text).not.toContain(secret)
  })
})

describe('guessing a password', () => {
  it('has to wait longer and longer after five attempts, and makes the log no longer', async () => {
    await shop.register('ann')
    const before = await shop.log()
    const waits: unknown[] = []
    for (let times = 0; times < 8; times++) {
      const { data } = await trySignIn(`guess number ${times}`)
      waits.push(data.signIn.userErrors[0].message.match(/\d+ s/)?.[0])
      if (waits.at(-1)) shop.clock.advance(Number.parseInt(String(waits.at(-1)), 10) * 1_000)
    }
    expect(waits).toEqual([undefined, undefined, undefined, undefined, undefined, '1 s', undefined, '2 s'])
    expect(await shop.log()).toEqual(before)
  })

  it('bars the right password, too, until the wait is over; then starts from zero', async () => {
    await shop.register('ann')
    for (let times = 0; times < 5; times++) await trySignIn('a wrong guess')
    expect(refusalIn(await trySignIn(PASSWORD), 'signIn')).toBe('USER.TOO_MANY_ATTEMPTS')
    shop.clock.advance(1_000)
    expect(refusalIn(await trySignIn(PASSWORD), 'signIn')).toBeUndefined()
    expect(refusalIn(await trySignIn('a wrong guess'), 'signIn')).toBe('USER.SIGN_IN_REFUSED')
  })

  it('does the same for addresses that nobody has', async () => {
    for (let times = 0; times < 5; times++) await trySignIn('a wrong guess', 'nobody@example.com')
    expect(refusalIn(await trySignIn(PASSWORD, 'nobody@example.com'), 'signIn')).toBe('USER.TOO_MANY_ATTEMPTS')
  })

  it('is not helped by fifteen guesses at once, nor by aliases in one request', async () => {
    await shop.register('ann')
    const aliases = Array.from(
      { length: 15 },
      (_, n) =>
        `a${n}: signIn(input: { email: "ann@example.com", password: "guess number ${n}" }) { userErrors { code } }`,
    )
    const { data } = await shop.client.query(`mutation { ${aliases.join(' ')} }`)
    const codes = Object.values<{ userErrors: { code: string }[] }>(data).map(({ userErrors }) => userErrors[0]?.code)
    expect(codes.filter(code => code === 'USER.SIGN_IN_REFUSED')).toHaveLength(5)
    expect(codes.filter(code => code === 'USER.TOO_MANY_ATTEMPTS')).toHaveLength(10)
    const answers = await Promise.all(Array.from({ length: 15 }, () => trySignIn('a wrong guess', 'bob@example.com')))
    expect(answers.filter(answer => refusalIn(answer, 'signIn') === 'USER.SIGN_IN_REFUSED')).toHaveLength(5)
  })
})

describe('guessing one password for many people', () => {
  const spray = (from: number, count: number, consumer = 'frontend') => {
    const aliases = Array.from(
      { length: count },
      (_, n) =>
        `a${n}: signIn(input: { email: "person-${from + n}@example.com", password: "a popular password" }) { userErrors { code } }`,
    )
    return shop.client.query(`mutation { ${aliases.join(' ')} }`, {}, { viewer: { consumer }, timeoutMs: 60_000 })
  }
  const codesOf = ({ data }: Answer): readonly unknown[] =>
    Object.values<{ userErrors: { code: string }[] }>(data).map(({ userErrors }) => userErrors[0]?.code)

  it('is limited per API key, also by aliases in one request; other keys go on', async () => {
    const codes: unknown[] = []
    for (let from = 0; from < 120; from += 15) codes.push(...codesOf(await spray(from, 15)))
    const through = codes.filter(code => code === 'USER.SIGN_IN_REFUSED').length
    expect(through).toBeGreaterThanOrEqual(BURST)
    expect(through).toBeLessThan(BURST + 15)
    expect(codes.slice(105)).toEqual(Array.from({ length: 15 }, () => 'USER.TOO_MANY_ATTEMPTS'))
    expect(codesOf(await spray(500, 1, 'partner'))).toEqual(['USER.SIGN_IN_REFUSED'])
    shop.clock.advance((1_000 / PER_SECOND) * 20)
    expect(codesOf(await spray(600, 1))).toEqual(['USER.SIGN_IN_REFUSED'])
  })
})

describe('refreshing a session', () => {
  it('hands out the next refresh token and a new access token', async () => {
    await shop.register('ann')
    const first = await shop.signIn('ann')
    shop.clock.advance(300_000)
    const { session } = await refresh(first.refreshToken)
    expect(session.id).toBe(first.id)
    expect(session.refreshToken).not.toBe(first.refreshToken)
    const { viewer } = { viewer: await shop.viewerFrom(session.accessToken) }
    expect(viewer.user?.authenticatedAt).toBe(Date.parse('2026-01-01T00:00:00Z') / 1_000)
    expect((await refresh(session.refreshToken)).code).toBeUndefined()
  })

  it('gives the same successor again within ten seconds: the answer may have been lost', async () => {
    await shop.register('ann')
    const first = await shop.signIn('ann')
    const second = await refresh(first.refreshToken)
    shop.clock.advance(10_000)
    const again = await refresh(first.refreshToken)
    expect(again.session.refreshToken).toBe(second.session.refreshToken)
    expect((await refresh(second.session.refreshToken)).code).toBeUndefined()
  })

  it('gives one successor to twenty refreshes at once', async () => {
    await shop.register('ann')
    const first = await shop.signIn('ann')
    const all = await Promise.all(Array.from({ length: 20 }, () => refresh(first.refreshToken)))
    expect(new Set(all.map(({ session }) => session.refreshToken)).size).toBe(1)
  })

  it('ends the whole family when a token comes again later, and tells the person', async () => {
    const userId = await shop.register('ann')
    const first = await shop.signIn('ann')
    const second = await refresh(first.refreshToken)
    shop.clock.advance(10_001)
    expect((await refresh(first.refreshToken)).code).toBe('USER.REFRESH_REFUSED')
    expect((await refresh(second.session.refreshToken)).code).toBe('USER.REFRESH_REFUSED')
    await expect
      .poll(() => shop.published.at(-1))
      .toMatchObject({
        type: 'user.SessionsRevoked',
        data: { userId, sessionId: first.id },
      })
    await expect.poll(async () => (await shop.mailsTo(email))[0]?.subject).toMatch('signed out')
  })

  it('leaves the session alone when the token is made up', async () => {
    await shop.register('ann')
    const { id, refreshToken } = await shop.signIn('ann')
    const before = await shop.log()
    const forged = Buffer.from(refreshToken, 'base64url')
    forged[20] = (forged[20] ?? 0) ^ 1
    for (const token of [forged.toString('base64url'), id, '', '\u0000', 'x'.repeat(10_000)])
      expect((await refresh(token)).code).toBe('USER.REFRESH_REFUSED')
    expect(await shop.log()).toEqual(before)
    expect((await refresh(refreshToken)).code).toBeUndefined()
  })

  it('is not replayed by an idempotency key', async () => {
    await shop.register('ann')
    const { refreshToken } = await shop.signIn('ann')
    const once = await shop.client.query(REFRESH, { token: refreshToken }, { idempotencyKey: 'k' })
    const next = once.data.refreshSession.session.refreshToken
    const twice = await shop.client.query(REFRESH, { token: next }, { idempotencyKey: 'k' })
    expect(twice.data.refreshSession.session.refreshToken).not.toBe(next)
  })

  it('ends two weeks after the last refresh', async () => {
    await shop.register('ann')
    const { refreshToken } = await shop.signIn('ann')
    shop.clock.advance(14 * 86_400_000 + 1)
    expect((await refresh(refreshToken)).code).toBe('USER.REFRESH_REFUSED')
  })

  it('ends after sixty days, however busy', async () => {
    await shop.register('ann')
    let { refreshToken } = await shop.signIn('ann')
    for (let days = 10; days < 60; days += 10) {
      shop.clock.advance(10 * 86_400_000)
      refreshToken = (await refresh(refreshToken)).session.refreshToken
    }
    shop.clock.advance(10 * 86_400_000)
    expect((await refresh(refreshToken)).code).toBe('USER.REFRESH_REFUSED')
  })
})

describe('signing out', () => {
  it('ends the session in which it is asked', async () => {
    const userId = await shop.register('ann')
    const { id, refreshToken, viewer } = await shop.signIn('ann')
    expect(refusalIn(await shop.client.query(SIGN_OUT, {}, { viewer }), 'signOut')).toBeUndefined()
    expect((await refresh(refreshToken)).code).toBe('USER.REFRESH_REFUSED')
    await expect
      .poll(() => shop.published.at(-1))
      .toMatchObject({
        type: 'user.SessionsRevoked',
        data: { userId, sessionId: id, at: '2026-01-01T00:00:00.000Z' },
      })
  })

  it('ends the session of a refresh token, when the access token has expired', async () => {
    await shop.register('ann')
    const { refreshToken } = await shop.signIn('ann')
    expect(refusalIn(await shop.client.query(SIGN_OUT, { token: refreshToken }), 'signOut')).toBeUndefined()
    expect((await refresh(refreshToken)).code).toBe('USER.REFRESH_REFUSED')
  })

  it.each([
    ['nobody is signed in', undefined, 'USER.SESSION_NOT_FOUND'],
    ['the refresh token is made up', 'made up', 'USER.REFRESH_REFUSED'],
  ])('is refused when %s', async (_, token, code) => {
    expect(refusalIn(await shop.client.query(SIGN_OUT, { token }), 'signOut')).toBe(code)
  })

  it('everywhere ends all sessions at once, and later ones work', async () => {
    const userId = await shop.register('ann')
    const one = await shop.signIn('ann')
    const two = await shop.signIn('ann')
    const everywhere = 'mutation { signOutEverywhere(input: {}) { user { id } userErrors { code } } }'
    const { data } = await shop.client.query(everywhere, {}, { viewer: one.viewer })
    expect(data.signOutEverywhere).toEqual({ user: { id: userId }, userErrors: [] })
    for (const { refreshToken } of [one, two]) expect((await refresh(refreshToken)).code).toBe('USER.REFRESH_REFUSED')
    await expect
      .poll(() => shop.published.find(({ data }) => (data as { all?: true }).all))
      .toMatchObject({ type: 'user.SessionsRevoked', data: { userId, all: true } })
    shop.clock.advance(1)
    expect((await refresh((await shop.signIn('ann')).refreshToken)).code).toBeUndefined()
    expect(faultIn(await shop.client.query(everywhere, {}, { viewer: ANYBODY }))).toBe('UNAUTHENTICATED')
  })

  it('of another device needs that it is one of your own', async () => {
    await shop.register('ann')
    await shop.register('bob')
    const one = await shop.signIn('ann')
    const two = await shop.signIn('ann')
    const other = await shop.signIn('bob')
    const revoke = (sessionId: string) =>
      shop.client.query(
        'mutation ($sessionId: ID!) { revokeSession(input: { sessionId: $sessionId }) { userErrors { code } } }',
        { sessionId },
        { viewer: one.viewer },
      )
    const before = await shop.log()
    for (const id of [other.id, shop.ports.ids.next(), '1', '\u0000', 'x'.repeat(10_000)])
      expect(refusalIn(await revoke(id), 'revokeSession')).toBe('USER.SESSION_NOT_FOUND')
    expect(await shop.log()).toEqual(before)
    expect(refusalIn(await revoke(two.id), 'revokeSession')).toBeUndefined()
    expect((await refresh(two.refreshToken)).code).toBe('USER.REFRESH_REFUSED')
    expect((await refresh(one.refreshToken)).code).toBeUndefined()
  })
})

describe('the list of one’s sessions', () => {
  it('holds those that live, and knows the present one', async () => {
    await shop.register('ann')
    const one = await shop.signIn('ann')
    shop.clock.advance(1_000)
    const two = await shop.signIn('ann')
    const ask = async () =>
      (
        await shop.client.query(
          SESSIONS,
          {},
          { viewer: two.viewer, consistency: { [`user.Session-${one.id}`]: 0, [`user.Session-${two.id}`]: 0 } },
        )
      ).data.me.sessions
    expect(await ask()).toEqual([
      { id: one.id, isCurrent: false },
      { id: two.id, isCurrent: true },
    ])
    await shop.client.query(SIGN_OUT, { token: one.refreshToken })
    await expect.poll(ask).toEqual([{ id: two.id, isCurrent: true }])
  })
})
