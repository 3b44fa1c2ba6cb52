import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import { NEW_EMAIL_EVERY_MS, RENAME_EVERY_MS } from './identity-changes.ts'
import { at, deactivated, erased, invited, link, registered, userId, verified } from './testing.ts'
import { user } from './user.ts'
import type { UserCommand } from './user-commands.ts'
import type { UserEvent } from './user-events.ts'

const { given } = specFor(user)
const later = (ms: number, from = at(1)): string => new Date(Date.parse(from) + ms).toISOString()
const lapsed = (until: string): UserEvent => ({ type: 'NameClaimsLapsed', data: { userId, until, at: at(3) } })

describe('changing the user name', () => {
  const change = (username: string, now = at(1), claimedUntil = at(600)): UserCommand => ({
    type: 'ChangeUsername',
    data: { username, claimedUntil, now },
  })
  const changed = (username: string, when = at(1)): UserEvent => ({
    type: 'UsernameChanged',
    data: { userId, username, at: when },
  })
  const nameAfter = (...events: UserEvent[]) => {
    const state = given(...events).state()
    return 'person' in state ? state.person.username : undefined
  }

  it('sets it', () => {
    given(registered).when(change('anna')).then(changed('anna'))
    expect(nameAfter(registered, changed('anna'))).toBe('anna')
  })
  it('to what it is changes nothing, however soon', () =>
    given(registered, changed('anna'))
      .when(change('anna', at(2)))
      .then())
  it('may change its letters’ case alone', () => given(registered).when(change('Ann')).then(changed('Ann')))
  it('is possible once in thirty days', () => {
    expect(RENAME_EVERY_MS).toBe(30 * 86_400_000)
    const tooSoon = later(RENAME_EVERY_MS - 1)
    const inTime = later(RENAME_EVERY_MS)
    given(registered, changed('anna'))
      .when(change('ann', tooSoon, '2027-01-01'))
      .thenRejected('USER.USERNAME_CHANGED_RECENTLY', ['username'])
    given(registered, changed('anna'))
      .when(change('ann', inTime, '2027-01-01'))
      .then(changed('ann', inTime))
  })
  it('is refused when its claim was given up in the meantime', () => {
    given(registered, lapsed(at(5)))
      .when(change('anna', at(4), at(5)))
      .thenRejected('USER.CHANGE_TOO_LATE')
    given(registered, lapsed(at(5)))
      .when(change('anna', at(4), at(6)))
      .then(changed('anna', at(4)))
  })
  it.each([
    ['unknown', [], 'USER.NOT_FOUND'],
    ['pending', [invited], 'USER.PENDING'],
    ['deactivated', [registered, ...deactivated], 'USER.DEACTIVATED'],
    ['erased', [registered, ...erased], 'USER.NOT_FOUND'],
  ] as const)('is refused for an account that is %s', (_, past, code) =>
    given(...past)
      .when(change('anna', at(9)))
      .thenRejected(code),
  )
})

const email = 'anna@example.org'
const requested = (minute = 1, id = 'change', to = email): UserEvent => ({
  type: 'EmailChangeRequested',
  data: { userId, email: to, link: link(id, minute) },
})
const changed = (when = at(2), linkId = 'change'): UserEvent => ({
  type: 'EmailChanged',
  data: { userId, email, linkId, at: when },
})

describe('asking for another e-mail address', () => {
  const request = (to: string, now = at(1), id = 'change'): UserCommand => ({
    type: 'RequestEmailChange',
    data: { email: to, link: link(id, (Date.parse(now) - Date.parse(at(0))) / 60_000), now },
  })
  it('sends a link there, and changes nothing yet', () => {
    given(registered).when(request(email)).then(requested())
    expect(given(registered, verified, requested()).state()).toMatchObject({
      person: {
        email: 'ann@example.com',
        emailVerified: true,
        pendingEmail: email,
        formerMailboxes: [email],
      },
      emailChange: { link: link('change', 1), unused: 1 },
    })
  })
  it.each(['ann@example.com', 'ANN@example.com'])('is refused for the present one (%s)', same =>
    given(registered).when(request(same)).thenRejected('USER.EMAIL_UNCHANGED', ['email']),
  )
  it('waits a minute after a link that nobody used, then two', () => {
    given(registered, requested(1))
      .when(request(email, at(1)))
      .thenRejected('USER.MAILED_RECENTLY', ['email'])
    given(registered, requested(1))
      .when(request(email, at(2)))
      .then(requested(2))
    given(registered, requested(1), requested(2))
      .when(request(email, at(3)))
      .thenRejected('USER.MAILED_RECENTLY')
    given(registered, requested(1), requested(2))
      .when(request(email, at(4)))
      .then(requested(4))
  })
  it('is possible once a day after a change', () => {
    expect(NEW_EMAIL_EVERY_MS).toBe(86_400_000)
    const past = [registered, requested(), changed()]
    const asked = (now: string): UserCommand => ({
      type: 'RequestEmailChange',
      data: { email: 'ann@example.com', link: link('back'), now },
    })
    given(...past)
      .when(asked(later(NEW_EMAIL_EVERY_MS - 1, at(2))))
      .thenRejected('USER.EMAIL_CHANGED_RECENTLY', ['email'])
    given(...past)
      .when(asked(later(NEW_EMAIL_EVERY_MS, at(2))))
      .then({ type: 'EmailChangeRequested', data: { userId, email: 'ann@example.com', link: link('back') } })
  })
  it('needs an active account', () => {
    given(invited).when(request(email)).thenRejected('USER.PENDING')
    given(registered, ...deactivated)
      .when(request(email))
      .thenRejected('USER.DEACTIVATED')
    given(registered, ...erased)
      .when(request(email))
      .thenRejected('USER.NOT_FOUND')
  })
})

