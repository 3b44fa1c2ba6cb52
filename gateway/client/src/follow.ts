import type { GraphQLProblem, Request, Result } from './document.ts'
import { ClientFailure, failureOf } from './failure.ts'
import { byHash, isUnknown } from './naming.ts'
import type { LiveTransport } from './transports/live-transport.ts'
import { backoff, pause } from './waiting.ts'

/** `live`: nothing is missed that happens from now on; `waiting`: it broke off and is taken up again soon. */
export type StreamState = 'connecting' | 'live' | 'waiting'

export interface StreamEvent<Data> {
  readonly data: Data
  /** Give it as `after` to go on from here, also after a reload of the page. */
  readonly cursor: string | undefined
  /** What could not be shown of it. */
  readonly problems: readonly GraphQLProblem[]
}

export interface FollowOptions {
  /** Cursor of the last event already seen. */
  readonly after?: string | undefined
  /** Ends the stream. */
  readonly signal?: AbortSignal
  readonly onState?: (state: StreamState) => void
}

interface Source {
  readonly transport: LiveTransport
  /** The access token at present. */
  readonly token: () => string | undefined
  /** Gets a better one than `token`, which was refused; false when there is none. */
  readonly renew: (token: string | undefined) => Promise<boolean>
}

/** Milliseconds after which a stream counts as accepted although nothing has come. */
const SETTLED = 5_000

const RESUMABLE = /\$after\b[\s\S]*\bcursor\b/

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** The one root field of a subscription. */
const rootOf = ({ data }: Result): unknown => (isRecord(data) ? Object.values(data)[0] : undefined)

const cursorOf = (result: Result): string | undefined => {
  const root = rootOf(result)
  return isRecord(root) && typeof root['cursor'] === 'string' ? root['cursor'] : undefined
}

/**
 * Follows a subscription across lost connections, restarts and expired tokens: takes it up behind the last event that was handed
 * out, so that none is missed and none comes twice. Ends when the stream is complete or `signal` aborts; rejects with a
 * `ClientFailure` when it cannot go on, such as `CURSOR_EXPIRED` or `UNAUTHENTICATED`.
 */
export async function* follow<Data>(
  { transport, token, renew }: Source,
  request: Request,
  { after, signal = new AbortController().signal, onState = () => undefined }: FollowOptions,
): AsyncGenerator<StreamEvent<Data>, void, undefined> {
  if (!RESUMABLE.test(request.query))
    throw new TypeError('A stream resumes by its cursor: the subscription takes $after and selects cursor.')
  let seen = after
  let failures = 0
  let refused = false
  let spelledOut = false

  /** Whether to try again, by returning; rejects when there is no point. */
  const judge = async (error: unknown, held: string | undefined): Promise<void> => {
    if (!(error instanceof ClientFailure)) throw error
    if (error.code === 'UNAUTHENTICATED' && !refused) {
      const renewed = await renew(held).catch(failure => judge(failure, held))
      refused = renewed === true
      if (renewed !== false) return
    }
    if (!error.retryable) throw error
    failures++
  }

  while (!signal.aborted) {
    const held = token()
    onState('connecting')
    let opened = Number.POSITIVE_INFINITY
    const onOpen = (): void => {
      if (opened < Number.POSITIVE_INFINITY) return
      opened = performance.now()
      onState('live')
    }
    try {
      const variables = { ...request.variables, ...(seen !== undefined && { after: seen }) }
      const named = await byHash({ ...request, variables }, spelledOut)
      for await (const result of transport.open(named, { signal, onOpen })) {
        const root = rootOf(result)
        if (root === undefined || (root === null && result.errors)) throw failureOf(result)
        onOpen()
        failures = 0
        refused = false
        seen = cursorOf(result) ?? seen
        yield { data: result.data as Data, cursor: seen, problems: result.errors ?? [] }
      }
      return
    } catch (error) {
      if (signal.aborted) return
      if (isUnknown(error) && !spelledOut) {
        spelledOut = true
        continue
      }
      // It was let in for a while: what is refused now is another token than the last.
      if (performance.now() - opened > SETTLED) refused = false
      await judge(error, held)
    }
    onState('waiting')
    await pause(backoff(failures), signal)
  }
}
