import { randomUUID } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Logger, Metrics } from '@mercato/shared-kernel/application'
import { createCaller } from '../caller.ts'
import { createDocuments } from '../documents.ts'
import { createEngine, type Engine, type GraphQLRequest } from '../engine.ts'
import { createErrorGate } from '../errors.ts'
import { DEFAULT_LIMITS, type Limits } from '../limits.ts'
import { createConsistencyTokens } from '../session/consistency-tokens.ts'
import { loadSupergraph, type Result } from '../supergraph.ts'
import { createPlainClient } from './plain-client.ts'

export interface PlainGatewayOptions {
  /** Any composed supergraph, as text. */
  readonly supergraph: string
  /** Where its subgraphs are, if not where it says itself. */
  readonly addresses?: Readonly<Record<string, string>>
  readonly limits?: Partial<Limits>
  /** Milliseconds a subgraph may take. */
  readonly timeoutMs?: number
  /** Bytes one answer of a subgraph may have. */
  readonly maxBytes?: number
  /** Connections to each subgraph. */
  readonly connections?: number
  readonly logger: Logger
  readonly metrics: Metrics
}

export interface PlainGateway extends AsyncDisposable {
  readonly request: RequestListener
}

const JSON_BODY = /^application\/(graphql-response\+|graphql\+)?json\b/i
const MODERN = 'application/graphql-response+json'

const readRequest = (text: string): GraphQLRequest | undefined => {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof json !== 'object' || json === null) return undefined
  const { query, operationName, variables } = json as Record<string, unknown>
  if (typeof query !== 'string') return undefined
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') return undefined
  if (variables !== undefined && (typeof variables !== 'object' || Array.isArray(variables))) return undefined
  return {
    query,
    ...(typeof operationName === 'string' && { operationName }),
    ...(variables && { variables: variables as Record<string, unknown> }),
  }
}

const refuse = (response: ServerResponse, status: number, message: string): void => {
  const body = JSON.stringify({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] })
  response
    .writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
    .end(body)
}

const toText = ({ data, errors }: Result): string => {
  if (!errors) return `{"data":${JSON.stringify(data)}}`
  const shown = errors.map(error => {
    const { http: _, ...extensions } = error.extensions
    return { ...error.toJSON(), extensions }
  })
  return JSON.stringify({ errors: shown, ...(data !== undefined && { data }) })
}

const answer = (response: ServerResponse, result: Result, accept: string | undefined): void => {
  const modern = accept?.includes(MODERN) ?? false
  const refused = result.data === undefined
  const status = refused && modern ? (result.errors?.[0]?.extensions.http?.status ?? 400) : 200
  const body = Buffer.from(toText(result))
  response
    .writeHead(status, [
      'content-type',
      modern ? `${MODERN}; charset=utf-8` : 'application/json; charset=utf-8',
      'content-length',
      `${body.length}`,
    ])
    .end(body)
}

const createListener =
  (engine: Engine, limits: Limits, deadlineMs: number): RequestListener =>
  (message: IncomingMessage, response: ServerResponse) => {
    if (message.method !== 'POST' || !message.url?.startsWith('/graphql'))
      return refuse(response, 404, 'POST /graphql.')
    if (!JSON_BODY.test(message.headers['content-type'] ?? '')) return refuse(response, 415, 'Send application/json.')
    const chunks: Buffer[] = []
    let size = 0
    message.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= limits.bytes) chunks.push(chunk)
    })
    message.on('end', () => {
      if (size > limits.bytes) return refuse(response, 413, `A request may have ${limits.bytes} bytes.`)
      const request = readRequest(Buffer.concat(chunks).toString())
      if (!request) return refuse(response, 400, 'Send {"query": …}.')
      const client = new AbortController()
      response.once('close', () => {
        if (!response.writableFinished) client.abort()
      })
      const caller = createCaller({
        viewer: { consumer: 'unknown' },
        correlationId: randomUUID(),
        deadline: Date.now() + deadlineMs,
        signal: client.signal,
        session: {},
      })
      engine.run(request, caller).then(
        done => {
          if (done.kind === 'result') answer(response, done.result, message.headers.accept)
          else refuse(response, 406, 'Subscriptions are not served here.')
        },
        () => response.destroy(),
      )
      return undefined
    })
    return undefined
  }

/**
 * A federation gateway and nothing else: no keys, no accounts, no sessions. What the supergraph reserves for people who signed in is
 * withheld, as nobody can sign in. Limits, validation, authorisation, execution and the error gate are those of the full gateway.
 */
export const createPlainGateway = (options: PlainGatewayOptions): PlainGateway => {
  const limits: Limits = { ...DEFAULT_LIMITS, ...options.limits }
  const { timeoutMs = 10_000, maxBytes = 16_000_000, connections = 64 } = options
  const supergraph = loadSupergraph(options.supergraph)
  const clients = new Map(
    supergraph.subgraphs.map(({ name, url }) => {
      const address = new URL(options.addresses?.[name] ?? url)
      return [name, createPlainClient({ name, url: address, timeoutMs, maxBytes, connections })] as const
    }),
  )
  const engine = createEngine({
    current: () => supergraph,
    documents: createDocuments({ limits, development: true }),
    limits,
    policies: async () => new Set(),
    clients,
    gate: createErrorGate(options.logger),
    tokens: createConsistencyTokens({ secret: randomUUID(), now: Date.now, ttlMs: 0 }),
    development: true,
    metrics: options.metrics,
    now: Date.now,
    eventMs: timeoutMs,
  })
  return {
    request: createListener(engine, limits, timeoutMs),
    async [Symbol.asyncDispose]() {
      for (const client of clients.values()) await client[Symbol.asyncDispose]()
    },
  }
}
