import { fold } from '@mercato/shared-kernel/domain'
import { describe, expect, it } from 'vitest'
import { session } from './session.ts'
import { at, deactivated, erased, invited, link, registered, userId, verified } from './testing.ts'
import type { UserEvent } from './user-events.ts'
import { evolve, type UserState } from './user-state.ts'

const after = (...events: readonly UserEvent[]): UserState =>
  fold<UserState, UserEvent>(evolve, { status: 'none' }, events)
const abandoned: UserEvent = { type: 'RegistrationAbandoned', data: { userId, at: at(0) } }
const asked = (id: string): UserEvent => ({ type: 'VerificationRequested', data: { userId, link: link(id, 3) } })
const everywhere = (except?: string): UserEvent => ({
  type: 'SignedOutEverywhere',
  data: { userId, at: at(5), reason: 'asked', ...(except === undefined ? {} : { except }) },
})

describe('an account', () => {
  it('without a password waits for one', () => {
    expect(after(invited)).toMatchObject({ status: 'pending', verification: { unused: 1 } })
    const set: UserEvent = {
      type: 'PasswordSet',
      data: { userId, passwordHash: 'hash-1', reason: 'registration', at: at(2) },
    }
    expect(after(invited, set)).toMatchObject({ status: 'active', passwordHash: 'hash-1' })
  })
  it('counts the links that nobody used', () => {
    expect(after(registered, asked('second'))).toMatchObject({ verification: { link: { id: 'second' }, unused: 2 } })
    expect(after(registered, asked('second'), verified)).toMatchObject({ verification: { unused: 0 } })
  })
  it('remembers when all sessions ended, and which one did not', () => {
    expect(after(registered, everywhere())).toHaveProperty('signedOut', { at: at(5) })
    const spared = after(registered, everywhere('this-one'))
    expect(spared).toHaveProperty('signedOut', { at: at(5), except: 'this-one' })
    const again = after(registered, everywhere('this-one'), everywhere())
    expect('signedOut' in again && again.signedOut).toStrictEqual({ at: at(5) })
  })
  it('keeps its access when only the person changes', () => {
    const before = after(registered)
    for (const event of [
      { type: 'AddressUpdated', data: { userId, addressId: 'a', address: {} as never, at: at(2) } },
      { type: 'AddressRemoved', data: { userId, addressId: 'a', at: at(2) } },
      { type: 'RoleRevoked', data: { userId, role: 'SUPPORT', roles: ['CUSTOMER'], at: at(2) } },
    ] satisfies UserEvent[])
      expect(after(registered, event)).toEqual(before)
  })
  it('is closed when deactivated, its person still known', () => {
    const closed = after(registered, ...deactivated)
    expect(closed).toStrictEqual({ status: 'deactivated', person: expect.objectContaining({ username: 'ann' }) })
    const updated: UserEvent = { type: 'ProfileUpdated', data: { userId, profile: { displayName: 'Ann' }, at: at(6) } }
    expect(after(registered, ...deactivated, updated)).toMatchObject({
      status: 'deactivated',
      person: { profile: { displayName: 'Ann' } },
    })
  })
  it('can be erased after it was deactivated, and stays so', () => {
    const gone = after(registered, ...deactivated, ...erased)
    expect(gone).toStrictEqual({ status: 'erased', person: expect.objectContaining({ username: 'erased', email: '' }) })
    expect(after(registered, ...erased, verified, registered)).toStrictEqual(after(registered, ...erased))
  })
  it('that was given up stays given up', () => {
    expect(after(abandoned)).toStrictEqual({ status: 'abandoned' })
    expect(after(abandoned, verified)).toStrictEqual({ status: 'abandoned' })
  })
  it('does not exist before it is registered, whatever else is told of it', () =>
    expect(after(verified)).toStrictEqual({ status: 'none' }))
})

describe('a session', () => {
  it('has replaced no token when it starts', () => {
    const data = { sessionId: 's', userId, tokenHash: 'h', startedAt: at(0), expiresAt: at(60) }
    expect(session.evolve(session.initialState, { type: 'SessionStarted', data })).toStrictEqual({
      ...data,
      status: 'live',
      replaced: [],
      refreshedAt: at(0),
    })
  })
})
