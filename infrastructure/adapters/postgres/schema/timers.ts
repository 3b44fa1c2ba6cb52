import { sql } from 'drizzle-orm'
import { index, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './instant.ts'
import { verbatimJson } from './verbatim-json.ts'

/** Deadlines. Fired ones stay a while, so that reading the log again does not bring them back. */
export const timers = pgTable(
  'timers',
  {
    id: text('id').primaryKey(),
    kind: text('kind').notNull(),
    dueAt: instant('due_at').notNull(),
    payload: verbatimJson('payload'),
    firedAt: instant('fired_at'),
  },
  table => [index('timers_waiting').on(table.kind, table.dueAt, table.id).where(sql`${table.firedAt} is null`)],
)
