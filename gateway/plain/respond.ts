import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { Payload } from '../answer-in-parts.ts'
import { shown } from '../errors.ts'
import { END_OF_BODY, MULTIPART, partOfBody } from '../incremental-http.ts'
import type { Result } from '../supergraph.ts'

const MODERN = 'application/graphql-response+json'
const PING_MS = 12_000

/** A result as clients get it. */
export const toText = ({ data, errors, extensions }: Result): string => {
  if (!errors && !extensions) return `{"data":${JSON.stringify(data)}}`
  return JSON.stringify({
    ...(errors && { errors: errors.map(shown) }),
    ...(data !== undefined && { data }),
    ...(extensions && { extensions }),
  })
}

/** The same for what comes in parts. */
const payloadText = (payload: Result | Payload): string => {
  if (!('hasNext' in payload)) return toText(payload)
  if ('incremental' in payload) return JSON.stringify(payload)
  const { hasNext, ...first } = payload
  return `${toText(first).slice(0, -1)},"hasNext":${hasNext}}`
}

/** How payloads follow each other in a body. */
export interface Framing {
  readonly headers: Readonly<Record<string, string>>
  frame(json: string, isFirst: boolean): string
  readonly end: string
  /** What keeps a connection open on which nothing happens. */
  readonly ping?: string
}

/** Server-sent events (`graphql-sse`, distinct connections). */
export const EVENT_STREAM: Framing = {
  headers: {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
    'x-accel-buffering': 'no',
  },
  frame: json => `event: next\ndata: ${json}\n\n`,
  end: 'event: complete\ndata:\n\n',
  ping: ':\n\n',
}

export const MULTIPART_BODY: Framing = {
  headers: { 'content-type': MULTIPART, 'cache-control': 'no-cache', 'x-accel-buffering': 'no' },
  frame: partOfBody,
  end: END_OF_BODY,
}

export const refuse = (response: ServerResponse, status: number, message: string, allow?: string): void => {
  const body = JSON.stringify({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] })
  response
    .writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      ...(allow && { allow }),
    })
    .end(body)
}

/** Clients that ask for `application/graphql-response+json` get the status of what went wrong; others 200, unless it was no request at all. */
export const respond = (response: ServerResponse, result: Result, accept: string | undefined): void => {
  const modern = accept?.includes(MODERN) ?? false
  const http = result.data === undefined ? result.errors?.[0]?.extensions.http : undefined
  const status = result.data !== undefined ? 200 : modern || http?.spec === false ? (http?.status ?? 400) : 200
  const body = Buffer.from(toText(result))
  const headers = [
    'content-type',
    modern ? `${MODERN}; charset=utf-8` : 'application/json; charset=utf-8',
    'content-length',
    `${body.length}`,
  ]
  for (const [name, value] of Object.entries(http?.headers ?? {})) headers.push(name, value)
  response.writeHead(status, headers).end(body)
}

/** Streams payloads at the pace of the client, which may take nothing for `stallMs`. */
export const stream = async (
  response: ServerResponse,
  payloads: AsyncGenerator<Result | Payload>,
  options: { readonly framing: Framing; readonly stallMs: number; readonly onStall: () => void },
): Promise<void> => {
  const { headers, frame, end, ping } = options.framing
  response.writeHead(200, headers)
  response.flushHeaders()
  const pinging =
    ping === undefined
      ? undefined
      : setInterval(() => {
          if (!response.writableNeedDrain) response.write(ping)
        }, PING_MS)
  const gone = new AbortController()
  response.once('close', () => {
    gone.abort()
    payloads.return(undefined).catch(() => undefined)
  })
  let isFirst = true
  try {
    for await (const payload of payloads) {
      if (response.destroyed) return
      const text = frame(payloadText(payload), isFirst)
      isFirst = false
      if (response.write(text)) continue
      const stalled = setTimeout(() => {
        options.onStall()
        response.destroy()
      }, options.stallMs)
      await once(response, 'drain', { signal: gone.signal }).finally(() => clearTimeout(stalled))
    }
    response.end(end)
  } catch (error) {
    if (!response.destroyed) throw error
  } finally {
    clearInterval(pinging)
  }
}
