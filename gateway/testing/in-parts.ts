import { createClient } from 'graphql-ws'
import WebSocket from 'ws'

// biome-ignore lint/suspicious/noExplicitAny: answers are asserted on, field by field
type Json = any

/** The parts of a `multipart/mixed` body as they come. */
export async function* readMultipart(response: Response): AsyncGenerator<Json> {
  const boundary = /boundary="([^"]+)"/.exec(response.headers.get('content-type') ?? '')?.[1]
  if (!boundary || !response.body) throw new Error(`no multipart body: ${response.headers.get('content-type')}`)
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response.body) {
    text += decoder.decode(chunk, { stream: true })
    const parts = text.split(`--${boundary}`)
    text = parts.pop() ?? ''
    for (const part of parts) {
      const [, body] = part.split('\r\n\r\n')
      if (body !== undefined) yield JSON.parse(body)
    }
  }
  if (text !== '--\r\n') throw new Error(`the body ends with ${JSON.stringify(text)}`)
}

/** The results in a body of server-sent events; fails when it breaks off. */
export async function* readServerSentEvents(response: Response): AsyncGenerator<Json> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const event = text.slice(0, end)
      text = text.slice(end + 2)
      if (event.startsWith('event: complete')) return
      if (event.startsWith('event: next')) yield JSON.parse(event.slice(event.indexOf('data: ') + 6))
    }
  }
  throw new Error('the stream broke off')
}

export interface Asked {
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>>
  readonly extensions?: Readonly<Record<string, unknown>>
}

export interface AskOptions {
  /** Where the gateway is, without a path. */
  readonly url: string
  readonly token?: string
  readonly signal?: AbortSignal
}

/** As Apollo's clients ask. */
export const APOLLO = 'multipart/mixed;deferSpec=20220824,application/graphql-response+json,application/json;q=0.9'

export const post = (asked: Asked, accept: string, { url, token, signal }: AskOptions): Promise<Response> =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept, ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(asked),
    ...(signal && { signal }),
  })

async function* overSocket(asked: Asked, { url, token }: AskOptions): AsyncGenerator<Json> {
  const client = createClient({
    url: `${url.replace('http:', 'ws:')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    ...(token !== undefined && { connectionParams: { authorization: `Bearer ${token}` } }),
  })
  try {
    yield* client.iterate(asked)
  } finally {
    await client.dispose()
  }
}

/** What a client gets over each transport that carries parts, one by one. */
export const IN_PARTS: Readonly<
  Record<'multipart' | 'SSE' | 'WebSocket', (asked: Asked, options: AskOptions) => AsyncGenerator<Json>>
> = {
  async *multipart(asked, options) {
    const response = await post(asked, APOLLO, options)
    if (response.headers.get('content-type')?.startsWith('multipart/')) yield* readMultipart(response)
    else yield response.json()
  },
  async *SSE(asked, options) {
    yield* readServerSentEvents(await post(asked, 'text/event-stream', options))
  },
  WebSocket: overSocket,
}
export const WAYS = ['multipart', 'SSE', 'WebSocket'] as const

export const collect = async (payloads: AsyncGenerator<Json>): Promise<Json[]> => {
  const all: Json[] = []
  for await (const payload of payloads) all.push(payload)
  return all
}
