import type { Timers } from '@mercato/shared-kernel/application'
import { and, asc, eq, isNull, lt, lte, sql } from 'drizzle-orm'
import type { Pool } from 'pg'
import { guardedDatabase } from '../postgres/guarded-database.ts'
import { timers } from '../postgres/schema/timers.ts'

/** Timers in the table `timers`. */
export const createPostgresTimers = ({ pool }: { readonly pool: Pool }): Timers => {
  const { query, close } = guardedDatabase('Timers', pool)
  const waiting = (id: string) => and(eq(timers.id, id), isNull(timers.firedAt))

  return {
    schedule: ({ id, kind, dueAt, payload }) =>
      query(async db => {
        await db
          .insert(timers)
          .values({ id, kind, dueAt, payload })
          .onConflictDoUpdate({
            target: timers.id,
            set: { kind: sql`excluded.kind`, dueAt: sql`excluded.due_at`, payload: sql`excluded.payload` },
            setWhere: isNull(timers.firedAt),
          })
      }),

    cancel: id =>
      query(async db => {
        await db.delete(timers).where(waiting(id))
      }),

    due: (kind, now, limit) =>
      query(db =>
        db
          .select({ id: timers.id, kind: timers.kind, dueAt: timers.dueAt, payload: timers.payload })
          .from(timers)
          .where(and(eq(timers.kind, kind), lte(timers.dueAt, now), isNull(timers.firedAt)))
          .orderBy(asc(timers.dueAt), asc(timers.id))
          .limit(limit),
      ),

    fired: id =>
      query(async db => {
        await db.update(timers).set({ firedAt: sql`clock_timestamp()`, payload: null }).where(waiting(id))
      }),

    purge: before =>
      query(async db => {
        const { rowCount } = await db.delete(timers).where(lt(timers.firedAt, before))
        return rowCount ?? 0
      }),

    async [Symbol.asyncDispose]() {
      close()
    },
  }
}
