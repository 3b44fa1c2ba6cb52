import type { Currency } from '@mercato/shared-kernel/domain'
import { and, asc, eq, lte } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import { bigint, boolean, index, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/** One call that the sandbox has acted on. */
export interface LedgerEntry {
  readonly key: string
  readonly kind: 'authorise' | 'capture' | 'void' | 'refund'
  readonly token: string
  readonly reference: string
  readonly amount: number
  readonly currency: Currency
  /** Why it was refused; absent when approved. */
  readonly refusal?: string
  readonly expiresAt: Date
  readonly paymentId: string
  readonly operationId: string
  /** From when on the outcome stands; until then the sandbox tells nobody. */
  readonly settlesAt: Date
}

/** The sandbox's own memory: a provider remembers whatever happens to its clients. */
export interface SandboxLedger {
  find(key: string): Promise<LedgerEntry | undefined>
  byReference(reference: string): Promise<readonly LedgerEntry[]>
  /** Keeps the first entry of a key; returns the one that is kept. */
  add(entry: LedgerEntry): Promise<LedgerEntry>
  /** What had settled by then and was not reported yet, the oldest first. */
  unreported(by: Date): Promise<readonly LedgerEntry[]>
  reported(key: string): Promise<void>
}

/** How many are reported in one go. */
const BATCH = 100

export const createMemoryLedger = (): SandboxLedger => {
  const entries = new Map<string, LedgerEntry>()
  const told = new Set<string>()
  return {
    find: async key => entries.get(key),
    byReference: async reference => [...entries.values()].filter(entry => entry.reference === reference),
    async add(entry) {
      const first = entries.get(entry.key) ?? entry
      entries.set(entry.key, first)
      return first
    },
    unreported: async by =>
      [...entries.values()].filter(({ key, settlesAt }) => settlesAt <= by && !told.has(key)).slice(0, BATCH),
    async reported(key) {
      told.add(key)
    },
  }
}

const table = pgTable(
  'sandbox_ledger',
  {
    key: text('key').primaryKey(),
    kind: text('kind').$type<LedgerEntry['kind']>().notNull(),
    token: text('token').notNull(),
    reference: text('reference').notNull(),
    amount: bigint('amount', { mode: 'number' }).notNull(),
    currency: text('currency').$type<Currency>().notNull(),
    refusal: text('refusal'),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    paymentId: text('payment_id').notNull(),
    operationId: text('operation_id').notNull(),
    settlesAt: timestamp('settles_at', { withTimezone: true }).notNull(),
    reported: boolean('reported').notNull().default(false),
  },
  ({ reference }) => [index('sandbox_ledger_reference').on(reference)],
)

type Row = typeof table.$inferSelect
const entryOf = ({ refusal, reported: _, ...row }: Row): LedgerEntry => (refusal === null ? row : { ...row, refusal })

/** A ledger in the table `sandbox_ledger` of the payment database. */
export const createPostgresLedger = (pool: Parameters<typeof drizzle>[0] & object): SandboxLedger => {
  const db = drizzle(pool as never)
  const find = async (key: string) => (await db.select().from(table).where(eq(table.key, key))).map(entryOf).at(0)
  return {
    find,
    byReference: async reference => (await db.select().from(table).where(eq(table.reference, reference))).map(entryOf),
    async add(entry) {
      await db.insert(table).values(entry).onConflictDoNothing()
      return (await find(entry.key)) ?? entry
    },
    async unreported(by) {
      const isDue = and(eq(table.reported, false), lte(table.settlesAt, by))
      const rows = await db.select().from(table).where(isDue).orderBy(asc(table.settlesAt)).limit(BATCH)
      return rows.map(entryOf)
    },
    async reported(key) {
      await db.update(table).set({ reported: true }).where(eq(table.key, key))
    },
  }
}
