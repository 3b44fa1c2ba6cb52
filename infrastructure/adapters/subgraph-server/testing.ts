import {
  Fault,
  type GatewayContext,
  type Logger,
  type Metrics,
  signGatewayContext,
} from '@mercato/shared-kernel/application'
import { createSubgraphServer, type SubgraphServer } from './create-subgraph-server.ts'

export const SECRET = 'a secret between the gateway and its subgraphs'
const sdl = /* GraphQL */ `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
  scalar DateTime
  scalar Decimal
  type Query { me: String, price(of: Decimal!): Decimal, when(at: DateTime!): DateTime, refused: String, broken: String, thing(id: ID!): Thing }
  type Mutation { write(stream: String!): Boolean }
  type Subscription { ticks(upTo: Int!): Int!, forever: Int! }
  type Thing @key(fields: "id") { id: ID! name: String }
`
type Lines = { level: string; message: string; fields: unknown }[]
const silent = (lines: Lines = []): Logger => {
  const at = (level: string) => (message: string, fields?: unknown) => void lines.push({ level, message, fields })
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), child: () => silent(lines) }
}
const counted = (counts: Record<string, number> = {}) => {
  const metrics: Metrics = {
    count: (name, labels) => {
      const key = `${name} ${JSON.stringify(labels)}`
      counts[key] = (counts[key] ?? 0) + 1
    },
    observe: () => undefined,
    gauge: () => undefined,
  }
  return { metrics, counts }
}

/** A server of a small graph, with what it logs, counts, and which streams it has ended. */
export const setUp = () => {
  const lines: Lines = []
  const { metrics, counts } = counted()
  const ended: string[] = []
  const server = createSubgraphServer({
    context: 'fixture',
    sdl,
    gatewaySecret: SECRET,
    logger: silent(lines),
    metrics,
    extend: base => ({ ...base, greeting: 'hello' }),
    routes: { '/.well-known/jwks.json': () => Response.json({ keys: [] }) },
    resolvers: {
      Query: {
        me: (_: unknown, __: unknown, ctx: { viewer: GatewayContext['viewer']; greeting: string }) =>
          `${ctx.greeting} ${ctx.viewer.user?.id}`,
        price: (_: unknown, args: { of: string }) => args.of,
        when: (_: unknown, args: { at: string }) => args.at,
        refused: () => {
          throw new Fault('NOT_FOUND', 'No such thing.')
        },
        broken: () => {
          throw new Error('connect ECONNREFUSED postgres.internal:5432')
        },
        thing: (_: unknown, args: { id: string }) => args,
      },
      Mutation: {
        write: (_: unknown, args: { stream: string }, ctx: { wrote: Record<string, number> }) => {
          ctx.wrote[args.stream] = 3
          return true
        },
      },
      Subscription: {
        ticks: {
          async *subscribe(_: unknown, args: { upTo: number }) {
            for (let ticks = 1; ticks <= args.upTo; ticks++) yield { ticks }
          },
        },
        forever: {
          async *subscribe(_: unknown, __: unknown, ctx: { signal: AbortSignal }) {
            yield { forever: 1 }
            await new Promise(resolve => ctx.signal.addEventListener('abort', resolve))
            ended.push('forever')
          },
        },
      },
      Thing: { __resolveReference: (ref: { id: string }) => ref, name: (thing: { id: string }) => `thing ${thing.id}` },
    },
  })
  return { server, lines, counts, ended }
}

export const context = (over: Partial<GatewayContext> = {}): GatewayContext => ({
  viewer: {
    consumer: 'test',
    user: { id: 'u1', roles: ['CUSTOMER'], scopes: [], sessionId: 's1', emailVerified: true, authenticatedAt: 0 },
  },
  correlationId: 'corr-1',
  consistency: {},
  deadline: Date.now() + 5_000,
  issuedAt: Date.now(),
  ...over,
})

/** A query as the gateway signs and sends it. */
export const request = (
  query: string,
  variables: Record<string, unknown> = {},
  init: { headers?: Record<string, string>; signal?: AbortSignal } = {},
) => {
  const body = JSON.stringify({ query, variables })
  return new Request('http://fixture/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...signGatewayContext(SECRET, context(), body),
      ...init.headers,
    },
    body,
    ...(init.signal && { signal: init.signal }),
  })
}
export const ask = async (server: SubgraphServer, query: string, variables?: Record<string, unknown>) => {
  const response = await server.fetch(request(query, variables))
  return { status: response.status, body: await response.json() }
}
