/** An entry of an index: a document stands there under a sort key. */
export interface IndexEntry {
  readonly sortKey: string
  readonly docKey: string
}

/** Ordered entries without repetitions. Finding and changing one costs a binary search and a short copy, whatever the size. */
export interface SortedIndex {
  readonly size: number
  /** Adds the entry; one that is there already changes nothing. */
  add(entry: IndexEntry): void
  delete(entry: IndexEntry): void
  /** How many entries come before the first for which `isBefore` is false. It must be true up to some place and false after it. */
  rank(isBefore: (entry: IndexEntry) => boolean): number
  /** Entries from one rank (inclusive) to another (exclusive), ascending. */
  slice(from: number, to: number): IndexEntry[]
}

/** By sort key, then by document key, code unit by code unit. */
export const compareEntries = (a: IndexEntry, b: IndexEntry): number => {
  if (a.sortKey !== b.sortKey) return a.sortKey < b.sortKey ? -1 : 1
  if (a.docKey !== b.docKey) return a.docKey < b.docKey ? -1 : 1
  return 0
}

const MAX_CHUNK = 512

/** The first place in an ordered array for which `isBefore` is false. */
const partitionPoint = <Item>(items: readonly Item[], isBefore: (item: Item) => boolean): number => {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isBefore(items[middle] as Item)) low = middle + 1
    else high = middle
  }
  return low
}

/** A sorted list cut into chunks of at most {@link MAX_CHUNK} entries; no chunk is empty. */
export const createSortedIndex = (): SortedIndex => {
  const chunks: IndexEntry[][] = []
  let size = 0

  const place = (isBefore: (entry: IndexEntry) => boolean): { chunk: number; offset: number } => {
    const chunk = partitionPoint(chunks, entries => isBefore(entries[entries.length - 1] as IndexEntry))
    return { chunk, offset: partitionPoint(chunks[chunk] ?? [], isBefore) }
  }

  return {
    get size() {
      return size
    },

    add(entry) {
      const found = place(other => compareEntries(other, entry) < 0)
      // After the last entry of all: at the end of the last chunk.
      const chunk = Math.min(found.chunk, Math.max(chunks.length - 1, 0))
      const entries = chunks[chunk]
      if (!entries) {
        chunks.push([entry])
        size += 1
        return
      }
      const offset = chunk === found.chunk ? found.offset : entries.length
      const there = entries[offset]
      if (there && compareEntries(there, entry) === 0) return
      entries.splice(offset, 0, entry)
      size += 1
      if (entries.length > MAX_CHUNK) chunks.splice(chunk + 1, 0, entries.splice(MAX_CHUNK / 2))
    },

    delete(entry) {
      const { chunk, offset } = place(other => compareEntries(other, entry) < 0)
      const entries = chunks[chunk]
      const there = entries?.[offset]
      if (!entries || !there || compareEntries(there, entry) !== 0) return
      entries.splice(offset, 1)
      size -= 1
      if (entries.length === 0) chunks.splice(chunk, 1)
    },

    rank(isBefore) {
      const { chunk, offset } = place(isBefore)
      let before = offset
      for (let index = 0; index < chunk; index += 1) before += chunks[index]?.length ?? 0
      return before
    },

    slice(from, to) {
      const found: IndexEntry[] = []
      let start = 0
      for (const entries of chunks) {
        if (start >= to) break
        if (start + entries.length > from) {
          for (const entry of entries.slice(Math.max(from - start, 0), to - start)) found.push(entry)
        }
        start += entries.length
      }
      return found
    },
  }
}
