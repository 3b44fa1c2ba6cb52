import { describe, expect, it } from 'vitest'
import { ask, startEdge } from './testing.ts'

const config = (plugins = '[]', path = '/a') => `
services: [{ name: app, host: app, routes: [{ name: a, paths: [${path}], plugins: [{ name: key-auth, config: { key_names: [X-API-Key] } }] }] }]
upstreams: [{ name: many, targets: [{ target: "a:1" }] }]
consumers: [{ username: frontend, custom_id: web, keyauth_credentials: [{ key: the-secret-key }] }]
plugins: ${plugins}
`
const file = (plugins?: string, path?: string) => `_format_version: "3.0"\n${config(plugins, path)}`
const key: [string, string][] = [['X-API-Key', 'the-secret-key']]

describe('the admin API', () => {
  it('lists what is configured, without a key anywhere', async () => {
    await using edge = await startEdge({ config: config() })
    const lists = await Promise.all(
      ['services', 'routes', 'plugins', 'consumers'].map(name => ask(`${edge.admin}/${name}`)),
    )
    expect(lists.map(answer => answer.json())).toEqual([
      { data: [expect.objectContaining({ name: 'app', host: 'app' })], next: null },
      { data: [expect.objectContaining({ name: 'a', paths: ['/a'], service: 'app' })], next: null },
      {
        data: [
          expect.objectContaining({
            name: 'key-auth',
            route: 'a',
            config: expect.objectContaining({ key_names: ['X-API-Key'] }),
          }),
        ],
        next: null,
      },
      { data: [expect.objectContaining({ username: 'frontend', custom_id: 'web' })], next: null },
    ])
    expect(lists.map(answer => answer.text).join()).not.toContain('the-secret-key')
  })

  it('says how it is, and 404 to anything else', async () => {
    await using edge = await startEdge({ config: config() })
    expect((await ask(`${edge.admin}/status`)).json()).toMatchObject({
      server: { connections_active: 0 },
      configuration_hash: expect.stringMatching(/^[0-9a-f]{32}$/),
    })
    for (const [method, path] of [
      ['GET', '/credentials'],
      ['DELETE', '/services'],
      ['GET', '/config'],
    ] as const) {
      expect((await ask(edge.admin + path, { method })).status).toBe(404)
    }
  })

  it('is closed to pages of other origins', async () => {
    await using edge = await startEdge({ config: config() })
    for (const header of [
      ['Origin', 'https://evil.example'],
      ['Sec-Fetch-Site', 'cross-site'],
    ] as const) {
      expect((await ask(`${edge.admin}/config`, { method: 'POST', headers: [header], body: file() })).status).toBe(403)
    }
  })
})

describe('the metrics', () => {
  it('count by service, route, status, source and consumer, under Kong’s names', async () => {
    await using edge = await startEdge({
      config: config(
        '[{ name: prometheus, config: { per_consumer: true, status_code_metrics: true, latency_metrics: true, bandwidth_metrics: true } }]',
      ),
    })
    await ask(`${edge.url}/a`, { headers: key })
    await ask(`${edge.url}/a`, { headers: key })
    await ask(`${edge.url}/a`)
    await ask(`${edge.url}/nowhere`)
    const { text } = await ask(`${edge.admin}/metrics`)
    expect(text).toContain(
      'kong_http_requests_total{service="app",route="a",code="200",source="service",consumer="frontend"} 2',
    )
    expect(text).toContain('kong_http_requests_total{service="app",route="a",code="401",source="kong",consumer=""} 1')
    expect(text).toContain('kong_request_latency_ms_count{service="app",route="a"} 3')
    expect(text).toContain('kong_upstream_latency_ms_count{service="app",route="a"} 2')
    expect(text).toMatch(
      /kong_bandwidth_bytes\{service="app",route="a",direction="egress",consumer="frontend"\} [1-9]\d\d/,
    )
    expect(text).toMatch(
      /kong_bandwidth_bytes\{service="app",route="a",direction="ingress",consumer="frontend"\} [1-9]\d/,
    )
    expect(text).toContain(
      'kong_upstream_target_health{upstream="many",target="a:1",address="a:1",state="healthchecks_off",subsystem="http"} 1',
    )
  })

  it('count nothing that the plugin is not told to count', async () => {
    await using edge = await startEdge({ config: config('[{ name: prometheus }]') })
    await ask(`${edge.url}/a`, { headers: key })
    expect((await ask(`${edge.admin}/metrics`)).text).not.toContain('route="a"')
  })
})

