import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { Result } from '../supergraph.ts'

const MODERN = 'application/graphql-response+json'
const PING_MS = 12_000

/** A result as clients get it. */
export const toText = ({ data, errors, extensions }: Result): string => {
  if (!errors && !extensions) return `{"data":${JSON.stringify(data)}}`
  const shown = errors?.map(error => {
    const { http: _, ...rest } = error.extensions
    return { ...error.toJSON(), extensions: rest }
  })
  return JSON.stringify({
    ...(shown && { errors: shown }),
    ...(data !== undefined && { data }),
    ...(extensions && { extensions }),
  })
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

/** Streams results as server-sent events (`graphql-sse`, distinct connections), at the pace of the client, which may take nothing for `stallMs`. */
export const stream = async (
  response: ServerResponse,
  results: AsyncGenerator<Result>,
  options: { readonly stallMs: number; readonly onStall: () => void },
): Promise<void> => {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
    'x-accel-buffering': 'no',
  })
  response.flushHeaders()
  const ping = setInterval(() => {
    if (!response.writableNeedDrain) response.write(':\n\n')
  }, PING_MS)
  const gone = new AbortController()
  response.once('close', () => {
    gone.abort()
    results.return(undefined).catch(() => undefined)
  })
  try {
    for await (const result of results) {
      if (response.destroyed) return
      if (response.write(`event: next\ndata: ${toText(result)}\n\n`)) continue
      const stalled = setTimeout(() => {
        options.onStall()
        response.destroy()
      }, options.stallMs)
      await once(response, 'drain', { signal: gone.signal }).finally(() => clearTimeout(stalled))
    }
    response.end('event: complete\ndata:\n\n')
  } catch (error) {
    if (!response.destroyed) throw error
  } finally {
    clearInterval(ping)
  }
}
