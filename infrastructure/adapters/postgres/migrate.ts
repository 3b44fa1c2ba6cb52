import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator'
import { Client, type Pool } from 'pg'

export interface Migrations {
  /** Folder written by drizzle-kit: *.sql and meta/_journal.json. */
  readonly folder: string
  /** Table that remembers what has run, in the schema `drizzle`. One per folder. */
  readonly table: string
}

/** The technical tables that every context's database has: log, checkpoints, timers, claims … */
export const technicalMigrations: Migrations = {
  folder: fileURLToPath(new URL('./migrations', import.meta.url)),
  table: 'technical_migrations',
}

/** Any number, the same in every process: only one of them migrates a database at a time. */
const LOCK = 5_021_977

/**
 * Brings a database up to date; safe when several processes start at once, and when there is nothing to do.
 * All pending migrations of a folder run in one transaction: they hold together or not at all.
 */
export const migrate = async (pool: Pool, migrations: Migrations = technicalMigrations): Promise<void> => {
  // A session of its own: it may wait long, for the others or for a statement, and its end gives the lock back.
  const client = new Client({ ...pool.options, statement_timeout: 0, query_timeout: 0 })
  const broken = new Promise<never>((_, reject) => client.once('error', reject))
  broken.catch(() => undefined)
  try {
    await client.connect()
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await runMigrations(drizzle({ client }), {
      migrationsFolder: migrations.folder,
      migrationsTable: migrations.table,
    })
  } finally {
    await client.end()
  }
}
