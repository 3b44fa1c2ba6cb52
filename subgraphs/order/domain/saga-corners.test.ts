import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import { answered, asked, firstly, noted, parcels, past, sagaOrder, told } from './saga.fixture.ts'
import { createSaga } from './saga.ts'
import type { SagaEvent } from './saga-events.ts'
import { at, authorisedUntil, day, minute, reservedUntil, shippedBy, timings } from './saga-moments.fixture.ts'
import { nextDeadline } from './saga-state.ts'
import { eur } from './samples.fixture.ts'

const { given } = specFor(createSaga(timings))
const undone = (outcome: 'rejected' | 'cancelled' = 'cancelled') =>
  noted('UndoingBegun', { outcome, reason: 'CUSTOMER_REQUEST' })
const release = firstly('StockReleaseRequested', { reason: 'CUSTOMER_REQUEST' })
const voiding = firstly('PaymentVoidRequested', { reason: 'CUSTOMER_REQUEST', giveUpAt: authorisedUntil })
const restock = (returnId: string) => firstly('RestockRequested', { returnId, lines: [{ sku: 'MUG-1', quantity: 1 }] })
const refund = (cause: string) =>
  firstly('PaymentRefundRequested', { cause, refundId: cause, amount: eur(1_190), reason: 'RETURN' })
const noteReturn = (returnId: string, amount: number) =>
  told('NoteReturn', { returnId, lines: [{ sku: 'MUG-1', quantity: 1 }], amount: eur(amount) })

describe('what the saga knows', () => {
  const authorisation = { paymentId: sagaOrder.orderId, expiresAt: authorisedUntil }
  it('of a confirmed order', () =>
    expect(given(...past.confirmed).state()).toStrictEqual({
      status: 'confirmed',
      order: sagaOrder,
      authorisation,
      shipBy: shippedBy,
      dueAt: shippedBy,
      lost: [],
    }))
  it('of an order that is partly shipped, then wholly', () => {
    const state = given(...past.partlyShipped).state()
    expect(state).toMatchObject({
      status: 'fulfilling',
      order: sagaOrder,
      authorisation,
      stage: { name: 'shipping', dueAt: shippedBy },
      shipments: ['s-pen'],
      returns: [],
      holdsRemainder: false,
      captures: [],
    })
    expect(state.status === 'fulfilling' && state.tasks.map(({ key }) => key)).toEqual(['ship/s-pen', 'capture/s-pen'])
    expect(given(...past.shipped).state()).toMatchObject({
      stage: { name: 'delivering', dueAt: at(14 * day) },
      shipments: ['s-pen', 's-mugs'],
    })
  })
  it('of an order being undone', () =>
    expect(given(...past.confirmed, undone(), release).state()).toMatchObject({
      status: 'undoing',
      orderId: sagaOrder.orderId,
      outcome: 'cancelled',
      reason: 'CUSTOMER_REQUEST',
      tasks: [{ key: 'release' }],
      captures: [],
    }))
  it('of what was captured: each by its id, and nothing for other answers', () => {
    const captures = (...events: readonly SagaEvent[]) => {
      const state = given(...past.shipped, ...events).state()
      return state.status === 'fulfilling' ? state.captures : undefined
    }
    expect(captures(answered('ship/s-pen'))).toEqual([])
    expect(captures(answered('capture/s-mugs'), answered('capture/s-pen'))).toEqual(['s-mugs', 's-pen'])
    expect(captures(answered('capture/nobody'))).toEqual([])
  })
  it('after the pivot stays: nothing is undone, nothing begins anew', () => {
    const before = given(...past.shipped).state()
    for (const event of [undone(), noted('SagaConfirmed', { shipBy: at(9 * day) }), ...past.reserving])
      expect(given(...past.shipped, event).state()).toEqual(before)
  })
  it('of shipments, before an order is confirmed: nothing', () => {
    const shipment = noted('ShipmentNoted', { shipmentId: 's1', final: true, deliverBy: at(day) })
    for (const name of ['none', 'reserving', 'authorising', 'confirming'] as const)
      expect(given(...past[name], shipment).state()).toEqual(given(...past[name]).state())
  })
})

