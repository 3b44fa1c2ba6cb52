import {
  type ApplyOutcome,
  Closed,
  type Logger,
  type ScannedDocument,
  type ViewBatch,
  type ViewStore,
} from '@mercato/shared-kernel/application'
import type { Redis } from 'ioredis'
import { openGate } from '../open-gate.ts'
import { fromCursor, toCursor } from './cursor.ts'
import { createConnecting, faultOf, openRedis, type RedisConnectionOptions } from './redis/connection.ts'
import { fromMember, memberRange, toMember } from './redis/index-entry.ts'
import { decodeText, encodeText } from './redis/ordered-text.ts'
import { type Argument, defineScripts } from './redis/scripts.ts'

export type RedisViewStoreOptions = (
  | Pick<RedisConnectionOptions, 'url' | 'tls'>
  /** A connected client of the caller's, who also closes it. It should neither queue offline nor wait for ever (see redis/connection.ts). */
  | { readonly client: Redis }
) & {
  /** Stands before all keys; `mercato` when not given. */
  readonly prefix?: string
  /** The longest a command may take before it rejects with Fault `SERVICE_UNAVAILABLE`; 600 ms when not given. */
  readonly timeoutMs?: number
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error'>
  /**
   * A view build that had data is empty, or filled anew by somebody else: Redis was flushed, or came back without its memory.
   * Called once for each loss; what the view lacks must be applied again from the log.
   */
  readonly onLost?: (view: string) => void
}

const OUTCOMES: readonly ApplyOutcome[] = ['applied', 'duplicate', 'gap', 'conflict']
const DROP_BATCH = 500

const changeOf = ({ streams, writes }: ViewBatch): Argument[] => {
  if (new Set(writes.map(write => write.key)).size < writes.length)
    throw new TypeError(`an apply names each document once: ${streams[0]?.streamId}`)
  const change: Argument[] = [streams.length, writes.length]
  for (const { streamId, from, to } of streams) change.push(field('r', streamId), from, to)
  for (const { key, doc, indexes, basedOn } of writes) {
    const entries = Object.entries(doc === undefined ? {} : indexes).flatMap(([index, sortKeys]) =>
      sortKeys.map(sortKey => [encodeText(index), toMember({ sortKey, docKey: key })] as const),
    )
    const json = doc === undefined ? '' : JSON.stringify(doc)
    change.push(encodeText(key), basedOn, json, entries.length, ...entries.flat())
  }
  return change
}

const field = (kind: 'r' | 'd', name: string): Buffer => Buffer.concat([Buffer.from(kind), encodeText(name)])

/** A stored document: its version, a colon, its JSON. */
const parseDocument = (stored: Buffer): { readonly doc: unknown; readonly version: number } => {
  const colon = stored.indexOf(':')
  return { version: Number(stored.toString('latin1', 0, colon)), doc: JSON.parse(stored.toString('utf8', colon + 1)) }
}

const toScanned = ([key, stored, place]: readonly [Buffer, Buffer, readonly Buffer[]]): ScannedDocument => {
  const indexes = new Map<string, string[]>()
  for (let at = 0; at < place.length; at += 2) {
    const name = decodeText(place[at] as Buffer)
    const { sortKey } = fromMember(place[at + 1] as Buffer)
    indexes.set(name, [...(indexes.get(name) ?? []), sortKey])
  }
  return { key: decodeText(key), doc: parseDocument(stored).doc, indexes: Object.fromEntries(indexes) }
}

/**
 * Views in Redis (6.2 or newer), shared by all processes; each apply is one script. Redis must not evict keys. A server that is
 * down, too slow or still loading gives Fault `SERVICE_UNAVAILABLE`; an apply that failed so may have happened and can be repeated.
 */
