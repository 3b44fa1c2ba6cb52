import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '@mercato/adapters/http-server/free-port'
import { findBinaries } from '@mercato/embedded/postgres/binaries'
import {
  createCluster,
  pgData,
  placeCluster,
  postgresEnvironment,
  readPassword,
  superuser,
  verifyCluster,
} from '@mercato/embedded/postgres/cluster'
import { serverSettings, stopLeftover } from '@mercato/embedded/postgres/server'
import { Client, escapeIdentifier } from 'pg'
import { type TlsFiles, takeIn } from './postgres/tls.ts'
import { type ServiceProcess, startServiceProcess } from './process/service-process.ts'

export interface PostgresOptions {
  /** Data and log of the server; made when it is not there, kept afterwards. */
  readonly dir: string
  /** A free one when not given. */
  readonly port?: number
  /** Databases that must exist afterwards. */
  readonly databases: readonly string[]
  /** Server settings besides or instead of ours. */
  readonly settings?: Readonly<Record<string, string>>
  /** Takes TLS with this key and certificate (PEM files), which {@link PostgresServer.url} makes clients verify. */
  readonly tls?: TlsFiles
  /** What a person should know. */
  readonly say?: (sentence: string) => void
}

/** A running PostgreSQL server, from the binaries that the embedded one brings along. Dispose stops it. */
export interface PostgresServer extends AsyncDisposable {
  /** Connection string of one database, password included. */
  url(database: string): string
  pid(): number
  /** `kill -9`; resolves when it is gone. */
  kill(): Promise<void>
  /** Stops it in order; connections are cut. */
  stop(): Promise<void>
  /** Starts it again on its data and port, after {@link kill} or {@link stop} or instead of them; resolves when it is ready. */
  restart(): Promise<void>
}

const READY_WITHIN_MS = 60_000

/** PG… and LC_… variables of ours are meant for other servers: they are taken away. */
const environment = (): Record<string, string | undefined> => {
  const clean = postgresEnvironment()
  return { ...Object.fromEntries(Object.keys(process.env).map(name => [name, undefined])), ...clean }
}

const createMissing = async (url: string, names: readonly string[]): Promise<void> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ datname: string }>('select datname from pg_database')
    const there = new Set(rows.map(({ datname }) => datname))
    for (const name of names) if (!there.has(name)) await client.query(`create database ${escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
}

/** It listens before it takes anybody in: recovery after a crash comes first. */
const answering = async (url: string): Promise<void> => {
  const until = performance.now() + READY_WITHIN_MS
  for (;;) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      const starting = error instanceof Error && 'code' in error && error.code === '57P03'
      if (!starting || performance.now() > until) throw error
    }
  }
}

/** Starts PostgreSQL as a child of this process; it dies with it. Throws with the reason when it does not start. */
export const startPostgres = async (options: PostgresOptions): Promise<PostgresServer> => {
  const { dir, databases, settings = {}, tls, say = () => undefined } = options
  mkdirSync(dir, { recursive: true })
  chmodSync(dir, 0o711)
  const place = await placeCluster(dir, say)
  const binaries = await findBinaries(place.account, say)
  await createCluster(dir, place, binaries, { durable: true })
  verifyCluster(place, binaries)
  const port = options.port ?? (await freePort())
  const secure = tls && takeIn(tls, pgData(place))
  const verified = tls ? `?sslmode=verify-full&sslrootcert=${encodeURIComponent(tls.certFile)}` : ''
  const url = (database: string): string =>
    `postgres://${superuser}:${readPassword(place)}@127.0.0.1:${port}/${encodeURIComponent(database)}${verified}`

  const start = async (): Promise<ServiceProcess> => {
    await stopLeftover(place, say)
    const flags = Object.entries({ ...serverSettings, ...secure, ...settings }).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ])
    const started = startServiceProcess({
      name: 'PostgreSQL',
      command: binaries.postgres,
      args: ['-D', pgData(place), '-p', String(port), ...flags],
      env: environment(),
      account: place.account,
      logFile: join(dir, 'postgres.log'),
    })
    try {
      await started.listening(port, READY_WITHIN_MS)
      await answering(url('postgres'))
      return started
    } catch (error) {
      await started.end('SIGKILL')
      throw error
    }
  }

  let server = await start()
  await createMissing(url('postgres'), databases)
  // SIGTERM would wait for every client to leave.
  const stop = (): Promise<void> => server.end('SIGINT')
  return {
    url,
    pid: () => server.pid,
    kill: () => server.end('SIGKILL'),
    stop,
    async restart() {
      await stop()
      server = await start()
    },
    [Symbol.asyncDispose]: stop,
  }
}
