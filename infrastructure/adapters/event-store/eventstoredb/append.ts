import { type AppendResult, Fault, NO_STREAM, RevisionConflict } from '@mercato/shared-kernel/application'
import { mixedIds, type StorableEvent } from '../storable.ts'
import type { Connection } from './connection.ts'
import type { KnownIds, StreamIds } from './known-ids.ts'
import { streamPages } from './read-stream.ts'
import { idOf, toNewRecord } from './recorded-event.ts'

/** How often an append is tried whose conflict the stream does not bear out: the leader may have changed under it. */
const ATTEMPTS = 3

/** The original place of an append whose ids are all in the stream; none when none is. */
const originalOf = (streamId: string, ids: StreamIds, events: readonly StorableEvent[]): AppendResult | undefined => {
  const revisions = events.map(({ id }) => ids.revisionOf(id)).filter(revision => revision !== undefined)
  const original = revisions.at(-1)
  if (original === undefined) return undefined
  if (revisions.length < events.length) throw mixedIds(streamId)
  return { revision: original, duplicate: true }
}

/**
 * Appends checked events; the contract is that of the port. Each attempt gives its events new ids of EventStoreDB's own, so
 * that the server never takes one attempt for another: what is already there is told by our ids, read back from the stream.
 * An append is sent only when all ids up to the expected revision are known, and the server writes it only at that revision.
 */
export const createAppend = (connection: Connection, known: KnownIds, nameOf: (streamId: string) => string) => {
  /** Learns the ids up to a revision, or to the end. What was learned stays known when a later page fails. */
  const learn = async (streamId: string, ids: StreamIds, to: number): Promise<void> => {
    for await (const records of streamPages(connection, nameOf(streamId), ids.next(), to))
      for (const record of records) {
        if (record.revision > ids.next()) throw new Error(`the stream ${streamId} was cut off at its beginning`)
        ids.add(record.revision, idOf(record))
      }
  }

  const lastRevision = async (streamId: string): Promise<number> => {
    const { records } = await connection.read({ stream: nameOf(streamId), from: 'end' }, { count: 1, backwards: true })
    return records[0]?.revision ?? NO_STREAM
  }

  return async (
    streamId: string,
    expectedRevision: number,
    events: readonly StorableEvent[],
  ): Promise<AppendResult> => {
    if (events.length === 0) {
      const actual = await lastRevision(streamId)
      if (actual !== expectedRevision) throw new RevisionConflict(streamId, expectedRevision, actual)
      return { revision: actual, duplicate: false }
    }
    const ids = known.of(streamId)
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      await learn(streamId, ids, expectedRevision)
      // A repeat at another revision: the rest of its events may stand behind that.
      const there = events.filter(({ id }) => ids.revisionOf(id) !== undefined).length
      if (there > 0 && there < events.length) await learn(streamId, ids, Number.MAX_SAFE_INTEGER)
      const original = originalOf(streamId, ids, events)
      if (original) return original
      const records = events.map(toNewRecord)
      const sound = ids.next() - 1 === expectedRevision
      if (sound && (await connection.append(nameOf(streamId), expectedRevision, records))) {
        const revision = expectedRevision + events.length
        for (const [index, { id }] of events.entries()) ids.add(expectedRevision + 1 + index, id)
        return { revision, duplicate: false }
      }
      if (ids.next() - 1 >= expectedRevision) await learn(streamId, ids, Number.MAX_SAFE_INTEGER)
      const written = originalOf(streamId, ids, events)
      if (written) return written
      const actual = ids.next() - 1
      if (actual !== expectedRevision) throw new RevisionConflict(streamId, expectedRevision, actual)
    }
    throw new Fault('SERVICE_UNAVAILABLE', 'the event store refuses an append at the revision it is at')
  }
}
