import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Gateway } from '@mercato/gateway/composition'
import { createClient, type ExecutionResult, type SubscribePayload } from 'graphql-ws'
import WebSocket from 'ws'

// biome-ignore lint/suspicious/noExplicitAny: answers are asserted on, field by field
type Result = ExecutionResult<Record<string, any>, Record<string, unknown>>

/** One WebSocket to a gateway, as an application holds it. */
export interface Socket extends AsyncDisposable {
  /** Runs one query or mutation. */
  send(payload: SubscribePayload): Promise<Result>
  /** Subscribes; ends when the loop is left. */
  iterate(payload: SubscribePayload): AsyncIterableIterator<Result>
}

export interface Listening extends AsyncDisposable {
  readonly url: string
  open(token?: string): Socket
}

/** Puts a gateway behind a port of this machine. */
export const listen = async (gateway: Gateway): Promise<Listening> => {
  const server = createServer(gateway.request)
  server.on('upgrade', (request, socket, head) => gateway.upgrade(request, socket, head))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    open(token) {
      const client = createClient({
        url: `ws://127.0.0.1:${port}/graphql`,
        webSocketImpl: WebSocket,
        retryAttempts: 0,
        lazy: true,
        lazyCloseTimeout: 60_000,
        ...(token === undefined ? {} : { connectionParams: { authorization: `Bearer ${token}` } }),
      })
      const iterate = (payload: SubscribePayload) => client.iterate(payload) as AsyncIterableIterator<Result>
      return {
        iterate,
        async send(payload) {
          for await (const result of iterate(payload)) return result
          throw new Error('the socket gave no result')
        },
        [Symbol.asyncDispose]: async () => client.dispose(),
      }
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
