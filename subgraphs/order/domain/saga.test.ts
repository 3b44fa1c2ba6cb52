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
  past,
  reservedUntil,
  sagaOrder,
  shippedBy,
  timings,
  told,
} from './saga.fixture.ts'
import { createSaga } from './saga.ts'
import type { SagaEvent } from './saga-events.ts'
import { nextDeadline } from './saga-state.ts'
import { customerId, eur, now, orderId } from './samples.fixture.ts'

const { given } = specFor(createSaga(timings))

const begun = (outcome: 'rejected' | 'cancelled', reason: string, when = now): SagaEvent =>
  noted('UndoingBegun', { outcome, reason }, when)
const release = (reason: string, when = now, giveUpAt?: string): SagaEvent =>
  firstly('StockReleaseRequested', { reason, ...(giveUpAt ? { giveUpAt } : {}) }, when)
const void_ = (reason: string, when = now, giveUpAt = authorisedUntil): SagaEvent =>
  firstly('PaymentVoidRequested', { reason, giveUpAt }, when)

const reserved = told('NoteStockReserved', { expiresAt: reservedUntil })
const refused = told('NoteStockRefused', { sku: 'MUG-1' })
const authorised = told('NotePaymentAuthorised', { paymentId: orderId, expiresAt: authorisedUntil })
const declined = told('NotePaymentDeclined', { reason: 'INSUFFICIENT_FUNDS' })
const firm = told('NoteReservationConfirmed', {})
const lost = told('NoteReservationLost', { reason: 'EXPIRED' })
const released = told('NoteStockReleased', {})
const voided = told('NotePaymentVoided', {})
const expired = told('NoteAuthorisationExpired', {})
const cancel = told('NoteCancellation', { reason: 'CUSTOMER_REQUEST' })

describe('the way forward', () => {
  it('reserves, summed per SKU, until the reservation expires', () =>
    given()
      .when(told('StartSaga', sagaOrder))
      .then(...past.reserving))
  it('starts once', () =>
    given(...past.authorising)
      .when(told('StartSaga', sagaOrder))
      .then())
  it('authorises what was reserved', () =>
    given(...past.reserving)
      .when(reserved)
      .then(...past.authorising.slice(2)))
  it('waits for the authorisation no longer than the reservation lasts', () =>
    given(...past.reserving)
      .when(told('NoteStockReserved', { expiresAt: at(minute) }))
      .then(
        noted('StockHeld', { expiresAt: at(minute) }),
        asked('PaymentAuthorisationRequested', {
          customerId,
          paymentMethodId: 'pm-1',
          amount: eur(4_285),
          answerBy: at(minute),
        }),
      ))
  it('makes the reservation firm when paid for', () =>
    given(...past.authorising)
      .when(authorised)
      .then(...past.confirming.slice(4)))
  it('confirms when the reservation is firm', () =>
    given(...past.confirming)
      .when(firm)
      .then(noted('SagaConfirmed', { shipBy: shippedBy })))
})

describe('the ship-by deadline', () => {
  const confirmedWith = (expiresAt: string) =>
    given(...past.authorising, noted('PaymentSecured', { paymentId: orderId, expiresAt }))
  it('leaves the margin for the capture before the authorisation expires', () =>
    confirmedWith(at(3 * day))
      .when(firm)
      .then(noted('SagaConfirmed', { shipBy: at(2 * day) })))
  it('takes half of what remains of a short authorisation', () =>
    confirmedWith(at(10 * minute))
      .when(firm)
      .then(noted('SagaConfirmed', { shipBy: at(5 * minute) })))
  it('of an authorisation that is over does not come: the order is rejected', () =>
    confirmedWith(now).when(firm).then(begun('rejected', 'PAYMENT_EXPIRED'), release('PAYMENT_EXPIRED')))
})

