import { type Answer, viewerOf } from '@mercato/adapters/testing/subgraph-client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ANYBODY, faultIn, openUserContext, REFRESH, type UserContext } from './testing.ts'

let shop: UserContext
beforeEach(async () => {
  shop = await openUserContext()
})
afterEach(() => shop[Symbol.asyncDispose]())

const USER =
  'subscription ($id: ID, $after: String) { userChanged(id: $id, after: $after) { cursor change user { id displayName } } }'
const SESSIONS = 'subscription ($after: String) { mySessionsChanged(after: $after) { cursor change sessionId } }'
const support = viewerOf('018f0000-0000-7000-8000-00000000000a', { scopes: ['users:read:any'] })

/** The next item of a subscription field. */
const next = async (items: AsyncGenerator<Answer>, field: string) => {
  const { value } = await items.next()
  return value?.data?.[field] ?? {}
}
const refusalOf = async (items: AsyncGenerator<Answer>) => faultIn((await items.next()).value ?? {})

const rename = (id: string, displayName: string) =>
  shop.client.query(
    'mutation ($name: String) { updateProfile(input: { displayName: $name }) { userErrors { code } } }',
    { name: displayName },
    { viewer: viewerOf(id) },
  )

describe('changes of an account', () => {
  it('arrive live, each with the account as it was then', async () => {
    const id = await shop.register('ann')
    const other = await shop.register('bob')
    const items = await shop.client.listen(USER, {}, { viewer: viewerOf(id) })
    await rename(other, 'Bob')
    await rename(id, 'Ann')
    await rename(id, 'Anna')
    const seen = [await next(items, 'userChanged'), await next(items, 'userChanged')]
    await items.return(undefined)
    expect(seen).toEqual([
      { cursor: expect.any(String), change: 'PROFILE_UPDATED', user: { id, displayName: 'Ann' } },
      { cursor: expect.any(String), change: 'PROFILE_UPDATED', user: { id, displayName: 'Anna' } },
    ])
  })

  it('continue behind a cursor: nothing is missed, nothing comes twice', async () => {
    const id = await shop.register('ann')
    const viewer = viewerOf(id)
    const first = await shop.client.listen(USER, {}, { viewer })
    await rename(id, 'one')
    const { cursor } = await next(first, 'userChanged')
    await first.return(undefined)
    await rename(id, 'two')
    await rename(id, 'three')
    const second = await shop.client.listen(USER, { after: cursor }, { viewer })
    const names: string[] = []
    for (let n = 0; n < 2; n++) names.push((await next(second, 'userChanged')).user.displayName)
    await second.return(undefined)
    expect(names).toEqual(['two', 'three'])
  })

  it('of another account are for support', async () => {
    const id = await shop.register('ann')
    const items = await shop.client.listen(USER, { id }, { viewer: support })
    await rename(id, 'Ann')
    expect((await next(items, 'userChanged')).user).toEqual({ id, displayName: 'Ann' })
    await items.return(undefined)
    const stranger = viewerOf('018f0000-0000-7000-8000-00000000000b')
    const refused = await shop.client.listen(USER, { id }, { viewer: stranger })
    expect(await refusalOf(refused)).toBe('FORBIDDEN')
    const nobody = await shop.client.listen(USER, { id }, { viewer: ANYBODY })
    expect(await refusalOf(nobody)).toBe('UNAUTHENTICATED')
  })

  it('refuse a cursor of another person, of another field, or made up', async () => {
    const id = await shop.register('ann')
    const items = await shop.client.listen(USER, {}, { viewer: viewerOf(id) })
    await rename(id, 'Ann')
    const { cursor } = await next(items, 'userChanged')
    await items.return(undefined)
    const refusedWith = async (query: string, variables: object, viewer: typeof support) =>
      refusalOf(await shop.client.listen(query, variables, { viewer }))
    expect(await refusedWith(USER, { id, after: cursor }, support)).toBe('CURSOR_EXPIRED')
    expect(await refusedWith(SESSIONS, { after: cursor }, viewerOf(id))).toBe('CURSOR_EXPIRED')
    expect(await refusedWith(USER, { after: '\u0000' }, viewerOf(id))).toBe('CURSOR_EXPIRED')
  })
})

describe('changes of one’s sessions', () => {
  it('arrive live, one’s own only', async () => {
    const id = await shop.register('ann')
    await shop.register('bob')
    const items = await shop.client.listen(SESSIONS, {}, { viewer: viewerOf(id) })
    await shop.signIn('bob')
    const session = await shop.signIn('ann')
    await shop.client.query(REFRESH, { token: session.refreshToken })
    await shop.client.query('mutation { signOut(input: {}) { userErrors { code } } }', {}, { viewer: session.viewer })
    await shop.client.query(
      'mutation { signOutEverywhere(input: {}) { userErrors { code } } }',
      {},
      { viewer: viewerOf(id) },
    )
    const seen: unknown[] = []
    for (let n = 0; n < 4; n++) {
      const { change, sessionId } = await next(items, 'mySessionsChanged')
      seen.push([change, sessionId])
    }
    await items.return(undefined)
    expect(seen).toEqual([
      ['STARTED', session.id],
      ['REFRESHED', session.id],
      ['REVOKED', session.id],
      ['ALL_REVOKED', null],
    ])
  })
})
