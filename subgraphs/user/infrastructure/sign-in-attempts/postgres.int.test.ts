import { migrate } from '@mercato/adapters/postgres/migrate'
import { testDatabase } from '@mercato/adapters/postgres/test-database'
import { beforeAll } from 'vitest'
import { userMigrations } from '../../composition.ts'
import { createPostgresSignInAttempts, signInAttempts } from './postgres.ts'
import { signInAttemptsContract } from './testing-contract.ts'

const database = testDatabase()
beforeAll(() => migrate(database.pool(), userMigrations))

signInAttemptsContract('PostgreSQL', async () => {
  await database.empty(signInAttempts)
  return createPostgresSignInAttempts(database.pool())
})
