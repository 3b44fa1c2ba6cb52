import { LOG_START, type Logger, type LogPage } from '@mercato/shared-kernel/application'
import type { Pool } from 'pg'
import { fromPostgres } from '../../postgres/errors.ts'
import { LIMITS } from '../storable.ts'
import { parsePosition } from './position.ts'
import { prepareReads, toRecorded } from './reads.ts'

type Rows = readonly Parameters<typeof toRecorded>[0][]

/** Each gives only what is final and complete, so that no answer is ever stale; else nothing, and the primary is asked. */
export interface ReplicaReads {
  /** Events of a stream up to a known revision, when the replica has them all. */
  readonly stream: (wanted: {
    readonly streamId: string
    readonly from: number
    readonly to: number
  }) => Promise<Rows | undefined>
  /** A full page of the log that does not end it, for those who read from the beginning. */
  readonly page: (after: string, size: number) => Promise<LogPage | undefined>
}

/** Readers that are on their way through the replica's log at a time. */
const READERS = 100
const REST_MS = 5_000

export const createReplicaReads = (options: {
  readonly pool: Pool
  readonly logger: Pick<Logger, 'warn'>
}): ReplicaReads => {
  const { pool, logger } = options
  const reads = prepareReads(pool)
  /** Where pages of the replica ended: who goes on from there goes on there. */
  const passing = new Set<string>([LOG_START])
  let restsUntil = 0

  /** A replica that fails is left alone for a while. */
  const attempt = async <Result>(run: () => Promise<Result>): Promise<Result | undefined> => {
    if (performance.now() < restsUntil) return undefined
    try {
      return await run()
    } catch (error) {
      restsUntil = performance.now() + REST_MS
      logger.warn('the read replica does not answer, asking the primary', { error: fromPostgres(error) })
      return undefined
    }
  }

  return {
    async stream(wanted) {
      if (wanted.to >= LIMITS.revision || wanted.to < wanted.from) return undefined
      const rows = await attempt(() => reads.stream.execute({ ...wanted }))
      return rows?.at(-1)?.revision === wanted.to ? rows : undefined
    },

    async page(after, size) {
      if (!passing.has(after)) return undefined
      const rows = await attempt(() => reads.log.execute({ ...parsePosition(after), limit: size + 1 }))
      if (after !== LOG_START) passing.delete(after)
      if (!rows || rows.length <= size) return undefined
      const events = rows.slice(0, size).map(toRecorded)
      const next = events.at(-1)?.position ?? after
      passing.add(next)
      const [, oldest] = passing
      if (passing.size > READERS && oldest !== undefined) passing.delete(oldest)
      return { events, next, atEnd: false }
    },
  }
}
