import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import { allAnswered, answered, asked, firstly, noted, parcels, pass, past, shipment, told } from './saga.fixture.ts'
import { createSaga } from './saga.ts'
import type { SagaEvent } from './saga-events.ts'
import { at, authorisedUntil, day, reservedUntil, shippedBy, timings } from './saga-moments.fixture.ts'
import { nextDeadline } from './saga-state.ts'
import { eur, orderId } from './samples.fixture.ts'

const { given } = specFor(createSaga(timings))

const shipped = (parcel: (typeof parcels)['pen']) => told('NoteShipment', parcel)
const goods = (shipmentId: string) => told('NoteStockShipped', { shipmentId })
const money = (captureId: string) => told('NotePaymentCaptured', { captureId, amount: eur(714), refundId: 'f1' })

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
