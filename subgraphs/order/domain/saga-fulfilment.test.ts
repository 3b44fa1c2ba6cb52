import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import {
  asked,
  at,
  authorisedUntil,
  day,
  firstly,
  minute,
  noted,
  parcels,
  past,
  reservedUntil,
  shipment,
  shippedBy,
  timings,
  told,
} from './saga.fixture.ts'
import { createSaga } from './saga.ts'
import type { SagaEvent } from './saga-events.ts'
import { MAX_REFUND_ATTEMPTS } from './saga-late.ts'
import { nextDeadline } from './saga-state.ts'
import { eur, orderId } from './samples.fixture.ts'

const { given } = specFor(createSaga(timings))

const shipped = (parcel: (typeof parcels)['pen']) => told('NoteShipment', parcel)
const answered = (task: string, when?: string): SagaEvent => noted('RequestAnswered', { task }, when)
const goods = (shipmentId: string) => told('NoteStockShipped', { shipmentId })
const money = (captureId: string) => told('NotePaymentCaptured', { captureId, amount: eur(714), refundId: 'f1' })
const allAnswered = ['ship/s-pen', 'capture/s-pen', 'ship/s-mugs', 'capture/s-mugs'].map(task => answered(task))
const pass = (when: string) => told('PassTime', {}, when)

describe('a shipment', () => {
  it('commits the stock and captures its value', () =>
    given(...past.confirmed)
      .when(shipped(parcels.pen))
      .then(...shipment(parcels.pen)))
  it('is the pivot: what is lost now is not undone', () => {
    for (const command of [
      told('NoteAuthorisationExpired', {}),
      told('NotePaymentDeclined', { reason: 'x' }),
      told('NotePaymentVoided', {}),
      told('NoteReservationLost', { reason: 'x' }),
      told('NoteStockReleased', {}),
      told('NoteStockRefused', { sku: 'x' }),
      told('NoteStockReserved', { expiresAt: reservedUntil }),
      told('NotePaymentAuthorised', { paymentId: orderId, expiresAt: authorisedUntil }),
      told('NoteReservationConfirmed', {}),
    ])
      given(...past.partlyShipped)
        .when(command)
        .then()
  })
  it('of the rest follows; the last capture says so', () =>
    given(...past.partlyShipped)
      .when(shipped(parcels.mugs))
      .then(...shipment(parcels.mugs)))
  it('told twice is one, also after the next one', () => {
    given(...past.partlyShipped)
      .when(shipped(parcels.pen))
      .then()
    given(...past.shipped)
      .when(shipped(parcels.pen))
      .then()
  })
  it('that is free of charge captures nothing', () =>
    given(...past.confirmed)
      .when(shipped({ ...parcels.pen, amount: eur(0) }))
      .then(...shipment(parcels.pen).slice(0, 2)))
  it.each(['none', 'reserving', 'authorising', 'confirming'] as const)('of an order that is %s cannot be', name =>
    given(...past[name])
      .when(shipped(parcels.pen))
      .then(),
  )
})

describe('answers to a shipment', () => {
  it('settle their own request only', () => {
    given(...past.shipped)
      .when(goods('s-pen'))
      .then(answered('ship/s-pen'))
    given(...past.shipped)
      .when(money('s-mugs'))
      .then(answered('capture/s-mugs'))
  })
  it('that come twice, or for another, change nothing', () => {
    given(...past.shipped, ...allAnswered)
      .when(goods('s-pen'))
      .then()
    given(...past.shipped, ...allAnswered)
      .when(money('s-pen'))
      .then()
    given(...past.shipped)
      .when(goods('s-other'))
      .then()
  })
  it('all there, only the delivery is waited for', () =>
    expect(nextDeadline(given(...past.shipped, ...allAnswered).state())).toBe(at(14 * day)))
  it('that do not come are asked for again, never given up', () => {
    const when = at(60 * day)
    given(...past.partlyShipped, noted('RemainderCancellationSought', { askAgainAt: at(61 * day) }))
      .when(pass(when))
      .then(
        asked('StockShipmentRequested', {
          shipmentId: 's-pen',
          lines: parcels.pen.lines,
          attempt: 2,
          retryAt: at(60 * day + 2 * timings.retryMs),
        }),
        asked('PaymentCaptureRequested', {
          shipmentId: 's-pen',
          captureId: 's-pen',
          amount: eur(714),
          final: false,
          attempt: 2,
          retryAt: at(60 * day + 2 * timings.retryMs),
        }),
      )
  })
})

