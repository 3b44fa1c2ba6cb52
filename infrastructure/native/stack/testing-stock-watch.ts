import { API_KEY } from '@mercato/embedded/testing-process'

const CHANGED = `subscription ($skus: [String!]!, $after: String) {
  stockChanged(skus: $skus, after: $after) { cursor stock { available } }
}`

/** What a front end sees of a SKU's stock over one connection. */
export interface StockWatch<End> extends Disposable {
  /** What was available after each event, in the order of arrival. */
  readonly seen: readonly number[]
  /** Where the last one was; to go on from there. */
  cursor(): string | undefined
  /** How the server ended it; the events that came before are seen by then. */
  readonly closed: Promise<End>
}

interface Closed {
  readonly code: number
  readonly reason: string
}
interface Payload {
  readonly data?: { readonly stockChanged: { readonly cursor: string; readonly stock: { readonly available: number } } }
  readonly errors?: readonly { readonly extensions: unknown }[]
}

/** Follows a SKU at one gateway over WebSocket, from now or from behind a cursor. Resolves when the subscription was sent. */
export const watchStock = async (gateway: string, sku: string, after?: string): Promise<StockWatch<Closed>> => {
  const seen: number[] = []
  let cursor = after
  const address = `${gateway.replace('http', 'ws')}/graphql?X-API-Key=${API_KEY}`
  const socket = new WebSocket(address, 'graphql-transport-ws')
  const closed = new Promise<{ code: number; reason: string }>(resolve =>
    socket.addEventListener('close', ({ code, reason }) => resolve({ code, reason })),
  )
  const sent = new Promise<void>((resolve, reject) => {
    socket.addEventListener('error', () => reject(new Error(`${gateway} takes no connection`)))
    socket.addEventListener('open', () => socket.send(JSON.stringify({ type: 'connection_init' })))
    socket.addEventListener('message', ({ data }) => {
      const { type, payload } = JSON.parse(String(data))
      if (type === 'connection_ack') {
        const variables = { skus: [sku], after: after ?? null }
        socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: CHANGED, variables } }))
        resolve()
      }
      if (type !== 'next') return
      seen.push(payload.data.stockChanged.stock.available)
      cursor = payload.data.stockChanged.cursor
    })
  })
  await sent
  return { seen, cursor: () => cursor, closed, [Symbol.dispose]: () => socket.close() }
}

/** The messages of `text/event-stream`, as they come. */
async function* messagesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Payload> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const bytes of body) {
    const blocks = `${rest}${decoder.decode(bytes, { stream: true })}`.split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const [, json] = /^data: (.+)$/m.exec(block) ?? []
      if (json) yield JSON.parse(json)
    }
  }
}

/** The same over `text/event-stream`; it is closed with what the errors of its last event say beside their sentences. */
export const watchStockEvents = async (
  gateway: string,
  sku: string,
  after?: string,
): Promise<StockWatch<readonly unknown[]>> => {
  const seen: number[] = []
  let cursor = after
  const leaving = new AbortController()
  const response = await fetch(`${gateway}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', 'X-API-Key': API_KEY },
    body: JSON.stringify({ query: CHANGED, variables: { skus: [sku], after: after ?? null } }),
    signal: leaving.signal,
  })
  const { body } = response
  if (!response.ok || !body) throw new Error(`${gateway} answered ${response.status}`)
  const follow = async (): Promise<readonly unknown[]> => {
    let errors: Payload['errors']
    for await (const payload of messagesOf(body)) {
      errors = payload.errors
      if (!payload.data) continue
      seen.push(payload.data.stockChanged.stock.available)
      cursor = payload.data.stockChanged.cursor
    }
    return (errors ?? []).map(({ extensions }) => extensions)
  }
  const closed = follow()
  // Whoever left does not ask how it ended.
  closed.catch(() => undefined)
  return { seen, cursor: () => cursor, closed, [Symbol.dispose]: () => leaving.abort() }
}
