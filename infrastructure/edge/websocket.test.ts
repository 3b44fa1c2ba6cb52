import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { listen } from './listening.ts'
import { ask, dial, inProcess, startEdge } from './testing.ts'

const config = (service: string) => `
services:
  - ${service}
    read_timeout: 60000
    routes:
      - { name: http, paths: [/graphql], strip_path: false, methods: [GET, POST], plugins: [{ name: key-auth, config: { key_names: [X-API-Key], key_in_query: false, hide_credentials: true } }] }
      - { name: ws, paths: [/graphql], strip_path: false, methods: [GET], headers: { upgrade: [websocket] }, plugins: [{ name: key-auth, config: { key_names: [X-API-Key], hide_credentials: true } }] }
consumers: [{ username: frontend, keyauth_credentials: [{ key: frontend-key }] }]
plugins: [{ name: correlation-id, config: { generator: uuid, header_name: x-correlation-id, echo_downstream: true } }]
`

/** A WebSocket server that says what it was asked and then repeats what it hears. */
function echoSockets() {
  const server = new WebSocketServer({ noServer: true, handleProtocols: () => 'graphql-transport-ws' })
  const requests: IncomingMessage[] = []
  server.on('connection', (socket, request) => {
    requests.push(request)
    socket.on('message', data => socket.send(`echo ${data}`))
  })
  const upgrade = (
    ...[request, socket, head]: Parameters<WebSocketServer['handleUpgrade']> extends [
      infer A,
      infer B,
      infer C,
      ...unknown[],
    ]
      ? [A, B, C]
      : never
  ) => server.handleUpgrade(request, socket, head, (connected, asked) => server.emit('connection', connected, asked))
  return { server, requests, upgrade }
}

async function start(place: string) {
  const sockets = echoSockets()
  if (place === 'in this process') {
    const edge = await startEdge({
      config: config('name: app\n    host: app'),
      targets: { app: inProcess((_, response) => void response.end('http'), sockets.upgrade) },
    })
    return { sockets, edge, [Symbol.asyncDispose]: () => edge[Symbol.asyncDispose]() }
  }
  const far = createServer((_, response) => void response.end('http')).on('upgrade', sockets.upgrade)
  const port = await listen(far, '127.0.0.1', 0)
  const edge = await startEdge({ config: config(`name: far\n    host: 127.0.0.1\n    port: ${port}`) })
  return {
    sockets,
    edge,
    async [Symbol.asyncDispose]() {
      await edge[Symbol.asyncDispose]()
      for (const client of sockets.server.clients) client.terminate()
      await new Promise(resolve => far.close(resolve))
    },
  }
}

async function open(url: string, headers: Record<string, string> = {}): Promise<WebSocket> {
  const socket = new WebSocket(url, 'graphql-transport-ws', { headers })
  await once(socket, 'open')
  return socket
}

async function exchange(socket: WebSocket, text: string): Promise<string> {
  const answer = once(socket, 'message')
  socket.send(text)
  return String((await answer)[0])
}

describe.each(['in this process', 'over HTTP'])('a WebSocket to a target %s', place => {
  it('opens with the key in the query, which the target never sees, nor forged names', async () => {
    await using setup = await start(place)
    const url = `${setup.edge.url.replace('http', 'ws')}/graphql?X-API-Key=frontend-key&a=1`
    const socket = await open(url, { 'x-roles': 'ADMIN', 'x-consumer-username': 'forged' })
    expect(socket.protocol).toBe('graphql-transport-ws')
    expect(await exchange(socket, 'hello')).toBe('echo hello')
    const [request] = setup.sockets.requests
    expect(request?.url).toBe('/graphql?a=1')
    expect(request?.headers).toMatchObject({ 'x-consumer-username': 'frontend', 'x-real-ip': '127.0.0.1' })
    expect(request?.headers).not.toHaveProperty('x-roles')
    expect(JSON.stringify(request?.rawHeaders)).not.toMatch(/frontend-key|forged/)
    socket.terminate()
  })

  it('opens with the key in a header', async () => {
    await using setup = await start(place)
    const socket = await open(`${setup.edge.url.replace('http', 'ws')}/graphql`, { 'X-API-Key': 'frontend-key' })
    expect(await exchange(socket, 'hello')).toBe('echo hello')
    socket.terminate()
  })

  it('is refused with 401 without a key, as an ordinary answer', async () => {
    await using setup = await start(place)
    const socket = new WebSocket(`${setup.edge.url.replace('http', 'ws')}/graphql`)
    const [, response] = await once(socket, 'unexpected-response')
    expect(response.statusCode).toBe(401)
    expect(response.headers).toHaveProperty('x-correlation-id')
    expect(setup.sockets.requests).toHaveLength(0)
    socket.on('error', () => {}).terminate()
  })

  it('carries large messages both ways and closes with the code that either side gives', async () => {
    await using setup = await start(place)
    const socket = await open(`${setup.edge.url.replace('http', 'ws')}/graphql?X-API-Key=frontend-key`)
    const large = 'x'.repeat(3_000_000)
    expect(await exchange(socket, large)).toBe(`echo ${large}`)
    const [served] = setup.sockets.server.clients
    const closed = once(socket, 'close')
    served?.close(4403, 'forbidden')
    expect((await closed).map(String)).toEqual(['4403', 'forbidden'])
  })

  it('is over for the target when the client disappears', async () => {
    await using setup = await start(place)
    const socket = await open(`${setup.edge.url.replace('http', 'ws')}/graphql?X-API-Key=frontend-key`)
    const [served] = setup.sockets.server.clients
    if (!served) throw new Error('the target has no connection')
    const closed = once(served, 'close')
    socket.terminate()
    await closed
  })

  it('is over when the client ends its side and says nothing more', async () => {
    await using setup = await start(place)
    const client = await dial(setup.edge.port)
    client.socket.write(
      'GET /graphql?X-API-Key=frontend-key HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
    )
    await client.until('101 Switching Protocols')
    client.socket.end()
    await client.closed
  })

  it('goes on while the edge drains; a new one is refused', async () => {
    await using setup = await start(place)
    const url = `${setup.edge.url.replace('http', 'ws')}/graphql?X-API-Key=frontend-key`
    const socket = await open(url)
    setup.edge.edge.stopAccepting()
    expect(await exchange(socket, 'still here')).toBe('echo still here')
    const late = new WebSocket(url)
    const [, response] = await once(late, 'unexpected-response')
    expect(response.statusCode).toBe(503)
    late.on('error', () => {}).terminate()
    socket.terminate()
  })
})