describe('a capture that fails', () => {
  const failed = told('NotePaymentCaptureFailed', { captureId: 's-pen', reason: 'NO_ANSWER', nextId: 'c2' })
  const noticed = noted('RequestFailed', {
    task: 'capture/s-pen',
    reason: 'NO_ANSWER',
    nextId: 'c2',
    retryAt: at(timings.retryMs),
  })
  const stocked = answered('ship/s-pen')
  const second = asked('PaymentCaptureRequested', {
    shipmentId: 's-pen',
    captureId: 'c2',
    amount: eur(714),
    final: false,
    attempt: 2,
    retryAt: at(3 * timings.retryMs),
  })
  it('is asked for again after a pause, under a new id', () => {
    given(...past.partlyShipped, stocked)
      .when(failed)
      .then(noticed)
    given(...past.partlyShipped, stocked, noticed)
      .when(pass(at(timings.retryMs)))
      .then(second)
  })
  it('told twice is one failure', () =>
    given(...past.partlyShipped, noticed)
      .when(failed)
      .then())
  it('is settled by its second try', () =>
    given(...past.partlyShipped, stocked, noticed, second)
      .when(money('c2'))
      .then(answered('capture/s-pen')))
  it('of an unknown id changes nothing', () =>
    given(...past.partlyShipped)
      .when(told('NotePaymentCaptureFailed', { captureId: 'c9', reason: 'x', nextId: 'c10' }))
      .then())
})

describe('what is not shipped in time', () => {
  const sought = noted('RemainderCancellationSought', { askAgainAt: at(5 * day + timings.retryMs) }, shippedBy)
  const penDone = [answered('ship/s-pen'), answered('capture/s-pen')]
  const cancelled = told('NoteRemainderCancelled', {}, shippedBy)
  const closed = noted('RemainderClosed', { deliverBy: at(19 * day) }, shippedBy)
  const release = firstly('StockReleaseRequested', { reason: 'REMAINDER_CANCELLED' }, shippedBy)

  it('is asked to be cancelled', () =>
    given(...past.partlyShipped, ...penDone)
      .when(pass(shippedBy))
      .then(sought))
  it('gives back its stock and waits for the delivery of the rest', () => {
    given(...past.partlyShipped, ...penDone, sought)
      .when(cancelled)
      .then(closed, release)
    expect(nextDeadline(given(...past.partlyShipped, ...penDone, closed, release, answered('release')).state())).toBe(
      at(19 * day),
    )
  })
  it('keeps its stock until the shipment under way has taken its own', () => {
    given(...past.partlyShipped, sought)
      .when(cancelled)
      .then(closed)
    given(...past.partlyShipped, sought, closed)
      .when(told('NoteStockShipped', { shipmentId: 's-pen' }, shippedBy))
      .then(answered('ship/s-pen', shippedBy), release)
  })
  it('never gives up giving back', () =>
    given(...past.partlyShipped, ...penDone, closed, release, noted('DeliveryNoted', {}))
      .when(pass(at(90 * day)))
      .then(
        asked('StockReleaseRequested', {
          reason: 'REMAINDER_CANCELLED',
          attempt: 2,
          retryAt: at(90 * day + 2 * timings.retryMs),
        }),
      ))
  it('told twice, or when all is shipped, changes nothing', () => {
    given(...past.partlyShipped, ...penDone, closed, release)
      .when(cancelled)
      .then()
    given(...past.shipped)
      .when(cancelled)
      .then()
  })
})

describe('delivery', () => {
  const delivered = noted('DeliveryNoted', {})
  it('is the end', () => {
    given(...past.shipped, ...allAnswered)
      .when(told('NoteDelivery', {}))
      .then(delivered)
    expect(nextDeadline(given(...past.shipped, ...allAnswered, delivered).state())).toBeUndefined()
  })
  it('does not end what is not answered', () =>
    expect(nextDeadline(given(...past.shipped, delivered).state())).toBe(at(timings.retryMs)))
  it('that nobody reports is assumed after a while', () =>
    given(...past.shipped, ...allAnswered)
      .when(pass(at(14 * day)))
      .then(noted('DeliveryAssumed', { askAgainAt: at(14 * day + timings.retryMs) }, at(14 * day))))
  it('told twice is one', () =>
    given(...past.shipped, delivered)
      .when(told('NoteDelivery', {}))
      .then())
})

