import type { RecordedEvent } from '@mercato/shared-kernel/application'
import { and, asc, desc, eq, gte, lte, type SQL, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import type { Pool } from 'pg'
import { events } from '../../postgres/schema/events.ts'
import { formatPosition } from './position.ts'

/**
 * Safe to read: written by a transaction older than every one still running, so that nothing can come in before it any
 * more. The oldest running transaction is that of the whole server, not of this database alone.
 */
const isSettled = sql`${events.xid} < pg_snapshot_xmin(pg_current_snapshot())`
const isUnsettled = sql`${events.xid} >= pg_snapshot_xmin(pg_current_snapshot())`

type Row = typeof events.$inferSelect

export const toRecorded = (row: Row): RecordedEvent => ({
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

/** The statements that read the log, prepared once for each connection of a pool. */
export const prepareReads = (pool: Pool) => {
  const db = drizzle({ client: pool })
  const value = (name: string, type: string): SQL => sql`${sql.placeholder(name)}::${sql.raw(type)}`
  const isAfter = sql`(${events.xid}, ${events.position}) > (${value('xid', 'xid8')}, ${value('position', 'bigint')})`
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
      .where(and(isAfter, isSettled))
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
    oldest: db
      .select({ since: events.occurredAt, isHeldBack: sql<boolean>`${isUnsettled}` })
      .from(events)
      .where(isAfter)
      .orderBy(asc(events.xid), asc(events.position))
      .limit(1)
      .prepare('read-oldest'),
    unsettled: db.select({ id: events.id }).from(events).where(isUnsettled).limit(1).prepare('read-unsettled'),
  }
}

export type Reads = ReturnType<typeof prepareReads>
