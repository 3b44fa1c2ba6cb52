import { ensureDatabase } from '@mercato/adapters/postgres/ensure-database'
import { migrate } from '@mercato/adapters/postgres/migrate'
import { createPool } from '@mercato/adapters/postgres/pool'
import { migrationsOf } from '@mercato/embedded/contexts'

/** Brings the database of every context to the schema of this version, as each process does when it starts. */
export const setUpDatabases = async (options: {
  readonly contexts: readonly string[]
  readonly databaseOf: (context: string) => string
  readonly say: (line: string) => void
}): Promise<void> => {
  const { contexts, databaseOf, say } = options
  for (const context of contexts) {
    const url = databaseOf(context)
    const outcome = await ensureDatabase(url)
    const pool = createPool({ url, applicationName: 'mercato-setup', max: 1, onError: () => undefined })
    try {
      await migrate(pool)
      for (const migrations of await migrationsOf(context)) await migrate(pool, migrations)
    } finally {
      await pool.end()
    }
    say(`${context}: ${outcome}, schema up to date`)
  }
}
