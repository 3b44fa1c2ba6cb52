import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import { answered, asked, firstly, noted, parcels, past, shipment, told } from './saga.fixture.ts'
import { createSaga } from './saga.ts'
import { coveredBy, spend } from './saga-credit.ts'
import type { SagaEvent } from './saga-events.ts'
import { at, authorisedUntil, minute, reservedUntil, shippedBy, timings } from './saga-moments.fixture.ts'
import { creditOf } from './saga-state.ts'
import { eur } from './samples.fixture.ts'

const { given } = specFor(createSaga(timings))

const taken = (amount: number, captureId = 'c9', refundId = 'f9') =>
  told('NotePaymentCaptured', { captureId, amount: eur(amount), refundId })
const credit = (amount: number, captureId = 'c9', refundId = 'f9'): SagaEvent =>
  noted('CreditNoted', { captureId, amount: eur(amount), refundId })
const used = (shipmentId: string, amount: number): SagaEvent => noted('CreditUsed', { shipmentId, amount: eur(amount) })
const goesBack = (amount: number, captureId = 'c9', refundId = 'f9'): SagaEvent[] => [
  noted('StrayCaptureNoted', { captureId }),
  firstly('PaymentRefundRequested', {
    cause: captureId,
    refundId,
    amount: eur(amount),
    reason: 'STRAY_CAPTURE',
  }),
]
const failed = (shipmentId: string, nextId: string): SagaEvent =>
  noted('RequestFailed', {
    task: `capture/${shipmentId}`,
    reason: 'EXCEEDS_AUTHORISED',
    nextId,
    retryAt: at(timings.retryMs),
  })
const refuses = (captureId: string, nextId = 'n1') =>
  told('NotePaymentCaptureFailed', { captureId, reason: 'EXCEEDS_AUTHORISED', nextId })
const leaves = (parcel: typeof parcels.pen) => told('NoteShipment', parcel)
const leftOf = (...events: readonly SagaEvent[]) =>
  creditOf(given(...events).state()).map(({ amount }) => amount.amount)
const tasksOf = (...events: readonly SagaEvent[]) => {
  const state = given(...events).state()
  return state.status === 'fulfilling' ? state.tasks.map(({ key }) => key) : undefined
}

const goods = ({ shipmentId, lines, final }: typeof parcels.pen): SagaEvent[] => [
  noted('ShipmentNoted', { shipmentId, final, deliverBy: at(14 * 24 * 60 * minute) }),
  firstly('StockShipmentRequested', { shipmentId, lines }),
]
const capture = ({ shipmentId, final }: typeof parcels.pen, amount: number): SagaEvent =>
  firstly('PaymentCaptureRequested', { shipmentId, captureId: shipmentId, amount: eur(amount), final })

describe('money that is taken before anybody asks for it', () => {
  it.each(['authorising', 'confirming', 'confirmed', 'partlyShipped'] as const)(
    'is kept while the order is %s, once',
    name => {
      given(...past[name])
        .when(taken(500))
        .then(credit(500))
      given(...past[name], credit(500))
        .when(taken(500, 'c9', 'f10'))
        .then()
      given(...past[name], credit(500))
        .when(taken(20, 'c10', 'f10'))
        .then(credit(20, 'c10', 'f10'))
    },
  )
  it.each(['none', 'reserving'] as const)('cannot be of an order that is %s', name => {
    given(...past[name])
      .when(taken(500))
      .then()
    expect(leftOf(...past[name], credit(500))).toEqual([])
  })
  it('is remembered until the goods leave', () => {
    const [, ...held] = past.confirmed.slice(past.reserving.length - 1)
    expect(leftOf(...past.reserving, ...held.slice(0, 2), credit(500), ...held.slice(2))).toEqual([500])
    expect(leftOf(...past.confirming, credit(500), ...past.confirmed.slice(past.confirming.length))).toEqual([500])
    expect(leftOf(...past.confirmed, credit(500), ...shipment(parcels.pen))).toEqual([500])
  })
})

