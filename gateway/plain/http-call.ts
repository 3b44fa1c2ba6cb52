import { Readable } from 'node:stream'
import { Unreachable } from '@mercato/adapters/subgraph-transport/failures'
import { post } from '@mercato/adapters/subgraph-transport/post'
import { Pool } from 'undici'

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
  /** The text of an answer, whatever its status. Rejects with a `Fault`; with the reason of `signal` when that aborts. */
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
  const bounds = { name, timeoutMs, maxBytes, explain: (error: unknown) => unreachable(name, error) }
  const withMore = (own: HeaderList, more: HeaderList): string[] =>
    more.length > 0 ? [...own, ...more] : (own as string[])

  return {
    async post(body, headers, signal) {
      const asked = { path: target.path, headers: withMore(JSON_HEADERS, headers), body, signal }
      return (await post(pool, asked, bounds)).text
    },
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
