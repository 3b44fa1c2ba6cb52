import type { ServerResponse } from 'node:http'

export interface BodyCapture {
  /** Stop keeping; what was kept is let go. */
  cancel(): void
}

/**
 * Keeps a copy of what is written to `response`, up to `limit` bytes, and hands it over once the response is complete.
 * The bytes go to the client unchanged and at once.
 */
export function captureBody(response: ServerResponse, limit: number, complete: (body: Buffer) => void): BodyCapture {
  const write = response.write
  const end = response.end
  let kept: Buffer[] | undefined = []
  let size = 0
  const keep = (chunk: unknown, encoding: unknown) => {
    if (!kept || chunk === undefined || chunk === null || typeof chunk === 'function') return
    const bytes = toBuffer(chunk, encoding)
    size += bytes.length
    if (size > limit) kept = undefined
    else kept.push(bytes)
  }
  response.write = (chunk: unknown, ...rest: unknown[]): boolean => {
    keep(chunk, rest[0])
    return Boolean(Reflect.apply(write, response, [chunk, ...rest]))
  }
  response.end = (...args: unknown[]): ServerResponse => {
    keep(args[0], args[1])
    Reflect.apply(end, response, args)
    return response
  }
  response.once('finish', () => {
    if (kept) complete(Buffer.concat(kept))
  })
  return {
    cancel() {
      kept = undefined
    },
  }
}

function toBuffer(chunk: unknown, encoding: unknown): Buffer {
  if (typeof chunk !== 'string') return Buffer.from(chunk instanceof Uint8Array ? chunk : String(chunk))
  return Buffer.from(chunk, typeof encoding === 'string' && Buffer.isEncoding(encoding) ? encoding : 'utf8')
}
