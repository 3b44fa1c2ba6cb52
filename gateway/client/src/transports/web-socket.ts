import { type Client, createClient } from 'graphql-ws/client'
import type { GraphQLProblem, Result } from '../document.ts'
import { ClientFailure, failureOf, lost } from '../failure.ts'
import { createInbox } from './inbox.ts'
import type { LiveTransport, LiveTransportOptions } from './live-transport.ts'

/** Results that may wait to be taken. A browser cannot slow its socket down: who falls behind further is cut off here and resumes. */
const MOST_WAITING = 1_000
const KEEP_ALIVE = 15_000
/** Milliseconds for an answer to a ping, and for the gateway's first word. */
const PATIENCE = 10_000

const isClose = (error: unknown): error is { readonly code: number; readonly reason: string } =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'number'

const failureFrom = (error: unknown): ClientFailure => {
  if (Array.isArray(error)) return failureOf({ errors: error as readonly GraphQLProblem[] })
  if (isClose(error) && error.code === 4403)
    return new ClientFailure('UNAUTHENTICATED', 'The access token is not accepted.')
  // 44xx are the protocol's complaints about us, save those about time.
  if (isClose(error) && error.code >= 4400 && error.code < 4500 && error.code !== 4408)
    return new ClientFailure('PROTOCOL', error.reason)
  return lost(error)
}

const addressFor = (url: URL, apiKey: string | undefined): string => {
  const address = new URL(url)
  address.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  // A browser sends no headers with a WebSocket.
  if (apiKey !== undefined) address.searchParams.set('X-API-Key', apiKey)
  return address.href
}

/** Ends a connection whose other side has gone without a word. */
const endWhenSilent = (client: Client): void => {
  let timer: ReturnType<typeof setTimeout> | undefined
  client.on('ping', received => {
    if (!received) timer = setTimeout(() => client.terminate(), PATIENCE)
  })
  client.on('pong', received => {
    if (received) clearTimeout(timer)
  })
  client.on('closed', () => clearTimeout(timer))
}

interface Connection {
  readonly client: Client
  readonly turn: number
  connected: boolean
}

const connectionTo = (options: LiveTransportOptions): Connection => {
  const client = createClient({
    url: addressFor(options.url, options.apiKey),
    // Whoever follows a stream resumes it with its cursor; sent again unchanged it would repeat.
    retryAttempts: 0,
    lazyCloseTimeout: 1_000,
    keepAlive: KEEP_ALIVE,
    connectionAckWaitTimeout: PATIENCE,
    connectionParams: async () => {
      const token = await options.accessToken()
      return token === undefined ? {} : { authorization: `Bearer ${token}` }
    },
  })
  endWhenSilent(client)
  const connection: Connection = { client, turn: options.turn(), connected: false }
  client.on('connected', () => {
    connection.connected = true
  })
  client.on('closed', () => {
    connection.connected = false
  })
  return connection
}

/**
 * Live operations over one WebSocket (`graphql-transport-ws`), which is opened for the first and closed after the last. A socket belongs
 * to who it was opened for: after somebody signed in or out, new operations get another one.
 */
export const createWebSocketTransport = (options: LiveTransportOptions): LiveTransport => {
  const connections = new Set<Connection>()
  const connectionNow = (): Connection => {
    const turn = options.turn()
    for (const connection of connections)
      if (connection.turn === turn) return connection
      else if (!connection.connected) connections.delete(connection)
    const connection = connectionTo(options)
    connections.add(connection)
    return connection
  }

  return {
    async *open(request, { signal, onOpen }) {
      if (signal.aborted) return
      const { client, connected } = connectionNow()
      const inbox = createInbox<Result>(MOST_WAITING)
      if (connected) onOpen()
      const forget = [
        client.on('connected', () => onOpen()),
        // Also when it was closed in good order: the library would connect again and ask for the same from the same place.
        client.on('closed', event => inbox.end(failureFrom(event))),
      ]
      const leave = client.subscribe<Result['data']>(
        { ...request },
        {
          next(result) {
            if (inbox.put(result as Result)) return
            inbox.end(lost(new Error('results are not taken fast enough')))
            leave()
          },
          error: error => inbox.end(failureFrom(error)),
          complete: () => inbox.end(),
        },
      )
      const stop = (): void => {
        inbox.end()
        leave()
      }
      signal.addEventListener('abort', stop, { once: true })
      try {
        yield* inbox
      } finally {
        for (const listener of forget) listener()
        signal.removeEventListener('abort', stop)
        leave()
      }
    },
    close() {
      for (const { client } of connections) client.dispose()
    },
  }
}
