import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import { allAnswered, answered, firstly, noted, pass, past, told } from './saga.fixture.ts'
import { createSaga } from './saga.ts'
import { at, day, shippedBy, timings } from './saga-moments.fixture.ts'
import { nextDeadline } from './saga-state.ts'

const { given } = specFor(createSaga(timings))

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
