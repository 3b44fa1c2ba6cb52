import { describe, expect, it } from 'vitest'
import { createRateCounters } from './counters.ts'
import { ask, startEdge } from './testing.ts'

const base = (plugins: string, consumers = '') => `
services:
  - name: app
    host: app
    routes:
      - { name: a, paths: [/a], plugins: [{ name: key-auth, config: { key_names: [X-API-Key] } }] }
      - { name: open, paths: [/open] }
consumers:
  - { username: rich, keyauth_credentials: [{ key: key-of-rich }] ${consumers} }
  - { username: poor, keyauth_credentials: [{ key: key-of-poor }] }
plugins:
  - ${plugins}
`

const as = (who: string): [string, string][] => [['X-API-Key', `key-of-${who}`]]
const START = Date.UTC(2026, 10, 23, 12, 0, 15)

describe('a rate limit', () => {
  it('counts down in the headers of Kong', async () => {
    await using edge = await startEdge({
      config: base('{ name: rate-limiting, config: { minute: 3, hour: 100, limit_by: ip } }'),
      clock: () => START,
    })
    const { headers } = await ask(`${edge.url}/open`)
    expect(headers).toMatchObject({
      'ratelimit-limit': '3',
      'ratelimit-remaining': '2',
      'ratelimit-reset': '45',
      'x-ratelimit-limit-minute': '3',
      'x-ratelimit-remaining-minute': '2',
      'x-ratelimit-limit-hour': '100',
      'x-ratelimit-remaining-hour': '99',
    })
    expect(headers).not.toHaveProperty('retry-after')
  })

  it('refuses with 429 once it is spent, and says when to come back', async () => {
    await using edge = await startEdge({
      config: base('{ name: rate-limiting, config: { minute: 2, limit_by: ip } }'),
      clock: () => START,
    })
    await ask(`${edge.url}/open`)
    expect((await ask(`${edge.url}/open`)).headers['ratelimit-remaining']).toBe('0')
    const refused = await ask(`${edge.url}/open`)
    expect(refused.status).toBe(429)
    expect(refused.json()).toMatchObject({ message: 'API rate limit exceeded' })
    expect(refused.headers).toMatchObject({ 'retry-after': '45', 'ratelimit-remaining': '0', 'ratelimit-reset': '45' })
  })

  it('starts anew with the next window of the calendar, and does not count what it refused', async () => {
    let now = START
    await using edge = await startEdge({
      config: base('{ name: rate-limiting, config: { minute: 1, limit_by: ip } }'),
      clock: () => now,
    })
    const statuses = async () => [(await ask(`${edge.url}/open`)).status, (await ask(`${edge.url}/open`)).status]
    expect(await statuses()).toEqual([200, 429])
    now = START + 44_999
    expect((await ask(`${edge.url}/open`)).status).toBe(429)
    now = START + 45_000
    expect(await statuses()).toEqual([200, 429])
  })

  it('counts every consumer for itself, on all routes together', async () => {
    await using edge = await startEdge({
      config: base('{ name: rate-limiting, config: { hour: 1 } }'),
      clock: () => START,
    })
    expect((await ask(`${edge.url}/a`, { headers: as('rich') })).status).toBe(200)
    expect((await ask(`${edge.url}/a`, { headers: as('rich') })).status).toBe(429)
    expect((await ask(`${edge.url}/a`, { headers: as('poor') })).status).toBe(200)
    expect((await ask(`${edge.url}/open`)).status).toBe(200)
    expect((await ask(`${edge.url}/open`)).status).toBe(429)
  })

  it('is not spent by calls that authentication refuses', async () => {
    await using edge = await startEdge({
      config: base('{ name: rate-limiting, config: { hour: 1, limit_by: ip } }'),
      clock: () => START,
    })
    const refused = await ask(`${edge.url}/a`)
    expect(refused.status).toBe(401)
    expect(refused.headers).not.toHaveProperty('ratelimit-limit')
    expect((await ask(`${edge.url}/open`)).status).toBe(200)
  })

  it('can keep its numbers to itself and answer in other words', async () => {
    await using edge = await startEdge({
      config: base(
        '{ name: rate-limiting, config: { hour: 1, limit_by: ip, hide_client_headers: true, error_code: 503, error_message: later } }',
      ),
    })
    expect((await ask(`${edge.url}/open`)).headers).not.toHaveProperty('ratelimit-limit')
    const refused = await ask(`${edge.url}/open`)
    expect([refused.status, refused.json()]).toEqual([503, expect.objectContaining({ message: 'later' })])
    expect(refused.headers).not.toHaveProperty('retry-after')
  })
})

describe('of several rate limits', () => {
  const limits = (headers: Record<string, unknown>) => headers['ratelimit-limit']

  it('a consumer’s own replaces the global one; others keep the global one', async () => {
    await using edge = await startEdge({
      config: base(
        '{ name: rate-limiting, config: { hour: 10 } }',
        ', plugins: [{ name: rate-limiting, config: { hour: 1000 } }]',
      ),
    })
    expect(limits((await ask(`${edge.url}/a`, { headers: as('rich') })).headers)).toBe('1000')
    expect(limits((await ask(`${edge.url}/a`, { headers: as('poor') })).headers)).toBe('10')
    expect(limits((await ask(`${edge.url}/open`)).headers)).toBe('10')
  })

  it('exactly the most specific one counts', async () => {
    const entry = (limit: number, scope: string) => `{ name: rate-limiting, config: { hour: ${limit} } ${scope} }`
    const ladder = [
      entry(1, ''),
      entry(2, ', service: app'),
      entry(3, ', route: a'),
      entry(4, ', consumer: rich'),
      entry(5, ', service: app, route: a'),
      entry(6, ', service: app, consumer: rich'),
      entry(7, ', route: a, consumer: rich'),
      entry(8, ', route: a, consumer: rich, service: app'),
    ]
    for (const [index] of ladder.entries()) {
      const rungs = ladder.slice(0, index + 1).reverse()
      await using edge = await startEdge({ config: base(rungs.join('\n  - ')) })
      expect(limits((await ask(`${edge.url}/a`, { headers: as('rich') })).headers)).toBe(String(index + 1))
    }
  })

  it('one that is switched off leaves its place to the next', async () => {
    await using edge = await startEdge({
      config: base(
        '{ name: rate-limiting, config: { hour: 10 } }\n  - { name: rate-limiting, enabled: false, route: open, config: { hour: 5 } }',
      ),
    })
    expect(limits((await ask(`${edge.url}/open`)).headers)).toBe('10')
  })
})

describe('the counters', () => {
  it('stay within their bound, forgetting what has expired first and then what rests longest', () => {
    let now = 0
    const counters = createRateCounters(() => now, 100)
    for (let index = 0; index < 50; index++) counters.increment(`old-${index}`, 10)
    now = 20
    for (let index = 0; index < 1000; index++) {
      counters.increment('busy', 1000)
      counters.increment(`flood-${index}`, 1000)
      expect(counters.size).toBeLessThanOrEqual(100)
    }
    expect(counters.get('busy')).toBe(1000)
    expect(counters.get('flood-0')).toBe(0)
    expect(counters.get('flood-999')).toBe(1)
  })
})
