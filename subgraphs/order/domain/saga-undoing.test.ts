import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import {
  answered,
  answers,
  asked,
  begun,
  cancel,
  firstly,
  noted,
  pass,
  past,
  release,
  told,
  void_,
} from './saga.fixture.ts'
import { createSaga } from './saga.ts'
import type { SagaEvent } from './saga-events.ts'
import { at, day, minute, reservedUntil, timings } from './saga-moments.fixture.ts'
import { nextDeadline } from './saga-state.ts'
import { eur, now } from './samples.fixture.ts'

const { given } = specFor(createSaga(timings))
const { authorised, declined, expired, firm, lost, refused, released, reserved, voided } = answers

describe('while undoing', () => {
  const undoing = [
    ...past.authorising,
    begun('cancelled', 'CUSTOMER_REQUEST'),
    release('CUSTOMER_REQUEST', now, reservedUntil),
    void_('CUSTOMER_REQUEST', now, at(7 * day)),
  ]
  const done = [...undoing, answered('release'), answered('void')]
  const stray = noted('StrayCaptureNoted', { captureId: 'c1' })
  const refund = firstly('PaymentRefundRequested', {
    cause: 'c1',
    refundId: 'f1',
    amount: eur(500),
    reason: 'STRAY_CAPTURE',
  })

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
      .when(pass(when))
      .then(...repeated(2, at(3 * timings.retryMs)))
    given(...undoing, ...repeated(20, at(minute)))
      .when(pass(at(minute)))
      .then(...repeated(21, at(minute + timings.retryMaxMs)))
  })
  it('gives up a release when the reservation has expired by itself, and a void when the authorisation has', () => {
    given(...undoing)
      .when(pass(at(7 * day)))
      .then(
        noted('RequestLapsed', { task: 'release' }, at(7 * day)),
        noted('RequestLapsed', { task: 'void' }, at(7 * day)),
      )
  })
  it('never gives up the release of a firm reservation', () =>
    given(...past.confirmed, begun('cancelled', 'CUSTOMER_REQUEST'), release('CUSTOMER_REQUEST'))
      .when(pass(at(90 * day)))
      .then(
        asked('StockReleaseRequested', {
          reason: 'CUSTOMER_REQUEST',
          attempt: 2,
          retryAt: at(90 * day + 2 * timings.retryMs),
        }),
      ))
  it('money captured on a cancelled order goes back, once', () => {
    const captured = told('NotePaymentCaptured', { captureId: 'c1', amount: eur(500), refundId: 'f1' })
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
      .when(pass(at(timings.retryMs)))
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
