import type { EventEnvelope } from '@mercato/shared-kernel/application'
import { fold } from '@mercato/shared-kernel/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ROLES } from '#domain/roles.ts'
import { at, invited, link, registered, userId } from '#domain/testing.ts'
import { user } from '#domain/user.ts'
import type { UserCommand } from '#domain/user-commands.ts'
import type { UserEvent } from '#domain/user-events.ts'
import type { UserContextEvent } from './context-events.ts'
import { type UserDoc, userDocOf, usersView } from './users-view.ts'

const HOME = { name: 'Ann Lee', line1: 'Main Street 1', city: 'Berlin', postalCode: '10115', country: 'DE' }
const now = at(10)
const ids = fc.constantFrom('a', 'b', 'c')
const commands: fc.Arbitrary<UserCommand> = fc.oneof(
  fc.constant<UserCommand>({ type: 'VerifyEmail', data: { linkId: 'first', now } }),
  fc.constant<UserCommand>({ type: 'CompleteRegistration', data: { linkId: 'first', passwordHash: 'h', now } }),
  fc.constant<UserCommand>({ type: 'RequestPasswordReset', data: { link: link('r', 10), now } }),
  fc.constant<UserCommand>({ type: 'ResetPassword', data: { linkId: 'r', passwordHash: 'h', now } }),
  fc.constant<UserCommand>({ type: 'UpdateProfile', data: { profile: { displayName: 'Ann' }, now } }),
  ids.map<UserCommand>(addressId => ({
    type: 'AddAddress',
    data: { addressId, address: HOME, asDefault: false, now },
  })),
  ids.map<UserCommand>(addressId => ({ type: 'RemoveAddress', data: { addressId, now } })),
  ids.map<UserCommand>(addressId => ({ type: 'SetDefaultAddress', data: { addressId, now } })),
  fc.constantFrom(...ROLES).map<UserCommand>(role => ({ type: 'AssignRole', data: { role, now } })),
  fc.constantFrom(...ROLES).map<UserCommand>(role => ({ type: 'RevokeRole', data: { role, byOneself: false, now } })),
  fc.constant<UserCommand>({ type: 'SignOutEverywhere', data: { now } }),
  fc.constant<UserCommand>({ type: 'DeactivateUser', data: { now } }),
  fc.constant<UserCommand>({ type: 'EraseUser', data: { now } }),
)

const envelope = (event: UserContextEvent, revision: number): EventEnvelope<UserContextEvent> => ({
  event,
  id: `e${revision}`,
  schemaVersion: 1,
  context: 'user',
  streamId: `user.User-${userId}`,
  revision,
  position: String(revision),
  occurredAt: now,
  actor: { kind: 'system', id: 'test' },
  commandId: 'c',
  correlationId: 'c',
})

describe('the view of accounts', () => {
  it('shows what the write side would, whatever was done', () => {
    fc.assert(
      fc.property(fc.constantFrom(registered, invited), fc.array(commands, { maxLength: 30 }), (first, asked) => {
        const events: UserEvent[] = [first]
        for (const command of asked) {
          const decision = user.decide(command, fold(user.evolve, user.initialState, events))
          if (decision.outcome === 'accepted') events.push(...decision.events)
        }
        const doc = events.reduce<UserDoc | undefined>(
          (before, event, revision) => usersView.evolve(before, envelope(event, revision), userId),
          undefined,
        )
        expect(doc).toEqual(userDocOf(fold(user.evolve, user.initialState, events)))
      }),
      { numRuns: 300 },
    )
  })

  it('lists an account by state, by each role, by name and address; an erased one nowhere', () => {
    const doc = usersView.evolve(undefined, envelope(registered, 0), userId)
    expect(doc && usersView.indexes(doc, userId)).toEqual({
      all: [at(0)],
      'status:ACTIVE': [at(0)],
      'role:CUSTOMER': [at(0)],
      username: ['ann'],
      email: ['ann@example.com'],
    })
    const gone = usersView.evolve(doc, envelope({ type: 'UserErased', data: { userId, at: now } }, 1), userId)
    expect(gone && usersView.indexes(gone, userId)).toEqual({})
  })

  it('has nothing of registrations that were given up, nor of sessions and keys', () => {
    const others: readonly UserContextEvent[] = [
      { type: 'RegistrationAbandoned', data: { userId, at: now } },
      { type: 'SessionRevoked', data: { sessionId: 's', userId, reason: 'signed-out', at: now } },
      { type: 'SigningKeyRetired', data: { keyId: 'k', at: now } },
    ]
    for (const event of others) expect(usersView.keysOf(envelope(event, 0))).toEqual([])
  })
})
