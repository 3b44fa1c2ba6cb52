import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import { linesOfWork, reservationDecider } from './reservation.ts'
import type { ReservationCommand } from './reservation-commands.ts'
import type { Ending, ReservationEvent } from './reservation-state.ts'

const { given } = specFor(reservationDecider)
const orderId = 'o1'
const expiresAt = '2026-01-01T00:15:00.000Z'
const now = '2026-01-01T00:00:00.000Z'
const lines = [
  { sku: 'A', quantity: 2 },
  { sku: 'B', quantity: 1 },
  { sku: 'C', quantity: 1 },
]
const opened: ReservationEvent = { type: 'ReservationOpened', data: { orderId, requestId: 'q1', lines, expiresAt } }
const granted: ReservationEvent = { type: 'ReservationGranted', data: { orderId, expiresAt } }
const confirmed: ReservationEvent = { type: 'ReservationConfirmed', data: { orderId } }
const ending = (requestId: string, how: Ending): ReservationEvent => ({
  type: 'ReservationEndDecided',
  data: { orderId, requestId, ending: how },
})
const refusal: Ending = { kind: 'REFUSED', sku: 'B', requested: 1, available: 0 }
const cancelled: Ending = { kind: 'RELEASED', reason: 'CANCELLED' }
const refused: ReservationEvent = {
  type: 'ReservationRefused',
  data: { orderId, sku: 'B', requested: 1, available: 0 },
}
const released: ReservationEvent = { type: 'ReservationReleased', data: { orderId, reason: 'CANCELLED' } }
const expired: ReservationEvent = { type: 'ReservationExpired', data: { orderId } }
const missed = (reason: 'REFUSED' | 'RELEASED' | 'EXPIRED' | 'UNKNOWN'): ReservationEvent => ({
  type: 'ReservationMissed',
  data: { orderId, reason },
})
const shipping = (shipmentId: string, of = [{ sku: 'A', quantity: 1 }], requestId = 'q3'): ReservationEvent => ({
  type: 'ShipmentStarted',
  data: { orderId, requestId, shipmentId, lines: of },
})
const shipped = (shipmentId: string): ReservationEvent => ({ type: 'ShipmentCommitted', data: { orderId, shipmentId } })
const restocking = (returnId: string, quantity = 1): ReservationEvent => ({
  type: 'RestockStarted',
  data: { orderId, requestId: 'q4', returnId, lines: [{ sku: 'A', quantity }] },
})
const restocked = (returnId: string): ReservationEvent => ({ type: 'RestockCompleted', data: { orderId, returnId } })

const request = (requestId: string) => ({ orderId, requestId })
const open = (requestId = 'q1', at = now): ReservationCommand => ({
  type: 'openReservation',
  data: { ...request(requestId), lines, expiresAt, now: at },
})
const grant: ReservationCommand = { type: 'grantReservation', data: { requestId: 'q1' } }
const refuse: ReservationCommand = {
  type: 'refuseReservation',
  data: { requestId: 'q1', sku: 'B', requested: 1, available: 0 },
}
const confirm: ReservationCommand = { type: 'confirmReservation', data: request('q2') }
const release: ReservationCommand = { type: 'releaseReservation', data: { ...request('q9'), reason: 'CANCELLED' } }
const expire = (at = expiresAt): ReservationCommand => ({ type: 'expireReservation', data: { now: at } })
const ship = (shipmentId: string, of = [{ sku: 'A', quantity: 1 }]): ReservationCommand => ({
  type: 'shipReservation',
  data: { ...request('q3'), shipmentId, lines: of },
})
const restock = (returnId: string, quantity = 1): ReservationCommand => ({
  type: 'restockReservation',
  data: { ...request('q4'), returnId, lines: [{ sku: 'A', quantity }] },
})
const complete = (requestId: string): ReservationCommand => ({ type: 'completeWork', data: { requestId } })

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

