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
  const closing = new AbortController()

  return {
    async fetch(request) {
      if (closing.signal.aborted) throw new Closed(`the way to ${subgraph.name}`)
      const late = new AbortController()
      const signal = AbortSignal.any([request.signal, closing.signal, late.signal])
      const explain = (error: unknown): unknown => {
        if (request.signal.aborted) return request.signal.reason
        return late.signal.aborted ? timedOut(subgraph.name, error) : new Unreachable(subgraph.name, true, error)
      }
      const timer = setTimeout(() => late.abort(), headTimeoutMs)
      const aborted = Promise.withResolvers<never>()
      const onAbort = () => aborted.reject(signal.reason)
      signal.addEventListener('abort', onAbort)
      const end = () => signal.removeEventListener('abort', onAbort)
      try {
        signal.throwIfAborted()
        const response = await Promise.race([subgraph.fetch(new Request(request, { signal })), aborted.promise])
        clearTimeout(timer)
        if (!response.body) {
          end()
          return response
        }
        const body = untilAborted(response.body, signal)
        const limit = isLive(response.headers.get('content-type')) ? Number.POSITIVE_INFINITY : maxBytes
        return new Response(
          boundedBody(body, { limit, overflow: () => new TooLarge(subgraph.name), explain, onEnd: end }),
          {
            status: response.status,
            headers: response.headers,
          },
        )
      } catch (error) {
        clearTimeout(timer)
        end()
        throw explain(error)
      }
    },
    async [Symbol.asyncDispose]() {
      closing.abort()
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