describe('a failed request', () => {
  it('waits by itself; the others stay as they are', () => {
    const failed = noted('RequestFailed', { task: 'capture/s-pen', reason: 'x', nextId: 'c2', retryAt: at(9 * minute) })
    const state = given(...past.partlyShipped, failed).state()
    expect(state.status === 'fulfilling' && state.tasks).toMatchObject([
      { key: 'ship/s-pen', dueAt: at(timings.retryMs) },
      { key: 'capture/s-pen', dueAt: at(9 * minute), nextId: 'c2' },
    ])
    expect(state.status === 'fulfilling' && state.tasks[0]).not.toHaveProperty('nextId')
  })
  it('that lapsed is gone; the others stay', () => {
    const lapsed = noted('RequestLapsed', { task: 'release' })
    const state = given(...past.confirmed, undone(), release, voiding, lapsed).state()
    expect(state).toMatchObject({ status: 'undoing', outcome: 'cancelled', tasks: [{ key: 'void' }] })
  })
})

describe('asking again', () => {
  const again = (type: SagaEvent['type'], ...events: readonly SagaEvent[]) => {
    const { decision } = given(...events).when(told('PassTime', {}, at(6 * day)))
    if (decision.outcome !== 'accepted') throw new TypeError('refused')
    return decision.events.filter(event => event.type === type)
  }
  const repeated = { attempt: 2, retryAt: at(6 * day + 2 * timings.retryMs) }
  const returning = [...past.shipped, noted('ReturnNoted', { returnId: 'r1' }), restock('r1'), refund('r1')]

  it('says the same: stock to be released, money to be let go', () => {
    const undoing = [...past.confirmed, undone(), release, voiding]
    expect(again('StockReleaseRequested', ...undoing)).toEqual([
      asked('StockReleaseRequested', { reason: 'CUSTOMER_REQUEST', ...repeated }),
    ])
    expect(again('PaymentVoidRequested', ...undoing)).toEqual([
      asked('PaymentVoidRequested', { reason: 'CUSTOMER_REQUEST', giveUpAt: authorisedUntil, ...repeated }),
    ])
  })
  it('says the same: goods to be shipped and taken back', () => {
    expect(again('StockShipmentRequested', ...past.partlyShipped)).toEqual([
      asked('StockShipmentRequested', { shipmentId: 's-pen', lines: parcels.pen.lines, ...repeated }),
    ])
    expect(again('RestockRequested', ...returning)).toEqual([
      asked('RestockRequested', { returnId: 'r1', lines: [{ sku: 'MUG-1', quantity: 1 }], ...repeated }),
    ])
  })
  it('says the same: money to be paid back', () =>
    expect(again('PaymentRefundRequested', ...returning)).toEqual([
      asked('PaymentRefundRequested', {
        cause: 'r1',
        refundId: 'r1',
        amount: eur(1_190),
        reason: 'RETURN',
        ...repeated,
      }),
    ]))
  it('waits for its time', () =>
    given(...past.shipped, noted('DeliveryNoted', {}))
      .when(told('PassTime', {}, at(timings.retryMs - 1)))
      .then())
})

describe('two returns under way', () => {
  const two = [
    ...past.shipped,
    ...['r1', 'r2'].flatMap(id => [noted('ReturnNoted', { returnId: id }), restock(id), refund(id)]),
  ]
  it('are settled one by one', () => {
    given(...two)
      .when(told('NoteStockRestocked', { returnId: 'r2' }))
      .then(answered('restock/r2'))
    given(...two)
      .when(told('NotePaymentRefunded', { refundId: 'r2' }))
      .then(answered('refund/r2'))
    given(...two)
      .when(told('NotePaymentRefundFailed', { refundId: 'r2', reason: 'x', nextId: 'f2' }))
      .then(noted('RequestFailed', { task: 'refund/r2', reason: 'x', nextId: 'f2', retryAt: at(timings.retryMs) }))
  })
  it('of no value restock without paying', () =>
    given(...past.shipped)
      .when(noteReturn('r1', 0))
      .then(noted('ReturnNoted', { returnId: 'r1' }), restock('r1')))
})

