import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import { type SessionCommand, type SessionEvent, session } from './session.ts'

const { given } = specFor(session)
const DAY = 86_400_000
const at = (ms: number): string => new Date(Date.parse('2026-01-01T00:00:00Z') + ms).toISOString()
const ids = { sessionId: 's', userId: 'u' }

const started: SessionEvent = {
  type: 'SessionStarted',
  data: { ...ids, tokenHash: 'A', startedAt: at(0), expiresAt: at(60 * DAY) },
}
const refreshed = (replacedHash: string, tokenHash: string, ms: number): SessionEvent => ({
  type: 'SessionRefreshed',
  data: { ...ids, replacedHash, tokenHash, successor: `${tokenHash} under ${replacedHash}`, at: at(ms) },
})
const revoked = (reason: 'signed-out' | 'token-reused', ms: number): SessionEvent => ({
  type: 'SessionRevoked',
  data: { ...ids, reason, at: at(ms) },
})
const refresh = (presentedHash: string, tokenHash: string, ms: number): SessionCommand => ({
  type: 'RefreshSession',
  data: { presentedHash, tokenHash, successor: `${tokenHash} under ${presentedHash}`, now: at(ms) },
})
const revoke = (ms: number): SessionCommand => ({ type: 'RevokeSession', data: { reason: 'signed-out', now: at(ms) } })

describe('starting a session', () => {
  const start: SessionCommand = {
    type: 'StartSession',
    data: { ...ids, tokenHash: 'A', expiresAt: at(60 * DAY), now: at(0) },
  }
  it('happens once', () => {
    given().when(start).then(started)
    given(started).when(start).thenRejected('USER.SESSION_NOT_FOUND')
  })
})

describe('a live session', () => {
  it('replaces its token', () =>
    given(started)
      .when(refresh('A', 'B', 5))
      .then(refreshed('A', 'B', 5)))

  it('changes nothing for a token that was replaced up to ten seconds ago', () => {
    const { when } = given(started, refreshed('A', 'B', 0))
    when(refresh('A', 'X', 10_000)).then()
    when(refresh('A', 'X', 10_001)).then(revoked('token-reused', 10_001))
  })

  it('keeps the grace for two tokens that were replaced in a hurry', () => {
    const { when } = given(started, refreshed('A', 'B', 0), refreshed('B', 'C', 3_000))
    when(refresh('A', 'X', 9_000)).then()
    when(refresh('A', 'X', 11_000)).then(revoked('token-reused', 11_000))
    when(refresh('B', 'X', 11_000)).then()
  })

  it('forgets successors as the grace passes', () => {
    const state = given(started, refreshed('A', 'B', 0), refreshed('B', 'C', 20_000)).state()
    expect(state).toMatchObject({ tokenHash: 'C', replaced: [{ tokenHash: 'B', successor: 'C under B' }] })
  })

  it('ends for everybody when an old token comes again', () =>
    given(started, refreshed('A', 'B', 0), refreshed('B', 'C', 20_000))
      .when(refresh('A', 'X', 21_000))
      .then(revoked('token-reused', 21_000)))

  it('expires when it is idle for more than two weeks', () => {
    given(started)
      .when(refresh('A', 'B', 14 * DAY))
      .then(refreshed('A', 'B', 14 * DAY))
    given(started)
      .when(refresh('A', 'B', 14 * DAY + 1))
      .thenRejected('USER.REFRESH_REFUSED')
  })

  it('expires after sixty days, however busy', () => {
    const busy = [50, 59].map(day => refreshed('A', 'A', day * DAY))
    given(started, ...busy)
      .when(refresh('A', 'B', 60 * DAY - 1))
      .then(refreshed('A', 'B', 60 * DAY - 1))
    given(started, ...busy)
      .when(refresh('A', 'B', 60 * DAY))
      .thenRejected('USER.REFRESH_REFUSED')
  })

  it('is revoked', () => given(started).when(revoke(5)).then(revoked('signed-out', 5)))
})

describe('a session that is over', () => {
  it('refuses every token', () => {
    for (const token of ['A', 'B', 'Z'])
      given(started, refreshed('A', 'B', 0), revoked('signed-out', 1))
        .when(refresh(token, 'X', 2))
        .thenRejected('USER.REFRESH_REFUSED')
    given()
      .when(refresh('A', 'X', 2))
      .thenRejected('USER.REFRESH_REFUSED')
  })
  it('is revoked once', () => given(started, revoked('signed-out', 1)).when(revoke(5)).then())
  it('was there', () => given().when(revoke(5)).thenRejected('USER.SESSION_NOT_FOUND'))
})
