import { testPostgres } from '@mercato/embedded/testing'
import { eventStoreContract } from '@mercato/shared-kernel/testing'
import { afterAll, beforeAll } from 'vitest'
import { migrate } from '../postgres/migrate.ts'
import { createPool } from '../postgres/pool.ts'
import { createPostgresEventStore } from './postgres.ts'

const logger = { warn: console.warn, error: () => undefined }
let url: string
let pool: ReturnType<typeof createPool>

beforeAll(async () => {
  url = await (await testPostgres()).createDatabase()
  pool = createPool({ url, applicationName: 'event-store-test', onError: console.error })
  await migrate(pool)
})
afterAll(() => pool.end())

const openStore = () => createPostgresEventStore({ pool, listenUrl: url, pollMs: 200, logger })

eventStoreContract(
  'postgres',
  async () => {
    await pool.query('truncate events')
    let open = openStore()
    return {
      store: open,
      async reopen() {
        await open[Symbol.asyncDispose]()
        open = openStore()
        return open
      },
      [Symbol.asyncDispose]: () => open[Symbol.asyncDispose](),
    }
  },
  { modelRuns: 150 },
)
