import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import {
  type Consistency,
  Fault,
  type Logger,
  type Metrics,
  mergeConsistency,
} from '@mercato/shared-kernel/application'
import { type ExecutionArgs, type GraphQLError, type GraphQLFormattedError, GraphQLSchema, parse } from 'graphql'
import { CloseCode, handleProtocols, makeServer, type SubscribePayload } from 'graphql-ws'
import { type WebSocket, WebSocketServer } from 'ws'
import { createCaller } from './caller.ts'
import type { Answer, Engine } from './engine.ts'
import type { ErrorGate } from './errors.ts'
import type { Authenticate, Authenticated } from './identity/authenticate.ts'
import { isIdempotencyKey } from './identity/request-ids.ts'
import type { Lifetime, Lifetimes } from './lifetimes.ts'
import { bounded, type ConsistencyTokens } from './session/consistency-tokens.ts'
import { createOutlet } from './socket-outlet.ts'

/** The `graphql-transport-ws` protocol: queries, mutations and subscriptions over one socket. */
export interface WebSockets extends AsyncDisposable {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Resolves when every socket is closed; they are told by their lifetimes. */
  drained(): Promise<void>
}

export interface WebSocketOptions {
  readonly engine: Engine
  readonly authenticate: Authenticate
  readonly tokens: ConsistencyTokens
  readonly lifetimes: Lifetimes
  readonly gate: ErrorGate
  readonly logger: Logger
  readonly metrics: Metrics
  readonly now: () => number
  readonly deadlineMs: number
  /** Bytes of one message from a client. */
  readonly bytes: number
  /** Milliseconds until `connection_init` must have come; then 4408. */
  readonly initMs: number
  /** Milliseconds a client may take to take a message, and bytes that may wait for it; then 1013. */
  readonly stallMs: number
  readonly maxBuffered: number
  /** Sockets at a time, and operations at a time on one of them. */
  readonly maxSockets: number
  readonly maxOperations: number
  /** Milliseconds between pings; a socket that does not answer before the next one is dropped. */
  readonly pingMs: number
}

/** What one socket knows. */
interface Connection {
  readonly consumer: string | undefined
  readonly opened: Lifetime
  authenticated: Authenticated
  lifetime: Lifetime
  session: Consistency
}

/** Tells clients to come back later; well-behaved ones reconnect and resume. */
const TRY_AGAIN_LATER = 1013
const GOING_AWAY = 1001
/** How long a client may take to read that it is being disconnected. */
const CLOSING_MS = 5_000

const NO_OPERATION = parse('{ __typename }')
const NO_SCHEMA = new GraphQLSchema({})

const withoutHttp = (error: GraphQLError): GraphQLFormattedError => {
  const { extensions, ...rest } = error.toJSON()
  const { http: _, ...shown } = extensions ?? {}
  return { ...rest, ...(Object.keys(shown).length > 0 && { extensions: shown }) }
}

const single = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value)

const authorizationOf = (params: Readonly<Record<string, unknown>> | undefined): string | undefined => {
  const given = params?.['authorization'] ?? params?.['Authorization']
  return typeof given === 'string' ? given : undefined
}

