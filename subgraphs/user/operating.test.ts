import { viewerOf } from '@mercato/adapters/testing/subgraph-client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { faultIn, openUserContext, type UserContext } from './testing.ts'

const auditor = viewerOf('018f0000-0000-7000-8000-0000000000a1', { scopes: ['audit:read'] })
const admin = viewerOf('018f0000-0000-7000-8000-0000000000a2', { scopes: ['operations:admin', 'users:admin'] })

let shop: UserContext
beforeEach(async () => {
  shop = await openUserContext()
})
afterEach(() => shop[Symbol.asyncDispose]())

describe('the history of an account', () => {
  const HISTORY = `query ($id: ID!) { user(id: $id) { history { totalCount
    edges { node { version event actor { kind id } cause correlation } } } } }`

  it('says who did what, and nothing of whom it is about', async () => {
    const id = await shop.register('canary')
    const grant = `mutation { assignRole(input: { userId: "${id}", role: SUPPORT }) { userErrors { code } } }`
    await shop.client.query(grant, {}, { viewer: admin })
    const { data } = await shop.client.query(HISTORY, { id }, { viewer: auditor })
    const entries = data.user.history.edges.map(({ node }: { node: unknown }) => node)
    expect(entries).toMatchObject([
      { version: 1, event: 'UserRegistered', actor: { kind: 'ANONYMOUS', id: 'frontend' } },
      { version: 2, event: 'RoleAssigned', actor: { kind: 'USER', id: admin.user?.id } },
    ])
    expect(JSON.stringify(data)).not.toContain('canary')
  })

  it('is not for its person', async () => {
    const id = await shop.register('ann')
    const answer = await shop.client.query(HISTORY, { id }, { viewer: viewerOf(id) })
    expect(answer.data.user.history).toBeNull()
    expect(faultIn(answer)).toBe('FORBIDDEN')
  })
})

describe('parked messages of the accounts', () => {
  const LIST = '{ userParkedMessages { id } }'
  const REPLAY = `mutation { replayUserParkedMessages(input: { group: "user.reactions" }) {
    handled left failure userErrors { code } } }`

  it('are listed and replayed by those who operate, on record', async () => {
    expect((await shop.client.query(LIST, {}, { viewer: admin })).data.userParkedMessages).toEqual([])
    const { data } = await shop.client.query(REPLAY, {}, { viewer: admin })
    expect(data.replayUserParkedMessages).toEqual({ handled: 0, left: 0, failure: null, userErrors: [] })
    const records = await shop.ports.store.readStream('user.Operations-replays')
    expect(records.map(({ type, actor }) => [type, actor.id])).toEqual([
      ['ReplayOrdered', admin.user?.id],
      ['MessagesReplayed', admin.user?.id],
    ])
  })

  it('are nobody else’s business', async () => {
    expect(faultIn(await shop.client.query(LIST, {}, { viewer: auditor }))).toBe('FORBIDDEN')
    expect(faultIn(await shop.client.query(REPLAY))).toBe('UNAUTHENTICATED')
    expect(await shop.ports.store.readStream('user.Operations-replays')).toEqual([])
  })
})
