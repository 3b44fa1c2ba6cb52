import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import { allAnswered, answered, asked, firstly, noted, pass, past, told } from './saga.fixture.ts'
import { createSaga } from './saga.ts'
import { MAX_REFUND_ATTEMPTS } from './saga-late.ts'
import { at, day, minute, timings } from './saga-moments.fixture.ts'
import { nextDeadline } from './saga-state.ts'
import { eur } from './samples.fixture.ts'

const { given } = specFor(createSaga(timings))

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
