import { describe, expect, it } from 'vitest'
import { issueToken, type OpenGateway, openGateway } from '../testing/open-gateway.ts'
import { events, parseEvents, sse } from '../testing/server-sent-events.ts'

/** Reads a stream event by event. */
const follow = async (gate: OpenGateway, query: string, token: string) => {
  const { body } = await sse(gate, query, { token })
  const reader = body?.getReader()
  let text = ''
  return {
    async next() {
      const seen = parseEvents(text).length
      while (parseEvents(text).length === seen) {
        const { value, done } = (await reader?.read()) ?? { done: true }
        if (done) return undefined
        text += Buffer.from(value ?? []).toString()
      }
      return parseEvents(text)[seen]
    },
    leave: () => reader?.cancel(),
  }
}

describe('what a stream shows', () => {
  it('hides guarded fields in every event', async () => {
    await using gate = await openGateway()
    const [first] = await events(sse(gate, 'subscription { renamed(upTo: 1) { cursor person { name email } } }'))
    expect(first?.data.data).toEqual({ renamed: { cursor: '1', person: { name: 'Ada 1', email: null } } })
    expect(first?.data.errors[0]).toMatchObject({
      path: ['renamed', 'person', 'email'],
      extensions: { code: 'UNAUTHENTICATED' },
    })
  })

  it('is not opened when it is guarded itself', async () => {
    await using gate = await openGateway()
    const [only] = await events(sse(gate, 'subscription { secretly { cursor } }'))
    expect(only?.data.errors[0].extensions.code).toBe('UNAUTHENTICATED')
    expect(gate.graph.seen.queries).toEqual([])
    const signedIn = await events(
      sse(gate, 'subscription { secretly { person { email } } }', { token: await issueToken() }),
    )
    expect(signedIn[0]?.data.data).toEqual({ secretly: { person: { email: 'ada@example.com' } } })
  })

  it('is decided anew for every event: what a policy no longer allows is null from then on', async () => {
    let allowed = true
    await using gate = await openGateway({ policies: async names => (allowed ? names : new Set()) })
    const stream = await follow(gate, 'subscription { told(after: "0") { person { name diary } } }', await issueToken())
    gate.graph.tell('Ada')
    expect((await stream.next())?.data).toEqual({ data: { told: { person: { name: 'Ada', diary: 'dear diary' } } } })
    allowed = false
    gate.graph.seen.queries.length = 0
    gate.graph.tell('Eve')
    const later = (await stream.next())?.data
    expect(later.data).toEqual({ told: { person: { name: 'Eve', diary: null } } })
    expect(later.errors[0]).toMatchObject({ path: ['told', 'person', 'diary'], extensions: { code: 'FORBIDDEN' } })
    await stream.leave()
  })

  it('never grows beyond what it was opened for', async () => {
    let allowed = false
    await using gate = await openGateway({ policies: async names => (allowed ? names : new Set()) })
    const stream = await follow(gate, 'subscription { told(after: "0") { person { diary } } }', await issueToken())
    allowed = true
    gate.graph.tell('Ada')
    expect((await stream.next())?.data.data).toEqual({ told: { person: { diary: null } } })
    await stream.leave()
  })

  it('is asked of policies once per event, all of them together, however long they take', async () => {
    const asked: string[][] = []
    let answer: () => void = () => undefined
    await using gate = await openGateway({
      policies: async names => {
        asked.push([...names].sort())
        if (asked.length > 1)
          await new Promise<void>(resolve => {
            answer = resolve
          })
        return new Set(names)
      },
    })
    const query = 'subscription { told(after: "0") { person { diary notes friends { diary notes } } } }'
    const stream = await follow(gate, query, await issueToken())
    const both = ['recent_sign_in', 'verified_email']
    expect(asked).toEqual([both])
    for (const events of [1, 2]) {
      gate.graph.tell('Ada')
      const next = stream.next()
      await expect.poll(() => asked).toEqual(Array(events + 1).fill(both))
      answer()
      expect((await next)?.data.data.told.person).toMatchObject({ diary: 'dear diary', notes: 'none' })
    }
    await stream.leave()
  })
})

describe('a stream', () => {
  it.each(['text/event-stream', 'text/*', '*/*'])(
    'ends with UNAUTHENTICATED when its token expires, also for who accepts %s',
    async accept => {
      await using gate = await openGateway()
      const token = await issueToken({ exp: Date.now() / 1_000 + 1 })
      const all = await events(sse(gate, 'subscription { forever { cursor } }', { token, accept }))
      expect(all.map(({ event }) => event)).toEqual(['next', 'next', 'complete'])
      expect(all[1]?.data.errors[0].extensions.code).toBe('UNAUTHENTICATED')
      await expect.poll(() => gate.graph.seen.ended).toEqual(['forever'])
    },
  )

  it('ends with UNAUTHENTICATED when its person loses a role, and at its source', async () => {
    await using gate = await openGateway()
    const mine = await follow(
      gate,
      'subscription { told(after: "0") { cursor } }',
      await issueToken({ iat: Date.now() / 1_000 - 1 }),
    )
    const theirs = await follow(
      gate,
      'subscription { told(after: "0") { cursor } }',
      await issueToken({ sub: '2', sid: 's2' }),
    )
    gate.graph.tell('Ada')
    for (const stream of [mine, theirs]) expect((await stream.next())?.data.data).toEqual({ told: { cursor: '1' } })
    await gate.publish('user.RolesChanged', { userId: '1', rolesChangedAt: new Date().toISOString(), roles: [] })
    expect((await mine.next())?.data.errors[0].extensions.code).toBe('UNAUTHENTICATED')
    expect((await mine.next())?.event).toBe('complete')
    await expect.poll(() => gate.graph.seen.ended).toEqual(['told'])
    gate.graph.tell('Bob')
    expect((await theirs.next())?.data.data).toEqual({ told: { cursor: '2' } })
    await theirs.leave()
  })
})