describe('a new configuration', () => {
  const post = (edge: { admin: string }, body: string, headers: [string, string][] = []) =>
    ask(`${edge.admin}/config`, { method: 'POST', body, headers })

  it.each([
    ['as it is', (text: string) => [text, 'text/yaml']],
    ['in a JSON field', (text: string) => [JSON.stringify({ config: text }), 'application/json']],
    [
      'in a form',
      (text: string) => [
        `--x\r\nContent-Disposition: form-data; name="config"; filename="kong.yml"\r\n\r\n${text}\r\n--x--\r\n`,
        'multipart/form-data; boundary=x',
      ],
    ],
  ])('posted %s takes over at once', async (_, wrap) => {
    await using edge = await startEdge({ config: config() })
    const [body = '', type = ''] = wrap(file('[]', '/b'))
    const before = (await ask(`${edge.admin}/status`)).json()
    const answer = await post(edge, body, [['Content-Type', type]])
    expect(answer.status).toBe(201)
    expect((await ask(`${edge.admin}/status`)).json()).not.toEqual(before)
    expect((await ask(`${edge.url}/a`, { headers: key })).status).toBe(404)
    expect((await ask(`${edge.url}/b`, { headers: key })).status).toBe(200)
  })

  it('that the edge does not understand is refused with its problems, and the old one stays', async () => {
    await using edge = await startEdge({ config: config() })
    for (const bad of ['{', file('[{ name: acl }]'), file('[]', 'b'), '', JSON.stringify({ config: 5 })]) {
      const answer = await post(edge, bad)
      expect(answer.status).toBe(400)
      expect(answer.json()).toMatchObject({
        code: 14,
        message: expect.stringContaining('The edge cannot use the posted configuration'),
      })
    }
    expect((await ask(`${edge.url}/a`, { headers: key })).status).toBe(200)
  })

  it('does not give back a quota that is spent', async () => {
    const limit = '[{ name: rate-limiting, config: { hour: 1 } }]'
    await using edge = await startEdge({ config: config(limit) })
    await ask(`${edge.url}/a`, { headers: key })
    expect((await post(edge, file(limit))).status).toBe(201)
    expect((await ask(`${edge.url}/a`, { headers: key })).status).toBe(429)
  })

  it('leaves what is under way alone', async () => {
    const release = Promise.withResolvers<void>()
    const arrived = Promise.withResolvers<void>()
    await using edge = await startEdge({
      config: config(),
      target: (_, response) => {
        arrived.resolve()
        void release.promise.then(() => response.end('finished'))
      },
    })
    const slow = ask(`${edge.url}/a`, { headers: key })
    await arrived.promise
    expect((await post(edge, file('[]', '/b'))).status).toBe(201)
    release.resolve()
    expect((await slow).text).toBe('finished')
  })
})

describe('an edge', () => {
  it('says in one sentence that its port is taken, and then holds none', async () => {
    await using first = await startEdge({ config: config() })
    const adminPort = Number(new URL(first.admin).port)
    await using second = await startEdge({ config: config() })
    const edge = second.edge
    await edge[Symbol.asyncDispose]()
    await expect(edge.listen({ host: '127.0.0.1', port: first.port })).rejects.toMatchObject({
      code: 'START.PORT_IN_USE',
      message: `Port ${first.port} is already in use: stop the program that holds it or choose another port.`,
    })
    await expect(edge.listen({ host: '127.0.0.1', port: second.port, adminPort })).rejects.toMatchObject({
      code: 'START.PORT_IN_USE',
    })
    await expect(ask(second.url)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  it('that drains refuses what is new and finishes what is under way', async () => {
    const release = Promise.withResolvers<void>()
    const arrived = Promise.withResolvers<void>()
    await using edge = await startEdge({
      config: config(),
      target: (_, response) => {
        arrived.resolve()
        void release.promise.then(() => response.end('finished'))
      },
    })
    const slow = ask(`${edge.url}/a`, { headers: key })
    await arrived.promise
    edge.edge.stopAccepting()
    const refused = await ask(`${edge.url}/a`, { headers: key })
    expect(refused.status).toBe(503)
    expect(refused.headers).toMatchObject({ connection: 'close', 'retry-after': '1' })
    expect(refused.json()).toMatchObject({ code: 'SHUTTING_DOWN' })
    release.resolve()
    expect((await slow).text).toBe('finished')
  })

  it('can be disposed twice', async () => {
    const { edge } = await startEdge({ config: config() })
    await edge[Symbol.asyncDispose]()
    await edge[Symbol.asyncDispose]()
  })
})
