import { createMemoryViewStore } from '@mercato/adapters/view-store/memory'
import type { EventEnvelope } from '@mercato/shared-kernel/application'
import { expect, it } from 'vitest'
import type { UserContextEvent } from './context-events.ts'
import { createReadRevocations, type RevocationsDoc, revocationsView } from './revocations-view.ts'

const noon = Date.parse('2026-01-01T12:00:00Z')
const at = (seconds: number): string => new Date(noon + seconds * 1_000).toISOString()
const revoked = (userId: string, seconds: number) =>
  ({
    event: {
      type: 'SessionRevoked',
      data: { sessionId: `s${seconds}`, userId, reason: 'signed-out', at: at(seconds) },
    },
  }) as EventEnvelope<UserContextEvent>

/** What a store holds after revocations of these people, each at the second after the one before. */
const storeOf = async (userIds: readonly string[]) => {
  const store = createMemoryViewStore()
  for (const [second, userId] of userIds.entries()) {
    const [before] = await store.getMany('revocations@1', [userId])
    const doc = revocationsView.evolve(before?.doc as RevocationsDoc | undefined, revoked(userId, second), userId)
    const write = { key: userId, doc, indexes: doc ? revocationsView.indexes(doc, userId) : {} }
    await store.apply({
      view: 'revocations@1',
      streamId: `user.Session-${second}`,
      revision: 0,
      writes: [{ ...write, basedOn: before?.version ?? 0 }],
    })
  }
  return store
}

it('gives everybody revoked since, over many pages, and nobody before', async () => {
  const people = Array.from({ length: 700 }, (_, index) => `u${index}`)
  const read = createReadRevocations(await storeOf(people), async () => 'revocations@1')
  const found = await read(new Date(noon + 50_000))
  expect(found.map(({ data }) => (data as { userId: string }).userId).sort()).toEqual(people.slice(50).sort())
})

it('gives all of one person, the older ones left out', async () => {
  const read = createReadRevocations(await storeOf(['ann', 'bob', 'ann', 'ann']), async () => 'revocations@1')
  const sessions = (await read(new Date(noon + 1_500))).map(({ data }) => (data as { sessionId: string }).sessionId)
  expect(sessions.sort()).toEqual(['s2', 's3'])
})

it('forgets what no access token outlives', () => {
  const first = revocationsView.evolve(undefined, revoked('ann', 0), 'ann')
  expect(revocationsView.evolve(first, revoked('ann', 86_401), 'ann')?.entries.map(entry => entry.at)).toEqual([
    at(86_401),
  ])
})

it('keeps nothing of what voids no token', () => {
  const registered = { event: { type: 'SessionStarted', data: { userId: 'ann' } } } as EventEnvelope<UserContextEvent>
  expect(revocationsView.keysOf(registered)).toEqual([])
})

it('is read only when everything in the log is in it', async () => {
  const store = createMemoryViewStore()
  const read = createReadRevocations(store, async () => {
    await store.apply({
      view: 'revocations@1',
      streamId: 'user.Session-late',
      revision: 0,
      writes: [{ key: 'ann', ...docOf(revoked('ann', 1)), basedOn: 0 }],
    })
    return 'revocations@1'
  })
  expect(await read(new Date(noon))).toHaveLength(1)
})

const docOf = (envelope: EventEnvelope<UserContextEvent>) => {
  const doc = revocationsView.evolve(undefined, envelope, 'ann')
  return { doc, indexes: doc ? revocationsView.indexes(doc, 'ann') : {} }
}
