import { describe, expect, it } from 'vitest'
import { ask, startEdge } from './testing.ts'

const config = (cors: string) => `
services:
  - name: app
    host: app
    routes: [{ name: a, paths: [/], plugins: [{ name: key-auth, config: { key_names: [X-API-Key], run_on_preflight: false } }] }]
consumers: [{ username: frontend, keyauth_credentials: [{ key: frontend-key }] }]
plugins: [{ name: cors, config: ${cors} }, { name: correlation-id, config: { generator: uuid, echo_downstream: true } }]
`
const shop =
  '{ origins: [https://shop.example, http://localhost:3000], methods: [GET, POST], headers: [X-API-Key], exposed_headers: [RateLimit-Limit], credentials: true, max_age: 60 }'
const preflight = (origin: string): [string, string][] => [
  ['Origin', origin],
  ['Access-Control-Request-Method', 'POST'],
  ['Access-Control-Request-Headers', 'x-api-key'],
]

describe('a preflight', () => {
  it('is answered by the edge, without a key', async () => {
    await using edge = await startEdge({ config: config(shop) })
    const answer = await ask(edge.url, { method: 'OPTIONS', headers: preflight('https://shop.example') })
    expect(answer.status).toBe(200)
    expect(answer.text).toBe('')
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': 'https://shop.example',
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'GET,POST',
      'access-control-allow-headers': 'X-API-Key',
      'access-control-max-age': '60',
      vary: 'Origin',
    })
    expect(answer.headers).toHaveProperty('kong-request-id')
  })

  it('from an origin that is not listed gets no permission', async () => {
    await using edge = await startEdge({ config: config(shop) })
    for (const origin of ['https://evil.example', 'https://shop.example.evil.example', 'http://shop.example', 'null']) {
      const { headers } = await ask(edge.url, { method: 'OPTIONS', headers: preflight(origin) })
      expect(headers).not.toHaveProperty('access-control-allow-origin')
      expect(headers).not.toHaveProperty('access-control-allow-credentials')
    }
  })

  it('is granted the headers it asks for where none are listed', async () => {
    await using edge = await startEdge({ config: config('{}') })
    const { headers } = await ask(edge.url, { method: 'OPTIONS', headers: preflight('https://anyone.example') })
    expect(headers).toMatchObject({ 'access-control-allow-origin': '*', 'access-control-allow-headers': 'x-api-key' })
  })

  it('that is none, for lack of a method asked about, goes to the target', async () => {
    await using edge = await startEdge({ config: config(shop) })
    const answer = await ask(edge.url, { method: 'OPTIONS', headers: [['Origin', 'https://shop.example']] })
    expect(answer.json()).toMatchObject({ method: 'OPTIONS' })
  })
})

describe('any other answer', () => {
  it('can be read by a listed origin, also when it is a refusal', async () => {
    await using edge = await startEdge({ config: config(shop) })
    const headers: [string, string][] = [['Origin', 'http://localhost:3000']]
    const refused = await ask(edge.url, { headers })
    const served = await ask(edge.url, { headers: [...headers, ['X-API-Key', 'frontend-key']] })
    expect([refused.status, served.status]).toEqual([401, 200])
    for (const answer of [refused, served]) {
      expect(answer.headers).toMatchObject({
        'access-control-allow-origin': 'http://localhost:3000',
        'access-control-allow-credentials': 'true',
        'access-control-expose-headers': 'RateLimit-Limit',
        vary: 'Origin',
      })
    }
  })

  it('is marked as different by origin also for those who get no permission', async () => {
    await using edge = await startEdge({ config: config(shop) })
    const { headers } = await ask(edge.url, { headers: [['Origin', 'https://evil.example']] })
    expect(headers['vary']).toBe('Origin')
    expect(headers).not.toHaveProperty('access-control-allow-origin')
  })

  it('overrides what the target says, and adds to what the target varies on', async () => {
    await using edge = await startEdge({
      config: config(shop),
      target: (_, response) => {
        response.writeHead(200, { vary: 'Accept', 'access-control-allow-origin': '*' })
        response.end()
      },
    })
    const headers: [string, string][] = [
      ['Origin', 'https://evil.example'],
      ['X-API-Key', 'frontend-key'],
    ]
    const answer = await ask(edge.url, { headers })
    expect(answer.headers['vary']).toBe('Accept, Origin')
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin')
  })

  it('with credentials for anyone names the origin, since browsers refuse the wildcard then', async () => {
    await using edge = await startEdge({ config: config('{ origins: ["*"], credentials: true }') })
    const { headers } = await ask(edge.url, { headers: [['Origin', 'https://anyone.example']] })
    expect(headers).toMatchObject({
      'access-control-allow-origin': 'https://anyone.example',
      'access-control-allow-credentials': 'true',
      vary: 'Origin',
    })
  })
})
