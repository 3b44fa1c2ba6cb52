import { auditServer } from 'graphql-http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issueToken, type OpenGateway, openGateway } from './testing/open-gateway.ts'

let gate: OpenGateway
let address: { readonly http: string }
beforeAll(async () => {
  gate = await openGateway({
    pages: {
      '/graphiql': () => new Response('<html>', { headers: { 'content-type': 'text/html' } }),
      '/dev/mailbox/*': () => new Response('mail'),
    },
    rest: async (request, execute) =>
      Response.json({ path: new URL(request.url).pathname, ...(await execute({ query: '{ me { name email } }' })) }),
  })
  address = await gate.listen()
})
afterAll(async () => gate[Symbol.asyncDispose]())

const post = (body: BodyInit, headers: Record<string, string> = {}, path = '/graphql') =>
  fetch(`${address.http}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })
const errorOf = async (response: Response) => ({
  status: response.status,
  ...(await response.json()).errors[0].extensions,
})

describe('GraphQL over HTTP', () => {
  it('passes the audits of the specification', async () => {
    await using development = await openGateway({ development: true })
    const { http } = await development.listen()
    const results = await auditServer({
      url: `${http}/graphql`,
      fetchFn: (url: string, init: RequestInit = {}) =>
        fetch(url, { ...init, headers: { ...init.headers, 'apollo-require-preflight': '1' } }),
    })
    expect(results.filter(({ status }) => status !== 'ok').map(({ name, status }) => `${name}: ${status}`)).toEqual([])
    expect(results).toHaveLength(61)
  })

  it('answers with the correlation id of the edge, or one of its own', async () => {
    const given = await post('{"query":"{ nothing }"}', { 'x-correlation-id': 'abc-1' })
    expect(given.headers.get('x-correlation-id')).toBe('abc-1')
    expect((await given.json()).errors[0].extensions.correlationId).toBe('abc-1')
    const own = await post('{"query":"{ __typename }"}', { 'x-correlation-id': 'no good id!' })
    expect(own.headers.get('x-correlation-id')).toMatch(/^[0-9a-f-]{36}$/)
  })

  it.each([
    ['a form', 'application/x-www-form-urlencoded', 'query=mutation{rename(id:"1",name:"x"){person{id}}}', 415],
    [
      'a multipart form',
      'multipart/form-data; boundary=x',
      '--x\r\ncontent-disposition: form-data; name="query"\r\n\r\nmutation{risky}\r\n--x--',
      415,
    ],
    ['plain text', 'text/plain', '{"query":"mutation{rename(id:\\"1\\",name:\\"x\\"){person{id}}}"}', 415],
  ])('refuses a mutation from %s, and executes nothing', async (_, type, body, status) => {
    gate.graph.seen.queries.length = 0
    expect((await post(body, { 'content-type': type })).status).toBe(status)
    expect(gate.graph.seen.queries).toEqual([])
  })

  it.each(['application/json', 'text/event-stream'])(
    'refuses a mutation by GET with 405, and executes nothing, also for who accepts %s',
    async accept => {
      gate.graph.seen.queries.length = 0
      const query = encodeURIComponent('mutation { rename(id: "1", name: "x") { person { id } } }')
      const headers = { 'x-graphql-yoga-csrf': '1', accept }
      const response = await fetch(`${address.http}/graphql?query=${query}`, { headers })
      const text = await response.text()
      expect(text).toContain('"code":"METHOD_NOT_ALLOWED"')
      if (accept === 'application/json') {
        expect(response.status).toBe(405)
        expect(response.headers.get('allow')).toBe('POST')
      }
      expect(gate.graph.seen.queries).toEqual([])
    },
  )

  it('asks a GET for a header that a foreign page cannot send', async () => {
    const url = `${address.http}/graphql?query=${encodeURIComponent('{ me { name } }')}`
    expect(await errorOf(await fetch(url))).toMatchObject({ status: 403, code: 'CSRF_REFUSED' })
    expect(await (await fetch(url, { headers: { 'apollo-require-preflight': '1' } })).json()).toEqual({
      data: { me: { name: 'Ada' } },
    })
  })

  it.each([
    ['malformed JSON', '{"query":', 400, 'BAD_REQUEST'],
    ['a batch', '[{"query":"{ __typename }"}]', 400, 'BAD_REQUEST'],
    ['no query', '{}', 400, 'BAD_REQUEST'],
    ['a query that does not parse', '{"query":"{"}', 400, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', '{"query":"{ nothing }"}', 400, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'an unknown operation',
      '{"query":"query A { __typename }","operationName":"B"}',
      400,
      'OPERATION_RESOLUTION_FAILURE',
    ],
    ['a missing variable', '{"query":"query ($id: ID!) { person(id: $id) { id } }"}', 400, 'BAD_USER_INPUT'],
  ])('refuses %s with a code', async (_, body, status, code) => {
    expect(await errorOf(await post(body, { accept: 'application/graphql-response+json' }))).toMatchObject({
      status,
      code,
    })
  })

  it('refuses a body over 1 MB with 413, through a socket too', async () => {
    expect(
      await errorOf(await post(JSON.stringify({ query: `{ __typename } #${'x'.repeat(5_000_000)}` }))),
    ).toMatchObject({ status: 413, code: 'PAYLOAD_TOO_LARGE' })
  })

  it('takes a body that breaks off for the sender’s doing: refused, and no error in the log', async () => {
    const failures = () => gate.graph.logger.lines.filter(({ level }) => level === 'error').length
    const before = failures()
    const body = new ReadableStream({ pull: controller => controller.error(new Error('aborted')) })
    const request = new Request('http://gateway/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      duplex: 'half',
    } as RequestInit)
    expect(await errorOf(await gate.gateway.fetch(request))).toMatchObject({ status: 400, code: 'BAD_REQUEST' })
    expect(failures()).toBe(before)
  })

  it.each(['', 'x'.repeat(129), 'with space', 'ünicode'.normalize('NFD').replace(/\p{M}/u, '\u00fc')])(
    'refuses the idempotency key %j',
    async key => {
      const body = '{"query":"mutation { rename(id: \\"1\\", name: \\"x\\") { person { id } } }"}'
      expect(await errorOf(await post(body, { 'idempotency-key': key }))).toMatchObject({
        status: 400,
        code: 'BAD_USER_INPUT',
      })
    },
  )

  it('hands an idempotency key to the mutation, and to nothing else', async () => {
    gate.graph.seen.queries.length = 0
    await post('{"query":"mutation { rename(id: \\"1\\", name: \\"x\\") { person { orders { id } } } }"}', {
      'idempotency-key': 'once',
    })
    expect(gate.graph.seen.queries.map(({ subgraph, idempotencyKey }) => [subgraph, idempotencyKey])).toEqual([
      ['people', 'once'],
      ['orders', undefined],
    ])
  })

  it('ignores identity headers', async () => {
    const response = await post('{"query":"{ person(id: \\"1\\") { email } }"}', {
      'x-user-id': '1',
      'x-roles': 'ADMIN',
      'x-mercato-context': 'e30',
    })
    expect((await response.json()).errors[0].extensions.code).toBe('UNAUTHENTICATED')
  })

  it('serves pages without identity, and has no other doors', async () => {
    expect(await (await fetch(`${address.http}/graphiql`)).text()).toBe('<html>')
    expect(await (await fetch(`${address.http}/dev/mailbox/1`)).text()).toBe('mail')
    expect((await fetch(`${address.http}/health/live`)).status).toBe(200)
    expect((await fetch(`${address.http}/health/ready`)).status).toBe(200)
    expect((await (await fetch(`${address.http}/.well-known/jwks.json`)).json()).keys[0]).toMatchObject({
      kid: 'k1',
      kty: 'OKP',
    })
    for (const path of ['/metrics', '/', '/graphql/x', '/__proto__', '/constructor'])
      expect((await fetch(`${address.http}${path}`)).status).toBe(404)
  })

  it('runs REST as its caller', async () => {
    const anonymous = await (await fetch(`${address.http}/api/v1/me`)).json()
    expect(anonymous).toMatchObject({ path: '/api/v1/me', data: { me: { name: 'Ada', email: null } } })
    const signedIn = await (
      await fetch(`${address.http}/api/v1/me`, { headers: { authorization: `Bearer ${await issueToken()}` } })
    ).json()
    expect(signedIn.data.me.email).toBe('ada@example.com')
    expect((await fetch(`${address.http}/api/v1/me`, { headers: { authorization: 'Bearer x' } })).status).toBe(401)
  })
})
