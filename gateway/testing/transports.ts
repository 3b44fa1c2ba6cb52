import { createClient } from 'graphql-ws'
import WebSocket from 'ws'
import type { OpenGateway } from './open-gateway.ts'

/** A request as any transport carries it. */
export interface Payload {
  readonly query?: string
  readonly operationName?: string
  readonly variables?: Readonly<Record<string, unknown>>
  readonly extensions?: Readonly<Record<string, unknown>>
}

// biome-ignore lint/suspicious/noExplicitAny: answers are asserted on, field by field
export type Answered = { readonly data?: any; readonly errors?: readonly any[]; readonly extensions?: any }

const post = (gate: OpenGateway, payload: Payload, accept: string, token: string | undefined): Promise<Response> =>
  gate.gateway.fetch(
    new Request('http://gateway/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept, ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(payload),
    }),
  )

const overSocket = async (gate: OpenGateway, payload: Payload, token: string | undefined): Promise<Answered> => {
  const { ws } = await gate.listen()
  const client = createClient({
    url: ws,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    ...(token !== undefined && { connectionParams: { authorization: `Bearer ${token}` } }),
  })
  try {
    return await new Promise<Answered>((resolve, reject) => {
      const error = (cause: unknown) => (Array.isArray(cause) ? resolve({ errors: cause }) : reject(cause))
      client.subscribe(
        { query: '', ...payload },
        { next: item => resolve(item as Answered), error, complete: () => undefined },
      )
    })
  } finally {
    await client.dispose()
  }
}

/** The first result of one and the same request over each transport. */
export const TRANSPORTS: Readonly<
  Record<'HTTP' | 'SSE' | 'WebSocket', (gate: OpenGateway, payload: Payload, token?: string) => Promise<Answered>>
> = {
  HTTP: async (gate, payload, token) => (await post(gate, payload, 'application/json', token)).json(),
  SSE: async (gate, payload, token) => {
    const text = await (await post(gate, payload, 'text/event-stream', token)).text()
    return JSON.parse(/^data: (\{.*)$/m.exec(text)?.[1] ?? text)
  },
  WebSocket: overSocket,
}
export const OVER = ['HTTP', 'SSE', 'WebSocket'] as const
