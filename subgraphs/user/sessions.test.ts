import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ANYBODY, faultIn, openUserContext, REFRESH, refusalIn, type UserContext } from './testing.ts'

let shop: UserContext
beforeEach(async () => {
  shop = await openUserContext()
})
afterEach(() => shop[Symbol.asyncDispose]())

const email = 'ann@example.com'
const SIGN_OUT = 'mutation ($token: String) { signOut(input: { refreshToken: $token }) { userErrors { code } } }'
const SESSIONS = '{ me { sessions { id isCurrent } } }'

describe('refreshing a session', () => {
  it('hands out the next refresh token and a new access token', async () => {
    await shop.register('ann')
    const first = await shop.signIn('ann')
    shop.clock.advance(300_000)
    const { session } = await shop.refresh(first.refreshToken)
    expect(session.id).toBe(first.id)
    expect(session.refreshToken).not.toBe(first.refreshToken)
    const { viewer } = { viewer: await shop.viewerFrom(session.accessToken) }
    expect(viewer.user?.authenticatedAt).toBe(Date.parse('2026-01-01T00:00:00Z') / 1_000)
    expect((await shop.refresh(session.refreshToken)).code).toBeUndefined()
  })

  it('gives the same successor again within ten seconds: the answer may have been lost', async () => {
    await shop.register('ann')
    const first = await shop.signIn('ann')
    const second = await shop.refresh(first.refreshToken)
    shop.clock.advance(10_000)
    const again = await shop.refresh(first.refreshToken)
    expect(again.session.refreshToken).toBe(second.session.refreshToken)
    expect((await shop.refresh(second.session.refreshToken)).code).toBeUndefined()
  })

  it('gives one successor to twenty refreshes at once', async () => {
    await shop.register('ann')
    const first = await shop.signIn('ann')
    const all = await Promise.all(Array.from({ length: 20 }, () => shop.refresh(first.refreshToken)))
    expect(new Set(all.map(({ session }) => session.refreshToken)).size).toBe(1)
  })

  it('ends the whole family when a token comes again later, and tells the person', async () => {
    const userId = await shop.register('ann')
    const first = await shop.signIn('ann')
    const second = await shop.refresh(first.refreshToken)
    shop.clock.advance(10_001)
    expect((await shop.refresh(first.refreshToken)).code).toBe('USER.REFRESH_REFUSED')
    expect((await shop.refresh(second.session.refreshToken)).code).toBe('USER.REFRESH_REFUSED')
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
      expect((await shop.refresh(token)).code).toBe('USER.REFRESH_REFUSED')
    expect(await shop.log()).toEqual(before)
    expect((await shop.refresh(refreshToken)).code).toBeUndefined()
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
    expect((await shop.refresh(refreshToken)).code).toBe('USER.REFRESH_REFUSED')
  })

  it('ends after sixty days, however busy', async () => {
    await shop.register('ann')
    let { refreshToken } = await shop.signIn('ann')
    for (let days = 10; days < 60; days += 10) {
      shop.clock.advance(10 * 86_400_000)
      refreshToken = (await shop.refresh(refreshToken)).session.refreshToken
    }
    shop.clock.advance(10 * 86_400_000)
    expect((await shop.refresh(refreshToken)).code).toBe('USER.REFRESH_REFUSED')
  })
})

describe('signing out', () => {
  it('ends the session in which it is asked', async () => {
    const userId = await shop.register('ann')
    const { id, refreshToken, viewer } = await shop.signIn('ann')
    expect(refusalIn(await shop.client.query(SIGN_OUT, {}, { viewer }), 'signOut')).toBeUndefined()
    expect((await shop.refresh(refreshToken)).code).toBe('USER.REFRESH_REFUSED')
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
    expect((await shop.refresh(refreshToken)).code).toBe('USER.REFRESH_REFUSED')
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
    for (const { refreshToken } of [one, two])
      expect((await shop.refresh(refreshToken)).code).toBe('USER.REFRESH_REFUSED')
    await expect
      .poll(() => shop.published.find(({ data }) => (data as { all?: true }).all))
      .toMatchObject({ type: 'user.SessionsRevoked', data: { userId, all: true } })
    shop.clock.advance(1)
    expect((await shop.refresh((await shop.signIn('ann')).refreshToken)).code).toBeUndefined()
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
    expect((await shop.refresh(two.refreshToken)).code).toBe('USER.REFRESH_REFUSED')
    expect((await shop.refresh(one.refreshToken)).code).toBeUndefined()
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
