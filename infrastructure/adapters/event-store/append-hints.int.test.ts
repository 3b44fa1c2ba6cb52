import { testPostgres } from '@mercato/embedded/testing'
import { NO_STREAM } from '@mercato/shared-kernel/application'
import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { migrate } from '../postgres/migrate.ts'
import { createPool } from '../postgres/pool.ts'
import { createPostgresEventStore } from './postgres.ts'

let url: string
let pool: Pool
beforeAll(async () => {
  url = await (await testPostgres()).createDatabase()
  pool = createPool({ url, applicationName: 'append-hints-test', onError: console.error })
  await migrate(pool)
})
afterAll(() => pool.end())

/** Two stores as in two processes, none of which polls while the test runs. */
const openStore = (logger = { warn: vi.fn(), error: vi.fn() }) =>
  createPostgresEventStore({ pool, listenUrl: url, pollMs: 600_000, logger })

let streams = 0
const append = (store: ReturnType<typeof openStore>) => {
  const id = `hint-${++streams}`
  return store.append(`test.Hint-${streams}`, NO_STREAM, [
    {
      id,
      type: 'Happened',
      schemaVersion: 1,
      context: 'test',
      occurredAt: '2030-01-01T00:00:00.000Z',
      actor: { kind: 'system', id: 'test' },
      commandId: id,
      correlationId: id,
      data: {},
    },
  ])
}

const listeners = async (): Promise<number[]> => {
  const { rows } = await pool.query<{ pid: number }>(
    `select a.pid from pg_stat_activity a
     where a.datname = current_database() and a.application_name = 'event-store-listen' and a.query like 'listen %'`,
  )
  return rows.map(row => row.pid)
}

describe('hints of appends by another process', () => {
  it('arrive by notification', async () => {
    await using here = openStore()
    await using there = openStore()
    const hint = vi.fn()
    here.onAppend(hint)
    await vi.waitFor(async () => expect(await listeners()).toHaveLength(1))
    await vi.waitFor(() => expect(hint).toHaveBeenCalled())
    hint.mockClear()
    await append(there)
    await vi.waitFor(() => expect(hint).toHaveBeenCalled(), { timeout: 2_000 })
  })

  it('go on after the listening connection was cut, and what was appended meanwhile is hinted at', async () => {
    const logger = { warn: vi.fn(), error: vi.fn() }
    await using here = openStore(logger)
    await using there = openStore()
    const hint = vi.fn()
    here.onAppend(hint)
    await vi.waitFor(async () => expect(await listeners()).toHaveLength(1))
    const [cut] = await listeners()
    await pool.query('select pg_terminate_backend($1)', [cut])
    await vi.waitFor(() => expect(logger.warn).toHaveBeenCalled())
    hint.mockClear()
    await vi.waitFor(() => expect(hint).toHaveBeenCalled(), { timeout: 5_000 })
    expect(await listeners()).not.toContain(cut)
    hint.mockClear()
    await append(there)
    await vi.waitFor(() => expect(hint).toHaveBeenCalled(), { timeout: 2_000 })
  })

  it('arrive by polling when nothing can be heard', async () => {
    const logger = { warn: vi.fn(), error: vi.fn() }
    const nowhere = Object.assign(new URL(url), { port: '1' }).href
    await using here = createPostgresEventStore({ pool, listenUrl: nowhere, pollMs: 20, logger })
    const hint = vi.fn()
    here.onAppend(hint)
    await vi.waitFor(() => expect(logger.warn).toHaveBeenCalled(), { timeout: 5_000 })
    hint.mockClear()
    await vi.waitFor(() => expect(hint).toHaveBeenCalled(), { timeout: 2_000 })
  })

  it('leave no connection behind after dispose, also when it comes while connecting', async () => {
    const here = openStore()
    here.onAppend(() => undefined)
    await here[Symbol.asyncDispose]()
    await here[Symbol.asyncDispose]()
    await vi.waitFor(async () => expect(await listeners()).toHaveLength(0))
  })
})
