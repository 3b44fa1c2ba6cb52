import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { openGateway } from './testing/open-gateway.ts'
import { events, sse } from './testing/server-sent-events.ts'

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

  it('ends with a hint to resume when the gateway stops', async () => {
    await using gate = await openGateway()
    const response = await sse(gate, 'subscription { forever { cursor } }')
    const all = events(response)
    await expect.poll(() => gate.graph.seen.queries.length).toBe(1)
    await gate.gateway.drain()
    expect((await all).at(-2)?.data.errors[0].extensions).toMatchObject({ code: 'SHUTTING_DOWN', retryable: true })
    const late = await events(await sse(gate, 'subscription { forever { cursor } }'))
    expect(late.at(-2)?.data.errors[0].extensions.code).toBe('SHUTTING_DOWN')
  })

  it('leaves no request unanswered that reaches a gateway after it was told to stop', async () => {
    await using gate = await openGateway()
    await gate.gateway.drain()
    expect((await gate.gateway.fetch(new Request('http://gateway/health/ready'))).status).toBe(503)
    expect(await gate.ask('{ __typename }')).toMatchObject({ status: 200, body: { data: { __typename: 'Query' } } })
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
