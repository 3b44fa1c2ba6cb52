import type { Checkpoints, Lease } from '@mercato/shared-kernel/application'
import { and, asc, eq, sql } from 'drizzle-orm'
import type { Pool } from 'pg'
import { guardedDatabase } from '../postgres/guarded-database.ts'
import { checkpoints, leases } from '../postgres/schema/checkpoints.ts'

const current = ({ name, holder, epoch }: Lease) =>
  and(eq(leases.name, name), eq(leases.holder, holder), eq(leases.epoch, epoch))

/** Checkpoints and leases in the tables of those names. Leases run by the database's clock. */
export const createPostgresCheckpoints = ({ pool }: { readonly pool: Pool }): Checkpoints => {
  const { query, close } = guardedDatabase('Checkpoints', pool)

  return {
    acquire: (name, holder, ttlMs) =>
      query(async db => {
        const mine = sql`${leases.holder} = excluded.holder`
        const [held] = await db
          .insert(leases)
          .values({ name, holder, epoch: 1, expiresAt: sql`clock_timestamp() + ${ttlMs} * interval '1 millisecond'` })
          .onConflictDoUpdate({
            target: leases.name,
            set: {
              holder: sql`excluded.holder`,
              epoch: sql`${leases.epoch} + case when ${mine} then 0 else 1 end`,
              expiresAt: sql`excluded.expires_at`,
            },
            setWhere: sql`${leases.holder} is null or ${mine} or ${leases.expiresAt} <= clock_timestamp()`,
          })
          .returning({ epoch: leases.epoch })
        return held && { name, holder, epoch: held.epoch }
      }),

    release: lease =>
      query(async db => {
        await db.update(leases).set({ holder: null }).where(current(lease))
      }),

    load: name =>
      query(async db => {
        const [found] = await db.select().from(checkpoints).where(eq(checkpoints.name, name))
        return found?.position
      }),

    save: (name, position, lease) =>
      query(async db => {
        const insert = db.insert(checkpoints)
        // Sharing the lease's row makes a takeover wait for this save, and this save for a takeover under way.
        const source = lease
          ? insert.select(
              db
                .select({
                  name: sql<string>`${name}::text`.as('name'),
                  position: sql<string>`${position}::text`.as('position'),
                })
                .from(leases)
                .where(current(lease))
                .for('share'),
            )
          : insert.values({ name, position })
        const saved = await source
          .onConflictDoUpdate({ target: checkpoints.name, set: { position: sql`excluded.position` } })
          .returning({ name: checkpoints.name })
        return saved.length > 0
      }),

    list: prefix =>
      query(db =>
        db
          .select()
          .from(checkpoints)
          .where(sql`starts_with(${checkpoints.name}, ${prefix})`)
          .orderBy(asc(sql`${checkpoints.name} collate "C"`)),
      ),

    async [Symbol.asyncDispose]() {
      close()
    },
  }
}
