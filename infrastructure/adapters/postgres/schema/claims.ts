import { sql } from 'drizzle-orm'
import { boolean, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant } from './instant.ts'

/** Values that are unique across streams, and who holds them. */
export const claims = pgTable(
  'claims',
  {
    scope: text('scope').notNull(),
    value: text('value').notNull(),
    ownerId: text('owner_id').notNull(),
    pending: boolean('pending').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  table => [
    primaryKey({ name: 'claims_value', columns: [table.scope, table.value] }),
    index('claims_pending').on(table.expiresAt).where(sql`${table.pending}`),
  ],
)
