/** An event as the server keeps it. */
export interface LoggedEvent {
  readonly stream: string
  readonly revision: number
  readonly id: string
  readonly type: string
  readonly contentType: string
  readonly data: Uint8Array
  readonly metadata: Uint8Array
  readonly place: bigint
}

export type ProposedEvent = Pick<LoggedEvent, 'id' | 'type' | 'contentType' | 'data' | 'metadata'>

/** `-1` when the stream must not exist. */
export type Expected = number | 'any' | 'exists'

export type Written =
  | { readonly kind: 'written' | 'idempotent'; readonly last: LoggedEvent | undefined; readonly revision: number }
  | { readonly kind: 'wrong-version'; readonly current: number }

/** The transaction log of a server and its streams, by the rules of EventStoreDB's IndexWriter. */
export interface ServerLog {
  readonly all: readonly LoggedEvent[]
  readonly stream: (name: string) => readonly LoggedEvent[]
  readonly write: (stream: string, expected: Expected, events: readonly ProposedEvent[]) => Written
  /** Hides what a stream begins with, as a limit set on the stream does. */
  readonly truncate: (stream: string, before: number) => void
  readonly onWrite: (listener: () => void) => () => void
}

/** What a record takes in the log beside its payload; positions are offsets in bytes. */
const RECORD_OVERHEAD = 87
/** The server writes events of its own between those of its users: statistics, metadata, projections. */
const SYSTEM_EVENT_EVERY = 7

export const sizeOf = ({ type, data, metadata }: ProposedEvent): number =>
  type.length * 2 + data.length + metadata.length

export const createServerLog = (): ServerLog => {
  const all: LoggedEvent[] = []
  const streams = new Map<string, LoggedEvent[]>()
  const beginnings = new Map<string, number>()
  const listeners = new Set<() => void>()
  let place = 0n
  let writes = 0

  const put = (stream: string, events: readonly ProposedEvent[]): void => {
    const logged = streams.get(stream) ?? []
    if (events.length > 0) streams.set(stream, logged)
    for (const event of events) {
      const entry = { ...event, stream, revision: logged.length, place }
      logged.push(entry)
      all.push(entry)
      place += BigInt(sizeOf(event) + RECORD_OVERHEAD)
    }
  }

  const putSystemEvent = (): void => {
    const data = Buffer.from('{"proc-mem":1}')
    const event = { type: '$statsCollected', contentType: 'application/json', data, metadata: new Uint8Array() }
    put('$stats-127.0.0.1:2113', [{ ...event, id: `00000000-0000-4000-8000-${String(writes).padStart(12, '0')}` }])
  }

  /** An earlier write of the same events at the same place. */
  const idempotent = (
    logged: readonly LoggedEvent[],
    expected: Expected,
    events: readonly ProposedEvent[],
  ): LoggedEvent | undefined => {
    const first = events[0]
    if (!first) return undefined
    const start = typeof expected === 'number' ? expected + 1 : logged.findIndex(({ id }) => id === first.id)
    const same = start >= 0 && events.every(({ id }, index) => logged[start + index]?.id === id)
    return same ? logged[start + events.length - 1] : undefined
  }

  putSystemEvent()
  return {
    all,
    stream: name => (streams.get(name) ?? []).slice(beginnings.get(name) ?? 0),
    truncate: (stream, before) => void beginnings.set(stream, before),
    write(stream, expected, events) {
      const logged = streams.get(stream) ?? []
      const current = logged.length - 1
      const last = idempotent(logged, expected, events)
      if (last) return { kind: 'idempotent', last, revision: last.revision }
      if (expected === 'exists' ? current < 0 : expected !== 'any' && expected !== current)
        return { kind: 'wrong-version', current }
      put(stream, events)
      if (++writes % SYSTEM_EVENT_EVERY === 0) putSystemEvent()
      for (const listener of listeners) listener()
      const written = streams.get(stream) ?? []
      return { kind: 'written', last: written.at(-1), revision: written.length - 1 }
    },
    onWrite(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
