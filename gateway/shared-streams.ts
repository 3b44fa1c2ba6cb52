import { Fault } from '@mercato/shared-kernel/application'
import type { Result } from './supergraph.ts'

export type OpenedStream =
  | { readonly kind: 'result'; readonly result: Result }
  | { readonly kind: 'stream'; readonly events: AsyncGenerator<Result> }

export interface JoinOptions {
  /** Opens the stream for the first who asks; it must end when `signal` aborts. */
  readonly open: (signal: AbortSignal) => Promise<OpenedStream>
  /** Whether it began at a place that was asked for. Then whoever joins later gets what came since, and otherwise only what comes from now on. */
  readonly fromCursor: boolean
  /** Aborts when this follower leaves. */
  readonly signal: AbortSignal
}

/**
 * Streams that several clients follow side by side: one upstream and one completion per event for all who asked the same.
 * The upstream is read at the pace of the fastest. Who falls {@link MOST_BEHIND} events behind it is let go with RATE_LIMITED, to come
 * back with their last cursor: nothing is buffered without bound.
 */
export interface SharedStreams {
  /** Follows the stream of this key. What equal keys open must be the same for all who ask. */
  join(key: string, options: JoinOptions): Promise<OpenedStream>
  /** How many upstreams are open. */
  readonly size: number
}

export const MOST_BEHIND = 256
/** What a latecomer can still be given of a stream that began at a cursor. */
const REPLAYED = 128
/** Milliseconds for which an upstream that nobody waits for still counts as being at the present. */
const PRESENT = 100

interface Follower {
  queue: Result[]
  /** Set while it waits for an event. */
  wake: (() => void) | undefined
  lost: boolean
}

const tooSlow = (): Fault =>
  new Fault('RATE_LIMITED', 'Events came faster than they were taken. Subscribe again with your last cursor.')

/** One upstream, read for all its followers. */
const createFanOut = (source: AsyncGenerator<Result>, fromCursor: boolean) => {
  const followers = new Set<Follower>()
  let since: Result[] | undefined = fromCursor ? [] : undefined
  let reading = false
  let pausedAt = performance.now()
  let ended: { readonly error?: unknown } | undefined

  const give = (event: Result): void => {
    if (since && since.push(event) > REPLAYED) since = undefined
    for (const follower of followers) {
      if (follower.lost) continue
      follower.lost = follower.queue.push(event) > MOST_BEHIND
      if (follower.lost) follower.queue = []
      follower.wake?.()
    }
  }
  /** Reads on as long as somebody waits. */
  const read = async (): Promise<void> => {
    if (reading) return
    reading = true
    try {
      while (!ended && [...followers].some(({ wake }) => wake)) {
        const next = await source.next()
        if (next.done) ended = {}
        else give(next.value)
      }
    } catch (error) {
      ended = { error }
    }
    reading = false
    pausedAt = performance.now()
    if (ended) for (const { wake } of followers) wake?.()
  }

  async function* eventsOf(follower: Follower, signal: AbortSignal): AsyncGenerator<Result> {
    while (!signal.aborted) {
      const event = follower.queue.shift()
      if (follower.lost) throw tooSlow()
      if (event) yield event
      else if (!ended)
        await new Promise<void>(resolve => {
          follower.wake = () => {
            follower.wake = undefined
            resolve()
          }
          void read()
        })
      else if ('error' in ended) throw ended.error
      else return
    }
  }

  return {
    /** Whether who joins now gets what it would get from an upstream of its own. */
    joinable: (): boolean =>
      !ended && (fromCursor ? since !== undefined : reading || performance.now() - pausedAt < PRESENT),
    /** From the call on, not from the first pull. */
    follow(signal: AbortSignal): AsyncGenerator<Result> {
      const follower: Follower = { queue: [...(since ?? [])], wake: undefined, lost: false }
      followers.add(follower)
      const leave = (): void => {
        followers.delete(follower)
        follower.wake?.()
      }
      if (signal.aborted) leave()
      else signal.addEventListener('abort', leave, { once: true })
      return eventsOf(follower, signal)
    },
  }
}

interface Upstream {
  readonly opening: Promise<OpenedStream>
  readonly over: AbortController
  fanOut: ReturnType<typeof createFanOut> | undefined
  /** How many follow it or wait for it to open. */
  followers: number
}

export const createSharedStreams = (): SharedStreams => {
  /** The one that whoever comes next may join. */
  const latest = new Map<string, Upstream>()
  let size = 0

  const openFor = (key: string, open: JoinOptions['open']): Upstream => {
    const known = latest.get(key)
    if (known && (known.fanOut?.joinable() ?? true)) return known
    const over = new AbortController()
    const upstream: Upstream = { opening: open(over.signal), over, fanOut: undefined, followers: 0 }
    latest.set(key, upstream)
    size++
    return upstream
  }

  return {
    get size() {
      return size
    },
    async join(key, { open, fromCursor, signal }) {
      const upstream = openFor(key, open)
      upstream.followers++
      let left = false
      const leave = (): void => {
        if (left) return
        left = true
        upstream.followers--
        if (upstream.followers > 0) return
        size--
        if (latest.get(key) === upstream) latest.delete(key)
        upstream.over.abort(new Error('nobody follows any more'))
      }
      if (signal.aborted) leave()
      else signal.addEventListener('abort', leave, { once: true })
      try {
        const opened = await upstream.opening
        if (opened.kind === 'result') {
          leave()
          return opened
        }
        upstream.fanOut ??= createFanOut(opened.events, fromCursor)
        return { kind: 'stream', events: upstream.fanOut.follow(signal) }
      } catch (error) {
        leave()
        throw error
      }
    },
  }
}
