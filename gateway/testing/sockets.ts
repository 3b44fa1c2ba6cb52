import { createClient, type Sink } from 'graphql-ws'
import WebSocket from 'ws'
import type { OpenGateway } from './open-gateway.ts'

/** A client of the library, and everything it was answered. */
export const open = async (gate: OpenGateway, connectionParams: Record<string, unknown> = {}) => {
  const { ws } = await gate.listen()
  const closes: { code: number; reason: string }[] = []
  const client = createClient({
    url: ws,
    webSocketImpl: WebSocket,
    connectionParams,
    lazy: true,
    lazyCloseTimeout: 5_000,
    retryAttempts: 0,
    on: { closed: event => closes.push(event as never) },
  })
  const run = async (query: string, variables: Record<string, unknown> = {}) => {
    // biome-ignore lint/suspicious/noExplicitAny: answers are asserted on, field by field
    const items: any[] = []
    await new Promise<void>((resolve, reject) => {
      const sink: Sink<unknown> = { next: item => void items.push(item), error: reject, complete: resolve }
      client.subscribe({ query, variables }, sink)
    })
    return items
  }
  return { client, run, closes, url: ws }
}

/** A socket that speaks by hand. */
export const raw = async (url: string) => {
  const socket = new WebSocket(url, 'graphql-transport-ws')
  // biome-ignore lint/suspicious/noExplicitAny: messages are asserted on, field by field
  const messages: any[] = []
  const closed = new Promise<{ code: number; reason: string }>(resolve =>
    socket.on('close', (code, reason) => resolve({ code, reason: String(reason) })),
  )
  socket.on('message', data => messages.push(JSON.parse(String(data))))
  await new Promise(resolve => socket.once('open', resolve))
  return { socket, messages, closed, send: (message: unknown) => socket.send(JSON.stringify(message)) }
}

export const PROTOCOL = 'graphql-transport-ws'
export const INIT = { type: 'connection_init' } as const
export const SUBSCRIBE = {
  id: '1',
  type: 'subscribe',
  payload: { query: 'subscription { forever { cursor } }' },
} as const
