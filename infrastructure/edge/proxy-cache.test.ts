import type { RequestListener } from 'node:http'
import { describe, expect, it } from 'vitest'
import { createResponseCache } from './response-cache.ts'
import { ask, startEdge } from './testing.ts'

const config = (cache: string) => `
services:
  - name: app
    host: app
    routes:
      - name: a
        paths: [/]
        plugins: [{ name: proxy-cache, config: { strategy: memory, ${cache} } }, { name: key-auth, config: { key_names: [X-API-Key], key_in_query: false } }]
consumers:
  - { username: one, keyauth_credentials: [{ key: key-of-one }] }
  - { username: two, keyauth_credentials: [{ key: key-of-two }] }
plugins: [{ name: correlation-id, config: { generator: uuid, echo_downstream: true } }, { name: rate-limiting, config: { hour: 1000 } }]
`

const as = (who: string, ...more: [string, string][]): [string, string][] => [['X-API-Key', `key-of-${who}`], ...more]

/** Answers with a number that grows with every call, so that a repeated number is a cached answer. */
function counting(headers: Record<string, string | string[]>, status = 200): RequestListener {
  let calls = 0
  return (_, response) => {
    calls += 1
    response.writeHead(status, headers)
    response.write(`{"call":`)
    response.end(`${calls}}`)
  }
}

const fresh = { 'content-type': 'application/json', 'cache-control': 'public, max-age=10' }
const respectful = 'cache_control: true, vary_headers: [Authorization]'

