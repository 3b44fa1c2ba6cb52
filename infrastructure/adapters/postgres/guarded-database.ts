import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import type { Pool } from 'pg'
import { openGate } from '../open-gate.ts'
import { fromPostgres } from './errors.ts'

export interface GuardedDatabase {
  /** Runs queries; rejects with `Closed` after close, with `SERVICE_UNAVAILABLE` when the database is away. */
  readonly query: <Result>(run: (db: NodePgDatabase) => Promise<Result>) => Promise<Result>
  readonly close: () => void
}

/** A port's way to its tables. The pool stays open: whoever opened it closes it. */
export const guardedDatabase = (what: string, pool: Pool): GuardedDatabase => {
  const gate = openGate(what)
  const db = drizzle({ client: pool })
  return {
    async query(run) {
      gate.check()
      try {
        return await run(db)
      } catch (error) {
        throw fromPostgres(error)
      }
    },
    close: gate.close,
  }
}
