import { type EventStore, Fault, type Logger, type RecordedEvent } from '@mercato/shared-kernel/application'
import { openGate } from '../open-gate.ts'
import { createAppend } from './eventstoredb/append.ts'
import { createAppendHints } from './eventstoredb/append-hints.ts'
import { connect } from './eventstoredb/connection.ts'
import { createKnownIds } from './eventstoredb/known-ids.ts'
import type { StoredRecord } from './eventstoredb/messages.ts'
import { createLogReader } from './eventstoredb/read-log.ts'
import { streamPages } from './eventstoredb/read-stream.ts'
import { idOf, toRecorded } from './eventstoredb/recorded-event.ts'
import { pageSize, revisionRange, storable } from './storable.ts'

export interface EventStoreDBOptions {
  /**
   * `esdb://user:password@host:2113` for one node, `esdb+discover://…` or several hosts for a cluster. TLS unless it says
   * `tls=false`; `tlsCAFile=…` for a certificate authority of one's own. The user must be allowed to read `$all`.
   */
  readonly connectionString: string
  /** What the streams of this log begin with, such as `order.`; several are one log. Other streams cannot be appended to. */
  readonly prefixes: readonly string[]
  /** Put before every stream name, so that several installations can share a server; must hold no `-`. */
  readonly namespace?: string
  /** How long an append or a read of a stream may take; 5,000 ms when not given. */
  readonly deadlineMs?: number
  /** How long a page of the log may take, for which the server looks through what others wrote; 60,000 ms when not given. */
  readonly scanDeadlineMs?: number
  /** How often listeners of `onAppend` are called although nothing was heard; 1,000 ms when not given. */
  readonly pollMs?: number
  /** How many event ids are kept to tell repeated appends; 200,000 when not given, about 30 MB. */
  readonly knownIds?: number
  readonly logger: Pick<Logger, 'warn' | 'error'>
}

/**
 * The EventStore on EventStoreDB ≥ 22.10. A position is the commit and prepare position in the log of the server, which
 * several contexts may share. An append needs the ids of all events of its stream, which are read once and then kept. The
 * server must be configured to take appends as large as the port allows (MaxAppendSize, 1 MiB if not set).
 */
export const createEventStoreDB = (options: EventStoreDBOptions): EventStore => {
  const { connectionString, prefixes, namespace = '', logger } = options
  const { deadlineMs = 5_000, scanDeadlineMs = 60_000, pollMs = 1_000, knownIds = 200_000 } = options
  const names = prefixes.map(prefix => `${namespace}${prefix}`)
  if (names.length === 0 || names.some(name => name === '' || name.startsWith('$')) || namespace.includes('-'))
    throw new TypeError('a log needs prefixes of stream names; none starts with $, and a namespace holds no -')

  const gate = openGate('EventStore')
  const connection = connect({ connectionString, deadlineMs, scanDeadlineMs })
  const nameOf = (streamId: string): string => `${namespace}${streamId}`
  const recorded = (record: StoredRecord) => toRecorded(record.stream.slice(namespace.length), record)
  const known = createKnownIds(knownIds)
  const append = createAppend(connection, known, nameOf)
  const log = createLogReader(connection, names, recorded)
  const follow = (onEvent: () => void, signal: AbortSignal) => connection.follow(names, onEvent, signal)
  const hints = createAppendHints({ follow, pollMs, logger })

  return {
    async append(streamId, expectedRevision, incoming) {
      gate.check()
      const events = storable(streamId, expectedRevision, incoming)
      if (!prefixes.some(prefix => streamId.startsWith(prefix)))
        throw new Fault('BAD_USER_INPUT', 'this stream does not belong to the log')
      const result = await append(streamId, expectedRevision, events)
      if (events.length > 0 && !result.duplicate) hints.appended()
      return result
    },

    async readStream(streamId, range) {
      gate.check()
      const { from, to } = revisionRange(range)
      const ids = known.of(streamId)
      const events: RecordedEvent[] = []
      for await (const records of streamPages(connection, nameOf(streamId), Math.max(0, from), to))
        for (const record of records) {
          ids.add(record.revision, idOf(record))
          events.push(recorded(record))
        }
      return events
    },

    async readLog(after, limit) {
      gate.check()
      return log.page(after, pageSize(limit))
    },

    async head() {
      gate.check()
      return log.head()
    },

    async backlog(after) {
      gate.check()
      const [oldest] = (await log.page(after, 1)).events
      return oldest && { since: oldest.occurredAt }
    },

    onAppend(listener) {
      gate.check()
      return hints.add(listener)
    },

    async [Symbol.asyncDispose]() {
      gate.close()
      await hints[Symbol.asyncDispose]()
      await connection[Symbol.asyncDispose]()
    },
  }
}
