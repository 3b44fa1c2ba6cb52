import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { issueToken, openGateway } from './testing/open-gateway.ts'
import { INIT, open, PROTOCOL, raw, SUBSCRIBE } from './testing/sockets.ts'

const RENAMED =
  'subscription ($upTo: Int, $after: String) { renamed(upTo: $upTo, after: $after) { cursor person { name orders { total } } } }'
const ada = (i: number) => ({ renamed: { cursor: `${i}`, person: { name: `Ada ${i}`, orders: [{ total: 10 }] } } })

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
})
