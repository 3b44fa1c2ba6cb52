import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import {
  approval,
  authorised,
  captureFailed,
  captureRequested,
  eur,
  expired,
  later,
  now,
  orderId,
  refundPayment,
  refusal,
  requestCapture,
  requested,
  requestPayment,
  requestRefund,
  requestVoid,
  taken,
  voided,
  voidRequested,
} from './payment.fixture.ts'
import { payment } from './payment.ts'
import type { PaymentEvent } from './payment-events.ts'

const { given } = specFor(payment)

describe('a payment that nobody asked for', () => {
  it('is requested when the saga asks', () => given().when(requestPayment()).then(requested))
  it('is declined at once when the customer has no such payment method', () =>
    given()
      .when(requestPayment(false))
      .then(requested, { type: 'PaymentDeclined', data: { orderId, reason: 'UNKNOWN_PAYMENT_METHOD' } }))
  it('answers a void, since nothing was taken', () => given().when(requestVoid).then(voided))
  it('is not asked for any more once it was voided, and says that it is void', () => {
    given(voided).when(requestPayment()).then()
    given(voided).when(requestVoid).then(voided)
  })
  it('cannot be captured', () => given().when(requestCapture('c1', 1)).then(captureFailed('c1', 'NOT_AUTHORISED')))
  it('cannot be refunded by a person', () => given().when(refundPayment('r1', 1)).thenRejected('PAYMENT.NOT_FOUND'))
  it('fails a refund that the saga asks for', () =>
    given()
      .when(requestRefund('r1', 1))
      .then({ type: 'RefundFailed', data: { orderId, refundId: 'r1', reason: 'NOTHING_CAPTURED' } }))
  it('ignores answers of the provider', () => given().when(approval('authorise', orderId)).then())
})

describe('a requested payment', () => {
  it('is requested once only', () => given(requested).when(requestPayment()).then())
  it('is authorised when the provider approves', () =>
    given(requested).when(approval('authorise', orderId)).then(authorised))
  it('is declined when the provider refuses', () =>
    given(requested)
      .when(refusal('authorise', orderId))
      .then({ type: 'PaymentDeclined', data: { orderId, reason: 'DECLINED' } }))
  it('remembers a void until the provider has answered', () => given(requested).when(requestVoid).then(voidRequested))
  it('takes a second void for the first', () => given(requested, voidRequested).when(requestVoid).then())
  it('records that an outcome is unknown', () =>
    given(requested)
      .when({ type: 'RecordUnknown', data: { operation: 'authorise', operationId: orderId } })
      .then({ type: 'ProviderOutcomeUnknown', data: { orderId, operation: 'authorise', operationId: orderId } }))
  it('answers the waiting void when the provider refuses', () =>
    given(requested, voidRequested)
      .when(refusal('authorise', orderId))
      .then({ type: 'PaymentDeclined', data: { orderId, reason: 'DECLINED' } }, voided))
})

