import { once } from 'node:events'
import type { SubgraphTransport } from '@mercato/adapters/subgraph-transport/subgraph-transport'
import { verifyGatewayContext } from '@mercato/shared-kernel/application'
import { describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { GATEWAY_SECRET } from './testing/fixture-graph.ts'
import { type OpenGateway, openGateway } from './testing/open-gateway.ts'

/** A subgraph that does not answer, and says whether it is still waited for. */
const silent = () => {
  const requests: Request[] = []
  const transport: SubgraphTransport = {
    fetch(request) {
      requests.push(request)
      return new Promise((_, reject) => request.signal.addEventListener('abort', () => reject(request.signal.reason)))
    },
    [Symbol.asyncDispose]: async () => undefined,
  }
  return { requests, transport }
}
const QUERY = '{ orders { id } }'

const overHttp = async ({ listen }: OpenGateway) => {
  const { http } = await listen()
  const client = new AbortController()
  const headers = { 'content-type': 'application/json' }
  fetch(`${http}/graphql`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ query: QUERY }),
    signal: client.signal,
  }).catch(() => undefined)
  return () => client.abort()
}
const overSocket = async ({ listen }: OpenGateway, leave: (socket: WebSocket) => void) => {
  const { ws } = await listen()
  const socket = new WebSocket(ws, 'graphql-transport-ws')
  await once(socket, 'open')
  socket.send('{"type":"connection_init"}')
  await once(socket, 'message')
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: QUERY } }))
  return () => leave(socket)
}

describe('a client that goes away', () => {
  it.each([
    ['cuts its HTTP connection', overHttp],
    ['cuts its WebSocket', (gate: OpenGateway) => overSocket(gate, socket => socket.terminate())],
    [
      'completes the operation',
      (gate: OpenGateway) => overSocket(gate, socket => socket.send('{"id":"1","type":"complete"}')),
    ],
  ])('and %s is not worked for any more', async (_, open) => {
    const orders = silent()
    await using gate = await openGateway({ replace: { orders: orders.transport } })
    const leave = await open(gate)
    await expect.poll(() => orders.requests.length, { timeout: 5_000 }).toBe(1)
    expect(orders.requests[0]?.signal.aborted).toBe(false)
    leave()
    await expect.poll(() => orders.requests[0]?.signal.aborted, { timeout: 5_000 }).toBe(true)
  })
})

describe('the deadline of a request', () => {
  it('is told to every subgraph, and holds when one does not answer', async () => {
    const orders = silent()
    await using gate = await openGateway({ replace: { orders: orders.transport }, timing: { deadlineMs: 300 } })
    const before = Date.now()
    const { body } = await gate.ask('{ me { name } orders { id } }')
    expect(body.data).toBeNull()
    expect(body.errors[0].extensions.code).toBe('TIMEOUT')
    const [request] = orders.requests
    const text = (await request?.clone().text()) ?? ''
    const context = verifyGatewayContext(GATEWAY_SECRET, request?.headers ?? new Headers(), text, Date.now())
    expect(context?.deadline).toBeGreaterThanOrEqual(before + 300)
    expect(context?.deadline).toBeLessThan(before + 5_000)
  })
})
