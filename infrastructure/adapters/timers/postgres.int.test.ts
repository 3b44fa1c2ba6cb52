import { timersContract } from '@mercato/shared-kernel/testing'
import { timers } from '../postgres/schema/timers.ts'
import { testDatabase } from '../postgres/test-database.ts'
import { createPostgresTimers } from './postgres.ts'

const database = testDatabase()

timersContract('PostgreSQL', async () => {
  await database.empty(timers)
  return createPostgresTimers({ pool: database.pool() })
})