describe('an answer', () => {
  it('is kept and given again, with its age, until it is no longer fresh', async () => {
    let now = 1_000_000
    await using edge = await startEdge({ config: config(respectful), target: counting(fresh), clock: () => now })
    const first = await ask(edge.url, { headers: as('one') })
    now += 9_000
    const second = await ask(edge.url, { headers: as('one') })
    now += 2_000
    const third = await ask(edge.url, { headers: as('one') })
    expect([first, second, third].map(answer => answer.headers['x-cache-status'])).toEqual(['Miss', 'Hit', 'Miss'])
    expect([first, second, third].map(answer => answer.text)).toEqual(['{"call":1}', '{"call":1}', '{"call":2}'])
    expect(second.headers).toMatchObject({
      age: '9',
      'content-type': 'application/json',
      'cache-control': 'public, max-age=10',
    })
    expect(second.headers['x-cache-key']).toBe(first.headers['x-cache-key'])
  })

  it('from the cache has the quota, the ids and no cookies of this call', async () => {
    await using edge = await startEdge({
      config: config(respectful),
      target: counting({ ...fresh, 'set-cookie': ['session=secret'] }),
    })
    const first = await ask(edge.url, { headers: as('one') })
    const second = await ask(edge.url, { headers: as('one') })
    expect(second.headers['x-cache-status']).toBe('Hit')
    expect(second.headers['ratelimit-remaining']).toBe('998')
    expect(second.headers['kong-request-id']).not.toBe(first.headers['kong-request-id'])
    expect(second.headers['x-kong-request-id']).not.toBe(first.headers['x-kong-request-id'])
    expect(second.headers).not.toHaveProperty('set-cookie')
  })

  it('is kept apart by consumer, by Authorization, by path and by query, but not by the order of parameters', async () => {
    await using edge = await startEdge({ config: config(respectful), target: counting(fresh) })
    const calls = [
      ['/a?x=1&y=2', as('one')],
      ['/a?x=1&y=2', as('two')],
      ['/a?x=1&y=2', as('one', ['Authorization', 'Bearer one'])],
      ['/a?x=1&y=2', as('one', ['Authorization', 'Bearer other'])],
      ['/b?x=1&y=2', as('one')],
      ['/a?x=2&y=2', as('one')],
    ] as const
    for (const [path, headers] of calls)
      expect((await ask(edge.url + path, { headers })).headers['x-cache-status']).toBe('Miss')
    for (const [path, headers] of calls)
      expect((await ask(edge.url + path, { headers })).headers['x-cache-status']).toBe('Hit')
    expect((await ask(`${edge.url}/a?y=2&x=1`, { headers: as('one') })).headers['x-cache-status']).toBe('Hit')
  })

  it.each([
    ['it does not say public', { ...fresh, 'cache-control': 'max-age=10' }, 200],
    ['it is private', { ...fresh, 'cache-control': 'public, private, max-age=10' }, 200],
    ['it may not be stored', { ...fresh, 'cache-control': 'public, no-store, max-age=10' }, 200],
    ['it says nothing', { 'content-type': 'application/json' }, 200],
    ['it is stale at once', { ...fresh, 'cache-control': 'public, max-age=0' }, 200],
    ['it is of another content type', { ...fresh, 'content-type': 'text/html' }, 200],
    ['its content type has another parameter', { ...fresh, 'content-type': 'application/json; charset=utf-8' }, 200],
    ['it is a failure', fresh, 500],
  ])('is not kept when %s', async (_, headers, status) => {
    await using edge = await startEdge({ config: config(respectful), target: counting(headers, status) })
    const statuses = [await ask(edge.url, { headers: as('one') }), await ask(edge.url, { headers: as('one') })]
    expect(statuses.map(answer => answer.headers['x-cache-status'])).toEqual(['Bypass', 'Bypass'])
    expect(statuses[1]?.text).toBe('{"call":2}')
  })

  it('to a POST, or to one who wants none from a cache, goes past it', async () => {
    await using edge = await startEdge({ config: config(respectful), target: counting(fresh) })
    const status = async (method: string, headers: [string, string][]) =>
      (await ask(edge.url, { method, headers })).headers['x-cache-status']
    await status('GET', as('one'))
    expect(await status('POST', as('one'))).toBe('Bypass')
    expect(await status('GET', as('one', ['Cache-Control', 'no-cache']))).toBe('Bypass')
    expect(await status('GET', as('one'))).toBe('Hit')
  })

  it('is fetched afresh for one who wants it younger, and the fresh one is kept', async () => {
    let now = 1_000_000
    await using edge = await startEdge({ config: config(respectful), target: counting(fresh), clock: () => now })
    const status = async (...more: [string, string][]) =>
      (await ask(edge.url, { headers: as('one', ...more) })).headers['x-cache-status']
    await status()
    now += 6_000
    expect(await status(['Cache-Control', 'max-age=6'])).toBe('Hit')
    expect(await status(['Cache-Control', 'min-fresh=4'])).toBe('Hit')
    expect(await status(['Cache-Control', 'min-fresh=5'])).toBe('Refresh')
    now += 6_000
    expect(await status(['Cache-Control', 'max-age=5'])).toBe('Refresh')
    expect(await status(['Cache-Control', 'max-age=5'])).toBe('Hit')
  })

  it('only from the cache is 504 where there is none', async () => {
    await using edge = await startEdge({ config: config(respectful), target: counting(fresh) })
    expect((await ask(edge.url, { headers: as('one', ['Cache-Control', 'only-if-cached']) })).status).toBe(504)
  })

  it('is kept for the time of the plugin where Cache-Control is not respected', async () => {
    let now = 1_000_000
    await using edge = await startEdge({
      config: config('cache_ttl: 5, content_type: ["application/*"]'),
      target: counting({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' }),
      clock: () => now,
    })
    const status = async () => (await ask(edge.url, { headers: as('one') })).headers['x-cache-status']
    expect([await status(), await status()]).toEqual(['Miss', 'Hit'])
    now += 5_001
    expect(await status()).toBe('Miss')
  })

  it('is never given to one who is not authenticated', async () => {
    await using edge = await startEdge({ config: config(respectful), target: counting(fresh) })
    await ask(edge.url, { headers: as('one') })
    expect((await ask(edge.url)).status).toBe(401)
  })
})

describe('the memory of the cache', () => {
  it('is bounded: the least recently used leave first', () => {
    const cache = createResponseCache(() => 0, 100_000)
    const store = (key: string) =>
      cache.set(key, { status: 200, headers: {}, body: Buffer.alloc(9_000), storedAt: 0, ttl: 10 }, 10_000)
    for (let index = 0; index < 50; index++) {
      store(`key-${index}`)
      cache.get('key-0')
      expect(cache.bytes).toBeLessThanOrEqual(100_000)
    }
    expect(cache.get('key-0')).toBeDefined()
    expect(cache.get('key-1')).toBeUndefined()
    expect(cache.get('key-49')).toBeDefined()
  })
})
