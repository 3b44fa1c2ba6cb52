import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'

/** Answers a request in the terms of the Fetch standard; `request.signal` aborts when the client is gone. */
export type FetchHandler = (request: Request) => Promise<Response>

export interface FetchListenerOptions {
  /** Milliseconds for which a client may take nothing of a stream before it is cut off; 30 s when absent. */
  readonly stallMs?: number
  /** Told about each client that was cut off so. */
  readonly onStall?: () => void
  /** Told about an answer that could not be made or sent; the client got a 500 or was cut off. */
  readonly onError?: (error: unknown) => void
}

const headersOf = (message: IncomingMessage): Headers => {
  const headers = new Headers()
  for (let i = 0; i + 1 < message.rawHeaders.length; i += 2) {
    const name = message.rawHeaders[i]
    if (name !== undefined && !name.startsWith(':')) headers.append(name, message.rawHeaders[i + 1] ?? '')
  }
  return headers
}

/** Methods that the Fetch standard knows no request for. */
const UNSPEAKABLE: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK'])

const refuse = (response: ServerResponse, status: number, code: string, message: string): void => {
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(JSON.stringify({ errors: [{ message, extensions: { code } }] }))
}

const toRequest = (message: IncomingMessage, signal: AbortSignal): Request => {
  const url = new URL(message.url?.startsWith('/') ? `http://local${message.url}` : 'http://local/')
  const method = message.method ?? 'GET'
  const init: RequestInit = { method, headers: headersOf(message), signal }
  if (method === 'GET' || method === 'HEAD') return new Request(url, init)
  const streamed = { ...init, body: Readable.toWeb(message) as ReadableStream<Uint8Array>, duplex: 'half' }
  return new Request(url, streamed)
}

/** Resolves when the client took what was written; rejects when it took nothing for `stallMs` or went away. */
const drained = (response: ServerResponse, stallMs: number, onStall?: () => void): Promise<void> =>
  new Promise((resolve, reject) => {
    const finish = (error?: Error) => {
      clearTimeout(stalled)
      response.off('drain', finish)
      response.off('close', gone)
      if (error) reject(error)
      else resolve()
    }
    const gone = () => finish(new Error('the client went away'))
    const stalled = setTimeout(() => {
      onStall?.()
      finish(new Error('the client reads nothing'))
    }, stallMs)
    response.on('drain', finish)
    response.on('close', gone)
    if (response.destroyed) gone()
  })

const send = async (
  answer: Response,
  response: ServerResponse,
  stallMs: number,
  onStall?: () => void,
): Promise<void> => {
  const headers: Record<string, string | string[]> = {}
  for (const [name, value] of answer.headers) if (name !== 'set-cookie') headers[name] = value
  const cookies = answer.headers.getSetCookie()
  if (cookies.length > 0) headers['set-cookie'] = cookies
  response.writeHead(answer.status, headers)
  if (!answer.body) {
    response.end()
    return
  }
  const reader = answer.body.getReader()
  const gone = () => reader.cancel().catch(() => undefined)
  response.once('close', gone)
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read())
      if (!response.write(next.value)) await drained(response, stallMs, onStall)
    response.end()
  } finally {
    response.off('close', gone)
    await reader.cancel().catch(() => undefined)
  }
}

/** Serves a fetch handler through Node's HTTP server: streams are pulled at the client's pace and cancelled when it leaves. */
export const createFetchListener = (handler: FetchHandler, options: FetchListenerOptions = {}): RequestListener => {
  const { stallMs = 30_000, onError, onStall } = options
  return async (message, response) => {
    const client = new AbortController()
    response.once('close', () => {
      if (!response.writableFinished) client.abort()
    })
    if (UNSPEAKABLE.has(message.method ?? ''))
      return refuse(response, 405, 'METHOD_NOT_ALLOWED', 'This method means nothing here.')
    try {
      await send(await handler(toRequest(message, client.signal)), response, stallMs, onStall)
    } catch (error) {
      if (!client.signal.aborted) onError?.(error)
      if (response.headersSent) response.destroy()
      else refuse(response, 500, 'INTERNAL_SERVER_ERROR', 'Something went wrong on our side.')
    }
  }
}
