import type { DomainEvent } from '#domain/decider.ts'
import type { EventCodec } from './event-codec.ts'
import type { EventEnvelope, RecordedEvent } from './event-envelope.ts'
import { type Loop, startLoop } from './loop.ts'
import type { Logger } from './ports/environment.ts'
import type { EventStore } from './ports/event-store.ts'
import type { Telling } from './runtime.ts'

/** Events of one context as they enter the log, for subscriptions. */
export interface Feed<Event extends DomainEvent> extends AsyncDisposable {
  /** Starts following the log from its present end. */
  start(): Promise<void>
  /** Asks for a look at the log soon: called for every hint that something was appended. */
  wake(): void
  /** Position of the present end. */
  end(): string
  /**
   * Events after `after` (default: the end at the call) that pass `matches`, in log order, without a gap or a repeat, until `signal`
   * aborts or the feed is disposed. Pull-driven: a slow reader falls back to reading the log, nothing is buffered for it.
   * `telling` is called with each event before it is handed out.
   */
  read(options: {
    readonly after?: string
    readonly matches: (recorded: RecordedEvent) => boolean
    readonly signal: AbortSignal
    readonly telling?: Telling | undefined
  }): AsyncIterableIterator<EventEnvelope<Event>>
}

const KEPT = 2_048

/** One tail of the log per process, shared by all subscribers: it keeps the latest events in memory. */
export const createFeed = <Event extends DomainEvent>(options: {
  readonly log: EventStore
  readonly codec: EventCodec<Event>
  readonly logger: Logger
}): Feed<Event> => {
  const { log, codec, logger } = options
  const recent: RecordedEvent[] = []
  /** Everything after this position up to `end` is in `recent`. */
  let start = ''
  let end = ''
  let loop: Loop | undefined
  let unsubscribe: (() => void) | undefined
  const closed = new AbortController()
  const waiting = new Set<() => void>()

  const pass = async (): Promise<boolean> => {
    const page = await log.readLog(end, 500)
    recent.push(...page.events)
    end = page.next
    while (recent.length > KEPT) start = recent.shift()?.position ?? start
    if (page.events.length > 0) for (const wake of waiting) wake()
    return !page.atEnd
  }

  const more = (signal: AbortSignal): Promise<void> =>
    new Promise(resolve => {
      const done = () => {
        waiting.delete(done)
        signal.removeEventListener('abort', done)
        resolve()
      }
      waiting.add(done)
      signal.addEventListener('abort', done)
      if (signal.aborted) done()
    })

  const firstAfter = (position: string): number => {
    let low = 0
    let high = recent.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((recent[middle]?.position ?? '') > position) high = middle
      else low = middle + 1
    }
    return low
  }

  async function* follow(
    from: string,
    request: Parameters<Feed<Event>['read']>[0],
  ): AsyncIterableIterator<EventEnvelope<Event>> {
    const signal = AbortSignal.any([request.signal, closed.signal])
    let position = from
    while (!signal.aborted) {
      const kept = start
      const page =
        position >= kept
          ? { events: recent.slice(firstAfter(position), firstAfter(position) + 256), next: position }
          : await log.readLog(position, 256)
      for (const recorded of page.events) {
        if (signal.aborted) return
        position = recorded.position
        if (!request.matches(recorded)) continue
        const envelope = await codec.decode(recorded)
        request.telling?.(recorded)
        yield envelope
      }
      if (page.events.length === 0) {
        if (position < kept) position = page.next > position ? page.next : kept
        else await more(signal)
      }
    }
  }

  return {
    async start() {
      end = start = await log.head()
      loop = startLoop({
        pass,
        idleMs: 1_000,
        onError: error => logger.error('the feed failed, trying again', { error }),
      })
      unsubscribe = log.onAppend(() => loop?.wake())
    },
    wake: () => loop?.wake(),
    end: () => end,
    // The place is fixed by the call, not by the first pull.
    read: request => follow(request.after ?? end, request),
    async [Symbol.asyncDispose]() {
      closed.abort()
      unsubscribe?.()
      await loop?.[Symbol.asyncDispose]()
    },
  }
}
