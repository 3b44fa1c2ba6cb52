import { createMemoryEventStore } from '@mercato/adapters/event-store/memory'
import { createUuidIds } from '@mercato/adapters/ids/uuid'
import { createMemoryKeyVault } from '@mercato/adapters/key-vault/memory'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Aggregate, createAggregate } from './aggregate.ts'
import { type CounterCommand, type CounterState, commandBy, counter, counterCodec } from './counter.fixture.ts'
import { type HistoryArguments, readHistory } from './history.ts'
import { loadAt, readMoment } from './moments.ts'
import type { EventStore } from './ports/event-store.ts'
import type { Viewer } from './request-context.ts'

const ids = createUuidIds()
const auditor: Viewer = {
  consumer: 'frontend',
  user: { id: 'a', roles: [], scopes: ['audit:read'], sessionId: 's', emailVerified: true, authenticatedAt: 0 },
}
let store: EventStore
let counters: Aggregate<CounterState, CounterCommand>

/** Counts to five, one a minute from midnight; then notes something personal. */
beforeEach(async () => {
  store = createMemoryEventStore()
  const codec = counterCodec(createMemoryKeyVault())
  counters = createAggregate({ category: 'test.Counter', decider: counter, codec, store, ids })
  for (let minute = 0; minute < 5; minute++) {
    const now = new Date(Date.UTC(2026, 0, 1, 0, minute))
    const context = { ...commandBy(ids.next()), now, causationId: `cause ${minute}` }
    await counters.handle('a', { type: 'Count', data: { by: 1 } }, context)
  }
  await counters.handle('a', { type: 'Note', data: { person: 'p', note: 'secret' } }, commandBy(ids.next()))
})

const read = async (page: HistoryArguments) => {
  const history = await readHistory(store, { streamId: 'test.Counter-a', revision: 5 }, page, auditor)
  return { ...history, versions: history.edges.map(({ node }) => node.version) }
}

describe('a history', () => {
  it('says what happened, when, by whom and why, and nothing of what was said', async () => {
    const { edges, totalCount } = await read({})
    expect(totalCount).toBe(6)
    expect(edges[1]?.node).toEqual({
      version: 2,
      event: 'Counted',
      at: '2026-01-01T00:01:00.000Z',
      actor: { kind: 'USER', id: 'somebody' },
      cause: 'cause 1',
      command: expect.any(String),
      correlation: 'correlation',
    })
    expect(edges[5]?.node).toMatchObject({ event: 'Noted', cause: null })
    expect(JSON.stringify(edges)).not.toContain('secret')
  })

  it('is read forwards, page by page', async () => {
    const one = await read({ first: 4 })
    expect(one).toMatchObject({ versions: [1, 2, 3, 4], pageInfo: { hasNextPage: true, hasPreviousPage: false } })
    const two = await read({ first: 4, after: one.pageInfo.endCursor })
    expect(two).toMatchObject({ versions: [5, 6], pageInfo: { hasNextPage: false, hasPreviousPage: true } })
    expect((await read({ first: 4, after: two.pageInfo.endCursor })).versions).toEqual([])
  })

  it('is read backwards, page by page', async () => {
    const one = await read({ last: 4 })
    expect(one).toMatchObject({ versions: [3, 4, 5, 6], pageInfo: { hasNextPage: false, hasPreviousPage: true } })
    const two = await read({ last: 4, before: one.pageInfo.startCursor })
    expect(two).toMatchObject({ versions: [1, 2], pageInfo: { hasNextPage: true, hasPreviousPage: false } })
  })

  it('is empty where nothing was asked for or nothing happened', async () => {
    expect((await read({ first: 0 })).versions).toEqual([])
    const none = await readHistory(store, { streamId: 'test.Counter-b', revision: -1 }, {}, auditor)
    expect(none).toMatchObject({ edges: [], totalCount: 0, pageInfo: { hasNextPage: false, hasPreviousPage: false } })
  })

  it.each([
    { first: 1, last: 1 },
    { first: -1 },
    { first: 101 },
    { first: 1.5 },
    { after: 'x' },
    { before: 'djA' },
    { after: '\0' },
    { after: 'x'.repeat(10_000) },
  ])('refuses %j', async page => {
    await expect(read(page)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' })
  })

  it('is for those with the scope', async () => {
    const ask = (viewer: Viewer) => readHistory(store, { streamId: 'test.Counter-a', revision: 5 }, {}, viewer)
    await expect(ask({ consumer: 'frontend' })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    const user = { ...auditor.user, scopes: ['orders:read:any'] } as NonNullable<Viewer['user']>
    await expect(ask({ ...auditor, user })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })
})

describe('an aggregate at a moment', () => {
  const at = async (moment: Parameters<typeof readMoment>[0]) =>
    (await loadAt(counters, store, 'a', readMoment(moment)))?.state.total
  it.each([
    ['after its first event', { version: 1 }, 1],
    ['after its fourth event', { version: 4 }, 4],
    ['at the instant of an event', { instant: '2026-01-01T00:02:00.000Z' }, 3],
    ['between two events', { instant: '2026-01-01T01:02:30+01:00' }, 3],
    ['at a later instant', { instant: '2030-01-01T00:00:00.000Z' }, 5],
    ['before there was anything', { instant: '2025-12-31T23:59:59.999Z' }, undefined],
    ['at a version it never had', { version: 7 }, undefined],
  ])('%s is what it was', async (_, moment, total) => {
    expect(await at(moment)).toBe(total)
  })
  it.each([{}, { version: 1, instant: '2026-01-01T00:00:00.000Z' }, { version: 0 }, { version: -3 }, { version: 1.5 }])(
    'is not found for %j',
    moment => {
      expect(() => readMoment(moment)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }))
    },
  )
})
