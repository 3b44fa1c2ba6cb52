import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { createEdge, loadKongConfig } from './edge.ts'
import { ask, echo, inProcess, seen } from './testing.ts'

const KEY: [string, string] = ['X-API-Key', 'frontend-api-key-12345']

/** The edge with the file that production uses, and a target that stands for the gateway. */
async function start(target: RequestListener = echo) {
  const sockets = new WebSocketServer({ noServer: true })
  sockets.on('connection', (socket, request) =>
    socket.send(JSON.stringify({ url: request.url, headers: request.headers })),
  )
  const edge = createEdge({
    config: await loadKongConfig(join(import.meta.dirname, '../kong/kong.yml')),
    targets: {
      gateway: inProcess(target, (request, socket, head) =>
        sockets.handleUpgrade(request, socket, head, connected => sockets.emit('connection', connected, request)),
      ),
    },
    log: () => {},
  })
  const { port } = await edge.listen({ host: '127.0.0.1', port: 0 })
  return { url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: () => edge[Symbol.asyncDispose]() }
}

describe('with the file of the project', () => {
  it.each(['/graphiql', '/health/live', '/health/ready', '/.well-known/jwks.json', '/dev/mailbox', '/examples/live'])(
    '%s needs no key and says of nobody that it is a consumer',
    async path => {
      await using edge = await start()
      const forged: [string, string][] = [
        ['X-Consumer-Username', 'forged'],
        ['X-Consumer-ID', 'forged'],
        ['X-Roles', 'forged'],
      ]
      const answer = await ask(edge.url + path, { headers: forged })
      expect(answer.status).toBe(200)
      expect(seen(answer).url).toBe(path)
      expect(answer.text).not.toContain('forged')
      expect(answer.headers['ratelimit-limit']).toBe('100')
    },
  )

  it.each([
    ['GET', '/graphql'],
    ['POST', '/graphql'],
    ['GET', '/api/v1/products'],
    ['POST', '/api/v1/users'],
    ['GET', '/graphql?X-API-Key=frontend-api-key-12345'],
  ])('%s %s needs a key in a header', async (method, path) => {
    await using edge = await start()
    const answer = await ask(edge.url + path, { method })
    expect(answer.status).toBe(401)
    expect(answer.json()).toMatchObject({ message: 'No API key found in request' })
    expect((await ask(edge.url + path.replace(/\?.*/, ''), { method, headers: [KEY] })).status).toBe(200)
  })

  it.each([['/'], ['/admin'], ['/metrics'], ['/_entities'], ['/dev'], ['/health']])('%s leads nowhere', async path => {
    await using edge = await start()
    expect((await ask(edge.url + path, { headers: [KEY] })).status).toBe(404)
  })

  it('the consumer is who the key says, with a limit of its own', async () => {
    await using edge = await start()
    const limits: Record<string, string> = {
      'frontend-api-key-12345': '500',
      'mobile-api-key-23456': '200',
      'partner-api-key-34567': '20',
      'ops-api-key-45678': '1200',
    }
    for (const [key, limit] of Object.entries(limits)) {
      const answer = await ask(`${edge.url}/graphql`, {
        method: 'POST',
        body: '{}',
        headers: [
          ['X-API-Key', key],
          ['X-Consumer-Username', 'admin'],
        ],
      })
      expect(answer.headers['ratelimit-limit']).toBe(limit)
      expect(seen(answer).headers['x-consumer-username']).toBe(key.split('-')[0])
      expect(seen(answer).headers).not.toHaveProperty('x-api-key')
    }
  })

  it('a browser’s WebSocket brings its key in the query', async () => {
    await using edge = await start()
    const socket = new WebSocket(`${edge.url.replace('http', 'ws')}/graphql?X-API-Key=frontend-api-key-12345`)
    const [message] = await once(socket, 'message')
    const { url, headers } = JSON.parse(String(message))
    expect(url).toBe('/graphql')
    expect(headers).toMatchObject({ 'x-consumer-username': 'frontend', 'x-correlation-id': expect.any(String) })
    socket.terminate()
  })

  it('a page of the shop may call it, and read its quota and its tokens', async () => {
    await using edge = await start()
    const preflight = await ask(`${edge.url}/graphql`, {
      method: 'OPTIONS',
      headers: [
        ['Origin', 'http://localhost:3000'],
        ['Access-Control-Request-Method', 'POST'],
        ['Access-Control-Request-Headers', 'x-api-key,authorization'],
      ],
    })
    expect(preflight.status).toBe(200)
    expect(preflight.headers['access-control-allow-headers']?.toLowerCase()).toContain('x-api-key')
    const answer = await ask(`${edge.url}/graphql`, {
      method: 'POST',
      body: '{}',
      headers: [KEY, ['Origin', 'http://localhost:3000']],
    })
    expect(answer.headers['access-control-expose-headers']).toContain('RateLimit-Remaining')
    expect(answer.headers['access-control-allow-credentials']).toBe('true')
  })

  it('only what the gateway calls public is cached, and only under /api/v1', async () => {
    let calls = 0
    await using edge = await start((request, response) => {
      calls += 1
      const open = !request.headers.authorization
      response.writeHead(200, {
        'content-type': 'application/json; charset=utf-8',
        'cache-control': open ? 'public, max-age=5' : 'private, no-store',
      })
      response.end(String(calls))
    })
    const status = async (path: string, ...more: [string, string][]) =>
      (await ask(edge.url + path, { headers: [KEY, ...more] })).headers['x-cache-status']
    expect([await status('/api/v1/products'), await status('/api/v1/products')]).toEqual(['Miss', 'Hit'])
    const bearer: [string, string] = ['Authorization', 'Bearer a']
    expect([await status('/api/v1/products', bearer), await status('/api/v1/products', bearer)]).toEqual([
      'Bypass',
      'Bypass',
    ])
    expect([await status('/graphql'), await status('/graphql')]).toEqual([undefined, undefined])
    expect(calls).toBe(5)
  })

  it('answers carry what protects a browser and nothing about the server', async () => {
    await using edge = await start((_, response) => {
      response.setHeader('X-Powered-By', 'secret').setHeader('Server', 'secret')
      response.end()
    })
    for (const path of ['/graphiql', '/nowhere', '/graphql']) {
      const { headers } = await ask(edge.url + path)
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' })
      expect(headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/)
      expect(JSON.stringify(headers)).not.toContain('secret')
    }
  })

  it('a payment provider reports without a key, by POST, in few bytes, and as nobody', async () => {
    await using edge = await start()
    const path = `${edge.url}/webhooks/payments/sandbox`
    const report = (size: number) =>
      ask(path, { method: 'POST', body: 'x'.repeat(size), headers: [['X-Consumer-Username', 'forged']] })
    const answer = await report(1_000)
    expect(answer.status).toBe(200)
    expect(seen(answer).headers).not.toHaveProperty('x-consumer-username')
    expect(answer.headers['ratelimit-limit']).toBe('500')
    expect((await report(62_000)).status).toBe(413)
    expect((await ask(path)).status).toBe(404)
  })

  it('5 MB are refused', async () => {
    await using edge = await start()
    const answer = await ask(`${edge.url}/graphql`, { method: 'POST', body: 'x'.repeat(5 * 2 ** 20), headers: [KEY] })
    expect([answer.status, answer.json()]).toEqual([413, expect.objectContaining({ code: 'PAYLOAD_TOO_LARGE' })])
  })
})
