import type { Claims } from '@mercato/shared-kernel/application'
import { and, asc, eq, lte, sql } from 'drizzle-orm'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import type { Pool } from 'pg'
import { guardedDatabase } from '../postgres/guarded-database.ts'
import { claims } from '../postgres/schema/claims.ts'

const at = (scope: string, value: string) => and(eq(claims.scope, scope), eq(claims.value, value))
const heldBy = (scope: string, value: string, ownerId: string) => and(at(scope, value), eq(claims.ownerId, ownerId))

const find = async (db: NodePgDatabase, scope: string, value: string) =>
  (await db.select().from(claims).where(at(scope, value))).at(0)

/** Claims in the table `claims`. */
export const createPostgresClaims = ({ pool }: { readonly pool: Pool }): Claims => {
  const { query, close } = guardedDatabase('Claims', pool)

  return {
    claim: (scope, value, ownerId, expiresAt) =>
      query(async db => {
        for (;;) {
          const granted = await db
            .insert(claims)
            .values({ scope, value, ownerId, pending: true, expiresAt })
            .onConflictDoUpdate({
              target: [claims.scope, claims.value],
              set: {
                expiresAt: sql`case when ${claims.pending} then excluded.expires_at else ${claims.expiresAt} end`,
              },
              setWhere: sql`${claims.ownerId} = excluded.owner_id`,
            })
            .returning({ ownerId: claims.ownerId })
          if (granted.length > 0) return { status: 'granted' }
          const held = await find(db, scope, value)
          if (held) return { status: 'taken', ownerId: held.ownerId, pending: held.pending }
          // Released between the two statements: it is free again.
        }
      }),

    confirm: (scope, value, ownerId) =>
      query(async db => {
        await db
          .update(claims)
          .set({ pending: false })
          .where(heldBy(scope, value, ownerId))
      }),

    release: (scope, value, ownerId) =>
      query(async db => {
        await db.delete(claims).where(heldBy(scope, value, ownerId))
      }),

    holder: (scope, value) =>
      query(async db => {
        const held = await find(db, scope, value)
        return held && { ownerId: held.ownerId, pending: held.pending, expiresAt: held.expiresAt }
      }),

    expired: (now, limit) =>
      query(db =>
        db
          .select({
            scope: claims.scope,
            value: claims.value,
            ownerId: claims.ownerId,
            expiresAt: claims.expiresAt,
          })
          .from(claims)
          .where(and(claims.pending, lte(claims.expiresAt, now)))
          .orderBy(asc(claims.expiresAt))
          .limit(limit),
      ),

    async [Symbol.asyncDispose]() {
      close()
    },
  }
}
