import { listen } from '@mercato/adapters/http-server/listen'
import { createRecordingLogger, noMetrics } from '@mercato/adapters/testing/quiet'
import { createClient } from 'graphql-ws'
import { WebSocket } from 'ws'
import { createPlainGateway, type PlainGateway, type PlainGatewayOptions } from '../plain-gateway.ts'

// biome-ignore lint/suspicious/noExplicitAny: answers are asserted on, field by field
type Json = any

export interface OpenPlainGateway extends AsyncDisposable {
  readonly gateway: PlainGateway
  readonly logger: ReturnType<typeof createRecordingLogger>
  readonly url: string
  post(body: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>
  query(query: string, headers?: Readonly<Record<string, string>>): Promise<Json>
  /** Results of a subscription over SSE; ends when the stream does. */
  events(query: string, signal?: AbortSignal): AsyncGenerator<Json>
  /** The same over WebSocket. */
  socketEvents(query: string): AsyncIterableIterator<Json>
}

async function* readNext(response: Response): AsyncGenerator<Json> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const event = text.slice(0, end)
      text = text.slice(end + 2)
      if (event.startsWith('event: complete')) return
      if (event.startsWith('event: next')) yield JSON.parse(event.slice(event.indexOf('data: ') + 6))
    }
  }
}

/** A plain gateway on loopback. */
export const openPlainGateway = async (
  options: Pick<PlainGatewayOptions, 'supergraph'> & Partial<PlainGatewayOptions>,
): Promise<OpenPlainGateway> => {
  const logger = createRecordingLogger()
  const gateway = createPlainGateway({ logger, metrics: noMetrics, timeoutMs: 2_000, ...options })
  const listening = await listen(gateway.request, { port: 0 })
  listening.server.on('upgrade', (request, socket, head) => gateway.upgrade(request, socket, head))
  const url = `${listening.url}/graphql`
  const client = createClient({ url: url.replace('http:', 'ws:'), webSocketImpl: WebSocket, retryAttempts: 0 })
  const post: OpenPlainGateway['post'] = (body, headers = {}) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  return {
    gateway,
    logger,
    url,
    post,
    query: async (query, headers) => (await post({ query }, headers)).json(),
    async *events(query, signal) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
        body: JSON.stringify({ query }),
        ...(signal && { signal }),
      })
      yield* readNext(response)
    },
    socketEvents: query => client.iterate({ query }),
    async [Symbol.asyncDispose]() {
      await client.dispose()
      await gateway[Symbol.asyncDispose]()
      listening.server.closeAllConnections()
      await listening[Symbol.asyncDispose]()
    },
  }
}
