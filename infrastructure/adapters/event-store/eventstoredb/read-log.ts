import { LOG_START, type LogPage, type RecordedEvent } from '@mercato/shared-kernel/application'
import type { Connection, Found } from './connection.ts'
import type { StoredRecord } from './messages.ts'
import { formatPosition, type Place, parsePosition } from './position.ts'

export interface LogReader {
  readonly page: (after: string, size: number) => Promise<LogPage>
  readonly head: () => Promise<string>
}

/** A place in the log of the server, for readers who have everything of ours up to `after`. */
interface Sighting {
  readonly after: string
  readonly place: Place
}

/**
 * Reads the events of some streams out of the log of the whole server, which filters by stream name. Only what is committed
 * and replicated can be read, in one order that never changes, so that nothing comes in before a position that was read.
 */
export const createLogReader = (
  connection: Connection,
  prefixes: readonly string[],
  toRecorded: (record: StoredRecord) => RecordedEvent,
): LogReader => {
  /** Where the log of the server ended when a reader came to the end of ours, and over which way that was seen. */
  let seen: (Sighting & Pick<Found, 'route'>) | undefined
  /** Nothing of ours lies between `after` and `place`. */
  let idle: Sighting | undefined

  const lookAtEnd = async (after: string): Promise<void> => {
    const { records, route } = await connection.read({ from: 'end' }, { count: 1, backwards: true })
    const [end] = records
    seen = end && { after, place: end.place, route }
  }

  return {
    async page(after, size) {
      const place = parsePosition(after)
      const before = seen
      const from = idle?.after === after ? idle.place : place
      // A read begins with what lies at its position. One more than asked for shows whether this is the end.
      const { records, route } = await connection.read({ prefixes, from }, { count: size + 2 })
      const events = records.map(toRecorded).filter(({ position }) => position > after)
      if (events.length === 0) {
        // The end was seen before this read began, on the same node (another one may lag behind): up to there is nothing.
        if (before?.after === after && before.route === route) idle = before
        await lookAtEnd(after)
      }
      const page = events.slice(0, size)
      return { events: page, next: page.at(-1)?.position ?? after, atEnd: events.length <= size }
    },
    async head() {
      const { records } = await connection.read({ prefixes, from: 'end' }, { count: 1, backwards: true })
      return records[0] ? formatPosition(records[0].place) : LOG_START
    },
  }
}
