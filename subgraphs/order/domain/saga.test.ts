import { specFor } from '@mercato/shared-kernel/testing'
import { describe, it } from 'vitest'
import { answers, asked, begun, cancel, noted, past, release, sagaOrder, told, void_ } from './saga.fixture.ts'
import { createSaga } from './saga.ts'
import { at, day, minute, reservedUntil, shippedBy, timings } from './saga-moments.fixture.ts'
import { customerId, eur, now, orderId } from './samples.fixture.ts'

const { given } = specFor(createSaga(timings))
const { authorised, declined, expired, firm, lost, refused, released, reserved, voided } = answers

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
