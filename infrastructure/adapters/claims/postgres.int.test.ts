import { claimsContract } from '@mercato/shared-kernel/testing'
import { claims } from '../postgres/schema/claims.ts'
import { testDatabase } from '../postgres/test-database.ts'
import { createPostgresClaims } from './postgres.ts'

const database = testDatabase()

claimsContract('PostgreSQL', async () => {
  await database.empty(claims)
  return createPostgresClaims({ pool: database.pool() })
})