describe('a refusal before the pivot', () => {
  it('of stock holds nothing: nothing is undone', () =>
    given(...past.reserving)
      .when(refused)
      .then(begun('rejected', 'OUT_OF_STOCK')))
  it('of payment releases the stock', () =>
    given(...past.authorising)
      .when(declined)
      .then(begun('rejected', 'PAYMENT_DECLINED'), release('PAYMENT_DECLINED', now, reservedUntil)))
  it('an authorisation that comes expired releases the stock', () =>
    given(...past.authorising)
      .when(told('NotePaymentAuthorised', { paymentId: orderId, expiresAt: now }))
      .then(begun('rejected', 'PAYMENT_EXPIRED'), release('PAYMENT_EXPIRED', now, reservedUntil)))
})

describe('something held that is lost before the order is confirmed', () => {
  it('the reservation while authorising: the payment is voided, whatever it will be', () =>
    given(...past.authorising)
      .when(lost)
      .then(begun('rejected', 'RESERVATION_LOST'), void_('RESERVATION_LOST', now, at(7 * day))))
  it.each([
    ['lost', lost],
    ['released', released],
  ] as const)('the reservation, %s while confirming: the payment is voided', (_, command) =>
    given(...past.confirming)
      .when(command)
      .then(begun('rejected', 'RESERVATION_LOST'), void_('RESERVATION_LOST')),
  )
  it.each([
    ['expired', expired, 'PAYMENT_EXPIRED'],
    ['voided', voided, 'PAYMENT_VOIDED'],
    ['declined', declined, 'PAYMENT_DECLINED'],
  ] as const)('the payment, %s while confirming: the stock is released, firm or not', (_, command, reason) =>
    given(...past.confirming)
      .when(command)
      .then(begun('rejected', reason), release(reason)),
  )
})

describe('something held that is lost from a confirmed order', () => {
  const sought = (lost: 'stock' | 'payment', reason: string) =>
    noted('CancellationSought', { reason, lost, askAgainAt: at(timings.retryMs) })
  it('asks the order to cancel: it may have been shipped meanwhile', () => {
    given(...past.confirmed)
      .when(expired)
      .then(sought('payment', 'PAYMENT_EXPIRED'))
    given(...past.confirmed)
      .when(lost)
      .then(sought('stock', 'RESERVATION_LOST'))
  })
  it('asks once', () =>
    given(...past.confirmed, sought('payment', 'PAYMENT_EXPIRED'))
      .when(expired)
      .then())
  it('asks again when the order does not say', () =>
    given(...past.confirmed, sought('payment', 'PAYMENT_EXPIRED'))
      .when(told('PassTime', {}, at(timings.retryMs)))
      .then(
        noted(
          'CancellationSought',
          { reason: 'PAYMENT_EXPIRED', askAgainAt: at(2 * timings.retryMs) },
          at(timings.retryMs),
        ),
      ))
  it('gives back only what is still owned', () => {
    given(...past.confirmed, sought('payment', 'PAYMENT_EXPIRED'))
      .when(cancel)
      .then(begun('cancelled', 'CUSTOMER_REQUEST'), release('CUSTOMER_REQUEST'))
    given(...past.confirmed, sought('stock', 'RESERVATION_LOST'))
      .when(cancel)
      .then(begun('cancelled', 'CUSTOMER_REQUEST'), void_('CUSTOMER_REQUEST'))
  })
})

