import { describe, expect, it } from 'vitest'
import { openGateway } from '../testing/open-gateway.ts'
import { createConsistencyTokens, MAX_STREAMS } from './consistency-tokens.ts'

const RENAME = (id: string) =>
  `mutation { rename(id: "${id}", name: "x") { consistencyToken person { orders { buyer { lastOrder { id } } } saw } } }`
const cookiesOf = (headers: Headers): string =>
  headers
    .getSetCookie()
    .map(cookie => cookie.split(';')[0])
    .join('; ')

describe('a session reads what it wrote', () => {
  it('within the same request, across subgraphs', async () => {
    await using gate = await openGateway()
    const { body } = await gate.ask(RENAME('1'))
    expect(JSON.parse(body.data.rename.person.saw)).toEqual({ 'people.Person-1': 7 })
  })

  it('by cookie, at any gateway with the same secret', async () => {
    await using one = await openGateway()
    await using other = await openGateway()
    const { headers } = await one.ask(RENAME('1'))
    expect(headers.getSetCookie()[0]).toMatch(/^mct_[\w-]+=[\w.-]+; Max-Age=120; Path=\/; HttpOnly; SameSite=Lax$/)
    const next = await other.ask('{ orders { buyer { saw } } }', { headers: { cookie: cookiesOf(headers) } })
    expect(JSON.parse(next.body.data.orders[0].buyer.saw)).toEqual({ 'people.Person-1': 7 })
  })

  it('by the header, the extension and the token in the payload', async () => {
    await using gate = await openGateway()
    const { headers, body } = await gate.ask(RENAME('1'))
    for (const token of [
      headers.get('x-consistency-token'),
      body.extensions.consistencyToken,
      body.data.rename.consistencyToken,
    ]) {
      const next = await gate.ask('{ orders { buyer { saw } } }', { headers: { 'x-consistency-token': token } })
      expect(JSON.parse(next.body.data.orders[0].buyer.saw)).toEqual({ 'people.Person-1': 7 })
    }
  })

  it('although two mutations ran in parallel: the union counts', async () => {
    await using gate = await openGateway()
    const [a, b] = await Promise.all([gate.ask(RENAME('1')), gate.ask(RENAME('2'))])
    const cookie = `${cookiesOf(a.headers)}; ${cookiesOf(b.headers)}`
    const next = await gate.ask('{ orders { buyer { saw } } }', { headers: { cookie } })
    expect(JSON.parse(next.body.data.orders[0].buyer.saw)).toEqual({ 'people.Person-1': 7, 'people.Person-2': 7 })
  })

  it('but not by a forged, foreign or old token', async () => {
    await using gate = await openGateway()
    const foreign = createConsistencyTokens({ secret: 'another', now: Date.now, ttlMs: 60_000 }).sign({
      'people.Person-1': 9,
    })
    const { headers } = await gate.ask(RENAME('1'))
    const own = headers.get('x-consistency-token') ?? ''
    const saw = async (token: string) => {
      const next = await gate.ask('{ orders { buyer { saw } } }', { headers: { 'x-consistency-token': token } })
      return JSON.parse(next.body.data.orders[0].buyer.saw)
    }
    expect(await saw(own)).toEqual({ 'people.Person-1': 7 })
    for (const token of [foreign, `${own}x`, own.replace(/^./, 'X'), 'x'.repeat(10_000), '..', ''])
      expect(await saw(token)).toEqual({})
  })

  it('and not for ever', () => {
    let at = 1_000
    const tokens = createConsistencyTokens({ secret: 'ours', now: () => at, ttlMs: 60_000 })
    const token = tokens.sign({ 'people.Person-1': 9 })
    expect(tokens.open(token)?.consistency).toEqual({ 'people.Person-1': 9 })
    at += 60_000
    expect(tokens.open(token)).toBeUndefined()
  })

  it('for at most 16 streams, dropping the oldest cookies', async () => {
    let at = Date.now()
    await using gate = await openGateway({ clock: { now: () => new Date(at) } })
    let jar: Record<string, string> = {}
    for (let i = 0; i < 20; i++) {
      at += 10
      const { headers } = await gate.ask(RENAME(`${i}`), {
        headers: {
          cookie: Object.entries(jar)
            .map(([k, v]) => `${k}=${v}`)
            .join('; '),
        },
      })
      for (const cookie of headers.getSetCookie()) {
        const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=')
        jar = { ...jar, [name]: value }
        if (cookie.includes('Max-Age=0')) delete jar[name]
      }
    }
    expect(Object.keys(jar)).toHaveLength(MAX_STREAMS)
    const next = await gate.ask('{ orders { buyer { saw } } }', {
      headers: {
        cookie: Object.entries(jar)
          .map(([k, v]) => `${k}=${v}`)
          .join('; '),
      },
    })
    const streams = Object.keys(JSON.parse(next.body.data.orders[0].buyer.saw))
    expect(streams.sort()).toEqual(Array.from({ length: 16 }, (_, i) => `people.Person-${i + 4}`).sort())
  })
})
