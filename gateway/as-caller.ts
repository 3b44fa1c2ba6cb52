import type { Metrics } from '@mercato/shared-kernel/application'
import { readText } from './body.ts'
import { type Caller, createCaller } from './caller.ts'
import type { Identity } from './identity/access-tokens.ts'
import type { Authenticate } from './identity/authenticate.ts'
import { isIdempotencyKey } from './identity/request-ids.ts'
import type { Lifetimes } from './lifetimes.ts'
import { refusal } from './refusal.ts'
import type { ConsistencyTokens } from './session/consistency-tokens.ts'
import { readSession, sessionHeaders } from './session/session-cookies.ts'

export interface AsCallerOptions {
  readonly authenticate: Authenticate
  readonly tokens: ConsistencyTokens
  readonly lifetimes: Lifetimes
  readonly metrics: Metrics
  readonly now: () => number
  /** Bytes a request may have. */
  readonly bytes: number
  /** Milliseconds a request may take. */
  readonly deadlineMs: number
  readonly sessionSeconds: number
}

/** A request whose body was read. */
export interface Received {
  readonly url: string
  readonly method: string
  readonly headers: Headers
  readonly signal: AbortSignal
  /** Empty when there is none. */
  readonly body: string
}

/** Answers a request with the identity, the session and the limits of whoever sent it. Rejects with what must be refused. */
export type AsCaller = (
  request: Request,
  correlationId: string,
  answer: (received: Received, caller: Caller) => Promise<Response>,
) => Promise<Response>

const WITH_BODY: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

const idempotencyKeyOf = (headers: Headers): string | undefined => {
  const key = headers.get('idempotency-key')
  if (key !== null && !isIdempotencyKey(key))
    throw refusal('BAD_USER_INPUT', 'Idempotency-Key takes 1 to 128 visible ASCII characters.', { spec: false })
  return key ?? undefined
}

export const createAsCaller = (options: AsCallerOptions): AsCaller => {
  const { authenticate, tokens, lifetimes, metrics, now } = options
  let live = 0

  /** A stream ends when its client leaves, its token is void or the gateway stops. */
  const beginStream = (identity: Identity | undefined, client: AbortController): (() => void) => {
    const lifetime = lifetimes.begin(identity)
    const end = () => client.abort(lifetime.signal.reason)
    if (lifetime.signal.aborted) end()
    else lifetime.signal.addEventListener('abort', end, { once: true })
    metrics.gauge('mercato_open_sockets', ++live, { transport: 'sse' })
    let over = false
    return () => {
      if (over) return
      over = true
      lifetime.release()
      metrics.gauge('mercato_open_sockets', --live, { transport: 'sse' })
    }
  }

  return async (request, correlationId, answer) => {
    const { headers, method } = request
    const body = WITH_BODY.has(method) ? await readText(request, options.bytes) : ''
    if (body === undefined)
      throw refusal('PAYLOAD_TOO_LARGE', `A request may have ${options.bytes} bytes.`, { status: 413 })
    const { viewer, identity } = await authenticate(headers.get('authorization'), headers.get('x-consumer-username'))
    const idempotencyKey = idempotencyKeyOf(headers)
    const session = readSession(headers, tokens)
    const client = new AbortController()
    request.signal.addEventListener('abort', () => client.abort(request.signal.reason), { once: true })
    const deadline = now() + options.deadlineMs
    const caller = createCaller({
      viewer,
      correlationId,
      idempotencyKey,
      deadline,
      signal: client.signal,
      session: session.consistency,
    })
    const response = await answer({ url: request.url, method, headers, signal: request.signal, body }, caller)
    const secure = headers.get('x-forwarded-proto') === 'https'
    const added = sessionHeaders(session, caller.written(), tokens, { secure, maxAgeSeconds: options.sessionSeconds })
    for (const [name, value] of added) response.headers.append(name, value)
    // What was answered counts, not what was asked for: a stream comes to whoever accepts anything.
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream')
    if (!response.body || !isStream) return response
    const { status, headers: answered } = response
    return new Response(whenDone(response.body, beginStream(identity, client)), { status, headers: answered })
  }
}

/** Calls `done` once the body is read, cancelled or broken. */
const whenDone = (body: ReadableStream<Uint8Array>, done: () => void): ReadableStream<Uint8Array> => {
  const reader = body.getReader()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next = await reader.read()
          if (!next.done) return controller.enqueue(next.value)
          done()
          controller.close()
        } catch (error) {
          done()
          controller.error(error)
        }
      },
      async cancel(reason) {
        done()
        await reader.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}