describe('a shipment for which money was taken before', () => {
  it('has only the rest captured', () =>
    given(...past.confirmed, credit(500))
      .when(leaves(parcels.pen))
      .then(...goods(parcels.pen), used('s-pen', 500), capture(parcels.pen, 214)))
  it('has nothing captured when all of it is paid', () =>
    given(...past.confirmed, credit(714))
      .when(leaves(parcels.pen))
      .then(...goods(parcels.pen), used('s-pen', 714)))
  it('leaves the next one what it does not need', () => {
    const before = [...past.confirmed, credit(1_000), ...goods(parcels.pen), used('s-pen', 714)]
    expect(leftOf(...before)).toEqual([286])
    given(...before)
      .when(leaves(parcels.mugs))
      .then(...goods(parcels.mugs), used('s-mugs', 286), capture(parcels.mugs, 3_285))
  })
  it('takes from the oldest first', () => {
    const before = [...past.confirmed, credit(700), credit(100, 'c10', 'f10'), ...goods(parcels.pen)]
    expect(leftOf(...before, used('s-pen', 714))).toEqual([0, 86])
  })
})

describe('a capture that is refused', () => {
  const before = [...past.confirmed, ...shipment(parcels.pen)]
  it('is paid from what was taken before', () => {
    given(...before, credit(714))
      .when(refuses('s-pen'))
      .then(failed('s-pen', 'n1'), used('s-pen', 714))
    expect(tasksOf(...before, credit(714), failed('s-pen', 'n1'), used('s-pen', 714))).toEqual(['ship/s-pen'])
  })
  it('is paid, too, when that becomes known only afterwards', () =>
    given(...before, failed('s-pen', 'n1'))
      .when(taken(714))
      .then(credit(714), used('s-pen', 714)))
  it('is asked again for what is left', () => {
    const lessened = [...before, credit(500), answered('ship/s-pen'), failed('s-pen', 'n1'), used('s-pen', 500)]
    given(...lessened)
      .when(told('PassTime', {}, at(timings.retryMs)))
      .then(
        asked('PaymentCaptureRequested', {
          shipmentId: 's-pen',
          captureId: 'n1',
          amount: eur(214),
          final: false,
          attempt: 2,
          retryAt: at(3 * timings.retryMs),
        }),
      )
  })
  it('shares with another that is refused', () => {
    const two = [...before, ...shipment(parcels.mugs), failed('s-pen', 'n1'), failed('s-mugs', 'n2')]
    given(...two)
      .when(taken(1_000))
      .then(credit(1_000), used('s-pen', 714), used('s-mugs', 286))
    given(...two)
      .when(taken(700))
      .then(credit(700), used('s-pen', 700))
  })
  it('leaves alone what is under way, and what is not money', () =>
    given(...before, ...shipment(parcels.mugs), failed('s-pen', 'n1'))
      .when(taken(4_285))
      .then(credit(4_285), used('s-pen', 714)))
  it('that is approved after all is taken for money before its time', () =>
    given(...before, credit(714), failed('s-pen', 'n1'), used('s-pen', 714))
      .when(taken(714, 's-pen', 'f2'))
      .then(credit(714, 's-pen', 'f2')))
})

