import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type Consistency, Fault, type Logger, mergeConsistency } from '@mercato/shared-kernel/application'
import { type ExecutionArgs, type GraphQLError, GraphQLSchema, parse } from 'graphql'
import { CloseCode, handleProtocols, MessageType, makeServer, type SubscribePayload } from 'graphql-ws'
import { type WebSocket, WebSocketServer } from 'ws'
import { payloadsOf } from './answer-in-parts.ts'
import { createCaller } from './caller.ts'
import type { Answer, Engine } from './engine.ts'
import { type ErrorGate, shown } from './errors.ts'
import type { Authenticate, Authenticated } from './identity/authenticate.ts'
import { isIdempotencyKey } from './identity/request-ids.ts'
import type { Lifetime, Lifetimes } from './lifetimes.ts'
import { refusal } from './refusal.ts'
import { bounded, type ConsistencyTokens } from './session/consistency-tokens.ts'
import { readTokens } from './session/session-cookies.ts'
import { guardSocket, type SocketOptions, TRY_AGAIN_LATER } from './socket.ts'
import type { Result } from './supergraph.ts'

/** The `graphql-transport-ws` protocol: queries, mutations and subscriptions over one socket. */
export interface WebSockets extends AsyncDisposable {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Resolves when every socket is closed; they are told by their lifetimes. */
  drained(): Promise<void>
}

export interface WebSocketOptions extends SocketOptions {
  readonly engine: Engine
  readonly authenticate: Authenticate
  readonly tokens: ConsistencyTokens
  readonly lifetimes: Lifetimes
  readonly gate: ErrorGate
  readonly logger: Logger
  readonly now: () => number
  readonly deadlineMs: number
  /** Bytes of one message from a client. */
  readonly bytes: number
  /** Milliseconds until `connection_init` must have come; then 4408. */
  readonly initMs: number
  /** Sockets at a time, and operations at a time on one of them. */
  readonly maxSockets: number
  readonly maxOperations: number
  /** What subgraphs get as it came, of the upgrade's headers and of what `connection_init` carries. */
  readonly headersOf?: (
    upgrade: IncomingMessage,
    params: Readonly<Record<string, unknown>>,
  ) => Readonly<Record<string, string>> | undefined
}

/** What one socket knows. */
interface Connection {
  readonly consumer: string | undefined
  readonly upgrade: IncomingMessage
  headers: Readonly<Record<string, string>> | undefined
  authenticated: Authenticated
  lifetime: Lifetime
  session: Consistency
  /** What is under way, by id: ended when its client says so or is gone. */
  readonly running: Map<string, AbortController>
}

/** What the protocol knows of a socket. */
interface Opened {
  readonly connection: Connection
  begin(): void
  /** The protocol knows no answer to a subscription before its first event; a ping may say anything at any time. */
  acknowledge(word: string): Promise<void>
}

/** What a client may ask to be told with a ping once its stream is open: `extensions: { acknowledge: "<any word of its own>" }`. */
const wordOf = ({ extensions }: SubscribePayload): string | undefined => {
  const word = extensions?.['acknowledge']
  return typeof word === 'string' && word.length <= 64 ? word : undefined
}

const NO_OPERATION = parse('{ __typename }')
const NO_SCHEMA = new GraphQLSchema({})

const unfitKey = (): GraphQLError =>
  refusal('BAD_USER_INPUT', 'extensions.idempotencyKey takes 1 to 128 visible ASCII characters.')

const single = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value)

/** Ends with its connection's lifetime, and with what it was ended for. */
const workFor = ({ lifetime: { signal } }: Connection): AbortController => {
  const work = new AbortController()
  const end = (): void => work.abort(signal.reason)
  if (signal.aborted) end()
  else signal.addEventListener('abort', end, { once: true, signal: work.signal })
  return work
}

/** The operation that a client does not want any more, if this message says so. */
const unwanted = (message: string): string | undefined =>
  /^\{(?:"id":"([^"\\]+)","type":"complete"|"type":"complete","id":"([^"\\]+)")\}$/
    .exec(message)
    ?.slice(1)
    .find(id => id !== undefined)

const authorizationOf = (params: Readonly<Record<string, unknown>> | undefined): string | undefined => {
  const given = params?.['authorization'] ?? params?.['Authorization']
  return typeof given === 'string' ? given : undefined
}

