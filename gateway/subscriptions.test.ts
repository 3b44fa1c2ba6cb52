import { once } from 'node:events'
import { connect } from 'node:net'
import { Worker } from 'node:worker_threads'
import { noMetrics } from '@mercato/adapters/testing/quiet'
import { createClient, type Sink } from 'graphql-ws'
import { describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { issueToken, type OpenGateway, openGateway } from './testing/open-gateway.ts'

interface Event {
  readonly event: string
  // biome-ignore lint/suspicious/noExplicitAny: events are asserted on, field by field
  readonly data?: any
}

const parseEvents = (text: string): Event[] =>
  [...text.matchAll(/event: (\w+)\ndata: ?(.*)\n/g)].map(([, event = '', data]) => ({
    event,
    ...(data && { data: JSON.parse(data) }),
  }))

const sse = (
  gate: OpenGateway,
  query: string,
  options: { token?: string; variables?: unknown; signal?: AbortSignal; accept?: string } = {},
) =>
  gate.gateway.fetch(
    new Request('http://gateway/graphql', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: options.accept ?? 'text/event-stream',
        ...(options.token && { authorization: `Bearer ${options.token}` }),
      },
      body: JSON.stringify({ query, variables: options.variables }),
      ...(options.signal && { signal: options.signal }),
    }),
  )
const events = async (response: Response | Promise<Response>): Promise<Event[]> =>
  parseEvents(await (await response).text())

const RENAMED =
  'subscription ($upTo: Int, $after: String) { renamed(upTo: $upTo, after: $after) { cursor person { name orders { total } } } }'
const ada = (i: number) => ({ renamed: { cursor: `${i}`, person: { name: `Ada ${i}`, orders: [{ total: 10 }] } } })

