import { describe, expect, it } from 'vitest'
import { issueToken, type OpenGateway, openGateway } from './testing/open-gateway.ts'
import { OVER, TRANSPORTS } from './testing/transports.ts'

const asked = ({ graph }: OpenGateway): number => graph.seen.queries.length

describe('the answer to a public read', () => {
  it.each(OVER)('is given again over %s, to anybody, until it is too old', async over => {
    let now = Date.now()
    await using gate = await openGateway({ clock: { now: () => new Date(now) } })
    const ask = TRANSPORTS[over]
    const query = '{ motto famous { name } }'
    const answer = { data: { motto: 'Festina lente', famous: { name: 'Ada' } } }
    expect(await ask(gate, { query })).toEqual(answer)
    expect(await ask(gate, { query }, await issueToken())).toEqual(answer)
    expect(asked(gate)).toBe(1)
    now += 4_900
    await ask(gate, { query })
    expect(asked(gate)).toBe(1)
    now += 200
    expect(await ask(gate, { query })).toEqual(answer)
    expect(asked(gate)).toBe(2)
  })

  it('says how long it lasts', async () => {
    await using gate = await openGateway()
    expect((await gate.ask('{ motto }')).headers.get('cache-control')).toBe('public, max-age=60')
    expect((await gate.ask('{ motto famous { name } }')).headers.get('cache-control')).toBe('public, max-age=5')
    expect((await gate.ask('{ me { name } }')).headers.get('cache-control')).toBeNull()
  })

  it('is kept by variables', async () => {
    await using gate = await openGateway()
    const query = 'query ($shown: Boolean!) { motto famous @include(if: $shown) { name } }'
    expect((await gate.ask(query, { variables: { shown: true } })).body.data.famous).toEqual({ name: 'Ada' })
    expect((await gate.ask(query, { variables: { shown: false } })).body.data).toEqual({ motto: 'Festina lente' })
    expect(asked(gate)).toBe(2)
  })

  it('is fetched anew for who has just written', async () => {
    await using gate = await openGateway()
    await gate.ask('{ motto }')
    const renamed = await gate.ask('mutation { rename(id: "1", name: "x") { consistencyToken } }')
    const headers = { 'x-consistency-token': renamed.headers.get('x-consistency-token') ?? '' }
    const before = asked(gate)
    const answer = await gate.ask('{ motto }', { headers })
    expect(asked(gate)).toBe(before + 1)
    expect(answer.headers.get('cache-control')).toBeNull()
  })

  it.each([
    ['is private', '{ ownMotto }'],
    ['has a part that is private', '{ motto ownMotto }'],
    ['says nothing', '{ role }'],
    ['has an object that says nothing', '{ famous { friends { name } } }'],
    ['has a part that is guarded', '{ famous { email } }'],
    ['has a part that says nothing', '{ motto me { name } }'],
  ])('is never kept when it %s', async (_, query) => {
    await using gate = await openGateway()
    const token = await issueToken()
    await gate.ask(query, { token })
    const once = asked(gate)
    expect(once).toBeGreaterThan(0)
    expect((await gate.ask(query, { token })).headers.get('cache-control')).toBeNull()
    expect(asked(gate)).toBe(2 * once)
  })
})