export const createWebSockets = (options: WebSocketOptions): WebSockets => {
  const { engine, authenticate, tokens, lifetimes, gate, logger, metrics, now } = options
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: options.bytes,
    perMessageDeflate: false,
    handleProtocols: offered => handleProtocols(offered),
  })
  const sockets = new Set<WebSocket>()
  let emptied: (() => void) | undefined

  const run = async (connection: Connection, payload: SubscribePayload, signal: AbortSignal): Promise<Answer> => {
    const correlationId = randomUUID()
    const idempotencyKey = payload.extensions?.['idempotencyKey'] ?? undefined
    if (idempotencyKey !== undefined && !(typeof idempotencyKey === 'string' && isIdempotencyKey(idempotencyKey)))
      return { kind: 'result', result: { errors: [gate(unfitKey(), correlationId)] } }
    const brought = payload.extensions?.['consistencyToken']
    const caller = createCaller({
      viewer: connection.authenticated.viewer,
      correlationId,
      idempotencyKey,
      deadline: now() + options.deadlineMs,
      signal,
      session:
        typeof brought === 'string'
          ? mergeConsistency(connection.session, readTokens(brought, tokens))
          : connection.session,
      ...(connection.headers && { headers: connection.headers }),
    })
    const { query, operationName, variables, extensions } = payload
    const answer = await engine.run(
      {
        query,
        ...(operationName && { operationName }),
        ...(variables && { variables }),
        ...(extensions && { extensions }),
      },
      caller,
      { takesParts: true },
    )
    const written = caller.written()
    if (answer.kind === 'stream' || Object.keys(written).length === 0) return answer
    connection.session = bounded(mergeConsistency(connection.session, written))
    const signed = <Told extends Result>(result: Told): Told => ({
      ...result,
      extensions: { ...result.extensions, consistencyToken: tokens.sign(connection.session) },
    })
    return answer.kind === 'parts'
      ? { ...answer, first: signed(answer.first) }
      : { kind: 'result', result: signed(answer.result) }
  }

  const protocol = makeServer<Record<string, unknown>, Opened>({
    connectionInitWaitTimeout: options.initMs,
    async onConnect({ connectionParams, extra }) {
      const { connection } = extra
      try {
        connection.authenticated = await authenticate(authorizationOf(connectionParams), connection.consumer)
      } catch (error) {
        if (error instanceof Fault && error.code === 'UNAUTHENTICATED') return false
        throw error
      }
      connection.headers = options.headersOf?.(connection.upgrade, connectionParams ?? {})
      extra.begin()
      return true
    },
    async onSubscribe({ extra, subscriptions }, id, payload) {
      if (Object.keys(subscriptions).length > options.maxOperations)
        return [
          gate(
            new Fault('RATE_LIMITED', `At most ${options.maxOperations} operations at a time on one socket.`),
            randomUUID(),
          ),
        ]
      const { connection } = extra
      const work = workFor(connection)
      connection.running.set(id, work)
      const answer = await run(connection, payload, work.signal)
      if (answer.kind === 'result') connection.running.delete(id)
      if (answer.kind === 'result' && answer.result.errors && answer.result.data === undefined)
        return answer.result.errors
      const word = wordOf(payload)
      if (answer.kind === 'stream' && word !== undefined) await extra.acknowledge(word)
      return { schema: NO_SCHEMA, document: NO_OPERATION, contextValue: answer }
    },
    execute: (args: ExecutionArgs) => {
      const answer = args.contextValue as Answer
      if (answer.kind === 'result') return answer.result
      return answer.kind === 'stream' ? answer.events : payloadsOf(answer)
    },
    onNext: (_ctx, _id, _payload, _args, { errors, data, extensions, ...parts }) => ({
      ...(errors && { errors: errors.map(shown) }),
      ...(data !== undefined && { data }),
      ...(extensions && { extensions }),
      ...parts,
    }),
    onComplete({ extra }, id) {
      extra.connection.running.delete(id)
    },
    onError: (_ctx, _id, _payload, errors) => errors.map(shown),
  })

  const serve = (socket: WebSocket, stream: Duplex, request: IncomingMessage): void => {
    const counted = (): void => metrics.gauge('mercato_open_sockets', sockets.size, { transport: 'websocket' })
    sockets.add(socket)
    counted()
    const guarded = guardSocket(socket, stream, options)
    const opened = lifetimes.begin(undefined)
    guarded.obey(opened)
    const consumer = single(request.headers['x-consumer-username'])
    const connection: Connection = {
      consumer,
      upgrade: request,
      headers: undefined,
      authenticated: { viewer: { consumer: 'unknown' } },
      lifetime: opened,
      session: {},
      running: new Map(),
    }
    const begin = (): void => {
      connection.lifetime = lifetimes.begin(connection.authenticated.identity)
      guarded.obey(connection.lifetime)
    }
    const onMessage = (handle: (data: string) => Promise<void>): void => {
      socket.on('message', data => {
        const message = String(data)
        const done = unwanted(message)
        if (done !== undefined) connection.running.get(done)?.abort(new Error('the client does not want it any more'))
        handle(message).catch(error => {
          if (error instanceof Fault && error.retryable) return guarded.end(TRY_AGAIN_LATER, error.code)
          logger.error('a socket message failed', { error })
          guarded.end(CloseCode.InternalServerError, 'INTERNAL_SERVER_ERROR')
        })
      })
    }
    const close = (code?: number, reason?: string): void => socket.close(code, reason)
    const closed = protocol.opened(
      { protocol: socket.protocol, send: guarded.send, close, onMessage },
      {
        connection,
        begin,
        acknowledge: word => guarded.send(JSON.stringify({ type: MessageType.Ping, payload: { acknowledge: word } })),
      },
    )
    socket.once('close', (code, reason) => {
      for (const work of connection.running.values()) work.abort(new Error('the client is gone'))
      connection.lifetime.release()
      opened.release()
      sockets.delete(socket)
      counted()
      if (sockets.size === 0) emptied?.()
      closed(code, String(reason)).catch(error => logger.error('closing a socket failed', { error }))
    })
  }

  return {
    upgrade(request, socket, head) {
      const path = (request.url ?? '').split('?')[0]
      const refused =
        path !== '/graphql'
          ? '404 Not Found'
          : lifetimes.draining || sockets.size >= options.maxSockets
            ? '503 Service Unavailable'
            : undefined
      if (refused === undefined)
        return server.handleUpgrade(request, socket, head, opened => serve(opened, socket, request))
      socket.end(`HTTP/1.1 ${refused}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
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
