import { API_KEY } from '@mercato/embedded/testing-process'

const CHANGED = `subscription ($skus: [String!]!, $after: String) {
  stockChanged(skus: $skus, after: $after) { cursor stock { available } }
}`

/** What a front end sees of a SKU's stock over one WebSocket. */
export interface StockWatch extends Disposable {
  /** What was available after each event, in the order of arrival. */
  readonly seen: readonly number[]
  /** Where the last one was; to go on from there. */
  cursor(): string | undefined
  /** How the server closed the connection; the events that came before are seen by then. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>
}

/** Follows a SKU at one gateway, from now or from behind a cursor. Resolves when the subscription was sent. */
export const watchStock = async (gateway: string, sku: string, after?: string): Promise<StockWatch> => {
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