describe('a cancellation', () => {
  it('before anything began prevents it', () => {
    given().when(cancel).then(begun('cancelled', 'CUSTOMER_REQUEST'))
    given(begun('cancelled', 'CUSTOMER_REQUEST')).when(told('StartSaga', sagaOrder)).then()
  })
  it('while reserving releases what may have been reserved', () =>
    given(...past.reserving)
      .when(cancel)
      .then(begun('cancelled', 'CUSTOMER_REQUEST'), release('CUSTOMER_REQUEST', now, reservedUntil)))
  it('while authorising releases, and voids what may be authorised', () =>
    given(...past.authorising)
      .when(cancel)
      .then(
        begun('cancelled', 'CUSTOMER_REQUEST'),
        release('CUSTOMER_REQUEST', now, reservedUntil),
        void_('CUSTOMER_REQUEST', now, at(7 * day)),
      ))
  it.each(['confirming', 'confirmed'] as const)('while %s releases a firm reservation and voids', name =>
    given(...past[name])
      .when(cancel)
      .then(begun('cancelled', 'CUSTOMER_REQUEST'), release('CUSTOMER_REQUEST'), void_('CUSTOMER_REQUEST')),
  )
  it.each(['partlyShipped', 'shipped'] as const)('after the pivot (%s) is none', name =>
    given(...past[name])
      .when(cancel)
      .then(),
  )
  it('twice is one', () => given(begun('cancelled', 'CUSTOMER_REQUEST')).when(cancel).then())
})

describe('time that passes before the pivot', () => {
  const passed = (when: string) => told('PassTime', {}, when)
  it.each([
    ['reserving', 30_000],
    ['authorising', 2 * minute],
    ['confirming', 30_000],
    ['confirmed', 5 * day],
  ] as const)('is waited for while %s', (name, ms) => {
    expect(nextDeadline(given(...past[name]).state())).toBe(at(ms))
    given(...past[name])
      .when(passed(at(ms - 1)))
      .then()
  })
  it('without an answer to the reservation gives up and releases', () =>
    given(...past.reserving)
      .when(passed(at(30_000)))
      .then(begun('rejected', 'STOCK_UNANSWERED', at(30_000)), release('STOCK_UNANSWERED', at(30_000), reservedUntil)))
  it('without an answer to the authorisation gives up, releases and voids', () => {
    const when = at(2 * minute)
    given(...past.authorising)
      .when(passed(when))
      .then(
        begun('rejected', 'PAYMENT_UNANSWERED', when),
        release('PAYMENT_UNANSWERED', when, reservedUntil),
        void_('PAYMENT_UNANSWERED', when, at(2 * minute + 7 * day)),
      )
  })
  it('without an answer to the confirmation gives up, releases what may be firm, and voids', () => {
    const when = at(30_000)
    given(...past.confirming)
      .when(passed(when))
      .then(
        begun('rejected', 'STOCK_UNANSWERED', when),
        release('STOCK_UNANSWERED', when),
        void_('STOCK_UNANSWERED', when),
      )
  })
  it('until the ship-by deadline asks the order to cancel', () =>
    given(...past.confirmed)
      .when(passed(shippedBy))
      .then(
        noted('CancellationSought', { reason: 'SHIP_BY_PASSED', askAgainAt: at(5 * day + timings.retryMs) }, shippedBy),
      ))
  it('changes nothing where there is nothing', () =>
    given()
      .when(passed(at(day)))
      .then())
})

