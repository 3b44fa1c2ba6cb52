import { createFetchListener } from '@mercato/adapters/http-server/fetch-listener'
import { listen } from '@mercato/adapters/http-server/listen'
import { createHttpTransport } from '@mercato/adapters/subgraph-transport/http'
import { createInProcessTransport } from '@mercato/adapters/subgraph-transport/in-process'
import type { SubgraphTransport } from '@mercato/adapters/subgraph-transport/subgraph-transport'
import { describe, expect, it } from 'vitest'
import { createFixtureGraph } from './testing/fixture-graph.ts'
import { openGateway } from './testing/open-gateway.ts'

type Handler = (request: Request) => Promise<Response>
type Way = (handler: Handler) => Promise<{ transport: SubgraphTransport } & AsyncDisposable>

const inProcess: Way = async handler => {
  const transport = createInProcessTransport({ name: 'orders', fetch: handler }, { maxBytes: 16_000_000 })
  return { transport, [Symbol.asyncDispose]: () => transport[Symbol.asyncDispose]() }
}
const overHttp: Way = async handler => {
  const listening = await listen(createFetchListener(handler), { port: 0 })
  const transport = createHttpTransport({ name: 'orders', origin: listening.url })
  return {
    transport,
    async [Symbol.asyncDispose]() {
      await transport[Symbol.asyncDispose]()
      listening.server.closeAllConnections()
      await listening[Symbol.asyncDispose]()
    },
  }
}

const json = (text: string, status = 200) =>
  new Response(text, { status, headers: { 'content-type': 'application/json' } })
const QUERY = '{ me { name orders { id } } }'

describe.each([
  ['in this process', inProcess],
  ['over HTTP', overHttp],
])('a subgraph that fails, reached %s,', (_, reach) => {
  it.each<[string, Handler, string]>([
    [
      'HTML',
      async () =>
        new Response('<html>nginx on 10.0.0.7</html>', { status: 502, headers: { 'content-type': 'text/html' } }),
      'SERVICE_UNAVAILABLE',
    ],
    ['half of some JSON', async () => json('{"data":{"_entities":['), 'SERVICE_UNAVAILABLE'],
    ['something else', async () => json('"10.0.0.7"'), 'SERVICE_UNAVAILABLE'],
    ['data of the wrong shape', async () => json('{"data":{"_entities":"10.0.0.7"}}'), 'INTERNAL_SERVER_ERROR'],
    ['50 MB', async () => json(`{"data":"${'x'.repeat(50_000_000)}"}`), 'SERVICE_UNAVAILABLE'],
    ['nothing in time', () => new Promise(() => undefined), 'TIMEOUT'],
    [
      'a failure without a code',
      async () => json('{"data":null,"errors":[{"message":"select * from secrets on 10.0.0.7"}]}'),
      'INTERNAL_SERVER_ERROR',
    ],
    [
      'a code that is not ours',
      async () => json('{"errors":[{"message":"10.0.0.7","extensions":{"code":"ECONNRESET"}}]}'),
      'INTERNAL_SERVER_ERROR',
    ],
    [
      'a refusal of our signature',
      async () =>
        json('{"errors":[{"message":"who are you, 10.0.0.7?","extensions":{"code":"UNAUTHENTICATED"}}]}', 401),
      'INTERNAL_SERVER_ERROR',
    ],
  ])('costs only its part when it answers %s', async (_name, handler, code) => {
    await using way = await reach(handler)
    await using gate = await openGateway({
      replace: { orders: way.transport },
      timing: { subgraphMs: code === 'TIMEOUT' ? 300 : 8_000 },
    })
    const { status, body } = await gate.ask(QUERY)
    expect(status).toBe(200)
    expect(body.data).toEqual({ me: null })
    expect(body.errors[0].extensions).toMatchObject({ code, correlationId: expect.any(String) })
    expect(JSON.stringify(body)).not.toMatch(/10\.0\.0\.7|orders\.internal|127\.0\.0\.1|select|nginx/)
  })

  it('says which part it was, and leaves the others alone', async () => {
    await using way = await reach(async () => json('{}', 500))
    await using gate = await openGateway({ replace: { orders: way.transport } })
    const { body } = await gate.ask('{ person(id: "1") { name saw } }')
    expect(body.data).toEqual({ person: { name: 'Ada', saw: null } })
    expect(body.errors[0]).toMatchObject({
      message: 'The orders service gave no usable answer.',
      extensions: { retryable: true },
    })
  })

  it('is asked again for a query, but not for a mutation it may have seen', async () => {
    let calls = 0
    const graph = createFixtureGraph()
    await using way = await reach(async request =>
      ++calls === 1 ? json('{', 502) : (graph.subgraphs['orders']?.fetch(request) ?? json('{}')),
    )
    await using gate = await openGateway({ replace: { orders: way.transport } })
    expect((await gate.ask('{ orders { id } }')).body.data.orders).toHaveLength(2)
    expect(calls).toBe(2)

    let writes = 0
    await using failing = await reach(async () => {
      writes++
      return json('{', 502)
    })
    await using other = await openGateway({ replace: { people: failing.transport } })
    const { body } = await other.ask('mutation { rename(id: "1", name: "x") { person { name } } }')
    expect(body.errors[0].extensions.code).toBe('SERVICE_UNAVAILABLE')
    expect(writes).toBe(1)
  })

  it('is asked again for a mutation when it was stopping and had not looked', async () => {
    let calls = 0
    const graph = createFixtureGraph()
    await using way = await reach(async request =>
      ++calls === 1 ? json('{}', 503) : (graph.subgraphs['people']?.fetch(request) ?? json('{}')),
    )
    await using gate = await openGateway({ replace: { people: way.transport } })
    const { body } = await gate.ask('mutation { rename(id: "1", name: "x") { person { name } } }')
    expect(body.data.rename.person.name).toBe('x')
    expect(calls).toBe(2)
  })

  it('is given up after some failures, and tried again later', async () => {
    let healthy = false
    let calls = 0
    const graph = createFixtureGraph()
    await using way = await reach(async request => {
      calls++
      return healthy ? (graph.subgraphs['orders']?.fetch(request) ?? json('{}')) : json('{', 500)
    })
    await using gate = await openGateway({ replace: { orders: way.transport }, timing: { breakerMs: 1_500 } })
    for (let i = 0; i < 3; i++) await gate.ask('{ orders { id } }')
    const before = calls
    expect((await gate.ask('{ orders { id } }')).body.errors[0].extensions.code).toBe('SERVICE_UNAVAILABLE')
    expect(calls).toBe(before)
    healthy = true
    await expect
      .poll(async () => (await gate.ask('{ orders { id } }')).body.data?.orders?.length, { timeout: 10_000 })
      .toBe(2)
  })
})

