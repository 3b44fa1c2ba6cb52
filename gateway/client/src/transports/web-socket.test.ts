import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { MessageType } from 'graphql-ws'
import { expect, it, onTestFinished } from 'vitest'
import { WebSocketServer } from 'ws'
import { follow } from '../follow.ts'
import { createWebSocketTransport } from './web-socket.ts'

const QUERY = 'subscription ($after: String) { told(after: $after) { cursor } }'

it('gives up a gateway that says nothing any more, and goes on with the next connection', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  onTestFinished(() => {
    for (const client of server.clients) client.terminate()
    server.close()
  })
  let connections = 0
  server.on('connection', socket => {
    const silent = ++connections === 1
    socket.on('message', text => {
      const { type, id } = JSON.parse(String(text))
      const send = (message: object) => socket.send(JSON.stringify(message))
      if (type === MessageType.ConnectionInit) send({ type: MessageType.ConnectionAck })
      if (silent) return
      if (type === MessageType.Ping) send({ type: MessageType.Pong })
      if (type === MessageType.Subscribe)
        send({ id, type: MessageType.Next, payload: { data: { told: { cursor: 'c1' } } } })
    })
  })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const transport = createWebSocketTransport(
    {
      url: new URL(`http://127.0.0.1:${port}/graphql`),
      apiKey: undefined,
      accessToken: async () => undefined,
      turn: () => 0,
    },
    { keepAlive: 50, patience: 200 },
  )
  onTestFinished(() => transport.close())
  const stream = follow(
    { transport, token: () => undefined, renew: async () => false },
    { query: QUERY, variables: {} },
    {},
  )
  expect((await stream.next()).value).toMatchObject({ cursor: 'c1' })
  expect(connections).toBe(2)
  await stream.return()
})
