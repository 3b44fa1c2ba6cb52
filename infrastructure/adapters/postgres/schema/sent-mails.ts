import { pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './instant.ts'

/** Ids of mails that a mail server took, or that somebody is handing to it until `taken_until`. Nothing of the mails themselves. */
export const sentMails = pgTable('sent_mails', {
  id: text('id').primaryKey(),
  takenUntil: instant('taken_until').notNull(),
  sentAt: instant('sent_at'),
})
