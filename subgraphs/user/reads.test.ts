import { viewerOf } from '@mercato/adapters/testing/subgraph-client'
import type { Viewer } from '@mercato/shared-kernel/application'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ANYBODY, faultIn, openUserContext, type UserContext } from './testing.ts'

let shop: UserContext
beforeEach(async () => {
  shop = await openUserContext()
})
afterEach(() => shop[Symbol.asyncDispose]())

const support = viewerOf('018f0000-0000-7000-8000-00000000000a', { scopes: ['users:read:any'] })
const ask = (query: string, viewer: Viewer = ANYBODY, variables = {}) => shop.client.query(query, variables, { viewer })

describe('an account', () => {
  it('shows its public profile to anybody', async () => {
    const id = await shop.register('ann')
    const { data } = await ask(`{ user(id: "${id}") { id username createdAt } }`)
    expect(data.user).toEqual({ id, username: 'ann', createdAt: '2026-01-01T00:00:00.000Z' })
  })

  it.each([
    'status',
    'email',
    'emailVerified',
    'pendingEmail',
    'roles',
    'displayName',
    'phone',
    'addresses { id }',
    'defaultAddress { id }',
    'sessions { id }',
  ])('shows %s to its person and to support, to nobody else', async field => {
    const id = await shop.register('ann')
    const query = `{ user(id: "${id}") { username ${field} } }`
    const name = field.split(' ')[0] ?? ''
    for (const viewer of [ANYBODY, viewerOf('018f0000-0000-7000-8000-00000000000b')]) {
      const answer = await ask(query, viewer)
      expect(answer.data.user).toEqual({ username: 'ann', [name]: null })
      expect(faultIn(answer)).toBe('FORBIDDEN')
    }
    for (const viewer of [viewerOf(id), support]) expect((await ask(query, viewer)).errors).toBeUndefined()
  })

  it('shows itself to a person who has just proved to be it, before they are signed in', async () => {
    const fields = 'user { email emailVerified roles status displayName }'
    const input = '{ email: "ann@example.com", username: "ann", password: "correct horse battery staple" }'
    const registered = await ask(`mutation { registerUser(input: ${input}) { ${fields} } }`)
    const shown = {
      email: 'ann@example.com',
      emailVerified: false,
      roles: ['CUSTOMER'],
      status: 'ACTIVE',
      displayName: null,
    }
    expect(registered).toMatchObject({ data: { registerUser: { user: shown } } })
    const token = await shop.mailedToken('ann@example.com', 'Confirm')
    const verified = await ask(`mutation { verifyEmail(input: { token: "${token}" }) { ${fields} } }`)
    expect(verified).toMatchObject({ data: { verifyEmail: { user: { ...shown, emailVerified: true } } } })
    const signIn = '{ email: "ann@example.com", password: "correct horse battery staple" }'
    const signedIn = await ask(`mutation { signIn(input: ${signIn}) { ${fields} } }`)
    expect(signedIn).toMatchObject({ data: { signIn: { user: { ...shown, emailVerified: true } } } })
  })

  it.each(['123', '', '\u0000', 'x'.repeat(10_000), '018f0000-0000-7000-8000-00000000000c'])(
    'does not exist under the id %j',
    async id => {
      expect(await ask('query ($id: ID!) { user(id: $id) { id } }', ANYBODY, { id })).toEqual({ data: { user: null } })
    },
  )

  it('is the signed-in person’s own under me; nobody’s when nobody is', async () => {
    const id = await shop.register('ann')
    const { data } = await ask('{ me { id email status roles emailVerified } }', viewerOf(id))
    expect(data.me).toEqual({
      id,
      email: 'ann@example.com',
      status: 'ACTIVE',
      roles: ['CUSTOMER'],
      emailVerified: false,
    })
    expect(await ask('{ me { id } }')).toEqual({ data: { me: null } })
  })

  it('resolves as an entity, in one batch, in the order asked', async () => {
    const ids = [await shop.register('ann'), await shop.register('bob')]
    const representations = [...ids, 'nobody', ...ids].map(id => ({ __typename: 'User', id }))
    const { data } = await ask(
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { username } } }',
      ANYBODY,
      { of: representations },
    )
    const [ann, bob] = [{ username: 'ann' }, { username: 'bob' }]
    expect(data._entities).toEqual([ann, bob, null, ann, bob])
  })

  it('is read as it was written by the same session', async () => {
    const { data, extensions } = await shop.client.query(
      'mutation { registerUser(input: { email: "ann@example.com", username: "ann" }) { user { id } } }',
    )
    const { id } = data.registerUser.user
    const answer = await shop.client.query(
      `{ user(id: "${id}") { username } }`,
      {},
      { consistency: extensions?.consistency ?? {} },
    )
    expect(answer.data.user).toEqual({ username: 'ann' })
  })
})

