import { chmodSync, chownSync, copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '@mercato/embedded/postgres'
import { testPostgres } from '@mercato/embedded/testing'
import { makeTestCertificate } from '@mercato/native/testing-certificate'
import { LOG_START } from '@mercato/shared-kernel/application'
import { afterAll, describe, expect, it } from 'vitest'
import { createPostgresEventStore } from '../event-store/postgres.ts'
import { migrate } from './migrate.ts'
import { createPool, type PoolOptions } from './pool.ts'

const folder = mkdtempSync(join(tmpdir(), 'mercato-pool-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const open = (options: Pick<PoolOptions, 'url'> & Partial<PoolOptions>) => {
  const pool = createPool({ applicationName: 'pool-test', onError: () => undefined, ...options })
  return { pool, [Symbol.asyncDispose]: () => pool.end() }
}

describe('a pool over TLS', () => {
  it('talks to a server that it can verify, and to no other', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'mercato-pool-tls-'))
    chmodSync(dataDir, 0o711)
    const start = (settings: Readonly<Record<string, string>>) =>
      startEmbeddedPostgres({ dataDir, databases: ['secure'], log: () => undefined, durable: false, settings })
    try {
      await (await start({}))[Symbol.asyncDispose]()
      const certificate = makeTestCertificate(folder)
      const cluster = join(dataDir, 'cluster')
      const own = (file: string): string => {
        const copy = join(cluster, file.endsWith('key.pem') ? 'server.key' : 'server.crt')
        copyFileSync(file, copy)
        const { uid, gid } = statSync(cluster)
        chownSync(copy, uid, gid)
        return copy
      }
      const ssl_key_file = own(certificate.keyFile)
      await using server = await start({ ssl: 'on', ssl_key_file, ssl_cert_file: own(certificate.certFile) })
      await using verified = open({
        url: `${server.url('secure')}?sslmode=verify-full&sslrootcert=${encodeURIComponent(certificate.certFile)}`,
      })
      const { rows } = await verified.pool.query('select ssl from pg_stat_ssl where pid = pg_backend_pid()')
      expect(rows).toEqual([{ ssl: true }])
      await migrate(verified.pool)
      await using stranger = open({ url: `${server.url('secure')}?sslmode=verify-full` })
      await expect(stranger.pool.query('select 1')).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
    } finally {
      rmSync(dataDir, { recursive: true, force: true })
    }
  })
})

describe('a query', () => {
  it('that takes too long is ended by the server, as a fault that may be tried again', async () => {
    await using test = open({ url: await (await testPostgres()).createDatabase(), statementTimeoutMs: 50 })
    await expect(test.pool.query('select pg_sleep(20)')).rejects.toMatchObject({ code: '57014' })
  })

  it('to a server that hangs is given up from here, and the next one gets another connection', async () => {
    const url = await (await testPostgres()).createDatabase()
    await using test = open({ url, max: 1, statementTimeoutMs: 100 })
    await migrate(test.pool)
    await using store = createPostgresEventStore({ pool: test.pool, logger: console })
    const { rows } = await test.pool.query<{ pid: number }>('select pg_backend_pid() as pid')
    const pid = rows[0]?.pid ?? expect.fail('no pid')
    process.kill(pid, 'SIGSTOP')
    try {
      const started = performance.now()
      await expect(store.readLog(LOG_START, 1)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE', retryable: true })
      expect(performance.now() - started).toBeLessThan(10_000)
      expect(await store.head()).toBe(LOG_START)
    } finally {
      process.kill(pid, 'SIGCONT')
    }
  })
})
