import type { IdempotencyOutcome } from '@mercato/shared-kernel/application'
import { index, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './instant.ts'
import { verbatimJson } from './verbatim-json.ts'

/** First runs of requests and what came of them. */
export const idempotencyRuns = pgTable(
  'idempotency_runs',
  {
    /** Digest of actor and key: keys come from outside and may be any text. */
    id: text('id').primaryKey(),
    payloadHash: text('payload_hash').notNull(),
    commandId: text('command_id').notNull(),
    startedAt: instant('started_at').notNull(),
    leasedUntil: instant('leased_until').notNull(),
    outcome: verbatimJson<IdempotencyOutcome>('outcome'),
  },
  table => [index('idempotency_runs_started').on(table.startedAt)],
)
