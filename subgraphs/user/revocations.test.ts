import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openUserContext, type UserContext } from './testing.ts'

let shop: UserContext
beforeEach(async () => {
  shop = await openUserContext()
})
afterEach(() => shop[Symbol.asyncDispose]())

const recent = async () => (await shop.subgraph.recentRevocations()).map(({ type, data }) => ({ type, data }))
const signOut = (refreshToken: string) =>
  shop.client.query('mutation ($token: String) { signOut(input: { refreshToken: $token }) { userErrors { code } } }', {
    token: refreshToken,
  })

describe('what makes access tokens void', () => {
  it('is told as it was published, the sessions and the people', async () => {
    const annId = await shop.register('ann')
    await shop.register('bob')
    const ann = await shop.signIn('ann')
    await signOut(ann.refreshToken)
    const at = shop.clock.now().toISOString()
    expect(await recent()).toEqual([{ type: 'user.SessionsRevoked', data: { userId: annId, sessionId: ann.id, at } }])
    const { viewer } = await shop.signIn('bob')
    await shop.client.query('mutation { signOutEverywhere(input: {}) { userErrors { code } } }', {}, { viewer })
    expect(await recent()).toContainEqual({
      type: 'user.SessionsRevoked',
      data: { userId: viewer.user?.id, all: true, at },
    })
  })

  it('is told as long as an access token lives, not longer', async () => {
    await shop.register('ann')
    await signOut((await shop.signIn('ann')).refreshToken)
    shop.clock.advance(599_999)
    expect(await recent()).toHaveLength(1)
    shop.clock.advance(2)
    expect(await recent()).toEqual([])
  })
})
