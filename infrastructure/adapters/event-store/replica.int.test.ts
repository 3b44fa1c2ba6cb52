import { execFileSync } from 'node:child_process'
import { appendFileSync, chmodSync, chownSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@mercato/embedded/postgres'
import { LOG_START, NO_STREAM } from '@mercato/shared-kernel/application'
import type { Pool } from 'pg'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { migrate } from '../postgres/migrate.ts'
import { createPool } from '../postgres/pool.ts'
import { createRecordingLogger } from '../testing/quiet.ts'
import { createPostgresEventStore } from './postgres.ts'
import { durableEvents } from './testing/durable-events.ts'

const folders: string[] = []
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'mercato-replica-'))
  chmodSync(made, 0o711)
  folders.push(made)
  return made
}
const start = (dataDir: string): Promise<EmbeddedPostgres> =>
  startEmbeddedPostgres({ dataDir, databases: [], log: () => undefined, durable: false })

/** A standby made of a stopped primary's data, which follows the running one. */
const startStandby = async (from: string, primaryUrl: string): Promise<EmbeddedPostgres> => {
  const dataDir = folder()
  execFileSync('cp', ['-a', join(from, 'cluster'), join(dataDir, 'cluster')])
  const data = join(dataDir, 'cluster', 'pgdata')
  const { uid, gid } = statSync(data)
  writeFileSync(join(data, 'standby.signal'), '')
  chownSync(join(data, 'standby.signal'), uid, gid)
  appendFileSync(join(data, 'postgresql.auto.conf'), `\nprimary_conninfo = '${primaryUrl}'\n`)
  return start(dataDir)
}

let primary: EmbeddedPostgres
let standby: EmbeddedPostgres
let pool: Pool
let replica: Pool
beforeAll(async () => {
  const dataDir = folder()
  await (await start(dataDir))[Symbol.asyncDispose]()
  const copied = folder()
  execFileSync('cp', ['-a', join(dataDir, 'cluster'), join(copied, 'cluster')])
  primary = await start(dataDir)
  standby = await startStandby(copied, primary.url('postgres'))
  const options = { applicationName: 'replica-test', max: 4, onError: () => undefined }
  pool = createPool({ ...options, url: primary.url('postgres') })
  replica = createPool({ ...options, url: standby.url('postgres') })
  await migrate(pool)
  await replayed(0)
})
afterAll(async () => {
  await Promise.all([pool?.end(), replica?.end()])
  await Promise.all([standby?.[Symbol.asyncDispose](), primary?.[Symbol.asyncDispose]()])
  for (const each of folders) rmSync(each, { recursive: true, force: true })
})

const eventually = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 20_000, interval: 20 })
const replayed = async (count: number) =>
  eventually(async () => {
    const { rows } = await replica.query<{ n: number }>('select count(*)::integer as n from events')
    expect(rows[0]?.n).toBe(count)
  })

it('a read replica answers what is final, the primary what is new, and nobody notices when either is behind or gone', async () => {
  const logger = createRecordingLogger()
  await using store = createPostgresEventStore({ pool, replica, logger })
  const stream = 'test.Durable-replica'
  const append = async (from: number, times: number) => {
    let revision = from
    for (let n = 0; n < times; n++)
      revision = (await store.append(stream, revision, durableEvents(stream, revision))).revision
    return revision
  }
  const readAll = async () => {
    const ids: string[] = []
    for (let position = LOG_START; ; ) {
      const page = await store.readLog(position, 4)
      ids.push(...page.events.map(({ id }) => id))
      position = page.next
      if (page.atEnd) return ids
    }
  }
  const old = await append(NO_STREAM, 10)
  await eventually(async () => expect(await readAll()).toHaveLength(old + 1))
  await replayed(old + 1)

  // A replica that lags is never believed about what it lacks.
  await replica.query('select pg_wal_replay_pause()')
  const last = await append(old, 10)
  expect(await store.readStream(stream)).toHaveLength(last + 1)
  expect(await store.readStream(stream, { to: last })).toHaveLength(last + 1)
  await eventually(async () => expect(await readAll()).toHaveLength(last + 1))
  expect(new Set(await readAll()).size).toBe(last + 1)

  // What it has, it answers alone.
  await primary[Symbol.asyncDispose]()
  expect((await store.readStream(stream, { from: 1, to: old })).map(({ revision }) => revision)).toEqual(
    Array.from({ length: old }, (_, n) => n + 1),
  )
  expect((await store.readLog(LOG_START, 4)).events).toHaveLength(4)
  await expect(store.readStream(stream)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
  expect(logger.lines.filter(({ message }) => message.includes('replica'))).toEqual([])
})
