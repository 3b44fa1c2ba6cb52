import { mkdirSync } from 'node:fs'
import { databaseOf } from '@mercato/adapters/hosting/config'
import { ensureDatabase } from '@mercato/adapters/postgres/ensure-database'
import type { EmbeddedConfig } from './config.ts'
import { startError } from './postgres/start-error.ts'
import { startEmbeddedPostgres } from './postgres.ts'
import { makeSecrets } from './secrets.ts'

/** The PostgreSQL that a run has: its own, or the server it was told of. */
export interface Database extends AsyncDisposable {
  url(database: string): string
  /** Settles when a server of its own has ended. */
  readonly ended: Promise<void>
}

/** Opens it with these databases. The secrets of the data folder are there before the data that need them. */
export const openDatabase = async (
  { dataDir, databaseUrl }: Pick<EmbeddedConfig, 'dataDir' | 'databaseUrl'>,
  databases: readonly string[],
  log: (sentence: string) => void,
): Promise<Database> => {
  const beforeCreation = () => makeSecrets(dataDir)
  if (databaseUrl === undefined) return startEmbeddedPostgres({ dataDir, databases, log, beforeCreation })
  const url = (database: string) => databaseOf(databaseUrl, database)
  mkdirSync(dataDir, { recursive: true })
  await beforeCreation()
  try {
    for (const database of databases) await ensureDatabase(url(database))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const sentence = `The server of DATABASE_URL cannot be used (${reason}): check the address and that its user may create databases.`
    throw startError('START.DATABASE_FAILED', sentence, error)
  }
  return { url, ended: new Promise(() => undefined), [Symbol.asyncDispose]: async () => undefined }
}
