import { specFor } from '@mercato/shared-kernel/testing'
import { describe, it } from 'vitest'
import { at, deactivated, erased, invited, link, registered, userId, verified } from './testing.ts'
import { user } from './user.ts'
import type { UserCommand } from './user-commands.ts'
import type { UserEvent } from './user-events.ts'

const { given } = specFor(user)
const resent = (id: string, minute: number): UserEvent => ({
  type: 'VerificationRequested',
  data: { userId, link: link(id, minute) },
})
const closed: readonly (readonly [string, readonly UserEvent[]])[] = [
  ['unknown', []],
  ['deactivated', [registered, ...deactivated]],
  ['erased', [registered, ...erased]],
]

describe('verifying the e-mail address', () => {
  const verify = (linkId: string, minute: number): UserCommand => ({
    type: 'VerifyEmail',
    data: { linkId, now: at(minute) },
  })
  it('takes the link that was mailed', () => given(registered).when(verify('first', 1)).then(verified))
  it('may come before the password', () => given(invited).when(verify('first', 1)).then(verified))
  it('does nothing the second time, however late', () => given(registered, verified).when(verify('first', 600)).then())
  it('refuses a link that has expired', () =>
    given(registered).when(verify('first', 120)).thenRejected('USER.LINK_INVALID', ['token']))
  it('refuses another link', () => given(registered).when(verify('other', 1)).thenRejected('USER.LINK_INVALID'))
  it('refuses a link that a newer one has replaced', () =>
    given(registered, resent('second', 2)).when(verify('first', 3)).thenRejected('USER.LINK_INVALID'))
  it.each(closed)('is refused for an account that is %s', (_, past) =>
    given(...past)
      .when(verify('first', 1))
      .thenRejected('USER.LINK_INVALID'),
  )
})

describe('sending the link again', () => {
  const request = (id: string, minute: number): UserCommand => ({
    type: 'RequestVerification',
    data: { link: link(id, minute), now: at(minute) },
  })
  it('makes a new link after a minute', () => given(registered).when(request('second', 1)).then(resent('second', 1)))
  it('does nothing within the minute', () => given(registered).when(request('second', 0)).then())
  it('waits twice as long after each that nobody used', () => {
    given(registered, resent('second', 1)).when(request('third', 2)).then()
    given(registered, resent('second', 1)).when(request('third', 3)).then(resent('third', 3))
    given(registered, resent('second', 1), resent('third', 3)).when(request('fourth', 6)).then()
    given(registered, resent('second', 1), resent('third', 3)).when(request('fourth', 7)).then(resent('fourth', 7))
  })
  it('is for those without a password, too', () =>
    given(invited, verified).when(request('second', 2)).then(resent('second', 2)))
  it('does nothing when the address is verified', () => given(registered, verified).when(request('second', 2)).then())
  it.each(closed)('does nothing, and says nothing, when the account is %s', (_, past) =>
    given(...past)
      .when(request('second', 9))
      .then(),
  )
})

describe('completing a registration', () => {
  const complete = (linkId: string, minute: number): UserCommand => ({
    type: 'CompleteRegistration',
    data: { linkId, passwordHash: 'hash-1', now: at(minute) },
  })
  const passwordSet: UserEvent = {
    type: 'PasswordSet',
    data: { userId, passwordHash: 'hash-1', reason: 'registration', at: at(1) },
  }
  it('verifies the address and sets the password', () =>
    given(invited).when(complete('first', 1)).then(verified, passwordSet))
  it('only sets the password when the address is verified', () =>
    given(invited, verified).when(complete('first', 1)).then(passwordSet))
  it('happens once', () =>
    given(invited, verified, passwordSet).when(complete('first', 2)).thenRejected('USER.LINK_INVALID'))
  it('refuses a link that has expired', () =>
    given(invited).when(complete('first', 120)).thenRejected('USER.LINK_INVALID'))
  it('is not for an account that has a password', () =>
    given(registered).when(complete('first', 1)).thenRejected('USER.LINK_INVALID'))
  it.each(closed)('is refused for an account that is %s', (_, past) =>
    given(...past)
      .when(complete('first', 1))
      .thenRejected('USER.LINK_INVALID'),
  )
})

describe('resetting a password', () => {
  const request = (id: string, minute: number): UserCommand => ({
    type: 'RequestPasswordReset',
    data: { link: link(id, minute), now: at(minute) },
  })
  const requested = (id: string, minute: number): UserEvent => ({
    type: 'PasswordResetRequested',
    data: { userId, link: link(id, minute) },
  })
  const reset = (linkId: string, minute: number): UserCommand => ({
    type: 'ResetPassword',
    data: { linkId, passwordHash: 'hash-2', now: at(minute) },
  })
  const done = (minute: number): readonly UserEvent[] => [
    { type: 'PasswordSet', data: { userId, passwordHash: 'hash-2', reason: 'reset', at: at(minute) } },
    { type: 'SignedOutEverywhere', data: { userId, at: at(minute), reason: 'password-changed' } },
  ]
  it('starts with a link', () => given(registered).when(request('r', 1)).then(requested('r', 1)))
  it('sends no second link within a minute, then waits twice as long each time', () => {
    given(registered, requested('r', 1)).when(request('s', 1)).then()
    given(registered, requested('r', 1), requested('s', 2)).when(request('t', 3)).then()
    given(registered, requested('r', 1), requested('s', 2)).when(request('t', 4)).then(requested('t', 4))
  })
  it('sends those without a password the link that sets one', () =>
    given(invited).when(request('r', 1)).then(resent('r', 1)))
  it.each(closed)('does nothing, and says nothing, when the account is %s', (_, past) =>
    given(...past)
      .when(request('r', 9))
      .then(),
  )
  it('ends all sessions', () =>
    given(registered, verified, requested('r', 1))
      .when(reset('r', 2))
      .then(...done(2)))
  it('verifies the address, too: the link was in its mailbox', () =>
    given(registered, requested('r', 0))
      .when(reset('r', 1))
      .then(verified, ...done(1)))
  it('works once', () =>
    given(registered, verified, requested('r', 1), ...done(2))
      .when(reset('r', 3))
      .thenRejected('USER.LINK_INVALID'))
  it('refuses a link that has expired, or that a newer one has replaced', () => {
    given(registered, requested('r', 1)).when(reset('r', 121)).thenRejected('USER.LINK_INVALID')
    given(registered, requested('r', 1), requested('s', 2)).when(reset('r', 3)).thenRejected('USER.LINK_INVALID')
  })
  it('refuses the link of the verification', () =>
    given(registered).when(reset('first', 1)).thenRejected('USER.LINK_INVALID'))
})
