import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import { GRACE_MS, LIFETIME_MS, type SessionEvent, session } from './session.ts'
import { at, invited, link, registered, userId, verified } from './testing.ts'
import { user } from './user.ts'
import type { UserEvent } from './user-events.ts'

const { given } = specFor(user)
const now = at(10)
const HOME = { name: 'Ann Lee', line1: 'Main Street 1', city: 'Berlin', postalCode: '10115', country: 'DE' }
const WORK = { ...HOME, line1: 'Office Street 2' }
const added = (addressId: string, address = HOME): UserEvent => ({
  type: 'AddressAdded',
  data: { userId, addressId, address, at: now },
})

describe('an account', () => {
  it('has its address compared with itself, not with its neighbour', () =>
    given(registered, added('a'), added('b', WORK))
      .when({ type: 'UpdateAddress', data: { addressId: 'b', address: WORK, now } })
      .then())

  it('has its profile replaced when only the telephone number changes', () => {
    const before: UserEvent = { type: 'ProfileUpdated', data: { userId, profile: { displayName: 'Ann' }, at: at(2) } }
    const profile = { displayName: 'Ann', phone: '12345' }
    given(registered, before)
      .when({ type: 'UpdateProfile', data: { profile, now } })
      .then({ type: 'ProfileUpdated', data: { userId, profile, at: now } })
  })

  it('that is verified does not take any link for the one that verified it', () =>
    given(registered, verified)
      .when({ type: 'VerifyEmail', data: { linkId: 'other', now: at(2) } })
      .thenRejected('USER.LINK_INVALID'))

  it('that waits for its password gets a new link at once when the last one was used', () =>
    given(invited, verified)
      .when({ type: 'RequestPasswordReset', data: { link: link('second'), now: at(0) } })
      .then({ type: 'VerificationRequested', data: { userId, link: link('second') } }))
})

describe('a session', () => {
  const ids = { sessionId: 's', userId }
  const time = (ms: number): string => new Date(Date.parse('2026-01-01T00:00:00Z') + ms).toISOString()
  const refreshed = (replacedHash: string, tokenHash: string, ms: number): SessionEvent => ({
    type: 'SessionRefreshed',
    data: { ...ids, replacedHash, tokenHash, successor: `${tokenHash} under ${replacedHash}`, at: time(ms) },
  })
  const started: SessionEvent = {
    type: 'SessionStarted',
    data: { ...ids, tokenHash: 'A', startedAt: time(0), expiresAt: time(LIFETIME_MS) },
  }

  it('lives for sixty days', () => expect(LIFETIME_MS).toBe(60 * 24 * 3_600_000))

  it('keeps a successor to the last moment of the grace', () => {
    const state = specFor(session)
      .given(started, refreshed('A', 'B', 0), refreshed('B', 'C', GRACE_MS))
      .state()
    expect(state).toMatchObject({ replaced: [{ tokenHash: 'A' }, { tokenHash: 'B' }] })
  })

  it('that is over stays over', () => {
    const revoked: SessionEvent = { type: 'SessionRevoked', data: { ...ids, reason: 'signed-out', at: time(1) } }
    const { state } = specFor(session).given(started, revoked, refreshed('A', 'B', 2))
    expect(state()).toStrictEqual({ ...ids, status: 'revoked', reason: 'signed-out' })
  })
})
