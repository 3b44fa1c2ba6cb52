import type { EventEnvelope } from '@mercato/shared-kernel/application'
import { describe, expect, it } from 'vitest'
import type { UserContextEvent } from './context-events.ts'
import { type SessionsDoc, sessionsView } from './sessions-view.ts'

const at = (second: number): string => `2026-01-01T00:00:${String(second).padStart(2, '0')}.000Z`
const userId = 'u'
const started = (sessionId: string, second: number): UserContextEvent => ({
  type: 'SessionStarted',
  data: { sessionId, userId, tokenHash: 'h', startedAt: at(second), expiresAt: '2026-03-02T00:00:00.000Z' },
})
const everywhere = (second: number, except?: string): UserContextEvent => ({
  type: 'SignedOutEverywhere',
  data: { userId, at: at(second), reason: 'asked', ...(except === undefined ? {} : { except }) },
})
const envelope = (event: UserContextEvent): EventEnvelope<UserContextEvent> => ({
  event,
  id: 'e',
  schemaVersion: 1,
  context: 'user',
  streamId: 's',
  revision: 0,
  position: '0',
  occurredAt: at(0),
  actor: { kind: 'system', id: 'test' },
  commandId: 'c',
  correlationId: 'c',
})
const after = (...events: readonly UserContextEvent[]): SessionsDoc | undefined =>
  events.reduce<SessionsDoc | undefined>((doc, event) => sessionsView.evolve(doc, envelope(event), userId), undefined)
const idsAfter = (...events: readonly UserContextEvent[]) => after(...events)?.sessions.map(({ id }) => id)

describe('the list of a person’s sessions', () => {
  it('is in the order in which they started', () => {
    expect(idsAfter(started('b', 2), started('a', 1))).toEqual(['a', 'b'])
  })
  it('knows when each was continued', () => {
    const refreshed: UserContextEvent = {
      type: 'SessionRefreshed',
      data: { sessionId: 'a', userId, replacedHash: 'h', tokenHash: 'i', successor: 's', at: at(9) },
    }
    expect(after(started('a', 1), refreshed)?.sessions[0]).toMatchObject({ startedAt: at(1), refreshedAt: at(9) })
  })
  it('has no session that was revoked', () => {
    const revoked: UserContextEvent = {
      type: 'SessionRevoked',
      data: { sessionId: 'a', userId, reason: 'signed-out', at: at(3) },
    }
    expect(idsAfter(started('a', 1), started('b', 2), revoked)).toEqual(['b'])
  })
  it('has no session from before signing out everywhere, in whatever order the news come', () => {
    const later = started('c', 6)
    expect(idsAfter(started('a', 1), started('b', 5), everywhere(5), later)).toEqual(['c'])
    expect(idsAfter(everywhere(5), later, started('b', 5), started('a', 1))).toEqual(['c'])
    expect(idsAfter(everywhere(5, 'a'), later, started('b', 5), started('a', 1))).toEqual(['a', 'c'])
  })
  it('holds the latest fifty', () => {
    const many = Array.from({ length: 60 }, (_, second) => started(String(second), second % 60))
    expect(idsAfter(...many)).toHaveLength(50)
    expect(idsAfter(...many)?.[0]).toBe('10')
  })
  it('is gone with its person', () => {
    expect(after(started('a', 1), { type: 'UserErased', data: { userId, at: at(2) } })).toBeUndefined()
  })
})
