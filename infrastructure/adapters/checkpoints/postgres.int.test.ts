import { setImmediate as turn } from 'node:timers/promises'
import { checkpointsContract } from '@mercato/shared-kernel/testing'
import { expect, it, vi } from 'vitest'
import { checkpoints, leases } from '../postgres/schema/checkpoints.ts'
import { testDatabase } from '../postgres/test-database.ts'
import { createPostgresCheckpoints } from './postgres.ts'

const database = testDatabase()

const open = async () => {
  await database.empty(checkpoints, leases)
  return createPostgresCheckpoints({ pool: database.pool() })
}

checkpointsContract('PostgreSQL', open)

it('makes a save wait for a takeover that has not committed yet, and then refuses it', async () => {
  await using positions = await open()
  const old = await positions.acquire('relay', 'one', 60_000)
  if (!old) throw new Error('expected to get the lease')
  await positions.save('relay', '0001', old)

  const takeover = await database.pool().connect()
  try {
    await takeover.query('begin')
    await takeover.query("update leases set holder = 'two', epoch = epoch + 1 where name = 'relay'")
    let settled = false
    const save = positions.save('relay', '0009', old).finally(() => {
      settled = true
    })
    const waiting = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    await vi.waitFor(async () => expect((await takeover.query(waiting)).rowCount).toBe(1), { timeout: 5_000 })
    await turn()
    expect(settled).toBe(false)
    await takeover.query('commit')
    expect(await save).toBe(false)
  } finally {
    takeover.release(true)
  }
  expect(await positions.load('relay')).toBe('0001')
})

it('goes by the clock of the database, not of the process', async () => {
  await using positions = await open()
  await positions.acquire('relay', 'one', 60_000)
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 })
  try {
    expect(await positions.acquire('relay', 'two', 60_000)).toBeUndefined()
  } finally {
    vi.useRealTimers()
  }
})
