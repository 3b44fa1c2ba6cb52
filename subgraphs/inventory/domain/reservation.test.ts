import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import {
  cancelled,
  complete,
  confirm,
  confirmed,
  ending,
  expire,
  expired,
  expiresAt,
  grant,
  granted,
  missed,
  open,
  opened,
  refusal,
  refuse,
  refused,
  release,
  released,
  restock,
  ship,
} from './reservation.fixture.ts'
import { linesOfWork, reservationDecider } from './reservation.ts'

const { given } = specFor(reservationDecider)

describe('no reservation yet', () => {
  it('is opened', () => given().when(open()).then(opened))
  it('is over before it begins when the request comes too late', () =>
    given().when(open('q1', expiresAt)).then(expired))
  it('has nothing to release, and stays shut for a request that comes after', () => {
    given().when(release).then(released)
    given(released).when(open()).then(missed('RELEASED'))
  })
  it('cannot be confirmed, and stays shut', () => {
    given().when(confirm).then(missed('UNKNOWN'))
    given(missed('UNKNOWN')).when(open()).then(missed('UNKNOWN'))
  })
  it('cannot expire', () => given().when(expire()).then())
  it('cannot be shipped', () => given().when(ship('s1')).thenRejected('RESERVATION.NOT_CONFIRMED'))
  it('takes nothing back', () => given().when(restock('r1')).thenRejected('RESERVATION.NOT_SHIPPED'))
})

describe('a reservation being taken', () => {
  it('is opened once per request', () => {
    given(opened).when(open()).then()
    given(opened).when(open('other')).thenRejected('RESERVATION.BUSY')
  })
  it('is granted when every line was taken', () => given(opened).when(grant).then(granted))
  it('is not granted to another request', () =>
    given(opened)
      .when({ type: 'grantReservation', data: { requestId: 'q0' } })
      .thenRejected('RESERVATION.NOT_OPEN'))
  it('is refused: first decided, and answered when everything is given back', () => {
    given(opened).when(refuse).then(ending('q1', refusal))
    given(opened, ending('q1', refusal)).when(complete('q1')).then(refused)
  })
  it('gives back only what was tried', () => {
    const state = given(opened, ending('q1', refusal)).state()
    expect(state.status === 'working' && linesOfWork(state).map(({ sku }) => sku)).toEqual(['A', 'B'])
  })
  it('can be released half-way', () => {
    given(opened).when(release).then(ending('q9', cancelled))
    given(opened, ending('q9', cancelled)).when(grant).thenRejected('RESERVATION.NOT_OPEN')
    given(opened, ending('q9', cancelled)).when(refuse).thenRejected('RESERVATION.NOT_OPEN')
  })
  it('can expire half-way', () =>
    given(opened)
      .when(expire())
      .then(ending('q1', { kind: 'EXPIRED' })))
  it('lets nothing else begin', () => {
    given(opened).when(confirm).thenRejected('RESERVATION.BUSY')
    given(opened).when(ship('s1')).thenRejected('RESERVATION.BUSY')
    given(opened).when(restock('r1')).thenRejected('RESERVATION.BUSY')
  })
  it('is not completed as if it were over', () => given(opened).when(complete('q1')).then())
})

describe('a granted reservation', () => {
  const past = [opened, granted]
  it('is granted again to whoever asks again', () => {
    given(...past)
      .when(open())
      .then()
    given(...past)
      .when(open('other'))
      .then(granted)
    expect(given(...past, granted).state()).toEqual(given(...past).state())
  })
  it('is confirmed', () =>
    given(...past)
      .when(confirm)
      .then(confirmed))
  it('expires at its time, not before', () => {
    given(...past)
      .when(expire('2026-01-01T00:14:59.999Z'))
      .then()
    given(...past)
      .when(expire())
      .then(ending('q1', { kind: 'EXPIRED' }))
    given(...past, ending('q1', { kind: 'EXPIRED' }))
      .when(complete('q1'))
      .then(expired)
  })
  it('is released', () => {
    given(...past)
      .when(release)
      .then(ending('q9', cancelled))
    given(...past, ending('q9', cancelled))
      .when(complete('q9'))
      .then(released)
  })
  it('is not shipped before it is firm', () =>
    given(...past)
      .when(ship('s1'))
      .thenRejected('RESERVATION.NOT_CONFIRMED'))
  it('loses against an expiry that was first', () =>
    given(...past, ending('q1', { kind: 'EXPIRED' }))
      .when(confirm)
      .thenRejected('RESERVATION.BUSY'))
})

describe('a reservation that is over', () => {
  it.each([
    ['REFUSED' as const, [opened, ending('q1', refusal), refused]],
    ['RELEASED' as const, [opened, granted, ending('q9', cancelled), released]],
    ['EXPIRED' as const, [opened, granted, ending('q1', { kind: 'EXPIRED' }), expired]],
  ])('%s: is lost to a confirmation, released without effect, and does not come back', (reason, past) => {
    given(...past)
      .when(confirm)
      .then(missed(reason))
    given(...past)
      .when(release)
      .then(released)
    given(...past)
      .when(expire())
      .then()
    given(...past)
      .when(grant)
      .thenRejected('RESERVATION.NOT_OPEN')
    given(...past)
      .when(ship('s1'))
      .thenRejected('RESERVATION.NOT_CONFIRMED')
    given(...past)
      .when(open())
      .then()
    given(...past)
      .when(open('other'))
      .then(missed(reason))
  })
})
