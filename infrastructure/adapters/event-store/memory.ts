import {
  type EncodedEvent,
  type EventStore,
  Fault,
  LOG_START,
  type Logger,
  NO_STREAM,
  type RecordedEvent,
  RevisionConflict,
} from '@mercato/shared-kernel/application'
import { openGate } from '../open-gate.ts'
import { createHints } from './hints.ts'
import { mixedIds, pageSize, revisionRange, storable } from './storable.ts'

interface MemoryStream {
  readonly events: RecordedEvent[]
  readonly revisions: Map<string, number>
}

/** The events themselves, apart from the store that was opened on them: another store on the same log is a restart. */
export interface MemoryLog {
  readonly events: RecordedEvent[]
  readonly streams: Map<string, MemoryStream>
}

export const createMemoryLog = (): MemoryLog => ({ events: [], streams: new Map() })

export interface MemoryEventStoreOptions {
  readonly log?: MemoryLog
  readonly logger?: Pick<Logger, 'error'>
}

const WIDTH = 16
const positionAt = (index: number): string => String(index + 1).padStart(WIDTH, '0')

/** How many events lie at or before a position. */
const countUpTo = (position: string): number => {
  if (position === LOG_START) return 0
  if (!/^\d{16}$/.test(position)) throw new Fault('BAD_USER_INPUT', 'this is no position of the log')
  return Number(position)
}

const freeze = <Value>(value: Value): Value => {
  if (typeof value !== 'object' || value === null) return value
  Object.values(value).forEach(freeze)
  return Object.freeze(value)
}

/** An EventStore in this process only. What goes in is copied as JSON, what comes out is frozen. */
export const createMemoryEventStore = (options: MemoryEventStoreOptions = {}): EventStore => {
  const { log = createMemoryLog(), logger } = options
  const gate = openGate('EventStore')
  const hints = createHints(error => logger?.error('a listener of onAppend failed', { error }))

  return {
    async append(streamId, expectedRevision, events) {
      gate.check()
      const incoming = storable(streamId, expectedRevision, events)
      const stream: MemoryStream = log.streams.get(streamId) ?? { events: [], revisions: new Map() }
      const known = incoming.map(({ id }) => stream.revisions.get(id)).filter(revision => revision !== undefined)
      const original = known.at(-1)
      if (original !== undefined && known.length === incoming.length) return { revision: original, duplicate: true }
      if (known.length > 0) throw mixedIds(streamId)
      const actual = stream.events.length + NO_STREAM
      if (actual !== expectedRevision) throw new RevisionConflict(streamId, expectedRevision, actual)
      for (const { id, json } of incoming) {
        const event: EncodedEvent = JSON.parse(json)
        const revision = stream.events.length
        const recorded = freeze({ ...event, streamId, revision, position: positionAt(log.events.length) })
        stream.events.push(recorded)
        stream.revisions.set(id, revision)
        log.events.push(recorded)
      }
      if (incoming.length > 0) {
        log.streams.set(streamId, stream)
        hints.raise()
      }
      return { revision: stream.events.length + NO_STREAM, duplicate: false }
    },

    async readStream(streamId, range) {
      gate.check()
      const { from, to } = revisionRange(range)
      return log.streams.get(streamId)?.events.slice(Math.max(0, from), to + 1) ?? []
    },

    async readLog(after, limit) {
      gate.check()
      const start = countUpTo(after)
      const events = log.events.slice(start, start + pageSize(limit))
      return { events, next: events.at(-1)?.position ?? after, atEnd: start + events.length >= log.events.length }
    },

    async head() {
      gate.check()
      return log.events.at(-1)?.position ?? LOG_START
    },

    async backlog(after) {
      gate.check()
      const oldest = log.events[countUpTo(after)]
      return oldest && { since: oldest.occurredAt }
    },

    onAppend(listener) {
      gate.check()
      return hints.add(listener)
    },

    async [Symbol.asyncDispose]() {
      gate.close()
      hints.clear()
    },
  }
}