describe('what was taken and nothing needs', () => {
  const shipped = [...past.confirmed, credit(5_000), ...goods(parcels.pen), used('s-pen', 714)]
  it('goes back when the last goods leave', () =>
    given(...shipped)
      .when(leaves(parcels.mugs))
      .then(...goods(parcels.mugs), used('s-mugs', 3_571), ...goesBack(715)))
  it('goes back when the last capture is settled, each by itself', () => {
    const last = [...past.shipped, credit(20), credit(30, 'c10', 'f10'), answered('capture/s-pen')]
    given(...last)
      .when(taken(3_571, 's-mugs'))
      .then(answered('capture/s-mugs'), ...goesBack(20), ...goesBack(30, 'c10', 'f10'))
  })
  it('goes back when the rest of the order is cancelled', () =>
    given(...shipped, answered('ship/s-pen'))
      .when(told('NoteRemainderCancelled', {}, shippedBy))
      .then(
        noted('RemainderClosed', { deliverBy: at(19 * 24 * 60 * minute) }, shippedBy),
        firstly('StockReleaseRequested', { reason: 'REMAINDER_CANCELLED' }, shippedBy),
        noted('StrayCaptureNoted', { captureId: 'c9' }, shippedBy),
        firstly(
          'PaymentRefundRequested',
          { cause: 'c9', refundId: 'f9', amount: eur(4_286), reason: 'STRAY_CAPTURE' },
          shippedBy,
        ),
      ))
  it('stays while goods are still to be sent, or a capture is open', () => {
    given(...shipped)
      .when(told('NoteStockShipped', { shipmentId: 's-pen' }))
      .then(answered('ship/s-pen'))
    given(...past.shipped, credit(20))
      .when(taken(714, 's-pen'))
      .then(answered('capture/s-pen'))
  })
  it('goes back at once when all is done, and is known when it is told again', () => {
    const done = [...past.shipped, answered('capture/s-pen'), answered('capture/s-mugs'), noted('DeliveryNoted', {})]
    given(...done)
      .when(taken(20))
      .then(credit(20), ...goesBack(20))
    expect(leftOf(...done, credit(20), ...goesBack(20))).toEqual([])
    given(...done, credit(20), ...goesBack(20))
      .when(taken(20, 'c9', 'f10'))
      .then()
  })
  it('is what a capture brings twice: refused first, paid in part from credit, and taken after all', () =>
    given(...past.shipped, credit(20), failed('s-pen', 'n1'), used('s-pen', 20))
      .when(taken(714, 's-pen'))
      .then(answered('capture/s-pen'), credit(20, 's-pen')))
  it('is nothing when all was used', () =>
    given(...past.confirmed, credit(4_285), ...goods(parcels.pen), used('s-pen', 714))
      .when(leaves(parcels.mugs))
      .then(...goods(parcels.mugs), used('s-mugs', 3_571)))
  it.each([
    ['authorising', { giveUpAt: reservedUntil }, at(timings.authorisationLifetimeMs)],
    ['confirmed', {}, authorisedUntil],
  ] as const)('goes back when the order ends while %s', (name, limit, giveUpAt) => {
    const reason = 'CUSTOMER_REQUEST'
    given(...past[name], credit(500), credit(0, 'c10', 'f10'))
      .when(told('NoteCancellation', { reason }))
      .then(
        noted('UndoingBegun', { outcome: 'cancelled', reason }),
        firstly('StockReleaseRequested', { reason, ...limit }),
        firstly('PaymentVoidRequested', { reason, giveUpAt }),
        ...goesBack(500),
      )
  })
  it('goes back, too, when the authorisation is lost', () =>
    given(...past.confirming, credit(500))
      .when(told('NoteAuthorisationExpired', {}))
      .then(
        noted('UndoingBegun', { outcome: 'rejected', reason: 'PAYMENT_EXPIRED' }),
        firstly('StockReleaseRequested', { reason: 'PAYMENT_EXPIRED' }),
        ...goesBack(500),
      ))
})

describe('credit', () => {
  const entries = [
    { captureId: 'a', amount: eur(30), refundId: 'x' },
    { captureId: 'b', amount: eur(50), refundId: 'y' },
  ]
  it('covers an amount as far as it goes', () => {
    expect(coveredBy(entries, eur(70))).toEqual(eur(70))
    expect(coveredBy(entries, eur(100))).toEqual(eur(80))
    expect(coveredBy([], eur(100))).toEqual(eur(0))
  })
  it('is spent entry by entry', () =>
    expect(spend(entries, eur(40)).map(({ amount }) => amount.amount)).toEqual([0, 40]))
})
