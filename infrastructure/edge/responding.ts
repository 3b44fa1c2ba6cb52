import type { OutgoingHttpHeader, ServerResponse } from 'node:http'
import type { Exchange, Reply } from './exchange.ts'

/**
 * Runs `filter` once, right before the head of `response` is written, whoever writes it and however: by then every
 * header, also those given to `writeHead`, can be read and changed on the response.
 */
export function beforeHead(response: ServerResponse, filter: () => void): void {
  const writeHead = response.writeHead
  response.writeHead = (status: number, ...rest: unknown[]): ServerResponse => {
    response.writeHead = writeHead
    const phrase = typeof rest[0] === 'string' ? rest[0] : undefined
    setAll(response, phrase === undefined ? rest[0] : rest[1])
    response.statusCode = status
    filter()
    if (phrase !== undefined) response.statusMessage = phrase
    return writeHead.call(response, response.statusCode)
  }
}

function setAll(response: ServerResponse, headers: unknown): void {
  if (Array.isArray(headers)) {
    const pairs: unknown[][] = Array.isArray(headers[0])
      ? headers
      : headers.flatMap((_, index) => (index % 2 === 0 ? [headers.slice(index, index + 2)] : []))
    for (const [name] of pairs) response.removeHeader(String(name))
    for (const [name, value] of pairs)
      response.appendHeader(String(name), Array.isArray(value) ? value.map(String) : String(value))
  } else if (typeof headers === 'object' && headers !== null) {
    for (const [name, value] of Object.entries(headers)) if (isHeaderValue(value)) response.setHeader(name, value)
  }
}

const isHeaderValue = (value: unknown): value is OutgoingHttpHeader =>
  typeof value === 'string' || typeof value === 'number' || Array.isArray(value)

/** Sends an answer of the edge's own, in the shape of Kong's: `{"message", "request_id"}`. */
export function send({ response, id, request }: Pick<Exchange, 'response' | 'id' | 'request'>, reply: Reply): void {
  if (response.headersSent || response.destroyed) return
  for (const [name, value] of Object.entries(reply.headers ?? {})) {
    response.setHeader(name, typeof value === 'object' ? [...value] : value)
  }
  const body =
    reply.kind === 'content'
      ? (reply.body ?? Buffer.alloc(0))
      : Buffer.from(JSON.stringify({ message: reply.message, ...(reply.code && { code: reply.code }), request_id: id }))
  if (reply.kind === 'error') response.setHeader('content-type', 'application/json; charset=utf-8')
  response.setHeader('content-length', body.length)
  response.writeHead(reply.status)
  response.end(request.method === 'HEAD' ? undefined : body)
}
