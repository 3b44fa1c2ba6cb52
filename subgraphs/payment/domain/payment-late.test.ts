import { Money } from '@mercato/shared-kernel/domain'
import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import {
  approval,
  authorised,
  declined,
  eur,
  expired,
  now,
  orderId,
  requested,
  requestVoid,
  voided,
} from './payment.fixture.ts'
import { payment } from './payment.ts'
import type { PaymentEvent } from './payment-events.ts'
import { captured, refunded } from './payment-state.ts'

const { given } = specFor(payment)

const voiding = (reason = 'cancelled', requestId = 'request-2'): PaymentEvent => ({
  type: 'PaymentVoidRequested',
  data: { orderId, reason, requestId },
})
const capturing: PaymentEvent = {
  type: 'CaptureRequested',
  data: { orderId, captureId: 'c1', amount: eur(600), final: false, requestId: 'request-3' },
}
const captureFailed: PaymentEvent = { type: 'CaptureFailed', data: { orderId, captureId: 'c1', reason: 'DECLINED' } }
const taken = (amount = 600): PaymentEvent => ({
  type: 'PaymentCaptured',
  data: { orderId, captureId: 'c1', amount: eur(amount), capturedAt: now },
})
const restated: PaymentEvent = { type: 'CaptureRestated', data: { orderId, captureId: 'c1', amount: eur(600) } }
const refunding = (amount = 600): PaymentEvent => ({
  type: 'RefundRequested',
  data: { orderId, refundId: 'r1', amount: eur(amount), reason: 'STRAY_CAPTURE', requestId: 'request-4' },
})
const givenBack = (amount = 600): PaymentEvent => ({
  type: 'PaymentRefunded',
  data: { orderId, refundId: 'r1', amount: eur(amount), refundedAt: now },
})
const refundFailed: PaymentEvent = { type: 'RefundFailed', data: { orderId, refundId: 'r1', reason: 'DECLINED' } }

const ends: [string, readonly PaymentEvent[]][] = [
  ['voided', [requested, authorised, voiding(), voided]],
  ['expired', [requested, authorised, expired]],
]

describe('an authorisation that is approved after it was declined', () => {
  it('is voided: nobody waits for it', () =>
    given(requested, declined)
      .when(approval('authorise', orderId))
      .then(authorised, voiding('LATE_AUTHORISATION', 'request-1')))
  it('is voided, too, when the payment had been voided before anybody said yes', () =>
    given(requested, voided)
      .when(approval('authorise', orderId))
      .then(authorised, voiding('LATE_AUTHORISATION', 'request-1')))
  it('is free once the provider has voided it', () =>
    expect(
      given(requested, declined, authorised, voiding('LATE_AUTHORISATION', 'request-1'), voided).state(),
    ).toMatchObject({ status: 'voided' }))
})

describe.each(ends)('a payment that was %s', (_status, past) => {
  it('takes word of its authorisation for old news', () =>
    given(...past)
      .when(approval('authorise', orderId))
      .then())
  it('books what was taken nevertheless', () =>
    given(...past)
      .when(approval('capture', 'c1', eur(600)))
      .then(taken()))
  it('books it once', () =>
    given(...past, taken())
      .when(approval('capture', 'c1', eur(600)))
      .then())
  it('can give it back', () => {
    given(...past, taken())
      .when({
        type: 'RequestRefund',
        data: { orderId, refundId: 'r1', amount: eur(600), reason: 'STRAY_CAPTURE', requestId: 'request-4' },
      })
      .then(refunding())
    const state = given(...past, taken(), refunding(), givenBack()).state()
    if (state.status !== 'authorised') throw new TypeError(state.status)
    expect([captured(state), refunded(state)]).toEqual([eur(600), eur(600)])
  })
  it('lets nothing more be taken', () =>
    given(...past, taken())
      .when({
        type: 'RequestCapture',
        data: { orderId, captureId: 'c2', amount: eur(1), final: true, requestId: 'request-5', now },
      })
      .then({ type: 'CaptureFailed', data: { orderId, captureId: 'c2', reason: 'FINAL_CAPTURE_TAKEN' } }))
  it('books nothing in another currency', () =>
    given(...past)
      .when(approval('capture', 'c1', Money.money(600, 'USD')))
      .thenRejected('PAYMENT.REPORT_OTHER_CURRENCY'))
})

describe('a payment that nobody has answered yet', () => {
  it('books what was taken, with the authorisation that it came from', () =>
    given(requested)
      .when(approval('capture', 'c1', eur(600)))
      .then(authorised, taken()))
  it('is told of nothing when it was never asked for', () =>
    given()
      .when(approval('capture', 'c1', eur(600)))
      .then())
  it('gives nothing back that was not taken', () =>
    given(requested)
      .when(approval('refund', 'r1', eur(600)))
      .thenRejected('PAYMENT.REPORT_REFUND_UNASKED'))
  it('is told of a void that nobody asked for', () =>
    given(requested).when(approval('void', orderId)).thenRejected('PAYMENT.REPORT_VOID_UNASKED'))
})