describe('a subgraph', () => {
  it('is told until when somebody waits, the same for all that one request asks', async () => {
    const now = Date.now()
    const told: { readonly deadline: number; readonly issuedAt: number }[] = []
    const graph = createFixtureGraph()
    const watched = (name: string) =>
      createInProcessTransport({
        name,
        fetch: request => {
          told.push(JSON.parse(Buffer.from(request.headers.get('x-mercato-context') ?? '', 'base64url').toString()))
          return graph.subgraphs[name]?.fetch(request) ?? Promise.reject(new Error(`no ${name}`))
        },
      })
    await using gate = await openGateway({
      clock: { now: () => new Date(now) },
      timing: { deadlineMs: 1_234 },
      replace: { people: watched('people'), orders: watched('orders') },
    })
    expect((await gate.ask('{ me { name orders { id } } }')).body.errors).toBeUndefined()
    expect(told.map(({ deadline, issuedAt }) => deadline - issuedAt)).toEqual([1_234, 1_234])
  })
})

describe('entities', () => {
  it('are asked for once each, and in batches that a subgraph takes', async () => {
    await using gate = await openGateway()
    const { body } = await gate.ask('{ many(count: 1200) { name } }')
    expect(body.errors).toBeUndefined()
    expect(body.data.many).toHaveLength(1_200)
    expect(body.data.many[1_199]).toEqual({ name: 'Bob' })
    expect(gate.graph.seen.queries.filter(({ subgraph }) => subgraph === 'people')).toHaveLength(1)
  })
})

describe('errors of our own subgraphs', () => {
  it('keep their code, and hide everything else', async () => {
    await using gate = await openGateway()
    const { body } = await gate.ask('{ refused broken }')
    expect(body.data).toEqual({ refused: null, broken: null })
    const byPath = Object.fromEntries(body.errors.map((error: { path: string[] }) => [error.path[0], error]))
    expect(byPath['refused']).toMatchObject({
      message: 'Somebody was first.',
      extensions: { code: 'CONFLICT', retryable: true },
    })
    expect(byPath['broken'].extensions).toEqual({
      code: 'INTERNAL_SERVER_ERROR',
      retryable: false,
      correlationId: expect.any(String),
    })
    expect(JSON.stringify(body)).not.toMatch(/ECONNREFUSED|hunter2|10\.1\.2\.3|serviceName/)
    const logged = gate.graph.logger.lines.filter(({ level }) => level === 'error')
    expect(logged).toHaveLength(1)
    expect(logged[0]?.fields).toMatchObject({ correlationId: byPath['broken'].extensions.correlationId })
  })
})

describe('a supergraph', () => {
  it('that does not load leaves the present one in service', async () => {
    await using gate = await openGateway()
    for (const broken of [
      'type Query {',
      'type Query { a: Int }',
      gate.graph.supergraph.replaceAll('people', 'persons'),
    ])
      expect(gate.gateway.reload(broken)).toMatchObject({ outcome: 'kept', problem: expect.any(String) })
    expect((await gate.ask('{ me { name } }')).body).toEqual({ data: { me: { name: 'Ada' } } })
  })

  it('that loads takes over, also for operations asked before', async () => {
    await using gate = await openGateway()
    expect((await gate.ask('{ broken }')).status).toBe(200)
    const next = gate.graph.supergraph.replace(/ {2}broken: String @join__field\(graph: ORDERS\)\n/, '')
    expect(next).not.toBe(gate.graph.supergraph)
    expect(gate.gateway.reload(next)).toEqual({ outcome: 'loaded' })
    expect((await gate.ask('{ broken }')).body.errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
  })
})