export const createWebSockets = (options: WebSocketOptions): WebSockets => {
  const { engine, authenticate, tokens, lifetimes, gate, metrics, now } = options
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: options.bytes,
    perMessageDeflate: false,
    handleProtocols: offered => handleProtocols(offered),
  })
  const sockets = new Set<WebSocket>()
  let emptied: (() => void) | undefined

  const idempotencyKeyOf = ({ extensions }: SubscribePayload): string | undefined => {
    const key = extensions?.['idempotencyKey']
    return typeof key === 'string' && isIdempotencyKey(key) ? key : undefined
  }

  const run = async (connection: Connection, payload: SubscribePayload): Promise<Answer> => {
    const caller = createCaller({
      viewer: connection.authenticated.viewer,
      correlationId: randomUUID(),
      idempotencyKey: idempotencyKeyOf(payload),
      deadline: now() + options.deadlineMs,
      signal: connection.lifetime.signal,
      session: connection.session,
    })
    const { query, operationName, variables } = payload
    const answer = await engine.run(
      { query, ...(operationName && { operationName }), ...(variables && { variables }) },
      caller,
    )
    const written = caller.written()
    if (answer.kind === 'stream' || Object.keys(written).length === 0) return answer
    connection.session = bounded(mergeConsistency(connection.session, written))
    return {
      kind: 'result',
      result: { ...answer.result, extensions: { consistencyToken: tokens.sign(connection.session) } },
    }
  }

  const protocol = makeServer<Record<string, unknown>, { readonly connection: Connection; begin(): void }>({
    connectionInitWaitTimeout: options.initMs,
    async onConnect({ connectionParams, extra }) {
      const { connection } = extra
      try {
        connection.authenticated = await authenticate(authorizationOf(connectionParams), connection.consumer)
      } catch (error) {
        if (error instanceof Fault && error.code === 'UNAUTHENTICATED') return false
        throw error
      }
      extra.begin()
      return true
    },
    async onSubscribe({ extra, subscriptions }, _id, payload) {
      if (Object.keys(subscriptions).length > options.maxOperations)
        return [
          gate(
            new Fault('RATE_LIMITED', `At most ${options.maxOperations} operations at a time on one socket.`),
            randomUUID(),
          ),
        ]
      const answer = await run(extra.connection, payload)
      if (answer.kind === 'result' && answer.result.errors && answer.result.data === undefined)
        return answer.result.errors
      return { schema: NO_SCHEMA, document: NO_OPERATION, contextValue: answer }
    },
    execute: (args: ExecutionArgs) => {
      const answer = args.contextValue as Answer
      return answer.kind === 'stream' ? answer.events : answer.result
    },
    onNext: (_ctx, _id, _payload, _args, result) => ({
      ...(result.errors && { errors: result.errors.map(withoutHttp) }),
      ...(result.data !== undefined && { data: result.data }),
      ...(result.extensions && { extensions: result.extensions }),
    }),
    onError: (_ctx, _id, _payload, errors) => errors.map(withoutHttp),
  })

  const serve = (socket: WebSocket, request: IncomingMessage): void => {
    sockets.add(socket)
    metrics.gauge('mercato_open_sockets', sockets.size, { transport: 'websocket' })
    const outlet = createOutlet(socket, {
      stallMs: options.stallMs,
      maxBuffered: options.maxBuffered,
      onStall: () => {
        metrics.count('mercato_gateway_slow_clients_total')
        end(TRY_AGAIN_LATER, 'SLOW_CLIENT: connect again and resume with your last cursor')
      },
    })
    const end = (code: number, reason: string): void => {
      socket.close(code, reason)
      setTimeout(() => socket.terminate(), CLOSING_MS).unref()
    }
    const obey = (lifetime: Lifetime): Lifetime => {
      const over = () => {
        const reason: unknown = lifetime.signal.reason
        const stopping = reason instanceof Fault && reason.code === 'SHUTTING_DOWN'
        if (stopping) end(GOING_AWAY, 'SHUTTING_DOWN: connect again and resume with your last cursor')
        else end(CloseCode.Forbidden, 'UNAUTHENTICATED: the access token has expired or was revoked')
      }
      if (lifetime.signal.aborted) over()
      else lifetime.signal.addEventListener('abort', over, { once: true })
      return lifetime
    }
    const opened = obey(lifetimes.begin(undefined))
    const consumer = single(request.headers['x-consumer-username'])
    const connection: Connection = {
      consumer,
      opened,
      authenticated: { viewer: { consumer: 'unknown' } },
      lifetime: opened,
      session: {},
    }
    const begin = () => {
      connection.lifetime = obey(lifetimes.begin(connection.authenticated.identity))
    }
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: data => outlet.send(data),
        close: (code, reason) => socket.close(code, reason),
        onMessage: handle =>
          socket.on('message', data => {
            handle(String(data)).catch(error => {
              options.logger.error('a socket message failed', { error })
              end(CloseCode.InternalServerError, 'INTERNAL_SERVER_ERROR')
            })
          }),
      },
      { connection, begin },
    )
    let alive = true
    const ping = setInterval(() => {
      if (!alive) return socket.terminate()
      alive = false
      socket.ping()
    }, options.pingMs)
    socket.on('pong', () => {
      alive = true
    })
    socket.on('error', () => socket.terminate())
    socket.once('close', (code, reason) => {
      clearInterval(ping)
      outlet.close()
      connection.lifetime.release()
      opened.release()
      sockets.delete(socket)
      metrics.gauge('mercato_open_sockets', sockets.size, { transport: 'websocket' })
      if (sockets.size === 0) emptied?.()
      closed(code, String(reason)).catch(error => options.logger.error('closing a socket failed', { error }))
    })
  }

  return {
    upgrade(request, socket, head) {
      const path = (request.url ?? '').split('?')[0]
      const refusal =
        path !== '/graphql'
          ? '404 Not Found'
          : lifetimes.draining || sockets.size >= options.maxSockets
            ? '503 Service Unavailable'
            : undefined
      if (refusal === undefined) return server.handleUpgrade(request, socket, head, opened => serve(opened, request))
      socket.end(`HTTP/1.1 ${refusal}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
    },
    drained: () =>
      new Promise(resolve => {
        emptied = resolve
        if (sockets.size === 0) resolve()
      }),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.terminate()
      server.close()
    },
  }
}