describe('a subscription over SSE', () => {
  it('completes every event across subgraphs, and says when it is over', async () => {
    await using gate = await openGateway()
    expect(await events(sse(gate, RENAMED, { variables: { upTo: 2 } }))).toEqual([
      { event: 'next', data: { data: ada(1) } },
      { event: 'next', data: { data: ada(2) } },
      { event: 'complete' },
    ])
  })

  it('goes on after a cursor', async () => {
    await using gate = await openGateway()
    const resumed = await events(sse(gate, RENAMED, { variables: { upTo: 4, after: '3' } }))
    expect(resumed[0]).toEqual({ event: 'next', data: { data: ada(4) } })
  })

  it('hides guarded fields in every event', async () => {
    await using gate = await openGateway()
    const [first] = await events(sse(gate, 'subscription { renamed(upTo: 1) { cursor person { name email } } }'))
    expect(first?.data.data).toEqual({ renamed: { cursor: '1', person: { name: 'Ada 1', email: null } } })
    expect(first?.data.errors[0]).toMatchObject({
      path: ['renamed', 'person', 'email'],
      extensions: { code: 'UNAUTHENTICATED' },
    })
  })

  it('is not opened when it is guarded itself', async () => {
    await using gate = await openGateway()
    const [only] = await events(sse(gate, 'subscription { secretly { cursor } }'))
    expect(only?.data.errors[0].extensions.code).toBe('UNAUTHENTICATED')
    expect(gate.graph.seen.queries).toEqual([])
    const signedIn = await events(
      sse(gate, 'subscription { secretly { person { email } } }', { token: await issueToken() }),
    )
    expect(signedIn[0]?.data.data).toEqual({ secretly: { person: { email: 'ada@example.com' } } })
  })

  it('loses what a policy no longer allows, event by event', async () => {
    let allowed = true
    await using gate = await openGateway({ policies: async names => (allowed ? names : new Set()) })
    const response = await sse(gate, 'subscription { renamed(upTo: 2) { person { diary } } }', {
      token: await issueToken(),
    })
    const reader = response.body?.getReader()
    let text = ''
    while (!text.includes('}\n\n')) text += Buffer.from((await reader?.read())?.value ?? []).toString()
    allowed = false
    for (let next = await reader?.read(); next?.value; next = await reader?.read())
      text += Buffer.from(next.value).toString()
    const [first, second] = parseEvents(text)
    expect(first?.data.data).toEqual({ renamed: { person: { diary: 'dear diary' } } })
    expect(second?.data.data).toEqual({ renamed: { person: { diary: null } } })
  })

  it('ends at its source when the client leaves', async () => {
    await using gate = await openGateway()
    const client = new AbortController()
    const response = await sse(gate, 'subscription { forever { cursor } }', { signal: client.signal })
    const reader = response.body?.getReader()
    for (let text = ''; !text.includes('data: {'); ) text += Buffer.from((await reader?.read())?.value ?? []).toString()
    await reader?.cancel()
    await expect.poll(() => gate.graph.seen.ended).toEqual(['forever'])
  })

  it('ends at its source when the connection is cut', async () => {
    await using gate = await openGateway()
    const { http } = await gate.listen()
    const socket = connect(Number(new URL(http).port), '127.0.0.1')
    const body = JSON.stringify({ query: 'subscription { forever { cursor } }' })
    socket.write(
      `POST /graphql HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    )
    let text = ''
    socket.on('data', chunk => {
      text += chunk
      if (text.includes('data: {')) socket.destroy()
    })
    await expect.poll(() => gate.graph.seen.ended).toEqual(['forever'])
  })

  it.each(['text/event-stream', 'text/*', '*/*'])(
    'ends with UNAUTHENTICATED when its token expires, also for who accepts %s',
    async accept => {
      await using gate = await openGateway()
      const token = await issueToken({ exp: Date.now() / 1_000 + 1 })
      const all = await events(sse(gate, 'subscription { forever { cursor } }', { token, accept }))
      expect(all.map(({ event }) => event)).toEqual(['next', 'next', 'complete'])
      expect(all[1]?.data.errors[0].extensions.code).toBe('UNAUTHENTICATED')
      await expect.poll(() => gate.graph.seen.ended).toEqual(['forever'])
    },
  )

  it('ends with a hint to resume when the gateway stops', async () => {
    await using gate = await openGateway()
    const response = await sse(gate, 'subscription { forever { cursor } }')
    const all = events(response)
    await expect.poll(() => gate.graph.seen.queries.length).toBe(1)
    await gate.gateway.drain()
    expect((await all).at(-2)?.data.errors[0].extensions).toMatchObject({ code: 'SHUTTING_DOWN', retryable: true })
    expect((await gate.ask('{ __typename }')).status).toBe(503)
  })

  it('refuses the hostile, and what does not accept a stream', async () => {
    await using gate = await openGateway()
    const many = Array.from({ length: 60 }, (_, i) => `a${i}: cursor`).join(' ')
    const [hostile] = await events(sse(gate, `subscription { renamed { ${many} } }`))
    expect(hostile?.data.errors[0].extensions.code).toBe('QUERY_TOO_COMPLEX')
    const { status, body } = await gate.ask('subscription { renamed { cursor } }')
    expect(status).toBe(406)
    expect(body.errors[0].extensions.code).toBe('BAD_REQUEST')
  })

  it('runs queries and mutations too', async () => {
    await using gate = await openGateway()
    expect(await events(sse(gate, '{ me { name } }'))).toEqual([
      { event: 'next', data: { data: { me: { name: 'Ada' } } } },
      { event: 'complete' },
    ])
  })
})

const open = async (gate: OpenGateway, connectionParams: Record<string, unknown> = {}) => {
  const { ws } = await gate.listen()
  const closes: { code: number; reason: string }[] = []
  const client = createClient({
    url: ws,
    webSocketImpl: WebSocket,
    connectionParams,
    lazy: true,
    lazyCloseTimeout: 5_000,
    retryAttempts: 0,
    on: { closed: event => closes.push(event as never) },
  })
  const run = async (query: string, variables: Record<string, unknown> = {}) => {
    // biome-ignore lint/suspicious/noExplicitAny: answers are asserted on, field by field
    const items: any[] = []
    await new Promise<void>((resolve, reject) => {
      const sink: Sink<unknown> = { next: item => void items.push(item), error: reject, complete: resolve }
      client.subscribe({ query, variables }, sink)
    })
    return items
  }
  return { client, run, closes, url: ws }
}

/** A socket that speaks by hand. */
const raw = async (url: string) => {
  const socket = new WebSocket(url, 'graphql-transport-ws')
  // biome-ignore lint/suspicious/noExplicitAny: messages are asserted on, field by field
  const messages: any[] = []
  const closed = new Promise<{ code: number; reason: string }>(resolve =>
    socket.on('close', (code, reason) => resolve({ code, reason: String(reason) })),
  )
  socket.on('message', data => messages.push(JSON.parse(String(data))))
  await new Promise(resolve => socket.once('open', resolve))
  return { socket, messages, closed, send: (message: unknown) => socket.send(JSON.stringify(message)) }
}

const PROTOCOL = 'graphql-transport-ws'
const INIT = { type: 'connection_init' } as const
const SUBSCRIBE = { id: '1', type: 'subscribe', payload: { query: 'subscription { forever { cursor } }' } } as const

describe('a WebSocket', () => {
  it('runs queries, mutations and subscriptions for a signed-in person', async () => {
    await using gate = await openGateway()
    const { run, client } = await open(gate, { authorization: `Bearer ${await issueToken()}`, 'X-API-Key': 'k' })
    expect(await run('{ person(id: "1") { email } }')).toEqual([{ data: { person: { email: 'ada@example.com' } } }])
    expect(await run(RENAMED, { upTo: 2 })).toEqual([{ data: ada(1) }, { data: ada(2) }])
    const [renamed] = await run('mutation { rename(id: "1", name: "x") { person { name } } }')
    expect(renamed.data).toEqual({ rename: { person: { name: 'x' } } })
    expect(renamed.extensions.consistencyToken).toBeTypeOf('string')
    const [next] = await run('{ orders { buyer { saw } } }')
    expect(JSON.parse(next.data.orders[0].buyer.saw)).toEqual({ 'people.Person-1': 7 })
    await client.dispose()
  })

  it('refuses a bad token with 4403', async () => {
    await using gate = await openGateway()
    const { run, closes } = await open(gate, { Authorization: 'Bearer nonsense' })
    await expect(run('{ __typename }')).rejects.toMatchObject({ code: 4403 })
    expect(closes[0]).toMatchObject({ code: 4403 })
  })

  it('hides guarded fields from somebody who is not signed in', async () => {
    await using gate = await openGateway()
    const { run, client } = await open(gate)
    const [item] = await run('subscription { renamed(upTo: 1) { person { name email } } }')
    expect(item.data.renamed.person).toEqual({ name: 'Ada 1', email: null })
    expect(item.errors[0].extensions).toEqual({
      code: 'UNAUTHENTICATED',
      retryable: false,
      correlationId: expect.any(String),
    })
    await client.dispose()
  })

  it('takes nobody’s word for who they are', async () => {
    await using gate = await openGateway()
    const { ws } = await gate.listen()
    const headers = { 'x-user-id': '1', 'x-roles': 'ADMIN', 'x-user-scopes': 'admin', 'x-mercato-context': 'e30' }
    const socket = new WebSocket(ws, PROTOCOL, { headers })
    await once(socket, 'open')
    socket.send(JSON.stringify({ ...INIT, payload: { user: { id: '1', roles: ['ADMIN'] }, roles: ['ADMIN'] } }))
    await once(socket, 'message')
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: '{ me { name email salary } }' } }))
    const [answer] = await once(socket, 'message')
    expect(JSON.parse(String(answer)).payload).toMatchObject({
      data: { me: null },
      errors: expect.arrayContaining([
        expect.objectContaining({ extensions: expect.objectContaining({ code: 'UNAUTHENTICATED' }) }),
      ]),
    })
    socket.close()
  })

  it('refuses the hostile with an error, and lives on', async () => {
    await using gate = await openGateway()
    const { run, client } = await open(gate)
    const many = Array.from({ length: 60 }, (_, i) => `a${i}: __typename`).join(' ')
    await expect(run(`{ ${many.replaceAll('__typename', 'me { id }')} }`)).rejects.toMatchObject([
      { extensions: { code: 'QUERY_TOO_COMPLEX' } },
    ])
    const fragments = Array.from(
      { length: 20 },
      (_, i) => `fragment F${i} on Person { a: friends { ...F${i + 1} } b: friends { ...F${i + 1} } }`,
    ).join(' ')
    await expect(run(`{ me { ...F0 } } ${fragments} fragment F20 on Person { id }`)).rejects.toMatchObject([
      { extensions: { code: 'QUERY_TOO_COMPLEX' } },
    ])
    await expect(run('{')).rejects.toMatchObject([{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }])
    expect(await run('{ __typename }')).toEqual([{ data: { __typename: 'Query' } }])
    await client.dispose()
  })

  it('is closed with 4408 when no connection_init comes', async () => {
    await using gate = await openGateway({ timing: { initMs: 50 } })
    const { ws } = await gate.listen()
    const { closed } = await raw(ws)
    expect(await closed).toMatchObject({ code: 4408 })
  })

  it.each([1_100_000, 5_000_000, 40_000_000])('is closed with 1009 when a message has %i bytes', async size => {
    await using gate = await openGateway()
    const { ws } = await gate.listen()
    // A client that runs beside us, and sends on while it is refused: what still comes must not cut off the close frame.
    const client = `
      const { parentPort, workerData } = require('node:worker_threads')
      const { WebSocket } = require('ws')
      const socket = new WebSocket(workerData.ws, 'graphql-transport-ws')
      socket.on('open', () => socket.send('x'.repeat(workerData.size)))
      socket.on('error', () => undefined)
      socket.on('close', code => parentPort.postMessage(code))`
    const [code] = await once(new Worker(client, { eval: true, workerData: { ws, size } }), 'message')
    expect(code).toBe(1009)
  })

  it.each([
    ['speaks no sub-protocol', 4406, [], []],
    ['subscribes before it was let in', 4401, PROTOCOL, [SUBSCRIBE]],
    ['asks to be let in twice', 4429, PROTOCOL, [INIT, INIT]],
    ['uses an id that is in use', 4409, PROTOCOL, [INIT, SUBSCRIBE, SUBSCRIBE]],
    ['sends a message of no type', 4400, PROTOCOL, [INIT, { type: 'nonsense' }]],
    ['subscribes to nothing', 4400, PROTOCOL, [INIT, { id: '1', type: 'subscribe' }]],
  ] as const)('is closed when a client %s: %i', async (_, code, protocol, messages) => {
    await using gate = await openGateway()
    const { ws } = await gate.listen()
    const socket = new WebSocket(ws, protocol as string)
    const closed = once(socket, 'close')
    await once(socket, 'open')
    for (const message of messages) {
      socket.send(JSON.stringify(message))
      if (message === INIT) await Promise.race([once(socket, 'message'), closed])
    }
    expect((await closed)[0]).toBe(code)
  })

  it('answers a ping with what came with it, also before it let anybody in', async () => {
    await using gate = await openGateway()
    const { ws } = await gate.listen()
    const { send, messages, socket } = await raw(ws)
    send({ type: 'ping', payload: { at: 1 } })
    await expect.poll(() => messages).toEqual([{ type: 'pong', payload: { at: 1 } }])
    socket.close()
  })

  it('lets an id be used again once its operation is over', async () => {
    await using gate = await openGateway()
    const { ws } = await gate.listen()
    const { send, messages, socket } = await raw(ws)
    send(INIT)
    await expect.poll(() => messages.at(-1)?.type).toBe('connection_ack')
    for (let i = 1; i <= 2; i++) {
      send({ id: '1', type: 'subscribe', payload: { query: '{ __typename }' } })
      await expect.poll(() => messages.filter(({ type }) => type === 'complete').length).toBe(i)
    }
    socket.close()
  })

  it('is closed with 4400 when a message makes no sense', async () => {
    await using gate = await openGateway()
    const { ws } = await gate.listen()
    const { closed, socket } = await raw(ws)
    socket.send('{"type":')
    expect(await closed).toMatchObject({ code: 4400 })
  })

  it.each(['', 'with space', 'x'.repeat(129), 7])('refuses the idempotency key %j, and runs nothing', async key => {
    await using gate = await openGateway()
    const { ws } = await gate.listen()
    const { send, messages } = await raw(ws)
    send({ type: 'connection_init' })
    await expect.poll(() => messages.at(-1)?.type).toBe('connection_ack')
    const query = 'mutation { rename(id: "1", name: "x") { person { name } } }'
    send({ id: '1', type: 'subscribe', payload: { query, extensions: { idempotencyKey: key } } })
    await expect.poll(() => messages.at(-1)?.type).toBe('error')
    expect(messages.at(-1).payload[0].extensions.code).toBe('BAD_USER_INPUT')
    expect(gate.graph.seen.queries).toEqual([])
  })

  it('is closed with 4403 when its token expires, and its streams end at their source', async () => {
    await using gate = await openGateway()
    const { ws } = await gate.listen()
    const { closed, send, messages } = await raw(ws)
    send({
      type: 'connection_init',
      payload: { authorization: `Bearer ${await issueToken({ exp: Date.now() / 1_000 + 1 })}` },
    })
    await expect.poll(() => messages.at(-1)?.type).toBe('connection_ack')
    send({ id: '1', type: 'subscribe', payload: { query: 'subscription { forever { cursor } }' } })
    await expect.poll(() => messages.at(-1)?.type).toBe('next')
    expect(await closed).toMatchObject({ code: 4403, reason: expect.stringContaining('UNAUTHENTICATED') })
    await expect.poll(() => gate.graph.seen.ended).toEqual(['forever'])
  })

  it('is closed with 4403 within 2 s of a lost role', async () => {
    await using gate = await openGateway()
    const { ws } = await gate.listen()
    const mine = await raw(ws)
    const others = await raw(ws)
    mine.send({
      type: 'connection_init',
      payload: { authorization: `Bearer ${await issueToken({ iat: Date.now() / 1_000 - 1 })}` },
    })
    others.send({ type: 'connection_init', payload: { authorization: `Bearer ${await issueToken({ sub: '2' })}` } })
    await expect
      .poll(() => [mine.messages.at(-1)?.type, others.messages.at(-1)?.type])
      .toEqual(['connection_ack', 'connection_ack'])
    await gate.publish('user.RolesChanged', { userId: '1', rolesChangedAt: new Date().toISOString(), roles: [] })
    const started = Date.now()
    expect(await mine.closed).toMatchObject({ code: 4403 })
    expect(Date.now() - started).toBeLessThan(2_000)
    expect(others.socket.readyState).toBe(WebSocket.OPEN)
    others.socket.close()
  })

  it('is closed with 1001 and a hint when the gateway stops; new ones are refused', async () => {
    await using gate = await openGateway()
    const { ws } = await gate.listen()
    const { closed } = await raw(ws)
    await gate.gateway.drain()
    expect(await closed).toMatchObject({ code: 1001, reason: expect.stringContaining('SHUTTING_DOWN') })
    const refused = new WebSocket(ws, 'graphql-transport-ws')
    expect(
      await new Promise(resolve => refused.once('unexpected-response', (_, response) => resolve(response.statusCode))),
    ).toBe(503)
  })

  it('is closed with 1013 when its client takes nothing, without piling anything up', async () => {
    const counted: string[] = []
    await using gate = await openGateway({
      timing: { stallMs: 300 },
      metrics: { ...noMetrics, count: name => void counted.push(name) },
    })
    const { ws } = await gate.listen()
    const { socket, send, messages, closed } = await raw(ws)
    send({ type: 'connection_init' })
    await expect.poll(() => messages.at(-1)?.type).toBe('connection_ack')
    socket.pause()
    const long = Array.from({ length: 29 }, (_, i) => `a${i}${'x'.repeat(800)}: cursor`).join(' ')
    send({ id: '1', type: 'subscribe', payload: { query: `subscription { renamed(upTo: 1000000) { ${long} } }` } })
    await expect.poll(() => counted.includes('mercato_gateway_slow_clients_total'), { timeout: 15_000 }).toBe(true)
    const sent = counted.filter(name => name === 'mercato_subscription_events_total').length
    expect(sent * 25_000).toBeLessThan(20_000_000)
    socket.resume()
    expect(await closed).toMatchObject({ code: 1013, reason: expect.stringContaining('SLOW_CLIENT') })
  })

  it('ends a stream when its client says so, and serves the others', async () => {
    await using gate = await openGateway()
    const { ws } = await gate.listen()
    const { send, messages, socket } = await raw(ws)
    send({ type: 'connection_init' })
    await expect.poll(() => messages.at(-1)?.type).toBe('connection_ack')
    send({ id: '1', type: 'subscribe', payload: { query: 'subscription { forever { cursor } }' } })
    await expect.poll(() => messages.at(-1)?.type).toBe('next')
    send({ id: '1', type: 'complete' })
    await expect.poll(() => gate.graph.seen.ended).toEqual(['forever'])
    send({ id: '2', type: 'subscribe', payload: { query: '{ __typename }' } })
    await expect.poll(() => messages.at(-1)).toEqual({ id: '2', type: 'complete' })
    socket.close()
  })

  it('runs at most 100 operations at a time', async () => {
    await using gate = await openGateway()
    const { ws } = await gate.listen()
    const { send, messages, socket } = await raw(ws)
    send({ type: 'connection_init' })
    await expect.poll(() => messages.at(-1)?.type).toBe('connection_ack')
    for (let i = 0; i < 101; i++)
      send({ id: `${i}`, type: 'subscribe', payload: { query: 'subscription { forever { cursor } }' } })
    await expect.poll(() => messages.length).toBe(102)
    const refused = messages.filter(({ type }) => type === 'error')
    expect(refused.map(({ id, payload }) => [id, payload[0].extensions.code])).toEqual([['100', 'RATE_LIMITED']])
    socket.terminate()
    await expect.poll(() => gate.graph.seen.ended.length).toBe(100)
  })

  it('takes 500 reconnecting in a second', async () => {
    await using gate = await openGateway()
    const { ws } = await gate.listen()
    const sockets = await Promise.all(Array.from({ length: 500 }, () => raw(ws)))
    for (const { send } of sockets) send({ type: 'connection_init' })
    await expect
      .poll(() => sockets.every(({ messages }) => messages[0]?.type === 'connection_ack'), { timeout: 30_000 })
      .toBe(true)
    for (const { socket } of sockets) socket.terminate()
  })
})
