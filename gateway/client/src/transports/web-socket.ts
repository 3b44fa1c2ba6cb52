import { type Client, createClient } from 'graphql-ws/client'
import type { GraphQLProblem, Result } from '../document.ts'
import { ClientFailure, failureOf, lost } from '../failure.ts'
import { createInbox } from './inbox.ts'
import type { LiveTransport, LiveTransportOptions } from './live-transport.ts'

/** Results that may wait to be taken. A browser cannot slow its socket down: who falls behind further is cut off here and resumes. */
const MOST_WAITING = 1_000
/** The library's own code for a connection that was cut because nothing came from it any more. */
const TERMINATED = 4499

export interface SocketTiming {
  /** Milliseconds of silence after which the gateway is pinged. */
  readonly keepAlive: number
  /** Milliseconds for an answer to a ping, and for the gateway's first word. */
  readonly patience: number
}
const TIMING: SocketTiming = { keepAlive: 15_000, patience: 10_000 }

const isClose = (error: unknown): error is { readonly code: number; readonly reason: string } =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'number'

const failureFrom = (error: unknown): ClientFailure => {
  if (Array.isArray(error)) return failureOf({ errors: error as readonly GraphQLProblem[] })
  if (isClose(error) && error.code === 4403)
    return new ClientFailure('UNAUTHENTICATED', 'The access token is not accepted.')
  // 44xx are the protocol's complaints about us, save those about time and the one with which we give a silent gateway up.
  if (isClose(error) && error.code >= 4400 && error.code < 4500 && error.code !== 4408 && error.code !== TERMINATED)
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
const endWhenSilent = (client: Client, patience: number): void => {
  let timer: ReturnType<typeof setTimeout> | undefined
  client.on('ping', received => {
    if (!received) timer = setTimeout(() => client.terminate(), patience)
  })
  client.on('pong', received => {
    if (received) clearTimeout(timer)
  })
  client.on('closed', () => clearTimeout(timer))
}

/** The word with which the gateway acknowledges a stream, if that is what the ping is for. */
const acknowledgedBy = (payload: unknown): unknown =>
  typeof payload === 'object' && payload !== null && 'acknowledge' in payload ? payload.acknowledge : undefined

interface Connection {
  readonly client: Client
  readonly turn: number
  connected: boolean
}

const connectionTo = (options: LiveTransportOptions, { keepAlive, patience }: SocketTiming): Connection => {
  const client = createClient({
    url: addressFor(options.url, options.apiKey),
    // Whoever follows a stream resumes it with its cursor; sent again unchanged it would repeat.
    retryAttempts: 0,
    lazyCloseTimeout: 1_000,
    keepAlive,
    connectionAckWaitTimeout: patience,
    connectionParams: async () => {
      const token = await options.accessToken()
      return token === undefined ? {} : { authorization: `Bearer ${token}` }
    },
  })
  endWhenSilent(client, patience)
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
export const createWebSocketTransport = (options: LiveTransportOptions, timing = TIMING): LiveTransport => {
  const connections = new Set<Connection>()
  const connectionNow = (): Connection => {
    const turn = options.turn()
    for (const connection of connections)
      if (connection.turn === turn) return connection
      else if (!connection.connected) connections.delete(connection)
    const connection = connectionTo(options, timing)
    connections.add(connection)
    return connection
  }

  return {
    async *open(request, { signal, onOpen }) {
      if (signal.aborted) return
      const { client } = connectionNow()
      const inbox = createInbox<Result>(MOST_WAITING)
      // The protocol does not say when a subscription has begun; Mercato's gateway does, to whoever asks for it.
      const word = crypto.randomUUID()
      const forget = [
        client.on('ping', (received, payload) => {
          if (received && acknowledgedBy(payload) === word) onOpen()
        }),
        // Also when it was closed in good order: the library would connect again and ask for the same from the same place.
        client.on('closed', event => inbox.end(failureFrom(event))),
      ]
      const leave = client.subscribe<Result['data']>(
        { ...request, extensions: { ...request.extensions, acknowledge: word } },
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
