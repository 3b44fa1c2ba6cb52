import type { Actor } from '@mercato/shared-kernel/application'
import { sql } from 'drizzle-orm'
import { bigint, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { json, xid8 } from './columns.ts'

/**
 * The log of one context. (xid, position) is its order: a position alone is handed out before commit, so it is no
 * safe cursor; the writing transaction's id can be compared with the oldest transaction still running.
 */
export const events = pgTable(
  'events',
  {
    xid: xid8('xid').notNull().default(sql`pg_current_xact_id()`),
    position: bigint('position', { mode: 'bigint' }).generatedAlwaysAsIdentity().notNull(),
    streamId: text('stream_id').notNull(),
    revision: integer('revision').notNull(),
    id: text('id').notNull(),
    type: text('type').notNull(),
    schemaVersion: integer('schema_version').notNull(),
    context: text('context').notNull(),
    occurredAt: text('occurred_at').notNull(),
    subjectId: text('subject_id'),
    actor: json('actor').$type<Actor>().notNull(),
    commandId: text('command_id').notNull(),
    correlationId: text('correlation_id').notNull(),
    causationId: text('causation_id'),
    traceparent: text('traceparent'),
    data: json('data').notNull(),
  },
  table => [
    primaryKey({ name: 'events_log', columns: [table.xid, table.position] }),
    uniqueIndex('events_stream_revision').on(table.streamId, table.revision),
    uniqueIndex('events_stream_id').on(table.streamId, table.id),
  ],
)
