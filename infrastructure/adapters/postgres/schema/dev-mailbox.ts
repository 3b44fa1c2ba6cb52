import { bigint, index, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './instant.ts'

/** Mails of the development mailbox; empty in production. */
export const devMailbox = pgTable(
  'dev_mailbox',
  {
    id: text('id').primaryKey(),
    place: bigint('place', { mode: 'number' }).generatedAlwaysAsIdentity().notNull(),
    to: text('to').notNull(),
    subject: text('subject').notNull(),
    text: text('text').notNull(),
    sentAt: instant('sent_at').notNull(),
  },
  table => [index('dev_mailbox_place').on(table.place)],
)
