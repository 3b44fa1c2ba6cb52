import { type EventStore, LOG_START, type Logger } from '@mercato/shared-kernel/application'
import type { Pool } from 'pg'
import { openGate } from '../open-gate.ts'
import { fromPostgres } from '../postgres/errors.ts'
import { appendEvents } from './postgres/append.ts'
import { createAppendHints } from './postgres/append-hints.ts'
import { findBlocker } from './postgres/blocker.ts'
import { formatPosition, parsePosition } from './postgres/position.ts'
import { prepareReads, toRecorded } from './postgres/reads.ts'
import { createReplicaReads } from './postgres/replica.ts'
import { pageSize, revisionRange, storable } from './storable.ts'

export interface PostgresEventStoreOptions {
  /** A migrated database. Stays open when the store is disposed. */
  readonly pool: Pool
  /** A streaming replica, asked first for what cannot change any more. Stays open when the store is disposed. */
  readonly replica?: Pool
  /** Connection string for LISTEN/NOTIFY; leave it out when only this process appends to the log. */
  readonly listenUrl?: string
  /** How often listeners of `onAppend` are called although nothing was heard; 1,000 ms when not given. */
  readonly pollMs?: number
  readonly logger: Pick<Logger, 'warn' | 'error'>
}

const orFault = <Result>(query: Promise<Result>): Promise<Result> =>
  query.catch((error: unknown) => Promise.reject(fromPostgres(error)))

/**
 * The EventStore on PostgreSQL ≥ 13. A position is (transaction id, number), and readers stop before the oldest running
 * transaction, so a late commit is never skipped. A dump restored into another server starts its transaction ids anew:
 * raise them first (pg_resetwal -x), or the old events count as not yet safe. A replica spares the primary what is read
 * from the beginning of the log and up to a known revision of a stream; an answer that it cannot give in full is the primary's.
 */
export const createPostgresEventStore = (options: PostgresEventStoreOptions): EventStore => {
  const { pool, replica: replicaPool, listenUrl, pollMs = 1_000, logger } = options
  const gate = openGate('EventStore')
  const reads = prepareReads(pool)
  const replica = replicaPool && createReplicaReads({ pool: replicaPool, logger })
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
      const wanted = { streamId, ...revisionRange(range) }
      const rows = (await replica?.stream(wanted)) ?? (await orFault(reads.stream.execute(wanted)))
      return rows.map(toRecorded)
    },

    async readLog(after, limit) {
      gate.check()
      const size = pageSize(limit)
      const early = await replica?.page(after, size)
      if (early) return early
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

    async backlog(after) {
      gate.check()
      const [oldest] = await orFault(reads.oldest.execute({ ...parsePosition(after) }))
      if (!oldest) return undefined
      return { since: oldest.since, ...(oldest.isHeldBack ? { heldBackBy: await orFault(findBlocker(pool)) } : {}) }
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
