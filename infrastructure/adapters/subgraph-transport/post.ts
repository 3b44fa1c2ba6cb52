import type { Dispatcher } from 'undici'
import { TooLarge, timedOut } from './failures.ts'
import type { WholeAnswer } from './subgraph-transport.ts'

export interface Post {
  /** Path and query. */
  readonly path: string
  /** Names and values in turn, or by name. */
  readonly headers: string[] | Record<string, string>
  readonly body: string
  readonly signal: AbortSignal | undefined
}

/** The bounds of an answer, and what a failure of the connection becomes. */
export interface Bounds {
  /** The subgraph's name, for messages. */
  readonly name: string
  /** Milliseconds for the whole of it. */
  readonly timeoutMs: number
  readonly maxBytes: number
  explain(error: unknown): unknown
}

/**
 * Asks and reads the answer by undici's own callbacks: nothing of the Fetch standard, no streams, no copy where it comes in one piece.
 * Rejects with a `Fault`; with the signal's reason when the caller leaves.
 */
export const post = (
  dispatcher: Dispatcher,
  { path, headers, body, signal }: Post,
  { name, timeoutMs, maxBytes, explain }: Bounds,
): Promise<WholeAnswer> =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const chunks: Buffer[] = []
    let status = 0
    let size = 0
    let controls: Dispatcher.DispatchController | undefined
    let failure: Error | undefined
    const settle = (): void => {
      clearTimeout(late)
      signal?.removeEventListener('abort', leave)
    }
    const give = (error: Error): void => {
      failure ??= error
      settle()
      reject(failure)
      controls?.abort(failure)
    }
    const leave = () => give(signal?.reason)
    const late = setTimeout(() => give(timedOut(name)), timeoutMs)
    signal?.addEventListener('abort', leave)
    dispatcher.dispatch(
      { path, method: 'POST', headers, body },
      {
        onRequestStart(controller) {
          controls = controller
          if (failure) controller.abort(failure)
        },
        onResponseStart(_, code) {
          status = code
        },
        onResponseData(_, chunk) {
          size += chunk.length
          if (size > maxBytes) give(new TooLarge(name))
          else chunks.push(chunk)
        },
        onResponseEnd() {
          settle()
          const [only] = chunks
          resolve({ status, text: (only && chunks.length === 1 ? only : Buffer.concat(chunks)).toString() })
        },
        onResponseError(_, error) {
          settle()
          reject(explain(error))
        },
      },
    )
  })
