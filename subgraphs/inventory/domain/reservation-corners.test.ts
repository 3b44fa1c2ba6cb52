import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import {
  confirmed,
  ending,
  expired,
  expiresAt,
  granted,
  lines,
  missed,
  now,
  opened,
  orderId,
  released,
  restocked,
  shipped,
  shipping,
} from './reservation.fixture.ts'
import { linesOfWork, reservationDecider } from './reservation.ts'
import type { OrderLine, ReservationEvent } from './reservation-state.ts'

const { given } = specFor(reservationDecider)
const some = [{ sku: 'B', quantity: 1 }]
const restocking = (of: readonly OrderLine[]): ReservationEvent => ({
  type: 'RestockStarted',
  data: { orderId, requestId: 'q4', returnId: 'r1', lines: of },
})
const firm = [opened, granted, confirmed]

describe('the lines that a step carries to the stock items', () => {
  const carried = (...past: readonly ReservationEvent[]) => {
    const state = given(...past).state()
    return state.status === 'working' ? linesOfWork(state).map(({ sku, quantity }) => `${quantity} ${sku}`) : undefined
  }
  it('are all while the reservation is taken, released or expires', () => {
    const all = ['2 A', '1 B', '1 C']
    expect(carried(opened)).toEqual(all)
    expect(carried(opened, granted, ending('q9', { kind: 'RELEASED', reason: 'CANCELLED' }))).toEqual(all)
    expect(carried(opened, granted, ending('q9', { kind: 'EXPIRED' }))).toEqual(all)
  })
  it('end with the one that was refused', () =>
    expect(carried(opened, ending('q9', { kind: 'REFUSED', sku: 'A', requested: 2, available: 1 }))).toEqual(['2 A']))
  it('are those of the shipment', () => expect(carried(...firm, shipping('s1', some))).toEqual(['1 B']))
  it('are those that come back', () =>
    expect(carried(...firm, shipping('s1', lines), shipped('s1'), restocking(some))).toEqual(['1 B']))
})

describe('a reservation whose time was over before it began', () => {
  it('is lost for good', () => {
    expect(given(expired).state()).toStrictEqual({ status: 'barred', reason: 'EXPIRED' })
    given(expired)
      .when({ type: 'openReservation', data: { orderId, requestId: 'q2', lines, expiresAt, now } })
      .then(missed('EXPIRED'))
    given(expired)
      .when({ type: 'confirmReservation', data: { orderId, requestId: 'q2' } })
      .then(missed('EXPIRED'))
    given(expired)
      .when({ type: 'expireReservation', data: { now: expiresAt } })
      .then()
  })
  it('is released without effect, shipped and taken back not at all', () => {
    const request = { orderId, requestId: 'q2' }
    given(expired)
      .when({ type: 'releaseReservation', data: { ...request, reason: 'CANCELLED' } })
      .then(released)
    given(expired)
      .when({ type: 'shipReservation', data: { ...request, shipmentId: 's1', lines: some } })
      .thenRejected('RESERVATION.NOT_CONFIRMED')
    given(expired)
      .when({ type: 'restockReservation', data: { ...request, returnId: 'r1', lines: some } })
      .thenRejected('RESERVATION.NOT_SHIPPED')
  })
})

describe('a shipment', () => {
  const ship = (of: readonly OrderLine[]) => ({
    type: 'shipReservation' as const,
    data: { orderId, requestId: 'q3', shipmentId: 's1', lines: of },
  })
  it('leaves with every one of its lines or not at all', () => {
    for (const wrong of [
      { sku: 'Z', quantity: 1 },
      { sku: 'A', quantity: 3 },
    ])
      given(...firm)
        .when(ship([...some, wrong]))
        .thenRejected('RESERVATION.NOT_HELD')
  })
  it('may carry different SKUs', () =>
    given(...firm)
      .when(ship(lines))
      .then(shipping('s1', lines)))
  it('counts for the lines it carried, and for no other', () =>
    expect(given(...firm, shipping('s1', some), shipped('s1')).state()).toStrictEqual({
      status: 'confirmed',
      orderId,
      requestId: 'q1',
      lines: [
        { sku: 'A', quantity: 2, shipped: 0, restocked: 0 },
        { sku: 'B', quantity: 1, shipped: 1, restocked: 0 },
        { sku: 'C', quantity: 1, shipped: 0, restocked: 0 },
      ],
      expiresAt,
      shipments: ['s1'],
      returns: [],
    }))
  it('that was never started is not counted', () =>
    expect(given(...firm, shipped('s1')).state()).toEqual(given(...firm).state()))
})

describe('a return', () => {
  const gone = [...firm, shipping('s1', lines), shipped('s1')]
  it('counts for the lines it brought, and the rest can still go', () => {
    expect(given(...gone, restocking(some), restocked('r1')).state()).toMatchObject({
      status: 'confirmed',
      lines: [
        { sku: 'A', restocked: 0 },
        { sku: 'B', restocked: 1 },
        { sku: 'C', restocked: 0 },
      ],
      returns: ['r1'],
    })
  })
  it('after the end leaves it ended', () => {
    const over = [
      ...firm,
      shipping('s1', some),
      shipped('s1'),
      ending('q9', { kind: 'RELEASED', reason: 'CANCELLED' }),
      released,
    ]
    expect(given(...over, restocking(some), restocked('r1')).state()).toMatchObject({
      status: 'ended',
      reason: 'RELEASED',
    })
  })
  it('that was never started is not counted', () =>
    expect(given(...gone, restocked('r1')).state()).toEqual(given(...gone).state()))
})

describe('a reservation', () => {
  it('has shipped and taken back nothing when it is opened', () =>
    expect(given(opened).state()).toStrictEqual({
      status: 'working',
      orderId,
      requestId: 'q1',
      lines: lines.map(line => ({ ...line, shipped: 0, restocked: 0 })),
      expiresAt,
      shipments: [],
      returns: [],
      work: { kind: 'reserve', requestId: 'q1' },
    }))
  it('that does not wait for a step completes none', () => {
    for (const past of [[], [opened, granted], firm])
      given(...past)
        .when({ type: 'completeWork', data: { requestId: 'q1' } })
        .then()
  })
  it('is not changed by being opened or missed again', () => {
    for (const event of [opened, missed('UNKNOWN')])
      expect(given(...firm, event).state()).toEqual(given(...firm).state())
  })
})
