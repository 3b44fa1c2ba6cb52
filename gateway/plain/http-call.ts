import { Readable } from 'node:stream'
import { TooLarge, timedOut, Unreachable } from '@mercato/adapters/subgraph-transport/failures'
import { type Dispatcher, Pool } from 'undici'

export interface HttpCallOptions {
  readonly name: string
  readonly url: URL
  /** Milliseconds for a whole answer; of a stream, for its head. */
  readonly timeoutMs: number
  readonly maxBytes: number
  /** Connections for answers. Streams have theirs. */
  readonly connections: number
}

/** Names and values in turn, as undici takes them. */
export type HeaderList = readonly string[]

/** GraphQL over HTTP as undici speaks it: no streams, no requests and responses of the Fetch standard on the way of an answer. */
export interface HttpCall {
  /** The text of an answer, whatever its status. Rejects with a `Fault`; with another error when `signal` aborts. */
  post(body: string, headers: HeaderList, signal: AbortSignal | undefined): Promise<string>
  /** The head of an answer that may go on for ever. */
  open(body: string, headers: HeaderList, signal: AbortSignal): Promise<OpenedCall>
  /** Lets what is under way finish. */
  close(): Promise<void>
  destroy(): Promise<void>
}

export interface OpenedCall {
  readonly isStream: boolean
  readonly body: ReadableStream<Uint8Array>
}

const JSON_HEADERS: HeaderList = [
  'content-type',
  'application/json',
  'accept',
  'application/graphql-response+json, application/json',
]
const STREAM_HEADERS: HeaderList = ['content-type', 'application/json', 'accept', 'text/event-stream, application/json']
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])
const LONG_ENOUGH = 30_000

const unreachable = (name: string, error: unknown): Unreachable =>
  new Unreachable(name, !(error instanceof Error && 'code' in error && NEVER_SENT.has(String(error.code))), error)

export const createHttpCall = ({ name, url, timeoutMs, maxBytes, connections }: HttpCallOptions): HttpCall => {
  const settings = { headersTimeout: 0, bodyTimeout: 0, keepAliveTimeout: LONG_ENOUGH }
  const pool = new Pool(url.origin, { ...settings, connections })
  const streams = new Pool(url.origin, { ...settings, headersTimeout: timeoutMs })
  const target = { path: url.pathname + url.search, method: 'POST' } as const
  const withMore = (own: HeaderList, more: HeaderList): string[] =>
    more.length > 0 ? [...own, ...more] : (own as string[])

  return {
    post: (body, headers, signal) =>
      new Promise((resolve, reject) => {
        const chunks: Buffer[] = []
        let size = 0
        let controls: Dispatcher.DispatchController | undefined
        let failure: Error | undefined
        const give = (error: Error): void => {
          failure ??= error
          controls?.abort(error)
        }
        const late = setTimeout(() => give(timedOut(name)), timeoutMs)
        const leave = () => give(new Error('the client went away'))
        signal?.addEventListener('abort', leave)
        const settle = (): void => {
          clearTimeout(late)
          signal?.removeEventListener('abort', leave)
        }
        pool.dispatch(
          { ...target, headers: withMore(JSON_HEADERS, headers), body },
          {
            onRequestStart(controller) {
              controls = controller
              if (signal?.aborted) leave()
              else if (failure) controller.abort(failure)
            },
            onResponseData(_, chunk) {
              size += chunk.length
              if (size > maxBytes) give(new TooLarge(name))
              else chunks.push(chunk)
            },
            onResponseEnd() {
              settle()
              const [only] = chunks
              resolve((only && chunks.length === 1 ? only : Buffer.concat(chunks)).toString())
            },
            onResponseError(_, error) {
              settle()
              reject(failure ?? unreachable(name, error))
            },
          },
        )
      }),
    async open(body, headers, signal) {
      try {
        const answer = await streams.request({ ...target, headers: withMore(STREAM_HEADERS, headers), body, signal })
        return {
          isStream: String(answer.headers['content-type'] ?? '').startsWith('text/event-stream'),
          body: Readable.toWeb(answer.body, { strategy: { highWaterMark: 0 } }) as ReadableStream<Uint8Array>,
        }
      } catch (error) {
        throw signal.aborted ? signal.reason : unreachable(name, error)
      }
    },
    async close() {
      await Promise.all([pool.close(), streams.close()])
    },
    async destroy() {
      await Promise.all([pool.destroy(), streams.destroy()])
    },
  }
}
