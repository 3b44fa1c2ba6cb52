import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import { answers, begun, noted, pass, past, release, void_ } from './saga.fixture.ts'
import { createSaga } from './saga.ts'
import { at, day, minute, reservedUntil, shippedBy, timings } from './saga-moments.fixture.ts'
import { nextDeadline } from './saga-state.ts'
import { now, orderId } from './samples.fixture.ts'

const { given } = specFor(createSaga(timings))
const { firm } = answers

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

describe('time that passes before the pivot', () => {
  it.each([
    ['reserving', 30_000],
    ['authorising', 2 * minute],
    ['confirming', 30_000],
    ['confirmed', 5 * day],
  ] as const)('is waited for while %s', (name, ms) => {
    expect(nextDeadline(given(...past[name]).state())).toBe(at(ms))
    given(...past[name])
      .when(pass(at(ms - 1)))
      .then()
  })
  it('without an answer to the reservation gives up and releases', () =>
    given(...past.reserving)
      .when(pass(at(30_000)))
      .then(begun('rejected', 'STOCK_UNANSWERED', at(30_000)), release('STOCK_UNANSWERED', at(30_000), reservedUntil)))
  it('without an answer to the authorisation gives up, releases and voids', () => {
    const when = at(2 * minute)
    given(...past.authorising)
      .when(pass(when))
      .then(
        begun('rejected', 'PAYMENT_UNANSWERED', when),
        release('PAYMENT_UNANSWERED', when, reservedUntil),
        void_('PAYMENT_UNANSWERED', when, at(2 * minute + 7 * day)),
      )
  })
  it('without an answer to the confirmation gives up, releases what may be firm, and voids', () => {
    const when = at(30_000)
    given(...past.confirming)
      .when(pass(when))
      .then(
        begun('rejected', 'STOCK_UNANSWERED', when),
        release('STOCK_UNANSWERED', when),
        void_('STOCK_UNANSWERED', when),
      )
  })
  it('until the ship-by deadline asks the order to cancel', () =>
    given(...past.confirmed)
      .when(pass(shippedBy))
      .then(
        noted('CancellationSought', { reason: 'SHIP_BY_PASSED', askAgainAt: at(5 * day + timings.retryMs) }, shippedBy),
      ))
  it('changes nothing where there is nothing', () =>
    given()
      .when(pass(at(day)))
      .then())
})
