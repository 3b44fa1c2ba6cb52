import { guardedDatabase } from '@mercato/adapters/postgres/guarded-database'
import { eq, lt, sql } from 'drizzle-orm'
import { integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import type { SignInAttempts } from '#application/ports.ts'
import { FORGET_MS, FREE_ATTEMPTS, LONGEST_MS, SECOND_MS, waitAfter } from './back-off.ts'

/** Not logged, so that guessing costs no disk: a crash of the database forgets it. */
export const signInAttempts = pgTable('sign_in_attempts', {
  key: text('key').primaryKey(),
  attempts: integer('attempts').notNull(),
  last: timestamp('last', { withTimezone: true, mode: 'date', precision: 3 }).notNull(),
})

const { attempts, last } = signInAttempts
const ms = (amount: unknown) => sql`(${amount} * interval '1 millisecond')`
/** {@link waitAfter} in SQL. */
const waitMs = sql`case when ${attempts} < ${FREE_ATTEMPTS} then 0
  else least(${LONGEST_MS}, ${SECOND_MS} * power(2, least(20, ${attempts} - ${FREE_ATTEMPTS}))) end`

/** Attempts in the table `sign_in_attempts` of the user database, shared by all processes. */
export const createPostgresSignInAttempts = (pool: Parameters<typeof guardedDatabase>[1]): SignInAttempts => {
  const { query, close } = guardedDatabase('SignInAttempts', pool)

  return {
    begin: (key, now) =>
      query(async db => {
        const forgotten = sql`${last} <= ${now.toISOString()}::timestamptz - ${ms(FORGET_MS)}`
        const begun = await db
          .insert(signInAttempts)
          .values({ key, attempts: 1, last: now })
          .onConflictDoUpdate({
            target: signInAttempts.key,
            set: { attempts: sql`case when ${forgotten} then 1 else ${attempts} + 1 end`, last: now },
            setWhere: sql`${forgotten} or ${last} + ${ms(waitMs)} <= ${now.toISOString()}::timestamptz`,
          })
          .returning({ attempts })
        if (begun.length > 0) return { waitMs: 0 }
        const [held] = await db.select().from(signInAttempts).where(eq(signInAttempts.key, key))
        return { waitMs: held ? Math.max(1, held.last.getTime() + waitAfter(held.attempts) - now.getTime()) : 0 }
      }),
    clear: key =>
      query(async db => {
        await db.delete(signInAttempts).where(eq(signInAttempts.key, key))
      }),
    tidy: now =>
      query(async db => {
        await db.delete(signInAttempts).where(lt(last, new Date(now.getTime() - FORGET_MS)))
      }),
    async [Symbol.asyncDispose]() {
      close()
    },
  }
}