describe('a confirmed reservation', () => {
  const past = [opened, granted, confirmed]
  it('is not opened again', () =>
    given(...past)
      .when(open('other'))
      .thenRejected('RESERVATION.EXISTS'))
  it('does not expire', () =>
    given(...past)
      .when(expire('2027-01-01T00:00:00.000Z'))
      .then())
  it('is confirmed again to whoever asks again', () =>
    given(...past)
      .when(confirm)
      .then(confirmed))
  it('is released', () =>
    given(...past)
      .when(release)
      .then(ending('q9', cancelled)))
  it('is shipped in parts', () => {
    given(...past)
      .when(ship('s1'))
      .then(shipping('s1'))
    given(...past, shipping('s1'))
      .when(complete('q3'))
      .then(shipped('s1'))
    given(...past, shipping('s1'), shipped('s1'))
      .when(ship('s2'))
      .then(shipping('s2'))
  })
  it('answers again for a shipment that has left', () =>
    given(...past, shipping('s1'), shipped('s1'))
      .when(ship('s1'))
      .then(shipped('s1')))
  it.each([
    ['more than it holds', [{ sku: 'A', quantity: 3 }]],
    ['a SKU it does not hold', [{ sku: 'Z', quantity: 1 }]],
    ['nothing', []],
    ['no pieces', [{ sku: 'A', quantity: 0 }]],
    ['less than nothing', [{ sku: 'A', quantity: -1 }]],
    [
      'a SKU twice',
      [
        { sku: 'A', quantity: 1 },
        { sku: 'A', quantity: 1 },
      ],
    ],
  ])('does not ship %s', (_, of) =>
    given(...past)
      .when(ship('s1', of))
      .thenRejected('RESERVATION.NOT_HELD'),
  )
  it('lets nothing else begin while it ships', () => {
    given(...past, shipping('s1'))
      .when(ship('s2'))
      .thenRejected('RESERVATION.BUSY')
    given(...past, shipping('s1'))
      .when(release)
      .thenRejected('RESERVATION.BUSY')
    given(...past, shipping('s1'))
      .when(confirm)
      .thenRejected('RESERVATION.BUSY')
  })
  it('is not completed by the step of another request', () =>
    given(...past, shipping('s1'))
      .when(complete('q1'))
      .then())
})

describe('a partly shipped reservation', () => {
  const past = [opened, granted, confirmed, shipping('s1', [{ sku: 'A', quantity: 2 }]), shipped('s1')]
  it('does not ship twice what has left', () =>
    given(...past)
      .when(ship('s2'))
      .thenRejected('RESERVATION.NOT_HELD'))
  it('is released as far as it is still held', () => {
    given(...past)
      .when(release)
      .then(ending('q9', cancelled))
    given(...past, ending('q9', cancelled), released)
      .when(ship('s2', [{ sku: 'B', quantity: 1 }]))
      .thenRejected('RESERVATION.NOT_CONFIRMED')
  })
  it('takes back what was shipped, once per return', () => {
    given(...past)
      .when(restock('r1'))
      .then(restocking('r1'))
    given(...past, restocking('r1'))
      .when(complete('q4'))
      .then(restocked('r1'))
    given(...past, restocking('r1'), restocked('r1'))
      .when(restock('r1'))
      .then(restocked('r1'))
  })
  it('takes back no more than was shipped', () => {
    given(...past)
      .when(restock('r1', 3))
      .thenRejected('RESERVATION.NOT_SHIPPED')
    given(...past, restocking('r1', 2), restocked('r1'))
      .when(restock('r2'))
      .thenRejected('RESERVATION.NOT_SHIPPED')
  })
  it('takes back also after the rest was released', () => {
    const over = [...past, ending('q9', cancelled), released]
    given(...over)
      .when(restock('r1'))
      .then(restocking('r1'))
    expect(given(...over, restocking('r1'), restocked('r1')).state()).toMatchObject({ status: 'ended' })
  })
})

describe('a fully shipped reservation', () => {
  const all = shipping('s1', lines)
  it('has nothing left to release, and stays as it is', () => {
    const past = [opened, granted, confirmed, all, shipped('s1')]
    given(...past)
      .when(release)
      .then(released)
    expect(given(...past, released).state()).toMatchObject({ status: 'confirmed' })
  })
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
