import type { ParkedMessages } from '@mercato/shared-kernel/application'
import { and, asc, count, eq, getTableColumns, sql } from 'drizzle-orm'
import type { Pool } from 'pg'
import { guardedDatabase } from '../postgres/guarded-database.ts'
import { parkedMessages as parked } from '../postgres/schema/parked-messages.ts'

const { place, ...columns } = getTableColumns(parked)

/** Parked messages in the table `parked_messages`. */
export const createPostgresParkedMessages = ({ pool }: { readonly pool: Pool }): ParkedMessages => {
  const { query, close } = guardedDatabase('ParkedMessages', pool)

  return {
    park: message =>
      query(async db => {
        await db
          .insert(parked)
          .values(message)
          .onConflictDoUpdate({ target: [parked.group, parked.id], set: { cause: sql`excluded.cause` } })
      }),

    list: ({ group, limit }) =>
      query(db =>
        db
          .select(columns)
          .from(parked)
          .where(group === undefined ? undefined : eq(parked.group, group))
          .orderBy(asc(place))
          .limit(limit),
      ),

    counts: () =>
      query(async db => {
        const counted = await db.select({ group: parked.group, messages: count() }).from(parked).groupBy(parked.group)
        return new Map(counted.map(({ group, messages }) => [group, messages]))
      }),

    holds: (group, key) =>
      query(async db => {
        const found = await db
          .select({ id: parked.id })
          .from(parked)
          .where(and(eq(parked.group, group), eq(parked.key, key)))
          .limit(1)
        return found.length > 0
      }),

    remove: (group, id) =>
      query(async db => {
        await db.delete(parked).where(and(eq(parked.group, group), eq(parked.id, id)))
      }),

    async [Symbol.asyncDispose]() {
      close()
    },
  }
}
