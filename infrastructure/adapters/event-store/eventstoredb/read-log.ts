import { LOG_START, type LogPage, type RecordedEvent } from '@mercato/shared-kernel/application'
import type { Connection } from './connection.ts'
import type { StoredRecord } from './messages.ts'
import { formatPosition, type Place, parsePosition } from './position.ts'

export interface LogReader {
  readonly page: (after: string, size: number) => Promise<LogPage>
  readonly head: () => Promise<string>
}

/** The end of the log as it was once, seen over one way to the server. */
interface Sighting {
  readonly after: string
  readonly place: Place
  readonly route: object
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
  /** Where the log of the server ended when a reader came to the end of ours. */
  let seen: Sighting | undefined
  /** Nothing of ours lies between `after` and `place`. */
  let idle: Sighting | undefined

  /**
   * Remembers how far a read found nothing, so that the next one passes over what others wrote meanwhile. The end must
   * have been seen before the read, on the same node: another one may lag behind it.
   */
  const foundNothing = async (after: string, route: object, before: Sighting | undefined): Promise<void> => {
    if ((await connection.route()) !== route) return
    if (before?.after === after && before.route === route) idle = before
    const [end] = await connection.read({ from: 'end' }, { count: 1, backwards: true })
    if (end && (await connection.route()) === route) seen = { after, place: end.place, route }
  }

  return {
    async page(after, size) {
      const place = parsePosition(after)
      const route = await connection.route()
      const before = seen
      const from = idle?.after === after && idle.route === route ? idle.place : place
      // A read begins with what lies at its position. One more than asked for shows whether this is the end.
      const records = await connection.read({ prefixes, from }, { count: size + 2 })
      const events = records.map(toRecorded).filter(({ position }) => position > after)
      if (events.length === 0) await foundNothing(after, route, before)
      const page = events.slice(0, size)
      return { events: page, next: page.at(-1)?.position ?? after, atEnd: events.length <= size }
    },
    async head() {
      const [last] = await connection.read({ prefixes, from: 'end' }, { count: 1, backwards: true })
      return last ? formatPosition(last.place) : LOG_START
    },
  }
}
