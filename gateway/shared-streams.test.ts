import { createClient } from 'graphql-ws'
import { describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { issueToken, type OpenGateway, openGateway } from './testing/open-gateway.ts'

const TOLD = 'subscription ($after: String) { told(after: $after) { cursor person { name orders { id } } } }'

/** Somebody who follows `told`, and what they got. */
const follow = (
  url: string,
  { token, after, query = TOLD }: { token?: string; after?: string; query?: string } = {},
) => {
  const client = createClient({
    url,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    ...(token !== undefined && { connectionParams: { authorization: `Bearer ${token}` } }),
  })
  const cursors: string[] = []
  // biome-ignore lint/suspicious/noExplicitAny: events are read field by field
  const events = client.iterate<any>({ query, variables: after === undefined ? {} : { after } })
  void (async () => {
    for await (const { data } of events) cursors.push(data.told.cursor)
  })().catch(() => undefined)
  return { cursors, leave: async () => client.dispose() }
}
const eventually = <Value>(read: () => Value) => expect.poll(read, { timeout: 10_000 })
const upstreams = ({ graph }: OpenGateway): number =>
  graph.seen.queries.filter(({ query }) => query.includes('told')).length
const asked = ({ graph }: OpenGateway, subgraph: string): number =>
  graph.seen.queries.filter(one => one.subgraph === subgraph).length
const upTo = (last: number, first = 1): string[] => Array.from({ length: last - first + 1 }, (_, i) => `${first + i}`)
const tell = ({ graph }: OpenGateway, times: number): void => {
  for (let i = 0; i < times; i++) graph.tell(`name ${i}`)
}

describe('clients who ask the same as the same', () => {
  it('share one upstream and one completion of each event, and end it together', async () => {
    await using gate = await openGateway()
    const { ws } = await gate.listen()
    const followers = Array.from({ length: 20 }, () => follow(ws))
    await eventually(() => gate.gateway.streams()).toEqual({ followed: 20, upstreams: 1 })
    tell(gate, 3)
    for (const { cursors } of followers) await eventually(() => cursors).toEqual(upTo(3))
    expect(upstreams(gate)).toBe(1)
    expect(asked(gate, 'orders')).toBe(3)
    for (const { leave } of followers.slice(1)) await leave()
    await eventually(() => gate.gateway.streams()).toEqual({ followed: 1, upstreams: 1 })
    expect(gate.graph.seen.ended).toEqual([])
    tell(gate, 1)
    await eventually(() => followers[0]?.cursors).toEqual(upTo(4))
    await followers[0]?.leave()
    await eventually(() => gate.graph.seen.ended).toEqual(['told'])
    expect(gate.gateway.streams()).toEqual({ followed: 0, upstreams: 0 })
  })

  it('share what comes after the same cursor, also when one of them comes later', async () => {
    await using gate = await openGateway()
    const { ws } = await gate.listen()
    tell(gate, 10)
    const early = follow(ws, { after: '4' })
    await eventually(() => early.cursors).toEqual(upTo(10, 5))
    const late = follow(ws, { after: '4' })
    await eventually(() => late.cursors).toEqual(upTo(10, 5))
    expect(upstreams(gate)).toBe(1)
    const other = follow(ws, { after: '5' })
    await eventually(() => other.cursors).toEqual(upTo(10, 6))
    expect(upstreams(gate)).toBe(2)
    for (const { leave } of [early, late, other]) await leave()
  })

  it('have one of their own once too much has come to be repeated from memory', async () => {
    await using gate = await openGateway()
    const { ws } = await gate.listen()
    tell(gate, 300)
    const early = follow(ws, { after: '0' })
    await eventually(() => early.cursors.length).toBe(300)
    const late = follow(ws, { after: '0' })
    await eventually(() => late.cursors).toEqual(upTo(300))
    expect(upstreams(gate)).toBe(2)
    for (const { leave } of [early, late]) await leave()
  })
})

describe('clients', () => {
  it.each([
    ['who are not the same person', {}, { token: { sub: '2' } }],
    ['whose scopes differ', { token: { sub: '2' } }, { token: { sub: '2', scope: 'more' } }],
    ['who ask for something else', {}, { query: TOLD.replace('orders { id }', '') }],
  ] as const)('%s share nothing', async (_, one, other) => {
    await using gate = await openGateway()
    const { ws } = await gate.listen()
    const followers = await Promise.all(
      [one, other].map(async ({ token, ...rest }: { token?: { readonly sub: string }; query?: string }) =>
        follow(ws, { ...rest, ...(token && { token: await issueToken(token) }) }),
      ),
    )
    await eventually(() => gate.gateway.streams()).toEqual({ followed: 2, upstreams: 2 })
    for (const { leave } of followers) await leave()
  })

  it('end alone when their own token expires', async () => {
    await using gate = await openGateway()
    const { ws } = await gate.listen()
    const claims = { sub: '2', auth_time: 1, sid: 'one' }
    const [short, long] = await Promise.all([
      issueToken({ ...claims, exp: Date.now() / 1_000 + 1 }),
      issueToken(claims),
    ])
    const first = follow(ws, { token: short })
    await eventually(() => gate.gateway.streams().followed).toBe(1)
    const second = follow(ws, { token: long })
    await eventually(() => gate.gateway.streams()).toEqual({ followed: 2, upstreams: 1 })
    await eventually(() => gate.gateway.streams()).toEqual({ followed: 1, upstreams: 1 })
    tell(gate, 1)
    await eventually(() => second.cursors).toEqual(['1'])
    expect(first.cursors).toEqual([])
    await second.leave()
  })

  it('who fall behind are let go, to come back with their cursor, while the others miss nothing', async () => {
    await using gate = await openGateway()
    const { ws, http } = await gate.listen()
    const response = await fetch(`${http}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({
        query: `subscription { told { ${'x'.repeat(20)}: cursor cursor person { ${Array.from({ length: 28 }, (_, i) => `n${i}: name`).join(' ')} } } }`,
      }),
    })
    const quick = follow(ws, {
      query: `subscription { told { ${'x'.repeat(20)}: cursor cursor person { ${Array.from({ length: 28 }, (_, i) => `n${i}: name`).join(' ')} } } }`,
    })
    await eventually(() => gate.gateway.streams()).toEqual({ followed: 2, upstreams: 1 })
    for (let i = 0; i < 30; i++) {
      for (let j = 0; j < 100; j++)
        gate.graph.tell('a name that takes some room in the buffers of the operating system '.repeat(8))
      await eventually(() => quick.cursors.length).toBe((i + 1) * 100)
    }
    expect(quick.cursors).toEqual(upTo(3_000))
    const text = await response.text()
    expect(text).toContain('"code":"RATE_LIMITED","retryable":true')
    const got = [...text.matchAll(/"cursor":"(\d+)"/g)].map(([, cursor]) => cursor)
    expect(got).toEqual(upTo(got.length))
    await quick.leave()
  })
})