describe('following the link to another address', () => {
  const confirm = (linkId = 'change', now = at(2), claimedUntil = at(600)): UserCommand => ({
    type: 'ChangeEmail',
    data: { linkId, claimedUntil, now },
  })
  const reset: UserEvent = { type: 'PasswordResetRequested', data: { userId, link: link('reset', 1) } }

  it('makes it theirs, verified, and remembers where mail went', () => {
    given(registered, requested()).when(confirm()).then(changed())
    const { person } = given(registered, requested(), changed()).state() as { person: object }
    expect(person).toMatchObject({ email, emailVerified: true, formerMailboxes: [email, 'ann@example.com'] })
    expect(person).not.toHaveProperty('pendingEmail')
    expect(given(registered, requested(), changed()).state()).toMatchObject({
      verification: { link: link('first'), unused: 0 },
    })
  })
  it('twice does no harm, however late', () =>
    given(registered, requested(), changed()).when(confirm('change', '2027-01-01')).then())
  it('opens nothing any more that was mailed to the old one', () =>
    given(registered, reset, requested(), changed())
      .when({ type: 'ResetPassword', data: { linkId: 'reset', passwordHash: 'hash-2', now: at(3) } })
      .thenRejected('USER.LINK_INVALID'))
  it('is refused with another, an older or an expired link, or without one', () => {
    given(registered, requested()).when(confirm('other')).thenRejected('USER.LINK_INVALID', ['token'])
    given(registered, requested(1), requested(2, 'newer')).when(confirm('change')).thenRejected('USER.LINK_INVALID')
    given(registered, requested(1))
      .when(confirm('change', at(121)))
      .thenRejected('USER.LINK_INVALID')
    given(registered, requested(1))
      .when(confirm('change', at(120)))
      .then(changed(at(120)))
    given(registered).when(confirm()).thenRejected('USER.LINK_INVALID')
    given(registered, requested(), changed(), requested(3, 'next', 'x@example.org'))
      .when(confirm('first', at(4)))
      .thenRejected('USER.LINK_INVALID')
  })
  it('is refused when its claim was given up in the meantime', () => {
    given(registered, requested(), lapsed(at(5)))
      .when(confirm('change', at(4), at(5)))
      .thenRejected('USER.CHANGE_TOO_LATE')
    given(registered, requested(), lapsed(at(5)))
      .when(confirm('change', at(4), at(6)))
      .then(changed(at(4)))
  })
  it('is refused for an account that is closed, or has no password yet', () => {
    given(registered, requested(), ...deactivated)
      .when(confirm('change', at(9)))
      .thenRejected('USER.LINK_INVALID')
    given(registered, requested(), ...erased)
      .when(confirm('change', at(9)))
      .thenRejected('USER.LINK_INVALID')
    given(invited).when(confirm()).thenRejected('USER.LINK_INVALID')
  })
  it('lets the verification of the old address open nothing worse', () =>
    given(registered, requested(), changed())
      .when({ type: 'RequestVerification', data: { link: link('again', 3), now: at(3) } })
      .then())
})

describe('a claim on a name that nothing followed', () => {
  const lapse = (until: string): UserCommand => ({ type: 'LapseClaims', data: { until, now: at(3) } })
  it('is given up on record, once', () => {
    given(registered)
      .when(lapse(at(2)))
      .then(lapsed(at(2)))
    given(invited)
      .when(lapse(at(2)))
      .then(lapsed(at(2)))
    given(registered, lapsed(at(2)))
      .when(lapse(at(2)))
      .then()
    given(registered, lapsed(at(2)))
      .when(lapse(at(1)))
      .then()
    given(registered, lapsed(at(2)))
      .when(lapse(at(3)))
      .then(lapsed(at(3)))
  })
  it('needs no record where no change can follow', () => {
    given()
      .when(lapse(at(2)))
      .then()
    given(registered, ...deactivated)
      .when(lapse(at(2)))
      .then()
    given(registered, ...erased)
      .when(lapse(at(2)))
      .then()
  })
})
