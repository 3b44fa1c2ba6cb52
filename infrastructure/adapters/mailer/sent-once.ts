import { type Clock, Fault } from '@mercato/shared-kernel/application'
import { eq, sql } from 'drizzle-orm'
import type { Pool } from 'pg'
import { guardedDatabase } from '../postgres/guarded-database.ts'
import { sentMails } from '../postgres/schema/sent-mails.ts'

export interface SentOnce {
  /**
   * Runs `deliver` unless a mail of this id was delivered before, here or in another process, which is remembered for good. Rejects
   * with `SERVICE_UNAVAILABLE` while another process is at it. One that dies meanwhile is taken over after `leaseMs`: its mail may have left.
   */
  readonly once: (id: string, deliver: () => Promise<void>) => Promise<void>
  readonly close: () => void
}

/** Remembers in the table `sent_mails` what was sent. */
export const createSentOnce = (options: {
  readonly pool: Pool
  readonly clock: Clock
  readonly leaseMs: number
}): SentOnce => {
  const { pool, clock, leaseMs } = options
  const { query, close } = guardedDatabase('Mailer', pool)
  const underWay = new Map<string, Promise<void>>()

  const take = (id: string): Promise<'ours' | 'sent' | 'taken'> =>
    query(async db => {
      const now = clock.now()
      const dead = sql`${sentMails.sentAt} is null and ${sentMails.takenUntil} <= ${now.toISOString()}::timestamptz`
      const [ours] = await db
        .insert(sentMails)
        .values({ id, takenUntil: new Date(now.getTime() + leaseMs) })
        .onConflictDoUpdate({
          target: sentMails.id,
          set: { takenUntil: sql`excluded.taken_until` },
          setWhere: dead,
        })
        .returning({ id: sentMails.id })
      if (ours) return 'ours'
      const [known] = await db.select({ sentAt: sentMails.sentAt }).from(sentMails).where(eq(sentMails.id, id))
      return known?.sentAt ? 'sent' : 'taken'
    })
  const set = (id: string, values: { readonly sentAt: Date } | { readonly takenUntil: Date }): Promise<void> =>
    query(async db => {
      await db.update(sentMails).set(values).where(eq(sentMails.id, id))
    })

  const run = async (id: string, deliver: () => Promise<void>): Promise<void> => {
    const taken = await take(id)
    if (taken === 'sent') return
    if (taken === 'taken') throw new Fault('SERVICE_UNAVAILABLE', 'another process is sending this mail')
    try {
      await deliver()
    } catch (error) {
      await set(id, { takenUntil: clock.now() })
      throw error
    }
    await set(id, { sentAt: clock.now() })
  }

  return {
    once(id, deliver) {
      const running = underWay.get(id) ?? run(id, deliver).finally(() => underWay.delete(id))
      underWay.set(id, running)
      return running
    },
    close,
  }
}
