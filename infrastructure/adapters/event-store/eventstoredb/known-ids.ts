/** The event ids of one stream from its beginning on, as far as it was read. */
export interface StreamIds {
  /** The first revision whose id is not known. */
  readonly next: () => number
  /** Ids come in the order of the stream; those known already are passed over. */
  readonly add: (revision: number, id: string) => void
  readonly revisionOf: (id: string) => number | undefined
}

export interface KnownIds {
  readonly of: (streamId: string) => StreamIds
  /** How many ids are kept. */
  readonly size: () => number
}

interface Beginning {
  readonly revisions: Map<string, number>
  next: number
}

/**
 * Which events streams begin with: EventStoreDB has no index of event ids, and what a stream begins with never changes.
 * Keeps about `limit` ids, those of the streams used last; the stream in use is kept whole whatever its length.
 */
export const createKnownIds = (limit: number): KnownIds => {
  const streams = new Map<string, Beginning>()
  let size = 0

  const evictAllBut = (inUse: string): void => {
    for (const [streamId, { next }] of streams) {
      if (size <= limit) return
      if (streamId === inUse) continue
      streams.delete(streamId)
      size -= next
    }
  }

  return {
    of(streamId) {
      const beginning = streams.get(streamId) ?? { revisions: new Map<string, number>(), next: 0 }
      streams.delete(streamId)
      streams.set(streamId, beginning)
      return {
        next: () => beginning.next,
        add(revision, id) {
          if (revision !== beginning.next) return
          beginning.revisions.set(id, revision)
          beginning.next++
          // Evicted meanwhile: whoever still holds it may use it, nobody else will.
          if (streams.get(streamId) !== beginning) return
          size++
          evictAllBut(streamId)
        },
        revisionOf: id => beginning.revisions.get(id),
      }
    },
    size: () => size,
  }
}