describe('a return', () => {
  const done = [...past.shipped, ...allAnswered, noted('DeliveryNoted', {})]
  const back = { returnId: 'r1', lines: [{ sku: 'MUG-1', quantity: 1 }], amount: eur(1_190) }
  const restock = firstly('RestockRequested', { returnId: 'r1', lines: back.lines })
  const refund = firstly('PaymentRefundRequested', {
    cause: 'r1',
    refundId: 'r1',
    amount: eur(1_190),
    reason: 'RETURN',
  })
  const returned = [noted('ReturnNoted', { returnId: 'r1' }), restock, refund]

  it('restocks and pays back', () =>
    given(...done)
      .when(told('NoteReturn', back))
      .then(...returned))
  it('told twice is one', () =>
    given(...done, ...returned)
      .when(told('NoteReturn', back))
      .then())
  it('waits for both answers', () => {
    given(...done, ...returned)
      .when(told('NoteStockRestocked', { returnId: 'r1' }))
      .then(answered('restock/r1'))
    given(...done, ...returned)
      .when(told('NotePaymentRefunded', { refundId: 'r1' }))
      .then(answered('refund/r1'))
    expect(nextDeadline(given(...done, ...returned).state())).toBe(at(timings.retryMs))
    expect(
      nextDeadline(given(...done, ...returned, answered('restock/r1'), answered('refund/r1')).state()),
    ).toBeUndefined()
  })
  it('whose refund fails is paid back later, under a new id', () => {
    const failure = noted('RequestFailed', {
      task: 'refund/r1',
      reason: 'NO_ANSWER',
      nextId: 'f2',
      retryAt: at(timings.retryMs),
    })
    given(...done, ...returned)
      .when(told('NotePaymentRefundFailed', { refundId: 'r1', reason: 'NO_ANSWER', nextId: 'f2' }))
      .then(failure)
    given(...done, ...returned, answered('restock/r1'), failure)
      .when(pass(at(minute)))
      .then(
        asked('PaymentRefundRequested', {
          cause: 'r1',
          refundId: 'f2',
          amount: eur(1_190),
          reason: 'RETURN',
          attempt: 2,
          retryAt: at(minute + 2 * timings.retryMs),
        }),
      )
  })
  it('whose refund keeps failing is left to a person', () => {
    const last = asked('PaymentRefundRequested', {
      cause: 'r1',
      refundId: 'f12',
      amount: eur(1_190),
      reason: 'RETURN',
      attempt: MAX_REFUND_ATTEMPTS,
      retryAt: at(day),
    })
    given(...done, ...returned, last)
      .when(told('NotePaymentRefundFailed', { refundId: 'f12', reason: 'x', nextId: 'f13' }))
      .then(noted('RequestLapsed', { task: 'refund/r1' }))
  })
  it.each(['confirmed', 'reserving'] as const)('of an order that is %s cannot be', name =>
    given(...past[name])
      .when(told('NoteReturn', back))
      .then(),
  )

  it('that is worth nothing is restocked only', () =>
    given(...done)
      .when(told('NoteReturn', { ...back, amount: eur(0) }))
      .then(noted('ReturnNoted', { returnId: 'r1' }), restock))
  it('is settled by its own answers only', () => {
    given(...done, ...returned)
      .when(told('NoteStockRestocked', { returnId: 'r2' }))
      .then()
    given(...done, ...returned)
      .when(told('NotePaymentRefunded', { refundId: 'r2' }))
      .then()
    given(...done, ...returned)
      .when(told('NotePaymentRefundFailed', { refundId: 'r2', reason: 'x', nextId: 'f2' }))
      .then()
  })
  it('that is not restocked is asked for again', () =>
    given(...done, ...returned, answered('refund/r1'))
      .when(pass(at(timings.retryMs)))
      .then(
        asked('RestockRequested', { returnId: 'r1', lines: back.lines, attempt: 2, retryAt: at(3 * timings.retryMs) }),
      ))
})

describe('a failure', () => {
  it('of one capture leaves the other as it is', () => {
    const failure = noted('RequestFailed', {
      task: 'capture/s-pen',
      reason: 'x',
      nextId: 'c2',
      retryAt: at(timings.retryMs),
    })
    const goodsGone = [answered('ship/s-pen'), answered('ship/s-mugs')]
    const capture = (parcel: typeof parcels.pen, captureId: string): SagaEvent =>
      asked('PaymentCaptureRequested', {
        shipmentId: parcel.shipmentId,
        captureId,
        amount: parcel.amount,
        final: parcel.final,
        attempt: 2,
        retryAt: at(3 * timings.retryMs),
      })
    given(...past.shipped, ...goodsGone, failure)
      .when(pass(at(timings.retryMs)))
      .then(capture(parcels.pen, 'c2'), capture(parcels.mugs, 's-mugs'))
  })
})

describe('a delivery that is assumed', () => {
  const assumed = noted('DeliveryAssumed', { askAgainAt: at(14 * day + timings.retryMs) }, at(14 * day))
  it('is assumed again until the order has noted it', () => {
    const again = at(14 * day + timings.retryMs)
    given(...past.shipped, ...allAnswered, assumed)
      .when(pass(again))
      .then(noted('DeliveryAssumed', { askAgainAt: at(14 * day + 2 * timings.retryMs) }, again))
  })
  it('of what was left after the remainder was cancelled comes, too', () => {
    const closed = [
      ...past.partlyShipped,
      answered('ship/s-pen'),
      answered('capture/s-pen'),
      noted('RemainderClosed', { deliverBy: at(19 * day) }, shippedBy),
      firstly('StockReleaseRequested', { reason: 'REMAINDER_CANCELLED' }, shippedBy),
      answered('release'),
    ]
    given(...closed)
      .when(pass(at(19 * day)))
      .then(noted('DeliveryAssumed', { askAgainAt: at(19 * day + timings.retryMs) }, at(19 * day)))
  })
})
