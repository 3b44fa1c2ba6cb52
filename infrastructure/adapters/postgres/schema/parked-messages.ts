import { bigint, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant } from './instant.ts'
import { verbatimJson } from './verbatim-json.ts'

/** Messages that could not be handled, in the order in which they were parked. */
export const parkedMessages = pgTable(
  'parked_messages',
  {
    place: bigint('place', { mode: 'number' }).generatedAlwaysAsIdentity().notNull(),
    group: text('consumer_group').notNull(),
    id: text('id').notNull(),
    topic: text('topic').notNull(),
    key: text('key').notNull(),
    message: verbatimJson('message'),
    cause: text('cause').notNull(),
    parkedAt: instant('parked_at').notNull(),
  },
  table => [
    primaryKey({ name: 'parked_messages_id', columns: [table.group, table.id] }),
    index('parked_messages_key').on(table.group, table.key),
    index('parked_messages_place').on(table.place),
  ],
)
