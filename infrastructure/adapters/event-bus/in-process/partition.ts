import { type BusMessage, LOG_START } from '@mercato/shared-kernel/application'

/** What one group still has to handle of one partition, and how far it has come. */
export interface Partition {
  readonly push: (message: BusMessage) => boolean
  readonly head: () => BusMessage | undefined
  /** The head is handled. */
  readonly shift: () => void
  readonly size: () => number
  /** Position up to which every message of this partition is handled. */
  readonly done: () => string
  /** Forgets what is waiting; it will be offered again. */
  readonly forget: () => void
}

/** @param start position of the last message that was handled before */
export const createPartition = (start: string): Partition => {
  const queue: BusMessage[] = []
  let done = start
  let received = start
  /** Ids taken at position `received`: one event may give several messages. All of them, when that was before our time. */
  let receivedIds: Set<string> | 'all' = 'all'

  const isKnown = ({ position, id }: BusMessage): boolean =>
    position < received || (position === received && (receivedIds === 'all' || receivedIds.has(id)))

  return {
    push(message) {
      // A message that is not from a log can neither be recognised nor resumed from.
      if (message.position !== LOG_START) {
        if (isKnown(message)) return false
        if (message.position === received && receivedIds !== 'all') receivedIds.add(message.id)
        else receivedIds = new Set([message.id])
        received = message.position
      }
      queue.push(message)
      return true
    },
    head: () => queue[0],
    shift() {
      const position = queue.shift()?.position ?? LOG_START
      // Messages of one event stand together: the position is done with the last of them.
      if (position > done && queue[0]?.position !== position) done = position
    },
    size: () => queue.length,
    done: () => done,
    forget() {
      queue.length = 0
      received = done
      receivedIds = 'all'
    },
  }
}