describe('while undoing', () => {
  const undoing = [
    ...past.authorising,
    begun('cancelled', 'CUSTOMER_REQUEST'),
    release('CUSTOMER_REQUEST', now, reservedUntil),
    void_('CUSTOMER_REQUEST', now, at(7 * day)),
  ]
  const answered = (task: string) => noted('RequestAnswered', { task })
  const done = [...undoing, answered('release'), answered('void')]

  it('waits for both answers and then rests', () => {
    given(...undoing)
      .when(released)
      .then(answered('release'))
    given(...undoing)
      .when(voided)
      .then(answered('void'))
    expect(nextDeadline(given(...undoing, answered('release')).state())).toBe(at(timings.retryMs))
    expect(nextDeadline(given(...done).state())).toBeUndefined()
  })
  it.each([
    ['refused', refused],
    ['lost', lost],
  ] as const)('takes a reservation that was %s for released', (_, command) =>
    given(...undoing)
      .when(command)
      .then(answered('release')),
  )
  it.each([
    ['declined', declined],
    ['expired', expired],
  ] as const)('takes a payment that was %s for voided', (_, command) =>
    given(...undoing)
      .when(command)
      .then(answered('void')),
  )
  it('answers that come twice change nothing', () => {
    for (const command of [released, voided, refused, lost, declined, expired, cancel, firm])
      given(...done)
        .when(command)
        .then()
  })
  it('stock reserved late is released, also when all was done', () => {
    given(...undoing)
      .when(reserved)
      .then(release('CUSTOMER_REQUEST', now, reservedUntil))
    given(...done)
      .when(reserved)
      .then(release('CUSTOMER_REQUEST', now, reservedUntil))
  })
  it('a payment authorised late is voided, also when all was done', () => {
    given(...undoing)
      .when(authorised)
      .then(void_('CUSTOMER_REQUEST'))
    given(...done)
      .when(authorised)
      .then(void_('CUSTOMER_REQUEST'))
  })
  it('a late confirmation leaves the release to itself', () =>
    given(...undoing)
      .when(firm)
      .then())
  it('repeats what is not answered, with growing pauses', () => {
    const when = at(timings.retryMs)
    const repeated = (attempt: number, retryAt: string): SagaEvent[] => [
      asked('StockReleaseRequested', { reason: 'CUSTOMER_REQUEST', giveUpAt: reservedUntil, attempt, retryAt }),
      asked('PaymentVoidRequested', { reason: 'CUSTOMER_REQUEST', giveUpAt: at(7 * day), attempt, retryAt }),
    ]
    given(...undoing)
      .when(told('PassTime', {}, when))
      .then(...repeated(2, at(3 * timings.retryMs)))
    given(...undoing, ...repeated(20, at(minute)))
      .when(told('PassTime', {}, at(minute)))
      .then(...repeated(21, at(minute + timings.retryMaxMs)))
  })
  it('gives up a release when the reservation has expired by itself, and a void when the authorisation has', () => {
    given(...undoing)
      .when(told('PassTime', {}, at(7 * day)))
      .then(
        noted('RequestLapsed', { task: 'release' }, at(7 * day)),
        noted('RequestLapsed', { task: 'void' }, at(7 * day)),
      )
  })
  it('never gives up the release of a firm reservation', () =>
    given(...past.confirmed, begun('cancelled', 'CUSTOMER_REQUEST'), release('CUSTOMER_REQUEST'))
      .when(told('PassTime', {}, at(90 * day)))
      .then(
        asked('StockReleaseRequested', {
          reason: 'CUSTOMER_REQUEST',
          attempt: 2,
          retryAt: at(90 * day + 2 * timings.retryMs),
        }),
      ))
  it('money captured on a cancelled order goes back, once', () => {
    const captured = told('NotePaymentCaptured', { captureId: 'c1', amount: eur(500), refundId: 'f1' })
    const stray = noted('StrayCaptureNoted', { captureId: 'c1' })
    const refund = firstly('PaymentRefundRequested', {
      cause: 'c1',
      refundId: 'f1',
      amount: eur(500),
      reason: 'STRAY_CAPTURE',
    })
    given(...done)
      .when(captured)
      .then(stray, refund)
    given(...done, stray, refund)
      .when(told('NotePaymentCaptured', { captureId: 'c1', amount: eur(500), refundId: 'f2' }))
      .then()
    given(...done, stray, refund)
      .when(told('NotePaymentRefunded', { refundId: 'f1' }))
      .then(noted('RequestAnswered', { task: 'refund/c1' }))
  })

  it('a refund that fails is asked for again, also for a cancelled order', () => {
    const stray = noted('StrayCaptureNoted', { captureId: 'c1' })
    const refund = firstly('PaymentRefundRequested', {
      cause: 'c1',
      refundId: 'f1',
      amount: eur(500),
      reason: 'STRAY_CAPTURE',
    })
    given(...done, stray, refund)
      .when(told('NotePaymentRefundFailed', { refundId: 'f1', reason: 'x', nextId: 'f2' }))
      .then(noted('RequestFailed', { task: 'refund/c1', reason: 'x', nextId: 'f2', retryAt: at(timings.retryMs) }))
    given(...done, stray, refund)
      .when(told('NotePaymentRefundFailed', { refundId: 'f9', reason: 'x', nextId: 'f2' }))
      .then()
  })
  it('repeats only what is due', () => {
    const lateVoid = asked('PaymentVoidRequested', {
      reason: 'CUSTOMER_REQUEST',
      giveUpAt: at(7 * day),
      attempt: 3,
      retryAt: at(minute),
    })
    given(...undoing, lateVoid)
      .when(told('PassTime', {}, at(timings.retryMs)))
      .then(
        asked('StockReleaseRequested', {
          reason: 'CUSTOMER_REQUEST',
          giveUpAt: reservedUntil,
          attempt: 2,
          retryAt: at(3 * timings.retryMs),
        }),
      )
  })
  it('after giving up, only what is left is waited for', () =>
    expect(nextDeadline(given(...undoing, noted('RequestLapsed', { task: 'void' })).state())).toBe(at(timings.retryMs)))
})