describe('an authorised payment', () => {
  it('is authorised once, however often the provider says so', () =>
    given(requested, authorised).when(approval('authorise', orderId)).then())
  it('is captured in part', () =>
    given(requested, authorised).when(requestCapture('c1', 400)).then(captureRequested('c1', 400)))
  it('takes a repeated capture for the first, and answers again once there is an answer', () => {
    const past = [requested, authorised, captureRequested('c1', 400)]
    const again = requestCapture('c1', 400)
    given(...past)
      .when(again)
      .then()
    given(...past, taken('c1', 400))
      .when(again)
      .then({ type: 'CaptureRestated', data: { orderId, captureId: 'c1', amount: eur(400) } })
    given(...past, captureFailed('c1', 'DECLINED'))
      .when(again)
      .then(captureFailed('c1', 'DECLINED'))
  })
  it('is never captured beyond what was authorised, counting captures under way', () =>
    given(requested, authorised, captureRequested('c1', 700))
      .when(requestCapture('c2', 301))
      .then(captureFailed('c2', 'EXCEEDS_AUTHORISED')))
  it('is captured up to exactly what was authorised', () =>
    given(requested, authorised, captureRequested('c1', 700), taken('c1', 700))
      .when(requestCapture('c2', 300))
      .then(captureRequested('c2', 300)))
  it('makes room again for a capture that failed', () =>
    given(requested, authorised, captureRequested('c1', 700), captureFailed('c1', 'X'))
      .when(requestCapture('c2', 1000))
      .then(captureRequested('c2', 1000)))
  it('is not captured in another currency', () =>
    given(requested, authorised)
      .when(requestCapture('c1', 1, { currency: 'USD' }))
      .then(captureFailed('c1', 'OTHER_CURRENCY')))
  it('is not captured for nothing', () =>
    given(requested, authorised).when(requestCapture('c1', 0)).then(captureFailed('c1', 'NOT_POSITIVE')))
  it('is not captured after it lapsed', () =>
    given(requested, authorised)
      .when(requestCapture('c1', 1, { at: later }))
      .then(captureFailed('c1', 'AUTHORISATION_EXPIRED')))
  it('is not captured after the final capture', () =>
    given(requested, authorised, captureRequested('c1', 100, true), taken('c1', 100))
      .when(requestCapture('c2', 1))
      .then(captureFailed('c2', 'FINAL_CAPTURE_TAKEN')))
  it('may be captured again when the final capture failed', () =>
    given(requested, authorised, captureRequested('c1', 100, true), captureFailed('c1', 'X'))
      .when(requestCapture('c2', 100, { final: true }))
      .then(captureRequested('c2', 100, true)))
  it('records a capture once, however often the provider says so', () => {
    given(requested, authorised, captureRequested('c1', 400)).when(approval('capture', 'c1')).then(taken('c1', 400))
    given(requested, authorised, captureRequested('c1', 400), taken('c1', 400)).when(approval('capture', 'c1')).then()
  })
  it('records a refused capture', () =>
    given(requested, authorised, captureRequested('c1', 400))
      .when(refusal('capture', 'c1'))
      .then(captureFailed('c1', 'DECLINED')))
  it('is voided while nothing is captured', () => {
    given(requested, authorised).when(requestVoid).then(voidRequested)
    given(requested, authorised, voidRequested).when(approval('void', orderId)).then(voided)
  })
  it('counts as voided when the provider has nothing left to void', () =>
    given(requested, authorised, voidRequested).when(refusal('void', orderId)).then(voided))
  it('is not voided once a capture is under way', () =>
    given(requested, authorised, captureRequested('c1', 1)).when(requestVoid).then())
  it('is not captured while it is being voided', () =>
    given(requested, authorised, voidRequested).when(requestCapture('c1', 1)).then(captureFailed('c1', 'VOIDED')))
  it('expires when its time has come, not before', () => {
    given(requested, authorised).when({ type: 'ExpireAuthorisation', data: { now } }).then()
    given(requested, authorised)
      .when({ type: 'ExpireAuthorisation', data: { now: later } })
      .then(expired)
  })
  it('does not expire while it is being voided, nor after its final capture', () => {
    given(requested, authorised, voidRequested)
      .when({ type: 'ExpireAuthorisation', data: { now: later } })
      .then()
    given(requested, authorised, captureRequested('c1', 1000, true))
      .when({ type: 'ExpireAuthorisation', data: { now: later } })
      .then()
  })
  it('keeps what was captured when the rest expires', () => {
    const state = given(requested, authorised, captureRequested('c1', 400), taken('c1', 400), expired).state()
    expect(state).toMatchObject({ status: 'authorised', closed: true })
  })
  it('remembers a void that came before the authorisation', () =>
    expect(given(requested, voidRequested, authorised).state()).toMatchObject({
      status: 'authorised',
      voiding: { requestId: 'request-2' },
    }))
})

describe.each([
  ['declined', { type: 'PaymentDeclined', data: { orderId, reason: 'DECLINED' } }],
  ['voided', voided],
  ['expired', expired],
] as const)('a payment that ended as %s', (status, last) => {
  const past: PaymentEvent[] =
    status === 'declined'
      ? [requested, last]
      : status === 'voided'
        ? [requested, authorised, voidRequested, last]
        : [requested, authorised, last]
  it('says so', () => expect(given(...past).state()).toMatchObject({ status }))
  it('answers a void', () =>
    given(...past)
      .when(requestVoid)
      .then(voided))
  it('cannot be captured', () =>
    given(...past)
      .when(requestCapture('c1', 1))
      .then(captureFailed('c1', 'NOT_AUTHORISED')))
  it('cannot be refunded', () =>
    given(...past)
      .when(refundPayment('r1', 1))
      .thenRejected('PAYMENT.NOTHING_TO_REFUND'))
  it('ignores late answers about nothing', () => {
    given(...past)
      .when(approval('capture', 'c1'))
      .then()
    given(...past)
      .when(refusal('void', orderId))
      .then()
    given(...past)
      .when({ type: 'RecordUnknown', data: { operation: 'void', operationId: orderId } })
      .then()
  })
})
