import { describe, expect, it } from 'vitest'
import { ask, seen, startEdge } from './testing.ts'

const config = `
services:
  - name: app
    host: app
    routes:
      - { name: api, paths: [/api], strip_path: false, plugins: [{ name: key-auth, config: { key_names: [X-API-Key], key_in_query: false, hide_credentials: true, run_on_preflight: false } }] }
      - { name: query, paths: [/query], strip_path: false, plugins: [{ name: key-auth, config: { key_names: [X-API-Key], hide_credentials: true } }] }
      - { name: kept, paths: [/kept], strip_path: false, plugins: [{ name: key-auth, config: { key_names: [X-API-Key], realm: shop } }] }
      - { name: open, paths: [/open], strip_path: false }
consumers:
  - username: frontend
    custom_id: web
    keyauth_credentials: [{ key: frontend-key }]
  - username: plain
    keyauth_credentials: [{ key: plain-key-1 }, { key: plain-key-2 }]
`

const key = (value: string): [string, string] => ['X-API-Key', value]

describe('a route that asks for a key', () => {
  it('answers 401 in the words of Kong without one', async () => {
    await using edge = await startEdge({ config })
    const answer = await ask(`${edge.url}/api`)
    expect(answer.status).toBe(401)
    expect(answer.headers['www-authenticate']).toBe('Key')
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(answer.json()).toEqual({
      message: 'No API key found in request',
      request_id: answer.headers['x-kong-request-id'],
    })
  })

  it.each([
    ['an unknown key', [key('nobody')], 'Unauthorized'],
    ['an empty key', [key('')], 'No API key found in request'],
    ['two keys', [key('frontend-key'), key('plain-key-1')], 'Duplicate API key found'],
    ['a key that is a name of JavaScript', [key('__proto__')], 'Unauthorized'],
  ])('answers 401 to %s', async (_, headers, message) => {
    await using edge = await startEdge({ config })
    const answer = await ask(`${edge.url}/api`, { headers })
    expect(answer.status).toBe(401)
    expect(answer.json()).toMatchObject({ message })
  })

  it('tells the target which consumer it is, and hides the key', async () => {
    await using edge = await startEdge({ config })
    const { headers, raw } = seen(await ask(`${edge.url}/api`, { headers: [key('frontend-key')] }))
    expect(headers).toMatchObject({ 'x-consumer-username': 'frontend', 'x-consumer-custom-id': 'web' })
    expect(headers['x-consumer-id']).toMatch(/^[0-9a-f-]{36}$/)
    expect(headers['x-credential-identifier']).toMatch(/^[0-9a-f-]{36}$/)
    expect(JSON.stringify([headers, raw])).not.toContain('frontend-key')
  })

  it('knows each of a consumer’s keys, and gives no custom id to one who has none', async () => {
    await using edge = await startEdge({ config })
    for (const value of ['plain-key-1', 'plain-key-2']) {
      const { headers } = seen(
        await ask(`${edge.url}/api`, { headers: [key(value), ['X-Consumer-Custom-ID', 'admin']] }),
      )
      expect(headers['x-consumer-username']).toBe('plain')
      expect(headers['x-consumer-custom-id']).toBeUndefined()
    }
  })

  it('takes no key from the query unless it is told to', async () => {
    await using edge = await startEdge({ config })
    expect((await ask(`${edge.url}/api?X-API-Key=frontend-key`)).status).toBe(401)
  })

  it('takes the key out of a query where it may come from there, and leaves the rest byte for byte', async () => {
    await using edge = await startEdge({ config })
    const answer = seen(await ask(`${edge.url}/query?a=%20&X-API-Key=frontend-key&b=1+2`))
    expect(answer.url).toBe('/query?a=%20&b=1+2')
    expect(answer.headers['x-consumer-username']).toBe('frontend')
    expect(seen(await ask(`${edge.url}/query?X%2DAPI-Key=frontend-key`)).url).toBe('/query')
    expect((await ask(`${edge.url}/query?X-API-Key=frontend-key&X-API-Key=plain-key-1`)).status).toBe(401)
  })

  it('prefers the header to the query', async () => {
    await using edge = await startEdge({ config })
    const answer = seen(await ask(`${edge.url}/query?X-API-Key=frontend-key`, { headers: [key('plain-key-1')] }))
    expect(answer.headers['x-consumer-username']).toBe('plain')
    expect(answer.url).toBe('/query')
  })

  it('passes the key on where it is not told to hide it, and names its realm', async () => {
    await using edge = await startEdge({ config })
    expect(seen(await ask(`${edge.url}/kept`, { headers: [key('frontend-key')] })).headers['x-api-key']).toBe(
      'frontend-key',
    )
    expect((await ask(`${edge.url}/kept`)).headers['www-authenticate']).toBe('Key realm="shop"')
  })

  it('lets OPTIONS through without a key only where it is told to', async () => {
    await using edge = await startEdge({ config })
    expect((await ask(`${edge.url}/api`, { method: 'OPTIONS' })).status).toBe(200)
    expect((await ask(`${edge.url}/kept`, { method: 'OPTIONS' })).status).toBe(401)
  })

  it('never writes a key into its log', async () => {
    await using edge = await startEdge({ config })
    await ask(`${edge.url}/query?X-API-Key=frontend-key`)
    await ask(`${edge.url}/api`, { headers: [key('frontend-key')] })
    expect(edge.logged.length).toBeGreaterThan(0)
    expect(JSON.stringify(edge.logged)).not.toContain('frontend-key')
  })
})