describe('a WebSocket to a target over HTTP', () => {
  it('is closed when both sides are silent for longer than the service allows', async () => {
    const far = createServer().on('upgrade', echoSockets().upgrade)
    const port = await listen(far, '127.0.0.1', 0)
    const service = `name: far\n    host: 127.0.0.1\n    port: ${port}`
    await using edge = await startEdge({ config: config(service).replace('read_timeout: 60000', 'read_timeout: 50') })
    const socket = await open(`${edge.url.replace('http', 'ws')}/graphql?X-API-Key=frontend-key`)
    await once(socket, 'close')
    far.close()
  })

  it('is cut when the edge is disposed', async () => {
    await using setup = await start('over HTTP')
    const socket = await open(`${setup.edge.url.replace('http', 'ws')}/graphql?X-API-Key=frontend-key`)
    const closed = once(socket, 'close')
    await setup.edge.edge[Symbol.asyncDispose]()
    await closed
  })

  it('tells the client which correlation id it has, and the answer of a target that refuses it', async () => {
    await using setup = await start('over HTTP')
    const url = `${setup.edge.url.replace('http', 'ws')}/graphql?X-API-Key=frontend-key`
    const socket = new WebSocket(url, 'graphql-transport-ws', { headers: { 'x-correlation-id': 'mine' } })
    const [response] = await once(socket, 'upgrade')
    expect(response.headers['x-correlation-id']).toBe('mine')
    socket.terminate()
  })

  it('goes to the next target when one cannot be reached', async () => {
    const sockets = echoSockets()
    const far = createServer().on('upgrade', sockets.upgrade)
    const port = await listen(far, '127.0.0.1', 0)
    const targets = `upstreams: [{ name: many, targets: [{ target: "127.0.0.1:1" }, { target: "127.0.0.1:${port}" }] }]`
    await using edge = await startEdge({ config: `${targets}\n${config('name: far\n    host: many\n    port: 80')}` })
    for (let call = 0; call < 2; call++) {
      const socket = new WebSocket(`${edge.url.replace('http', 'ws')}/graphql?X-API-Key=frontend-key`)
      await once(socket, 'open')
      socket.send('hello')
      expect(String((await once(socket, 'message'))[0])).toBe('echo hello')
      socket.terminate()
    }
    for (const client of sockets.server.clients) client.terminate()
    far.close()
  })

  it('is answered 502 when nobody is there', async () => {
    await using edge = await startEdge({ config: config('name: far\n    host: 127.0.0.1\n    port: 1') })
    const socket = new WebSocket(`${edge.url.replace('http', 'ws')}/graphql?X-API-Key=frontend-key`)
    const [, response] = await once(socket, 'unexpected-response')
    expect(response.statusCode).toBe(502)
    socket.on('error', () => {}).terminate()
  })
})

describe('an upgrade to anything but WebSocket', () => {
  it('is an ordinary request', async () => {
    await using setup = await start('in this process')
    const answer = await ask(`${setup.edge.url}/graphql`, {
      headers: [
        ['Connection', 'Upgrade, HTTP2-Settings'],
        ['Upgrade', 'h2c'],
        ['X-API-Key', 'frontend-key'],
      ],
    })
    expect([answer.status, answer.text]).toEqual([200, 'http'])
  })

  it('and a WebSocket to a target that speaks only HTTP is closed', async () => {
    await using edge = await startEdge({
      config: 'services: [{ name: app, host: app, routes: [{ name: a, paths: [/] }] }]',
    })
    const socket = new WebSocket(edge.url.replace('http', 'ws'))
    const [error] = await once(socket, 'error')
    expect(error.message).toContain('socket hang up')
  })
})
