import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator'
import type { Pool } from 'pg'

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
  const client = await pool.connect()
  try {
    await client.query('set statement_timeout = 0')
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await runMigrations(drizzle({ client }), {
      migrationsFolder: migrations.folder,
      migrationsTable: migrations.table,
    })
  } finally {
    // Ending the session gives back the lock and the time-out, however it went.
    client.release(true)
  }
}
