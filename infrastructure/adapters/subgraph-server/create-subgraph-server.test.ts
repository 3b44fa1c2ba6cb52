import {
  Fault,
  type GatewayContext,
  type Logger,
  type Metrics,
  signGatewayContext,
} from '@mercato/shared-kernel/application'
import { auditServer } from 'graphql-http'
import { describe, expect, it } from 'vitest'
import { createSubgraphServer, type SubgraphServer } from './create-subgraph-server.ts'

const SECRET = 'a secret between the gateway and its subgraphs'
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

const setUp = () => {
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

const context = (over: Partial<GatewayContext> = {}): GatewayContext => ({
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

const request = (
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
const ask = async (server: SubgraphServer, query: string, variables?: Record<string, unknown>) => {
  const response = await server.fetch(request(query, variables))
  return { status: response.status, body: await response.json() }
}

describe('a subgraph server', () => {
  it('serves the viewer that the gateway signed for', async () => {
    expect(await ask(setUp().server, '{ me }')).toEqual({ status: 200, body: { data: { me: 'hello u1' } } })
  })

  it.each([
    ['no signature', {}],
    ['a signature for another body', signGatewayContext(SECRET, context(), '{"query":"{ other }"}')],
    ['a signature with another secret', signGatewayContext('guess', context(), '{"query":"{ me }"}')],
    ['an old signature', signGatewayContext(SECRET, context({ issuedAt: Date.now() - 120_000 }), '{"query":"{ me }"}')],
  ])('refuses %s with 401', async (_, headers) => {
    const response = await setUp().server.fetch(
      new Request('http://fixture/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: '{"query":"{ me }"}',
      }),
    )
    expect(response.status).toBe(401)
    expect((await response.json()).errors[0].extensions.code).toBe('UNAUTHENTICATED')
  })

  it('refuses a body over its limit with 413', async () => {
    const response = await setUp().server.fetch(request('{ me }', { filler: 'x'.repeat(4_100_000) }))
    expect(response.status).toBe(413)
  })

  it('resolves 500 entities and refuses 501 with 400', async () => {
    const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Thing { name } } }'
    const representations = (n: number) => ({
      r: Array.from({ length: n }, (_, i) => ({ __typename: 'Thing', id: `${i}` })),
    })
    const { server } = setUp()
    expect((await ask(server, query, representations(500))).body.data._entities[499]).toEqual({ name: 'thing 499' })
    expect(await ask(server, query, representations(501))).toMatchObject({
      status: 400,
      body: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
    })
  })

  it('lets a fault through with its code, and masks everything else, logged once', async () => {
    const { server, lines } = setUp()
    expect((await ask(server, '{ refused }')).body).toEqual({
      data: { refused: null },
      errors: [
        {
          message: 'No such thing.',
          locations: [{ line: 1, column: 3 }],
          path: ['refused'],
          extensions: { code: 'NOT_FOUND', retryable: false, correlationId: 'corr-1' },
        },
      ],
    })
    expect(lines).toEqual([])
    const broken = await ask(server, '{ broken }')
    expect(broken.body.errors[0].extensions).toEqual({
      code: 'INTERNAL_SERVER_ERROR',
      retryable: false,
      correlationId: 'corr-1',
    })
    expect(JSON.stringify(broken.body)).not.toContain('postgres')
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({ level: 'error', fields: { correlationId: 'corr-1' } })
  })

  it.each([
    ['{ me', 'GRAPHQL_PARSE_FAILED'],
    ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['query ($of: Decimal!) { price(of: $of) }', 'BAD_USER_INPUT'],
  ])('names the reason for refusing %s', async (query, code) => {
    const { body } = await ask(setUp().server, query, { of: 'a lot' })
    expect(body.errors[0].extensions).toMatchObject({ code, correlationId: 'corr-1' })
  })

  it('reads and writes the scalars', async () => {
    const { body } = await ask(setUp().server, '{ price(of: "19.99") when(at: "2026-11-23T08:00:00+02:00") }')
    expect(body.data).toEqual({ price: '19.99', when: '2026-11-23T06:00:00.000Z' })
  })

  it('says what the request wrote', async () => {
    const { body } = await ask(setUp().server, 'mutation { write(stream: "order.Order-1") }')
    expect(body.extensions).toEqual({ consistency: { 'order.Order-1': 3 } })
  })

  it('counts operations by context, type, root field and outcome', async () => {
    const { server, counts } = setUp()
    await ask(server, 'query Any { me }')
    await ask(server, '{ broken }')
    const name = 'mercato_subgraph_operations_total'
    expect(counts).toEqual({
      [`${name} {"context":"fixture","type":"query","operation":"me","outcome":"ok"}`]: 1,
      [`${name} {"context":"fixture","type":"query","operation":"broken","outcome":"error"}`]: 1,
    })
  })

  it('answers health and extra routes without a signature', async () => {
    const { server } = setUp()
    expect((await server.fetch(new Request('http://fixture/health/live'))).status).toBe(200)
    expect((await server.fetch(new Request('http://fixture/health/ready'))).status).toBe(200)
    expect(await (await server.fetch(new Request('http://fixture/.well-known/jwks.json'))).json()).toEqual({ keys: [] })
  })
})

describe('a subgraph server for its gateway', () => {
  it('passes the audits of GraphQL over HTTP', async () => {
    const { server } = setUp()
    const results = await auditServer({
      url: 'http://fixture/graphql',
      fetchFn: (url: string, init: { method?: string; headers?: Record<string, string>; body?: string } = {}) => {
        const signed = init.method === 'POST' ? (init.body ?? '') : new URL(url).search
        const headers = { ...init.headers, ...signGatewayContext(SECRET, context(), signed) }
        return server.fetch(new Request(url, { ...init, headers }))
      },
    })
    expect(results.filter(({ status }) => status !== 'ok').map(({ name, status }) => `${name}: ${status}`)).toEqual([])
    expect(results).toHaveLength(61)
  })
})

describe('a live stream', () => {
  const untilFirstEvent = async (reader: ReadableStreamDefaultReader<Uint8Array> | undefined): Promise<void> => {
    const decoder = new TextDecoder()
    for (let text = ''; !text.includes('data: '); ) text += decoder.decode((await reader?.read())?.value)
  }
  const stream = (query: string, signal?: AbortSignal) =>
    request(query, {}, { headers: { accept: 'text/event-stream' }, ...(signal && { signal }) })
  const events = (text: string) =>
    [...text.matchAll(/event: (\w+)\ndata: ?(.*)\n/g)].map(([, event, data]) => [
      event,
      data ? JSON.parse(data) : undefined,
    ])

  it('sends each event and then completes', async () => {
    const response = await setUp().server.fetch(stream('subscription { ticks(upTo: 2) }'))
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    expect(events(await response.text())).toEqual([
      ['next', { data: { ticks: 1 } }],
      ['next', { data: { ticks: 2 } }],
      ['complete', undefined],
    ])
  })

  it('ends its source when the client goes', async () => {
    const { server, ended } = setUp()
    const response = await server.fetch(stream('subscription { forever }'))
    const reader = response.body?.getReader()
    await untilFirstEvent(reader)
    await reader?.cancel()
    await expect.poll(() => ended).toEqual(['forever'])
  })

  it('ends its source when the request is aborted', async () => {
    const { server, ended } = setUp()
    const client = new AbortController()
    const response = await server.fetch(stream('subscription { forever }', client.signal))
    await untilFirstEvent(response.body?.getReader())
    client.abort()
    await expect.poll(() => ended).toEqual(['forever'])
  })

  it('is ended by a drain with a reason, and new requests are refused', async () => {
    const { server, ended } = setUp()
    const response = await server.fetch(stream('subscription { forever }'))
    const reader = response.body?.getReader()
    await untilFirstEvent(reader)
    await server.drain()
    const chunks: Uint8Array[] = []
    for (let next = await reader?.read(); next?.value; next = await reader?.read()) chunks.push(next.value)
    const [last, complete] = events(Buffer.concat(chunks).toString())
    expect(last?.[1]).toMatchObject({ errors: [{ extensions: { code: 'SHUTTING_DOWN', retryable: true } }] })
    expect(complete?.[0]).toBe('complete')
    await expect.poll(() => ended).toEqual(['forever'])
    expect((await server.fetch(request('{ me }'))).status).toBe(503)
    expect((await server.fetch(new Request('http://fixture/health/ready'))).status).toBe(503)
  })
})
