import { type EventStore, LOG_START, type Logger, type RecordedEvent } from '@mercato/shared-kernel/application'
import { and, asc, desc, eq, gte, lte, type SQL, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import type { Pool } from 'pg'
import { openGate } from '../open-gate.ts'
import { fromPostgres } from '../postgres/errors.ts'
import { events } from '../postgres/schema/events.ts'
import { appendEvents } from './postgres/append.ts'
import { createAppendHints } from './postgres/append-hints.ts'
import { formatPosition, parsePosition } from './postgres/position.ts'
import { pageSize, revisionRange, storable } from './storable.ts'

export interface PostgresEventStoreOptions {
  /** A migrated database. Stays open when the store is disposed. */
  readonly pool: Pool
  /** Connection string for LISTEN/NOTIFY; leave it out when only this process appends to the log. */
  readonly listenUrl?: string
  /** How often listeners of `onAppend` are called although nothing was heard; 1,000 ms when not given. */
  readonly pollMs?: number
  readonly logger: Pick<Logger, 'warn' | 'error'>
}

/**
 * Safe to read: written by a transaction older than every one still running, so that nothing can come in before it any
 * more. The oldest running transaction is that of the whole server, not of this database alone.
 */
const isSettled = sql`${events.xid} < pg_snapshot_xmin(pg_current_snapshot())`
const isUnsettled = sql`${events.xid} >= pg_snapshot_xmin(pg_current_snapshot())`

type Row = typeof events.$inferSelect

const toRecorded = (row: Row): RecordedEvent => ({
  id: row.id,
  type: row.type,
  schemaVersion: row.schemaVersion,
  context: row.context,
  occurredAt: row.occurredAt,
  ...(row.subjectId === null ? {} : { subjectId: row.subjectId }),
  actor: row.actor,
  commandId: row.commandId,
  correlationId: row.correlationId,
  ...(row.causationId === null ? {} : { causationId: row.causationId }),
  ...(row.traceparent === null ? {} : { traceparent: row.traceparent }),
  data: row.data,
  streamId: row.streamId,
  revision: row.revision,
  position: formatPosition(row.xid, row.position),
})

const prepareReads = (pool: Pool) => {
  const db = drizzle({ client: pool })
  const value = (name: string, type: string): SQL => sql`${sql.placeholder(name)}::${sql.raw(type)}`
  return {
    stream: db
      .select()
      .from(events)
      .where(
        and(
          eq(events.streamId, sql.placeholder('streamId')),
          gte(events.revision, sql.placeholder('from')),
          lte(events.revision, sql.placeholder('to')),
        ),
      )
      .orderBy(asc(events.revision))
      .prepare('read-stream'),
    log: db
      .select()
      .from(events)
      .where(
        and(
          sql`(${events.xid}, ${events.position}) > (${value('xid', 'xid8')}, ${value('position', 'bigint')})`,
          isSettled,
        ),
      )
      .orderBy(asc(events.xid), asc(events.position))
      .limit(sql.placeholder('limit'))
      .prepare('read-log'),
    head: db
      .select({ xid: events.xid, position: events.position })
      .from(events)
      .where(isSettled)
      .orderBy(desc(events.xid), desc(events.position))
      .limit(1)
      .prepare('read-head'),
    unsettled: db.select({ id: events.id }).from(events).where(isUnsettled).limit(1).prepare('read-unsettled'),
  }
}

const orFault = <Result>(query: Promise<Result>): Promise<Result> =>
  query.catch((error: unknown) => Promise.reject(fromPostgres(error)))

/**
 * The EventStore on PostgreSQL ≥ 13. A position is (transaction id, number), and readers stop before the oldest running
 * transaction, so a late commit is never skipped. A dump restored into another server starts its transaction ids anew:
 * raise them first (pg_resetwal -x), or the old events count as not yet safe.
 */
export const createPostgresEventStore = (options: PostgresEventStoreOptions): EventStore => {
  const { pool, listenUrl, pollMs = 1_000, logger } = options
  const gate = openGate('EventStore')
  const reads = prepareReads(pool)
  const hints = createAppendHints({ pool, pollMs, logger, ...(listenUrl === undefined ? {} : { listenUrl }) })

  return {
    async append(streamId, expectedRevision, incoming) {
      gate.check()
      const result = await appendEvents(
        pool,
        streamId,
        expectedRevision,
        storable(streamId, expectedRevision, incoming),
      )
      if (incoming.length > 0 && !result.duplicate) hints.appended()
      return result
    },

    async readStream(streamId, range) {
      gate.check()
      const rows = await orFault(reads.stream.execute({ streamId, ...revisionRange(range) }))
      return rows.map(toRecorded)
    },

    async readLog(after, limit) {
      gate.check()
      const size = pageSize(limit)
      // One more than asked for, to see whether this is the end.
      const rows = await orFault(reads.log.execute({ ...parsePosition(after), limit: size + 1 }))
      const page = rows.slice(0, size).map(toRecorded)
      const atEnd = rows.length <= size
      if (atEnd && hints.watched()) hints.reachedEnd((await orFault(reads.unsettled.execute())).length > 0)
      return { events: page, next: page.at(-1)?.position ?? after, atEnd }
    },

    async head() {
      gate.check()
      const [last] = await orFault(reads.head.execute())
      return last ? formatPosition(last.xid, last.position) : LOG_START
    },

    onAppend(listener) {
      gate.check()
      return hints.add(listener)
    },

    async [Symbol.asyncDispose]() {
      gate.close()
      await hints[Symbol.asyncDispose]()
    },
  }
}
