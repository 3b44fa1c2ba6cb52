import { describe, expect, it } from 'vitest'
import { evolve, type Reservation, type ReservationEvent } from '#domain/reservation-state.ts'
import { reservedLineIn } from './reserved-lines.ts'

const orderId = 'o1'
const expiresAt = '2026-01-01T00:15:00.000Z'
const opened: ReservationEvent = {
  type: 'ReservationOpened',
  data: { orderId, requestId: 'r1', lines: [{ sku: 'A', quantity: 3 }], expiresAt },
}
const granted: ReservationEvent = { type: 'ReservationGranted', data: { orderId, expiresAt } }
const confirmed: ReservationEvent = { type: 'ReservationConfirmed', data: { orderId } }
const shipping: ReservationEvent = {
  type: 'ShipmentStarted',
  data: { orderId, requestId: 'r2', shipmentId: 's1', lines: [{ sku: 'A', quantity: 2 }] },
}
const shipped: ReservationEvent = { type: 'ShipmentCommitted', data: { orderId, shipmentId: 's1' } }
const restocking: ReservationEvent = {
  type: 'RestockStarted',
  data: { orderId, requestId: 'r3', returnId: 't1', lines: [{ sku: 'A', quantity: 1 }] },
}
const restocked: ReservationEvent = { type: 'RestockCompleted', data: { orderId, returnId: 't1' } }
const ending = (kind: 'RELEASED' | 'EXPIRED' | 'REFUSED'): ReservationEvent => ({
  type: 'ReservationEndDecided',
  data: {
    orderId,
    requestId: 'r4',
    ending:
      kind === 'RELEASED'
        ? { kind, reason: 'x' }
        : kind === 'EXPIRED'
          ? { kind }
          : { kind, sku: 'A', requested: 3, available: 0 },
  },
})
const after = (...events: ReservationEvent[]) =>
  reservedLineIn(events.reduce(evolve, { status: 'none' } as Reservation), 'A')

describe('what is reserved of a SKU for an order', () => {
  it.each([
    ['while it is taken', [opened], { state: 'RESERVING', held: 0, expiresAt: null }],
    ['once it is held', [opened, granted], { state: 'HELD', held: 3, expiresAt }],
    ['once it is confirmed', [opened, granted, confirmed], { state: 'FIRM', held: 3, expiresAt: null }],
    ['while a part ships', [opened, granted, confirmed, shipping], { state: 'FIRM', held: 3, shipped: 0 }],
    [
      'once a part has shipped',
      [opened, granted, confirmed, shipping, shipped],
      { state: 'FIRM', held: 1, shipped: 2 },
    ],
    [
      'once a part came back',
      [opened, granted, confirmed, shipping, shipped, restocking, restocked],
      { state: 'FIRM', held: 1, shipped: 2, restocked: 1 },
    ],
    ['while it is given back', [opened, granted, ending('RELEASED')], { state: 'RELEASED', held: 0, expiresAt: null }],
    [
      'once it is given back',
      [opened, granted, ending('RELEASED'), { type: 'ReservationReleased', data: { orderId, reason: 'x' } }],
      { state: 'RELEASED', held: 0 },
    ],
    [
      'once it has expired',
      [opened, granted, ending('EXPIRED'), { type: 'ReservationExpired', data: { orderId } }],
      { state: 'EXPIRED', held: 0 },
    ],
    [
      'once it was refused',
      [
        opened,
        ending('REFUSED'),
        { type: 'ReservationRefused', data: { orderId, sku: 'A', requested: 3, available: 0 } },
      ],
      { state: 'REFUSED', held: 0, quantity: 3 },
    ],
  ] as [string, ReservationEvent[], object][])('is told %s', (_, events, expected) =>
    expect(after(...events)).toMatchObject({ orderId, sku: 'A', ...expected }),
  )

  it('is nothing when there is no reservation, or none of that SKU', () => {
    expect(after()).toBeUndefined()
    expect(after({ type: 'ReservationMissed', data: { orderId, reason: 'EXPIRED' } })).toBeUndefined()
    expect(reservedLineIn(evolve({ status: 'none' }, opened), 'B')).toBeUndefined()
  })
})
