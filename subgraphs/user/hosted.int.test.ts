import { createPostgresEventStore } from '@mercato/adapters/event-store/postgres'
import { createDevMailbox } from '@mercato/adapters/mailer/dev-mailbox'
import { testDatabase } from '@mercato/adapters/postgres/test-database'
import { createMemoryPorts } from '@mercato/adapters/testing/memory-ports'
import { subgraphClient } from '@mercato/adapters/testing/subgraph-client'
import { describe, expect, it } from 'vitest'
import { openContext } from './hosted.ts'
import { refusalIn, SIGN_IN } from './testing.ts'

const gatewaySecret = 'the gateway and this subgraph share it'
const database = testDatabase()

const host = async (open: AsyncDisposableStack, development: boolean) => {
  const pool = database.pool()
  const memory = open.use(createMemoryPorts())
  const store = open.use(createPostgresEventStore({ pool, listenUrl: database.url(), logger: memory.logger }))
  const context = open.use(
    await openContext({
      ports: { ...memory, store },
      pool,
      gatewaySecret,
      dataKey: Buffer.alloc(32, 7),
      mailer: open.use(createDevMailbox({ clock: memory.clock })),
      development,
      offer: () => undefined,
      find: () => undefined,
    }),
  )
  await context.connect()
  await context.start()
  return { context, store, client: subgraphClient(context, { secret: gatewaySecret }) }
}

describe('the user context in a shared process', () => {
  it('brings its tables along, seeds the demo users once, and lets them sign in', async () => {
    await using open = new AsyncDisposableStack()
    const { context, store, client } = await host(open, true)
    await context.seed?.()
    const seeded = (await store.readLog('', 5_000)).events.length
    await context.seed?.()
    expect((await store.readLog('', 5_000)).events).toHaveLength(seeded)
    for (const [name, roles] of [
      ['customer', ['CUSTOMER']],
      ['support', ['CUSTOMER', 'SUPPORT']],
      ['merchandiser', ['CUSTOMER', 'MERCHANDISER']],
      ['admin', ['CUSTOMER', 'ADMIN']],
    ] as const) {
      const { data } = await client.query(
        `mutation ($email: String!, $password: String!) {
          signIn(input: { email: $email, password: $password }) { user { username roles emailVerified } }
        }`,
        { email: `${name}@mercato.local`, password: 'correct horse battery staple' },
      )
      expect(data.signIn.user).toEqual({ username: name, roles, emailVerified: true })
    }
    expect((await context.jwks?.())?.keys).toHaveLength(1)
  })

  it('counts attempts to sign in in its own table', async () => {
    await using open = new AsyncDisposableStack()
    const { client } = await host(open, true)
    const guess = () => client.query(SIGN_IN, { email: 'guessed@example.com', password: 'a wrong guess' })
    for (let times = 0; times < 5; times++) await guess()
    expect(refusalIn(await guess(), 'signIn')).toBe('USER.TOO_MANY_ATTEMPTS')
    const { rows } = await database.pool().query('select attempts from sign_in_attempts')
    expect(rows).toEqual([{ attempts: 5 }])
  })

  it('has no demo users outside development', async () => {
    await using open = new AsyncDisposableStack()
    expect((await host(open, false)).context.seed).toBeUndefined()
  })
})
