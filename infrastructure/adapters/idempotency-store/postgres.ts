import { createHash } from 'node:crypto'
import type { IdempotencyBegin, IdempotencyStore } from '@mercato/shared-kernel/application'
import { and, eq, isNull, lt, sql } from 'drizzle-orm'
import type { Pool } from 'pg'
import { guardedDatabase } from '../postgres/guarded-database.ts'
import { idempotencyRuns as runs } from '../postgres/schema/idempotency.ts'
import { RECORD_LIFETIME_MS } from './lifetime.ts'

const idOf = (actorId: string, key: string): string =>
  createHash('sha256')
    .update(JSON.stringify([actorId, key]))
    .digest('base64url')

/** Idempotency records in the table `idempotency_runs`. */
export const createPostgresIdempotencyStore = ({ pool }: { readonly pool: Pool }): IdempotencyStore => {
  const { query, close } = guardedDatabase('IdempotencyStore', pool)
  const unfinished = (actorId: string, key: string) => and(eq(runs.id, idOf(actorId, key)), isNull(runs.outcome))

  return {
    begin: ({ actorId, key, payloadHash, commandId, now, leaseMs }) =>
      query(async (db): Promise<IdempotencyBegin> => {
        const id = idOf(actorId, key)
        const forgotten = sql`${runs.startedAt} <= ${new Date(now.getTime() - RECORD_LIFETIME_MS).toISOString()}::timestamptz`
        const dead = sql`${runs.payloadHash} = excluded.payload_hash and ${runs.outcome} is null
          and ${runs.leasedUntil} <= excluded.started_at`
        for (;;) {
          const [first] = await db
            .insert(runs)
            .values({ id, payloadHash, commandId, startedAt: now, leasedUntil: new Date(now.getTime() + leaseMs) })
            .onConflictDoUpdate({
              target: runs.id,
              set: {
                payloadHash: sql`excluded.payload_hash`,
                commandId: sql`case when ${forgotten} then excluded.command_id else ${runs.commandId} end`,
                startedAt: sql`case when ${forgotten} then excluded.started_at else ${runs.startedAt} end`,
                leasedUntil: sql`excluded.leased_until`,
                outcome: null,
              },
              setWhere: sql`${forgotten} or (${dead})`,
            })
            .returning({ commandId: runs.commandId })
          if (first) return { status: 'first', commandId: first.commandId }
          const [known] = await db.select().from(runs).where(eq(runs.id, id))
          // Purged between the two statements: begin anew.
          if (!known) continue
          if (known.payloadHash !== payloadHash) return { status: 'mismatch' }
          if (known.outcome) return { status: 'done', outcome: known.outcome }
          return { status: 'running', commandId: known.commandId }
        }
      }),

    complete: (actorId, key, outcome) =>
      query(async db => {
        await db.update(runs).set({ outcome }).where(unfinished(actorId, key))
      }),

    abandon: (actorId, key) =>
      query(async db => {
        await db
          .update(runs)
          .set({ leasedUntil: new Date(0) })
          .where(unfinished(actorId, key))
      }),

    purge: before =>
      query(async db => {
        const { rowCount } = await db.delete(runs).where(lt(runs.startedAt, before))
        return rowCount ?? 0
      }),

    async [Symbol.asyncDispose]() {
      close()
    },
  }
}
