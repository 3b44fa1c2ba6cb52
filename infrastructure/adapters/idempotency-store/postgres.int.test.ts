import { idempotencyStoreContract } from '@mercato/shared-kernel/testing'
import { idempotencyRuns } from '../postgres/schema/idempotency.ts'
import { testDatabase } from '../postgres/test-database.ts'
import { createPostgresIdempotencyStore } from './postgres.ts'

const database = testDatabase()

idempotencyStoreContract('PostgreSQL', async () => {
  await database.empty(idempotencyRuns)
  return createPostgresIdempotencyStore({ pool: database.pool() })
})
