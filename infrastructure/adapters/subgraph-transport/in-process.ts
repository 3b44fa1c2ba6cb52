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

  return {
    async fetch(request) {
      if (closed) throw new Closed(`the way to ${subgraph.name}`)
      request.signal.throwIfAborted()
      // Not AbortSignal.any over a signal of the transport's own: what it derives would live as long as the transport.
      const call = new AbortController()
      const { signal } = call
      let late = false
      const timer = setTimeout(() => {
        late = true
        call.abort()
      }, headTimeoutMs)
      const leave = () => call.abort(request.signal.reason)
      const aborted = Promise.withResolvers<never>()
      aborted.promise.catch(() => undefined)
      signal.addEventListener('abort', () => aborted.reject(signal.reason), { once: true })
      request.signal.addEventListener('abort', leave, { once: true })
      running.add(call)
      const end = () => {
        clearTimeout(timer)
        request.signal.removeEventListener('abort', leave)
        running.delete(call)
      }
      const explain = (error: unknown): unknown => {
        if (request.signal.aborted) return request.signal.reason
        return late ? timedOut(subgraph.name, error) : new Unreachable(subgraph.name, true, error)
      }
      try {
        const response = await Promise.race([subgraph.fetch(new Request(request, { signal })), aborted.promise])
        clearTimeout(timer)
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