export const createRedisViewStore = (options: RedisViewStoreOptions): ViewStore => {
  const { prefix = 'mercato', timeoutMs = 600, logger, onLost } = options
  const gate = openGate('ViewStore')
  const own = 'client' in options ? undefined : openRedis({ ...options, timeoutMs, logger })
  const redis = 'client' in options ? options.client : (own as Redis)
  defineScripts(redis)
  const connecting = createConnecting(redis, timeoutMs / 2)
  /** The filling of each view build that this process has seen last. */
  const fillings = new Map<string, string>()
  let disposal: Promise<void> | undefined

  const keyOf = (view: string): string => `${prefix}:{${encodeURIComponent(view)}}`
  const namesOf = (view: string): string => `${keyOf(view)}:names`

  const call = async <Result>(command: () => Promise<Result>): Promise<Result> => {
    gate.check()
    try {
      await connecting()
      return await command()
    } catch (error) {
      gate.check()
      throw error instanceof Closed ? error : faultOf(error)
    }
  }

  const notice = (view: string, seen: Buffer | null): void => {
    const known = fillings.get(view)
    const filling = seen?.toString('latin1')
    if (filling === known) return
    if (filling === undefined) fillings.delete(view)
    else fillings.set(view, filling)
    if (known === undefined) return
    logger.error('a view has lost its data: Redis was flushed or came back without its memory', { view })
    onLost?.(view)
  }

  const fieldsOf = async (view: string, fields: readonly Buffer[]): Promise<(Buffer | null)[]> => {
    const [filling = null, ...found] = await call(() => redis.hmgetBuffer(keyOf(view), 'b', ...fields))
    notice(view, filling)
    return found
  }

  const applyAll: ViewStore['applyAll'] = async batch => {
    gate.check()
    const { view } = batch
    const args = changeOf(batch)
    const [outcome, filling] = await call(() => redis.mercatoApplyBuffer(keyOf(view), namesOf(view), ...args))
    notice(view, filling)
    return OUTCOMES[outcome] as ApplyOutcome
  }

  return {
    apply: ({ view, streamId, revision, writes }) =>
      applyAll({ view, streams: [{ streamId, from: revision, to: revision }], writes }),

    applyAll,

    async getMany(view, keys) {
      gate.check()
      if (keys.length === 0) return []
      const found = await fieldsOf(
        view,
        keys.map(key => field('d', key)),
      )
      return found.map(stored => (stored === null ? undefined : parseDocument(stored)))
    },

    async list(view, { index, after, before, prefix: start = '', limit, descending = false, fromEnd = false }) {
      gate.check()
      const [above, below] = descending ? [before, after] : [after, before]
      const { min, max } = memberRange(
        start,
        above === undefined ? undefined : fromCursor(above),
        below === undefined ? undefined : fromCursor(below),
      )
      const wanted = Math.max(limit, 0)
      const order = descending === fromEnd ? 'forward' : 'reverse'
      const [filling, members, documents] = await call(() =>
        redis.mercatoListBuffer(keyOf(view), encodeText(index), min, max, order, wanted),
      )
      notice(view, filling)
      const items = documents.map((stored, place) => {
        const entry = fromMember(members[place] as Buffer)
        return { key: entry.docKey, doc: parseDocument(stored).doc, cursor: toCursor(entry) }
      })
      return { items: fromEnd ? items.reverse() : items, more: members.length > wanted }
    },

    async count(view, index, start = '') {
      const { min, max } = memberRange(start, undefined, undefined)
      const [filling, size] = await call(() => redis.mercatoCountBuffer(keyOf(view), encodeText(index), min, max))
      notice(view, filling)
      return size
    },

    async appliedRevision(view, streamId) {
      gate.check()
      const [revision] = await fieldsOf(view, [field('r', streamId)])
      return Number(revision?.toString() ?? -1)
    },

    async appliedRevisions(view, streamIds) {
      gate.check()
      if (streamIds.length === 0) return []
      const fields = streamIds.map(streamId => field('r', streamId))
      return (await fieldsOf(view, fields)).map(revision => Number(revision?.toString() ?? -1))
    },

    async scan(view, limit, after = '0') {
      gate.check()
      const [cursor, found] = await call(() => redis.mercatoScanBuffer(keyOf(view), after, Math.max(1, limit)))
      const next = cursor.toString()
      return { documents: found.map(toScanned), ...(next === '0' ? {} : { next }) }
    },

    async drop(view) {
      gate.check()
      fillings.delete(view)
      // First the documents: without them what stands in the indexes is not seen any more.
      await call(() => redis.unlink(keyOf(view)))
      for (let cursor = '0'; ; ) {
        const [next, names] = await call(() => redis.sscanBuffer(namesOf(view), cursor, 'COUNT', DROP_BATCH))
        const keys = names.map(name => Buffer.concat([Buffer.from(`${keyOf(view)}:i:`), name]))
        if (keys.length > 0) await call(() => redis.unlink(...keys))
        cursor = next.toString()
        if (cursor === '0') break
      }
      await call(() => redis.unlink(namesOf(view)))
    },

    [Symbol.asyncDispose]() {
      gate.close()
      disposal ??= own ? closeRedis(own) : Promise.resolve()
      return disposal
    },
  }
}

const closeRedis = async (redis: Redis): Promise<void> => {
  try {
    if (redis.status === 'ready') await redis.quit()
  } finally {
    redis.disconnect()
  }
}
