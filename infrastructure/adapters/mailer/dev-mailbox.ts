import type { Clock, Mailer } from '@mercato/shared-kernel/application'
import { desc, eq, getTableColumns, sql } from 'drizzle-orm'
import type { Pool } from 'pg'
import { openGate } from '../open-gate.ts'
import { guardedDatabase } from '../postgres/guarded-database.ts'
import { devMailbox } from '../postgres/schema/dev-mailbox.ts'

export interface ReceivedMail {
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly sentAt: Date
}

/** Mail that stays in the house, for development. It holds personal data in the clear: never in production. */
export interface DevMailbox extends Mailer, AsyncDisposable {
  /** The latest mails, newest first. */
  list(): Promise<readonly ReceivedMail[]>
}

export interface DevMailboxOptions {
  readonly clock: Clock
  /** Keeps mails in the table `dev_mailbox`, where they survive a restart; without it they are gone with the process. */
  readonly pool?: Pool
  /** How many of the latest mails are kept; 200 when not given. */
  readonly keep?: number
}

/** A mailbox that shows what would have been sent. After dispose every call rejects with `Closed`. */
export const createDevMailbox = ({ clock, pool, keep = 200 }: DevMailboxOptions): DevMailbox =>
  pool ? createTableMailbox(clock, pool, keep) : createMemoryMailbox(clock, keep)

const createMemoryMailbox = (clock: Clock, keep: number): DevMailbox => {
  const gate = openGate('Mailer')
  const mails = new Map<string, ReceivedMail>()

  return {
    async send({ id, to, subject, text }) {
      gate.check()
      if (mails.has(id)) return
      mails.set(id, { id, to, subject, text, sentAt: clock.now() })
      const oldest = mails.keys().next()
      if (mails.size > keep && !oldest.done) mails.delete(oldest.value)
    },
    async forget(address) {
      gate.check()
      for (const { id, to } of [...mails.values()]) if (to === address) mails.delete(id)
    },
    async list() {
      gate.check()
      return [...mails.values()].reverse()
    },
    async [Symbol.asyncDispose]() {
      gate.close()
    },
  }
}

const createTableMailbox = (clock: Clock, pool: Pool, keep: number): DevMailbox => {
  const { query, close } = guardedDatabase('Mailer', pool)
  const { place, ...columns } = getTableColumns(devMailbox)

  return {
    send: ({ id, to, subject, text }) =>
      query(async db => {
        await db.insert(devMailbox).values({ id, to, subject, text, sentAt: clock.now() }).onConflictDoNothing()
        const kept = db.select({ place }).from(devMailbox).orderBy(desc(place)).limit(1).offset(keep)
        await db.delete(devMailbox).where(sql`${place} <= (${kept})`)
      }),
    async forget(address) {
      await query(db => db.delete(devMailbox).where(eq(devMailbox.to, address)))
    },
    list: () => query(db => db.select(columns).from(devMailbox).orderBy(desc(place)).limit(keep)),
    async [Symbol.asyncDispose]() {
      close()
    },
  }
}
