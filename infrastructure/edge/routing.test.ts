import { describe, expect, it } from 'vitest'
import { ask, seen, startEdge } from './testing.ts'
import { normalizePath } from './uri.ts'

const service = (routes: string, extra = '') => `
services:
  - name: app
    host: app
    ${extra}
    routes:
${routes.replace(/^/gm, '      ')}
plugins:
  - name: prometheus
    config: { status_code_metrics: true }
`

/** The route that served a request, as the metrics tell it. */
async function routeOf(
  config: string,
  path: string,
  headers: [string, string][] = [],
  method = 'GET',
): Promise<string | undefined> {
  await using edge = await startEdge({ config })
  await ask(edge.url + path, { method, headers })
  const { text } = await ask(`${edge.admin}/metrics`)
  return /kong_http_requests_total\{[^}]*route="([^"]*)"/.exec(text)?.[1]
}

describe('a request', () => {
  it('that no route matches is answered in the words of Kong', async () => {
    await using edge = await startEdge({ config: service('- { name: a, paths: [/a] }') })
    const answer = await ask(`${edge.url}/b`)
    expect(answer.status).toBe(404)
    expect(answer.json()).toEqual({
      message: 'no Route matched with those values',
      request_id: answer.headers['x-kong-request-id'],
    })
  })

  it('goes to the longest path that is its prefix', async () => {
    const config = service('- { name: root, paths: [/] }\n- { name: a, paths: [/a] }\n- { name: deep, paths: [/a/b] }')
    expect(await routeOf(config, '/a/b/c')).toBe('deep')
    expect(await routeOf(config, '/a/c')).toBe('a')
    expect(await routeOf(config, '/c')).toBe('root')
  })

  it('goes to a route that asks for more, before one with a longer path', async () => {
    const config = service(
      '- { name: long, paths: [/graphql/deeper] }\n- { name: plain, paths: [/graphql] }\n- { name: upgrade, paths: [/graphql], headers: { upgrade: [websocket] } }\n- { name: posts, paths: [/graphql], methods: [POST] }',
    )
    expect(await routeOf(config, '/graphql', [['Upgrade', 'WebSocket']])).toBe('upgrade')
    expect(await routeOf(config, '/graphql/deeper', [['Upgrade', 'websocket']])).toBe('upgrade')
    expect(await routeOf(config, '/graphql')).toBe('plain')
    expect(await routeOf(config, '/graphql', [], 'POST')).toBe('posts')
    expect(await routeOf(config, '/graphql', [['Upgrade', 'h2c']])).toBe('plain')
  })

  it('goes by its host, whatever the port, plain names before wildcards', async () => {
    const config = service('- { name: any, hosts: ["*.shop.example"] }\n- { name: api, hosts: [api.shop.example] }')
    expect(await routeOf(config, '/', [['host', 'API.shop.example:8000']])).toBe('api')
    expect(await routeOf(config, '/', [['host', 'www.shop.example']])).toBe('any')
    expect(await routeOf(config, '/', [['host', 'shop.example']])).toBeUndefined()
  })

  it('cannot reach a route by a detour through another', async () => {
    const config = service('- { name: open, paths: [/health] }\n- { name: closed, paths: [/graphql] }')
    for (const detour of ['/health/../graphql', '/health/%2e%2e/graphql', '//graphql', '/./graphql', '/%67raphql']) {
      expect(await routeOf(config, detour), detour).toBe('closed')
    }
  })

  it('arrives at the target with the path that was routed, and its query untouched', async () => {
    await using edge = await startEdge({ config: service('- { name: a, paths: [/a], strip_path: false }') })
    const answer = seen(await ask(`${edge.url}/b/../a//x?q=%2e&r=1+1`))
    expect(answer.url).toBe('/a/x?q=%2e&r=1+1')
  })

  it('loses the matched prefix and gets the path of the service where they say so', async () => {
    await using edge = await startEdge({ config: service('- { name: a, paths: [/a] }', 'path: /base') })
    const answer = seen(await ask(`${edge.url}/a/x`))
    expect(answer.url).toBe('/base/x')
    expect(answer.headers['x-forwarded-prefix']).toBe('/a')
    expect(answer.headers['x-forwarded-path']).toBe('/a/x')
  })

  it('keeps its host only where the route says so', async () => {
    await using edge = await startEdge({
      config: service('- { name: a, paths: [/a], preserve_host: true }\n- { name: b, paths: [/b] }', 'port: 4000'),
    })
    expect(seen(await ask(`${edge.url}/a`, { headers: [['host', 'shop.example']] })).headers['host']).toBe(
      'shop.example',
    )
    expect(seen(await ask(`${edge.url}/b`, { headers: [['host', 'shop.example']] })).headers['host']).toBe('app:4000')
  })

  it('tells the target who connected, whatever the client claims', async () => {
    await using edge = await startEdge({ config: service('- { name: a, paths: [/] }') })
    const { headers } = seen(
      await ask(edge.url, {
        headers: [
          ['X-Real-IP', '6.6.6.6'],
          ['X-Forwarded-For', '6.6.6.6'],
          ['X-Forwarded-Proto', 'https'],
          ['host', 'shop.example:8000'],
        ],
      }),
    )
    expect(headers).toMatchObject({
      'x-real-ip': '127.0.0.1',
      'x-forwarded-for': '6.6.6.6, 127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'shop.example',
      'x-forwarded-port': '8000',
    })
  })

  it('to a disabled service matches nothing', async () => {
    expect(await routeOf(service('- { name: a, paths: [/a] }', 'enabled: false'), '/a')).toBeUndefined()
  })
})

describe('path normalisation', () => {
  it.each([
    ['/', '/'],
    ['/a/./b/../c', '/a/c'],
    ['/../../etc', '/etc'],
    ['/a/..', '/'],
    ['/a/b/..', '/a/'],
    ['/a//b/', '/a/b/'],
    ['/%41%2d%2F%2f', '/A-%2F%2F'],
    ['/a%zz', '/a%zz'],
  ])('turns %s into %s', (given, expected) => {
    expect(normalizePath(given)).toBe(expected)
  })
})
