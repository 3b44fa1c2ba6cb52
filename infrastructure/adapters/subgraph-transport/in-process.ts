import { Closed } from '@mercato/shared-kernel/application'
import { boundedBody, isLive } from './bounded-body.ts'
import { TooLarge, timedOut, Unreachable } from './failures.ts'
import { DEFAULT_LIMITS, type SubgraphTransport, type TransportLimits } from './subgraph-transport.ts'

/** Calls a subgraph that lives in this process: no socket, no serialisation beyond what HTTP would do. */
export const createInProcessTransport = (
  subgraph: { readonly name: string; fetch(request: Request): Promise<Response> },
  limits: TransportLimits = {},
): SubgraphTransport => {
  const { headTimeoutMs, maxBytes } = { ...DEFAULT_LIMITS, ...limits }
  const running = new Set<AbortController>()
  let closed = false

  /** A call that ends when its caller leaves, when it is late or when the transport is closed. */
  const begin = (caller: AbortSignal) => {
    if (closed) throw new Closed(`the way to ${subgraph.name}`)
    caller.throwIfAborted()
    // Not AbortSignal.any over a signal of the transport's own: what it derives would live as long as the transport.
    const call = new AbortController()
    const { signal } = call
    let late = false
    const timer = setTimeout(() => {
      late = true
      call.abort()
    }, headTimeoutMs)
    const leave = () => call.abort(caller.reason)
    const aborted = Promise.withResolvers<never>()
    aborted.promise.catch(() => undefined)
    signal.addEventListener('abort', () => aborted.reject(signal.reason), { once: true })
    caller.addEventListener('abort', leave, { once: true })
    running.add(call)
    return {
      signal,
      /** What `promise` brings, unless the call ends before. */
      within: <Value>(promise: Promise<Value>): Promise<Value> => Promise.race([promise, aborted.promise]),
      arrived: () => clearTimeout(timer),
      end() {
        clearTimeout(timer)
        caller.removeEventListener('abort', leave)
        running.delete(call)
      },
      explain(error: unknown): unknown {
        if (caller.aborted) return caller.reason
        return late ? timedOut(subgraph.name, error) : new Unreachable(subgraph.name, true, error)
      },
    }
  }

  return {
    async fetch(request) {
      const { signal, within, arrived, end, explain } = begin(request.signal)
      try {
        const response = await within(subgraph.fetch(new Request(request, { signal })))
        arrived()
        if (!response.body) {
          end()
          return response
        }
        const limit = isLive(response.headers.get('content-type')) ? Number.POSITIVE_INFINITY : maxBytes
        const overflow = () => new TooLarge(subgraph.name)
        const body = boundedBody(untilAborted(response.body, signal), { limit, overflow, explain, onEnd: end })
        return new Response(body, { status: response.status, headers: response.headers })
      } catch (error) {
        end()
        throw explain(error)
      }
    },
    async post({ path, headers, body, signal: caller }) {
      const { signal, within, end, explain } = begin(caller)
      try {
        const request = new Request(`http://${subgraph.name}${path}`, { method: 'POST', headers, body, signal })
        const response = await within(subgraph.fetch(request))
        const text = await within(response.text())
        // A character has three bytes at most.
        if (text.length * 3 > maxBytes && Buffer.byteLength(text) > maxBytes) throw new TooLarge(subgraph.name)
        return { status: response.status, text }
      } catch (error) {
        throw error instanceof TooLarge ? error : explain(error)
      } finally {
        end()
      }
    },
    async [Symbol.asyncDispose]() {
      closed = true
      for (const call of running) call.abort()
    },
  }
}

/** Fails the stream when the signal aborts, as a socket would, whether or not its source listens. */
const untilAborted = (source: ReadableStream<Uint8Array>, signal: AbortSignal): ReadableStream<Uint8Array> => {
  const reader = source.getReader()
  let stop: (() => void) | undefined
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        stop = () => {
          controller.error(signal.reason)
          reader.cancel().catch(() => undefined)
        }
        signal.addEventListener('abort', stop)
      },
      async pull(controller) {
        const { done, value } = await reader.read()
        if (signal.aborted) return
        if (!done) return controller.enqueue(value)
        if (stop) signal.removeEventListener('abort', stop)
        controller.close()
      },
      async cancel(reason) {
        if (stop) signal.removeEventListener('abort', stop)
        await reader.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}