describe('what comes when nobody waits for it', () => {
  const notes = [
    told('NotePaymentCaptureFailed', { captureId: 'c1', reason: 'x', nextId: 'c2' }),
    told('NotePaymentRefunded', { refundId: 'f1' }),
    told('NotePaymentRefundFailed', { refundId: 'f1', reason: 'x', nextId: 'f2' }),
    told('NoteStockShipped', { shipmentId: 's1' }),
    told('NoteStockRestocked', { returnId: 'r1' }),
    told('NoteRemainderCancelled', {}),
    told('NoteDelivery', {}),
  ]
  it.each(['none', 'reserving', 'authorising', 'confirming', 'confirmed'] as const)('changes nothing when %s', name => {
    for (const note of notes)
      given(...past[name])
        .when(note)
        .then()
  })
  it('while undoing: a capture that fails is just as well', () =>
    given(...past.confirmed, undone(), release)
      .when(told('NotePaymentCaptureFailed', { captureId: 'c1', reason: 'x', nextId: 'c2' }))
      .then())
  it('while undoing: a refund that fails is paid back later', () => {
    const stray = [noted('StrayCaptureNoted', { captureId: 'c9' }), refund('c9')]
    given(...past.confirmed, undone(), ...stray)
      .when(told('NotePaymentRefundFailed', { refundId: 'c9', reason: 'x', nextId: 'f2' }))
      .then(noted('RequestFailed', { task: 'refund/c9', reason: 'x', nextId: 'f2', retryAt: at(timings.retryMs) }))
  })
})

describe('the next deadline', () => {
  it('is the earliest of all that is waited for, in whatever order it was asked', () => {
    const late = firstly('StockShipmentRequested', { shipmentId: 's-mugs', lines: parcels.mugs.lines }, at(day))
    expect(nextDeadline(given(...past.partlyShipped, late).state())).toBe(at(timings.retryMs))
    const settled = [answered('ship/s-pen'), answered('capture/s-pen')]
    expect(nextDeadline(given(...past.partlyShipped, ...settled, late).state())).toBe(at(day + timings.retryMs))
    expect(nextDeadline(given(...past.partlyShipped, ...settled).state())).toBe(shippedBy)
  })
  it('is none before anything began', () => expect(nextDeadline(given().state())).toBeUndefined())
  it('of a repeated question is when it was said to come again', () => {
    const sought = noted('RemainderCancellationSought', { askAgainAt: at(6 * day) })
    const settled = [answered('ship/s-pen'), answered('capture/s-pen')]
    expect(given(...past.partlyShipped, ...settled, sought).state()).toMatchObject({
      stage: { name: 'shipping', dueAt: at(6 * day) },
    })
    expect(given(...past.shipped, noted('DeliveryAssumed', { askAgainAt: at(20 * day) })).state()).toMatchObject({
      status: 'fulfilling',
      stage: { name: 'delivering', dueAt: at(20 * day) },
    })
    expect(given(...past.partlyShipped, noted('RemainderClosed', { deliverBy: at(30 * day) })).state()).toMatchObject({
      stage: { name: 'delivering', dueAt: at(30 * day) },
      holdsRemainder: true,
    })
  })
})

describe('a confirmed order that lost something', () => {
  const lost = (what: 'stock' | 'payment') =>
    noted('CancellationSought', { reason: 'x', lost: what, askAgainAt: at(minute) })
  const pass = told('PassTime', {}, at(minute))
  const sought = (reason: string) =>
    noted('CancellationSought', { reason, askAgainAt: at(minute + timings.retryMs) }, at(minute))
  it('asks again to be cancelled, and says why', () => {
    given(...past.confirmed, lost('stock'))
      .when(pass)
      .then(sought('RESERVATION_LOST'))
    given(...past.confirmed, lost('payment'))
      .when(pass)
      .then(sought('PAYMENT_EXPIRED'))
    given(...past.confirmed, lost('payment'), lost('stock'))
      .when(pass)
      .then(sought('RESERVATION_LOST'))
  })
  it('gives back only what is left', () => {
    const cancelled = told('NoteCancellation', { reason: 'CUSTOMER_REQUEST' })
    given(...past.confirmed, lost('stock'))
      .when(cancelled)
      .then(undone(), voiding)
    given(...past.confirmed, lost('payment'))
      .when(cancelled)
      .then(undone(), release)
    given(...past.confirmed)
      .when(cancelled)
      .then(undone(), release, voiding)
  })
  it('gives back a reservation that would end by itself only until then', () =>
    given(...past.authorising)
      .when(told('NoteCancellation', { reason: 'CUSTOMER_REQUEST' }))
      .then(
        undone(),
        firstly('StockReleaseRequested', { reason: 'CUSTOMER_REQUEST', giveUpAt: reservedUntil }),
        firstly('PaymentVoidRequested', {
          reason: 'CUSTOMER_REQUEST',
          giveUpAt: at(timings.authorisationLifetimeMs),
        }),
      ))
})
