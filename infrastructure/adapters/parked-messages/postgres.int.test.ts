import { parkedMessagesContract } from '@mercato/shared-kernel/testing'
import { parkedMessages } from '../postgres/schema/parked-messages.ts'
import { testDatabase } from '../postgres/test-database.ts'
import { createPostgresParkedMessages } from './postgres.ts'

const database = testDatabase()

parkedMessagesContract('PostgreSQL', async () => {
  await database.empty(parkedMessages)
  return createPostgresParkedMessages({ pool: database.pool() })
})
