import { createPostgresCheckpoints } from '@mercato/adapters/checkpoints/postgres'
import { createPostgresClaims } from '@mercato/adapters/claims/postgres'
import { createPostgresEventStore } from '@mercato/adapters/event-store/postgres'
import { createPostgresIdempotencyStore } from '@mercato/adapters/idempotency-store/postgres'
import { createPostgresKeyVault } from '@mercato/adapters/key-vault/postgres'
import { testDatabase } from '@mercato/adapters/postgres/test-database'
import { createRecordingLogger } from '@mercato/adapters/testing/quiet'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openUserContext, PASSWORD, REFRESH, REGISTER, refusalIn, type UserContext } from './testing.ts'

const database = testDatabase()
let open: AsyncDisposableStack
let [one, two]: UserContext[] = []

/** The user context as another process on the same database would run it. */
const openProcess = async (holder: string): Promise<UserContext> => {
  const pool = database.pool()
  const ports = {
    holder,
    store: open.use(createPostgresEventStore({ pool, listenUrl: database.url(), logger: createRecordingLogger() })),
    checkpoints: open.use(createPostgresCheckpoints({ pool })),
    claims: open.use(createPostgresClaims({ pool })),
    idempotency: open.use(createPostgresIdempotencyStore({ pool })),
    vault: open.use(createPostgresKeyVault({ pool, masterKey: Buffer.alloc(32, 7), cacheMs: 0 })),
  }
  return open.use(await openUserContext({ ports }))
}
const both = (): readonly [UserContext, UserContext] => {
  if (!one || !two) throw new Error('both processes run before the test')
  return [one, two]
}

beforeEach(async () => {
  open = new AsyncDisposableStack()
  one = await openProcess('one')
  two = await openProcess('two')
})
afterEach(() => open.disposeAsync())

describe('two processes of the user context on one PostgreSQL', () => {
  it('sign with the same keys, of which the log shows only the public half', async () => {
    const [first, second] = both()
    expect(await first.subgraph.jwks()).toEqual(await second.subgraph.jwks())
    const added = (await first.log()).filter(({ type }) => type === 'SigningKeyAdded')
    expect(added).toMatchObject([{ data: { privateJwk: { $sealed: expect.any(String) } } }])
  })

  it('let one of forty win who register the same address at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        both()[n % 2 ? 0 : 1].client.query(REGISTER, { input: { email: 'race@example.com', username: `racer-${n}` } }),
      ),
    )
    const codes = answers.map(answer => refusalIn(answer, 'registerUser'))
    expect(codes.filter(code => code === undefined)).toHaveLength(1)
    expect(codes.filter(code => code === 'USER.EMAIL_TAKEN')).toHaveLength(39)
    expect(await both()[0].ports.claims.expired(new Date('2030-01-01'), 100)).toEqual([])
  })

  it('let one of forty win who register the same user name at once, and leave the other addresses free', async () => {
    const register = (n: number, username: string) =>
      both()[n % 2 ? 0 : 1].client.query(REGISTER, { input: { email: `name-${n}@example.com`, username } })
    const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => register(n, 'the-one')))
    const codes = answers.map(answer => refusalIn(answer, 'registerUser'))
    expect(codes.filter(code => code === undefined)).toHaveLength(1)
    expect(codes.filter(code => code === 'USER.USERNAME_TAKEN')).toHaveLength(39)
    const loser = codes.indexOf('USER.USERNAME_TAKEN')
    expect(refusalIn(await register(loser, 'another-one'), 'registerUser')).toBeUndefined()
  })

  it('give one answer to a registration that is repeated at the other', async () => {
    const input = { email: 'twice@example.com', username: 'twice', password: PASSWORD }
    const [first, second] = await Promise.all(
      both().map(({ client }) => client.query(REGISTER, { input }, { idempotencyKey: 'twice' })),
    )
    expect(first?.data.registerUser.userErrors).toEqual([])
    expect(second?.data).toEqual(first?.data)
  })

  it('refresh one session to one successor', async () => {
    const [first, second] = both()
    await first.register('shared')
    const { refreshToken } = await second.signIn('shared')
    const answers = await Promise.all(
      [first, second, first, second].map(({ client }) => client.query(REFRESH, { token: refreshToken })),
    )
    expect(new Set(answers.map(({ data }) => data.refreshSession.session.refreshToken)).size).toBe(1)
  })

  it('are found again by one that starts later: accounts, sessions, keys', async () => {
    const [first] = both()
    const id = await first.register('lasting')
    const { refreshToken, accessToken } = await first.signIn('lasting')
    const third = await openProcess('three')
    expect((await third.viewerFrom(accessToken)).user?.id).toBe(id)
    expect(refusalIn(await third.client.query(REFRESH, { token: refreshToken }), 'refreshSession')).toBeUndefined()
    const { data } = await third.client.query(`{ user(id: "${id}") { username } }`)
    expect(data.user).toEqual({ username: 'lasting' })
  })
})
