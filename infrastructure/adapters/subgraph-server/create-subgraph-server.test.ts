import { signGatewayContext } from '@mercato/shared-kernel/application'
import { auditServer } from 'graphql-http'
import { describe, expect, it } from 'vitest'
import { ask, context, request, SECRET, setUp } from './testing.ts'

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
