import { testPostgres } from '@mercato/embedded/testing'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { Pool } from 'pg'
import { afterAll, beforeAll } from 'vitest'
import { migrate } from './migrate.ts'
import { createPool } from './pool.ts'

export interface TestDatabase {
  pool(): Pool
  url(): string
  /** Leaves nothing in these tables. */
  empty(...tables: readonly PgTable[]): Promise<void>
}

/** A migrated database of the run's PostgreSQL for the test file that calls this. */
export const testDatabase = (): TestDatabase => {
  let database: { readonly url: string; readonly pool: Pool } | undefined
  const opened = () => {
    if (!database) throw new Error('the test database opens before the first test')
    return database
  }

  beforeAll(async () => {
    const url = await (await testPostgres()).createDatabase()
    const fail = (error: Error): never => {
      throw error
    }
    database = { url, pool: createPool({ url, applicationName: 'test', onError: fail }) }
    await migrate(database.pool)
  })
  afterAll(() => database?.pool.end())

  return {
    pool: () => opened().pool,
    url: () => opened().url,
    async empty(...tables) {
      for (const table of tables) await drizzle({ client: opened().pool }).execute(sql`truncate ${table}`)
    },
  }
}