describe('the list of accounts', () => {
  const names = async (query: string) => {
    const { data, errors } = await ask(query, support)
    expect(errors).toBeUndefined()
    return data.users.edges.map(({ node }: { node: { username: string } }) => node.username)
  }
  const registerMany = async (...many: string[]) => {
    for (const name of many) {
      await shop.register(name, null)
      shop.clock.advance(1_000)
    }
    await expect
      .poll(async () => (await ask('{ users { totalCount } }', support)).data.users.totalCount)
      .toBe(many.length)
  }

  it('is for support only', async () => {
    const id = await shop.register('ann')
    for (const viewer of [ANYBODY, viewerOf(id)])
      expect(faultIn(await ask('{ users { totalCount } }', viewer))).toBe('FORBIDDEN')
  })

  it('shows the newest first, page by page, from both ends', async () => {
    await registerMany('ann', 'bob', 'cat', 'dan', 'eve')
    expect(await names('{ users { edges { node { username } } } }')).toEqual(['eve', 'dan', 'cat', 'bob', 'ann'])
    const page = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { node { username } }'
    const first = (await ask(`{ users(first: 2) { ${page} } }`, support)).data.users
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false })
    expect(await names(`{ users(first: 9, after: "${first.pageInfo.endCursor}") { ${page} } }`)).toEqual([
      'cat',
      'bob',
      'ann',
    ])
    const last = (await ask(`{ users(last: 2) { ${page} } }`, support)).data.users
    expect(last.edges.map(({ node }: { node: { username: string } }) => node.username)).toEqual(['bob', 'ann'])
    expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true })
    expect(await names(`{ users(last: 2, before: "${last.pageInfo.startCursor}") { ${page} } }`)).toEqual([
      'dan',
      'cat',
    ])
  })

  it('filters by one thing at a time', async () => {
    await registerMany('ann', 'anton', 'bob')
    const filtered = (filter: string) => names(`{ users(filter: ${filter}) { edges { node { username } } } }`)
    expect(await filtered('{ username: "AN" }')).toEqual(['ann', 'anton'])
    expect(await filtered('{ email: "bob@" }')).toEqual(['bob'])
    expect(await filtered('{ status: PENDING }')).toEqual(['bob', 'anton', 'ann'])
    expect(await filtered('{ status: ACTIVE }')).toEqual([])
    expect(await filtered('{ role: ADMIN }')).toEqual([])
    const two = await ask('{ users(filter: { role: ADMIN, status: ACTIVE }) { totalCount } }', support)
    expect(faultIn(two)).toBe('BAD_USER_INPUT')
  })

  it.each(['first: 0', 'first: -1', 'first: 101', 'first: 1, last: 1', 'last: 2147483647'])(
    'refuses %s',
    async page => {
      expect(faultIn(await ask(`{ users(${page}) { totalCount } }`, support))).toBe('BAD_USER_INPUT')
    },
  )

  it('has no more of a person who was erased', async () => {
    await shop.register('bob')
    const id = await shop.register('ann')
    const { viewer } = await shop.signIn('ann')
    await ask('mutation { eraseMe(input: {}) { userErrors { code } } }', viewer)
    await expect.poll(() => names('{ users { edges { node { username } } } }')).toEqual(['bob'])
    await expect.poll(() => shop.ports.vault.find(id)).toBeUndefined()
  })
})