describe('a declined payment', () => {
  it('books what was taken nevertheless, with the authorisation that it came from', () => {
    given(requested, declined)
      .when(approval('capture', 'c1', eur(600)))
      .then(authorised, taken())
    expect(given(requested, declined, authorised, taken()).state()).toMatchObject({
      status: 'authorised',
      captures: { c1: { amount: eur(600), status: 'done' } },
    })
  })
})

describe('an authorised payment', () => {
  it('books a capture that was refused first and approved later', () =>
    given(requested, authorised, capturing, captureFailed)
      .when(approval('capture', 'c1', eur(600)))
      .then(taken()))
  it('books no capture that it did not ask for beyond what is authorised, all captures together', () => {
    for (const past of [
      [requested],
      [requested, authorised],
      [requested, authorised, taken(), refunding(), givenBack()],
    ])
      given(...past)
        .when(approval('capture', 'c9', eur(1_001)))
        .thenRejected('PAYMENT.REPORT_EXCEEDS_AUTHORISED')
    given(requested, authorised, taken())
      .when(approval('capture', 'c9', eur(401)))
      .thenRejected('PAYMENT.REPORT_EXCEEDS_AUTHORISED')
    given(requested, authorised, taken())
      .when(approval('capture', 'c9', eur(400)))
      .then({ type: 'PaymentCaptured', data: { orderId, captureId: 'c9', amount: eur(400), capturedAt: now } })
  })
  it('cannot say yet whether there is room for what it did not ask for while a capture is under way', () =>
    given(requested, authorised, capturing)
      .when(approval('capture', 'c9', eur(401)))
      .thenRejected('PAYMENT.REPORT_TOO_EARLY'))
  it('books no capture that was refused first and approved later beyond what is authorised', () =>
    given(requested, authorised, capturing, captureFailed, {
      type: 'PaymentCaptured',
      data: { orderId, captureId: 'c9', amount: eur(401), capturedAt: now },
    })
      .when(approval('capture', 'c1', eur(600)))
      .thenRejected('PAYMENT.REPORT_EXCEEDS_AUTHORISED'))
  it('is told of a void that nobody asked for', () =>
    given(requested, authorised).when(approval('void', orderId)).thenRejected('PAYMENT.REPORT_VOID_UNASKED'))
  it('takes a void for old news once it was voided or its last capture was asked for', () => {
    given(requested, authorised, voiding(), taken(), voided).when(approval('void', orderId)).then()
    given(requested, declined).when(approval('void', orderId)).then()
  })
  it('books a capture that it did not ask for', () =>
    given(requested, authorised)
      .when(approval('capture', 'c1', eur(50)))
      .then(taken(50)))
  it('books what it asked for, whatever amount is reported', () =>
    given(requested, authorised, capturing)
      .when(approval('capture', 'c1', eur(1)))
      .then(taken()))
  it('books a refund that was refused first and approved later', () =>
    given(requested, authorised, capturing, taken(), refunding(), refundFailed)
      .when(approval('refund', 'r1', eur(600)))
      .then(givenBack()))
  it('books no refund that it did not ask for', () =>
    given(requested, authorised, capturing, taken())
      .when(approval('refund', 'r1', eur(600)))
      .thenRejected('PAYMENT.REPORT_REFUND_UNASKED'))
  it('books a refund once', () =>
    given(requested, authorised, capturing, taken(), refunding(), givenBack())
      .when(approval('refund', 'r1', eur(600)))
      .then())
  it('keeps what was taken while it was being voided', () =>
    expect(given(requested, authorised, voiding(), taken(), voided).state()).toMatchObject({
      status: 'authorised',
      closed: true,
      captures: { c1: { status: 'done' } },
    }))
})

describe('a void of a payment from which money was taken', () => {
  const past = [requested, authorised, capturing, taken()]
  it('is under way already when it was asked for before', () =>
    given(requested, authorised, voiding(), taken()).when(requestVoid).then())
  it('is told what was taken', () =>
    given(...past)
      .when(requestVoid)
      .then(restated))
  it('is told so while only a part has been given back', () =>
    given(...past, refunding(100), givenBack(100))
      .when(requestVoid)
      .then(restated))
  it('is done once all has been given back', () =>
    given(...past, refunding(), givenBack())
      .when(requestVoid)
      .then(voided))
  it('is told nothing while nobody knows what will be taken', () =>
    given(requested, authorised, capturing).when(requestVoid).then())
})
