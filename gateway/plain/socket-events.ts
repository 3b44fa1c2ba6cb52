import { Fault } from '@mercato/shared-kernel/application'
import { createClient } from 'graphql-ws'
import { WebSocket } from 'ws'
import { readResult } from '../subgraphs/answer.ts'
import type { SubgraphResult } from '../supergraph.ts'

export interface SocketEventsOptions {
  readonly name: string
  readonly url: string
  /** What `connection_init` carries. */
  readonly params: Readonly<Record<string, string>>
  /** A GraphQL request as JSON. */
  readonly body: string
  readonly signal: AbortSignal
  readonly timeoutMs: number
  readonly maxBytes: number
}

/** Events that may wait for a consumer; a subgraph cannot be told to slow down. */
const MAX_WAITING = 1_000

const broken = (name: string, cause: unknown): Fault =>
  new Fault('SERVICE_UNAVAILABLE', `The ${name} service ended the stream.`, cause)

/** The results of a subscription over `graphql-transport-ws`, on a socket of its own. Refused operations are a result with errors. */
export async function* readSocket(options: SocketEventsOptions): AsyncGenerator<SubgraphResult> {
  const { name, signal, maxBytes, timeoutMs } = options
  class Limited extends WebSocket {
    constructor(url: string, protocols?: string | string[]) {
      super(url, protocols, { maxPayload: maxBytes, handshakeTimeout: timeoutMs })
    }
  }
  const client = createClient({
    url: options.url,
    webSocketImpl: Limited,
    connectionParams: options.params,
    connectionAckWaitTimeout: timeoutMs,
    retryAttempts: 0,
    keepAlive: 30_000,
  })
  const waiting: unknown[] = []
  let over: { readonly error?: unknown } | undefined
  let wake: (() => void) | undefined
  const tell = (): void => wake?.()
  const end = (error?: unknown): void => {
    over ??= error === undefined ? {} : { error }
    tell()
  }
  const stop = () => end(signal.reason)
  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop, { once: true })
  const { query, variables, operationName } = JSON.parse(options.body)
  const leave = client.subscribe<Record<string, unknown>>(
    { query, ...(variables && { variables }), ...(operationName && { operationName }) },
    {
      next(item) {
        waiting.push(item)
        if (waiting.length > MAX_WAITING) end(broken(name, new Error(`${MAX_WAITING} events wait`)))
        else tell()
      },
      error(error) {
        if (Array.isArray(error)) {
          waiting.push({ data: null, errors: error })
          end()
        } else end(broken(name, error))
      },
      complete: () => end(),
    },
  )
  try {
    for (;;) {
      const item = waiting.shift()
      if (item !== undefined) {
        const result = readResult(item)
        if (!result) throw broken(name, new Error('an event is no GraphQL result'))
        yield result
      } else if (over) {
        if ('error' in over) throw over.error
        return
      } else
        await new Promise<void>(resolve => {
          wake = resolve
        })
    }
  } finally {
    signal.removeEventListener('abort', stop)
    leave()
    await client.dispose()
  }
}