describe('money that moves before anything can be done about it', () => {
  it.each(['none', 'reserving', 'authorising', 'confirming', 'confirmed'] as const)('is left alone while %s', name => {
    const saga = given(...past[name])
    saga.when(told('NotePaymentCaptureFailed', { captureId: 'c1', reason: 'x', nextId: 'c2' })).then()
    saga.when(told('NotePaymentRefundFailed', { refundId: 'f1', reason: 'x', nextId: 'f2' })).then()
    saga.when(told('NoteRemainderCancelled', {})).then()
    saga.when(told('NoteDelivery', {})).then()
  })
})

describe('events that do not fit the state', () => {
  const misfits: SagaEvent[] = [
    ...past.confirmed.slice(0, -1),
    noted('SagaConfirmed', { shipBy: at(day) }),
    noted('CancellationSought', { reason: 'x', lost: 'stock', askAgainAt: at(minute) }),
    noted('RemainderCancellationSought', { askAgainAt: at(minute) }),
    noted('RemainderClosed', { deliverBy: at(minute) }),
    noted('DeliveryAssumed', { askAgainAt: at(minute) }),
    noted('DeliveryNoted', {}),
    noted('ReturnNoted', { returnId: 'r1' }),
  ]
  it('change nothing of a saga that is being undone', () => {
    const undoing = [...past.confirming, begun('rejected', 'x')]
    const before = given(...undoing).state()
    for (const event of misfits) expect(given(...undoing, event).state(), event.type).toEqual(before)
    expect(
      given(...undoing, noted('ShipmentNoted', { shipmentId: 's', final: true, deliverBy: at(day) })).state(),
    ).toEqual(before)
  })
  it('change nothing of a saga that has passed the pivot', () => {
    const before = given(...past.shipped).state()
    for (const event of [...past.confirmed, begun('rejected', 'x')])
      expect(given(...past.shipped, event).state(), event.type).toEqual(before)
  })
  it.each(['reserving', 'authorising', 'confirming'] as const)('change nothing of a saga that is %s', name => {
    const before = given(...past[name]).state()
    for (const event of [
      noted('CancellationSought', { reason: 'x', askAgainAt: at(day) }),
      noted('RequestAnswered', { task: 'release' }),
      noted('RequestLapsed', { task: 'release' }),
      noted('StrayCaptureNoted', { captureId: 'c' }),
      noted('DeliveryNoted', {}),
      release('x'),
      ...(name === 'confirming' ? [] : [noted('SagaConfirmed', { shipBy: at(day) })]),
    ])
      expect(given(...past[name], event).state(), event.type).toEqual(before)
  })
})
