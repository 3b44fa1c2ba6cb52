import { randomBytes } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { Fault, type KeyVault } from '@mercato/shared-kernel/application'
import { eq, sql } from 'drizzle-orm'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import type { Pool } from 'pg'
import { guardedDatabase } from '../postgres/guarded-database.ts'
import { personKeys } from '../postgres/schema/person-keys.ts'
import { createKeyCache } from './key-cache.ts'
import { createWrapping } from './wrapping.ts'

export interface PostgresKeyVaultOptions {
  readonly pool: Pool
  /** 32 bytes that wrap every person's key; whoever has the database alone can read nothing. */
  readonly masterKey: Uint8Array
  /**
   * For how long keys are remembered in memory, hence how long a key destroyed by *another process* may still open things
   * here. Destroying in this process takes effect at once. Default 0: nothing is remembered.
   */
  readonly cacheMs?: number
}

/** Keys in the table `person_keys`, each wrapped under the master key. */
export const createPostgresKeyVault = ({ pool, masterKey, cacheMs = 0 }: PostgresKeyVaultOptions): KeyVault => {
  const { query, close } = guardedDatabase('KeyVault', pool)
  const wrapping = createWrapping(masterKey)
  const cache = createKeyCache(cacheMs, () => performance.now())

  const read = async (db: NodePgDatabase, subjectId: string): Promise<Uint8Array | 'destroyed' | undefined> => {
    const [row] = await db.select().from(personKeys).where(eq(personKeys.subjectId, subjectId))
    if (!row) return undefined
    if (!row.wrapped) return 'destroyed'
    const key = wrapping.unwrap(subjectId, row.wrapped)
    cache.put(subjectId, key)
    return key
  }

  return {
    keyFor: subjectId =>
      query(async db => {
        const known = cache.get(subjectId) ?? (await read(db, subjectId))
        if (known instanceof Uint8Array) return known.slice()
        if (known === undefined) {
          const wrapped = wrapping.wrap(subjectId, randomBytes(32))
          await db.insert(personKeys).values({ subjectId, wrapped }).onConflictDoNothing()
          const made = await read(db, subjectId)
          if (made instanceof Uint8Array) return made.slice()
        }
        throw new Fault('NOT_FOUND', 'This person was erased.')
      }),

    find: subjectId =>
      query(async db => {
        const known = cache.get(subjectId) ?? (await read(db, subjectId))
        return known instanceof Uint8Array ? known.slice() : undefined
      }),

    destroy: subjectId =>
      query(async db => {
        cache.destroy(subjectId)
        const destroyedAt = sql`clock_timestamp()`
        await db
          .insert(personKeys)
          .values({ subjectId, wrapped: null, destroyedAt })
          .onConflictDoUpdate({
            target: personKeys.subjectId,
            set: { wrapped: null, destroyedAt: sql`coalesce(${personKeys.destroyedAt}, ${destroyedAt})` },
          })
      }),

    async [Symbol.asyncDispose]() {
      close()
      cache.clear()
    },
  }
}
