import type { Answer } from '@mercato/adapters/testing/subgraph-client'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BURST, PER_SECOND } from '#application/guessing-budget.ts'
import { openUserContext, PASSWORD, refusalIn, type UserContext, VERIFY } from './testing.ts'

let shop: UserContext
beforeEach(async () => {
  shop = await openUserContext()
})
afterEach(() => shop[Symbol.asyncDispose]())

const email = 'ann@example.com'

describe('signing in', () => {
  it('starts a session with an access token after RFC 9068', async () => {
    const id = await shop.register('ann')
    const { data, extensions } = await shop.trySignIn(PASSWORD, 'ANN@example.com')
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
    const wrong = await shop.trySignIn('not the password')
    expect(refusalIn(wrong, 'signIn')).toBe('USER.SIGN_IN_REFUSED')
    expect(wrong.data.signIn).toMatchObject({ session: null, user: null, consistencyToken: null })
    expect(await shop.trySignIn(PASSWORD, 'nobody@example.com')).toEqual(wrong)
    expect(wrong.extensions).toBeUndefined()
  })

  it('takes the same work for an unknown address and a wrong password', async () => {
    const names = ['ann', 'bob', 'cat', 'dan', 'eve', 'fay', 'guy', 'hal']
    for (const name of names) await shop.register(name)
    /** Microseconds of CPU, hashing threads included: what else the machine does makes no difference. */
    const measure = async (address: string) => {
      const before = process.cpuUsage()
      await shop.trySignIn('not the password', address)
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
    expect(refusalIn(await shop.trySignIn(password, address), 'signIn')).toBe('USER.SIGN_IN_REFUSED')
    expect(await shop.log()).toEqual(before)
  })

  it('hashes the refresh token, and keeps both tokens out of the log', async () => {
    await shop.register('ann')
    const { accessToken, refreshToken } = await shop.signIn('ann')
    const { session } = await shop.refresh(refreshToken)
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
      const { data } = await shop.trySignIn(`guess number ${times}`)
      waits.push(data.signIn.userErrors[0].message.match(/\d+ s/)?.[0])
      if (waits.at(-1)) shop.clock.advance(Number.parseInt(String(waits.at(-1)), 10) * 1_000)
    }
    expect(waits).toEqual([undefined, undefined, undefined, undefined, undefined, '1 s', undefined, '2 s'])
    expect(await shop.log()).toEqual(before)
  })

  it('bars the right password, too, until the wait is over; then starts from zero', async () => {
    await shop.register('ann')
    for (let times = 0; times < 5; times++) await shop.trySignIn('a wrong guess')
    expect(refusalIn(await shop.trySignIn(PASSWORD), 'signIn')).toBe('USER.TOO_MANY_ATTEMPTS')
    shop.clock.advance(1_000)
    expect(refusalIn(await shop.trySignIn(PASSWORD), 'signIn')).toBeUndefined()
    expect(refusalIn(await shop.trySignIn('a wrong guess'), 'signIn')).toBe('USER.SIGN_IN_REFUSED')
  })

  it('does the same for addresses that nobody has', async () => {
    for (let times = 0; times < 5; times++) await shop.trySignIn('a wrong guess', 'nobody@example.com')
    expect(refusalIn(await shop.trySignIn(PASSWORD, 'nobody@example.com'), 'signIn')).toBe('USER.TOO_MANY_ATTEMPTS')
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
    const answers = await Promise.all(
      Array.from({ length: 15 }, () => shop.trySignIn('a wrong guess', 'bob@example.com')),
    )
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
