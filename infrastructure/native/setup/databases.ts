import { migrate } from '@mercato/adapters/postgres/migrate'
import { createPool } from '@mercato/adapters/postgres/pool'
import { migrationsOf } from '@mercato/embedded/contexts'
import { Client, escapeIdentifier } from 'pg'

const MISSING = '3D000'
const TAKEN = new Set(['42P04', '23505'])

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)

/** Makes the database of an address unless it is there. */
const ensureDatabase = async (url: string): Promise<'was there' | 'created'> => {
  const probe = new Client({ connectionString: url })
  try {
    await probe.connect()
    return 'was there'
  } catch (error) {
    if (codeOf(error) !== MISSING) throw error
  } finally {
    await probe.end().catch(() => undefined)
  }
  const server = new URL(url)
  const name = decodeURIComponent(server.pathname.slice(1))
  server.pathname = '/postgres'
  const client = new Client({ connectionString: server.href })
  await client.connect()
  try {
    await client.query(`create database ${escapeIdentifier(name)}`)
  } catch (error) {
    if (!TAKEN.has(String(codeOf(error)))) throw error
  } finally {
    await client.end()
  }
  return 'created'
}

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
