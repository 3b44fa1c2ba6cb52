import type {
  ApplyOutcome,
  ListPage,
  ListRange,
  ScanPage,
  VersionedDocument,
  ViewBatch,
  ViewWrite,
} from '@mercato/shared-kernel/application'
import { fromCursor, toCursor } from './cursor.ts'
import { compareEntries, createSortedIndex, type IndexEntry, type SortedIndex } from './sorted-index.ts'

interface StoredDocument {
  /** The document as JSON text: nobody can share or change it. */
  readonly json: string
  readonly version: number
  readonly entries: readonly (readonly [index: string, entry: IndexEntry])[]
}

/** One build of one view. Every call runs to its end before another starts, hence atomically. */
export interface MemoryView {
  apply(batch: Omit<ViewBatch, 'view'>): ApplyOutcome
  get(key: string): VersionedDocument | undefined
  list(range: ListRange): ListPage
  count(index: string, prefix: string): number
  appliedRevision(streamId: string): number
  scan(limit: number, after?: string): ScanPage
}

export const createMemoryView = (): MemoryView => {
  const documents = new Map<string, StoredDocument>()
  const indexes = new Map<string, SortedIndex>()
  const revisions = new Map<string, number>()
  // One counter for all documents: a version never comes back, also when a document is deleted and made again.
  let lastVersion = 0

  const indexOf = (name: string): SortedIndex => {
    const index = indexes.get(name) ?? createSortedIndex()
    indexes.set(name, index)
    return index
  }

  const prepare = ({
    key,
    doc,
    indexes: sortKeys,
  }: ViewWrite): { readonly key: string; readonly next?: StoredDocument } => {
    if (doc === undefined) return { key }
    const entries = Object.entries(sortKeys).flatMap(([index, keys]) =>
      keys.map(sortKey => [index, { sortKey, docKey: key }] as const),
    )
    lastVersion += 1
    return { key, next: { json: JSON.stringify(doc), version: lastVersion, entries } }
  }

  const replace = (key: string, next: StoredDocument | undefined): void => {
    for (const [index, entry] of documents.get(key)?.entries ?? []) indexOf(index).delete(entry)
    if (!next) {
      documents.delete(key)
      return
    }
    documents.set(key, next)
    for (const [index, entry] of next.entries) indexOf(index).add(entry)
  }

  return {
    apply({ streams, writes }) {
      const places = streams.map(({ streamId, from, to }) => ({ from, to, applied: revisions.get(streamId) ?? -1 }))
      if (places.some(({ from, applied }) => from > applied + 1)) return 'gap'
      if (places.every(({ to, applied }) => to <= applied)) return 'duplicate'
      if (places.some(({ from, applied }) => from <= applied)) return 'conflict'
      if (new Set(writes.map(write => write.key)).size < writes.length)
        throw new TypeError(`an apply names each document once: ${streams[0]?.streamId}`)
      if (writes.some(write => (documents.get(write.key)?.version ?? 0) !== write.basedOn)) return 'conflict'
      // Everything that can throw comes before the first change.
      const prepared = writes.map(prepare)
      for (const { key, next } of prepared) replace(key, next)
      for (const { streamId, to } of streams) revisions.set(streamId, to)
      return 'applied'
    },

    get(key) {
      const stored = documents.get(key)
      return stored && { doc: JSON.parse(stored.json), version: stored.version }
    },

    list({ index: name, after, before, prefix = '', limit, descending = false, fromEnd = false }) {
      const index = indexes.get(name) ?? createSortedIndex()
      const [from, to] = boundsOf(index, prefix, descending ? before : after, descending ? after : before)
      const size = Math.max(to - from, 0)
      const taken = Math.min(size, Math.max(limit, 0))
      const entries = descending === fromEnd ? index.slice(from, from + taken) : index.slice(to - taken, to)
      if (descending) entries.reverse()
      const items = entries.map(entry => {
        const { json } = documents.get(entry.docKey) as StoredDocument
        return { key: entry.docKey, doc: JSON.parse(json) as unknown, cursor: toCursor(entry) }
      })
      return { items, more: size > taken }
    },

    count(name, prefix) {
      const index = indexes.get(name)
      if (!index || prefix === '') return index?.size ?? 0
      const [from, to] = boundsOf(index, prefix, undefined, undefined)
      return to - from
    },

    appliedRevision: streamId => revisions.get(streamId) ?? -1,

    scan(limit, after) {
      const keys = [...documents.keys()].filter(key => after === undefined || key > after).toSorted()
      const taken = keys.slice(0, Math.max(1, limit))
      const last = taken.at(-1)
      return {
        documents: taken.map(key => {
          const { json, entries } = documents.get(key) as StoredDocument
          const byIndex = Map.groupBy(entries, ([index]) => index)
          return {
            key,
            doc: JSON.parse(json) as unknown,
            indexes: Object.fromEntries(
              [...byIndex].map(([name, all]) => [name, all.map(([, entry]) => entry.sortKey)]),
            ),
          }
        }),
        ...(last !== undefined && taken.length < keys.length ? { next: last } : {}),
      }
    },
  }
}

/** Ranks of the first entry inside and the first beyond: with the prefix, and strictly between two cursors in ascending order. */
const boundsOf = (
  index: SortedIndex,
  prefix: string,
  above: string | undefined,
  below: string | undefined,
): readonly [from: number, to: number] => {
  let from = prefix === '' ? 0 : index.rank(entry => entry.sortKey < prefix)
  let to = prefix === '' ? index.size : index.rank(entry => entry.sortKey < prefix || entry.sortKey.startsWith(prefix))
  if (above !== undefined) {
    const cursor = fromCursor(above)
    from = Math.max(
      from,
      index.rank(entry => compareEntries(entry, cursor) <= 0),
    )
  }
  if (below !== undefined) {
    const cursor = fromCursor(below)
    to = Math.min(
      to,
      index.rank(entry => compareEntries(entry, cursor) < 0),
    )
  }
  return [from, to]
}