describe('what a client says about who it is', () => {
  const forged: [string, string][] = [
    ['X-Consumer-ID', 'forged'],
    ['X-Consumer-Username', 'forged'],
    ['X-Consumer-Groups', 'forged'],
    ['x-consumer-anything-new', 'forged'],
    ['X-Credential-Identifier', 'forged'],
    ['X-User-Id', 'forged'],
    ['X-USER-ROLES', 'forged'],
    ['x_user_id', 'forged'],
    ['X-Roles', 'forged'],
    ['X-Role', 'forged'],
    ['X-Mercato-Context', 'forged'],
    ['x-mercato-signature', 'forged'],
    ['X_Mercato_Signature', 'forged'],
    ['X-Authenticated-Userid', 'forged'],
    ['X-Anonymous-Consumer', 'forged'],
  ]

  it.each([
    ['with a key', '/api', 'GET', [key('frontend-key')]],
    ['without a key', '/open', 'GET', []],
    ['on a preflight that skips authentication', '/api', 'OPTIONS', []],
  ])('never reaches the target %s', async (_, path, method, headers) => {
    await using edge = await startEdge({ config })
    const answer = await ask(edge.url + path, { method, headers: [...headers, ...forged] })
    expect(answer.status).toBe(200)
    expect(answer.text).not.toContain('forged')
  })

  it('cannot be hidden in Connection, which would take away what the edge sets', async () => {
    await using edge = await startEdge({ config })
    const headers: [string, string][] = [
      key('frontend-key'),
      ['Connection', 'X-Consumer-Username, X-Consumer-ID, X-Secret'],
      ['X-Secret', 'for one hop'],
    ]
    const answer = seen(await ask(`${edge.url}/api`, { headers }))
    expect(answer.headers).toMatchObject({ 'x-consumer-username': 'frontend' })
    expect(answer.headers).not.toHaveProperty('x-secret')
    expect(answer.headers).not.toHaveProperty('connection')
  })

  it('leaves names alone that only look alike', async () => {
    await using edge = await startEdge({ config })
    const { headers } = seen(
      await ask(`${edge.url}/open`, {
        headers: [
          ['X-Username', 'a'],
          ['X-Userland', 'b'],
          ['__proto__', 'c'],
        ],
      }),
    )
    expect(headers).toMatchObject({ 'x-username': 'a', 'x-userland': 'b' })
  })
})
