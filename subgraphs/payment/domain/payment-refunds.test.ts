import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import {
  approval,
  authorised,
  captureRequested,
  eur,
  givenBack,
  orderId,
  refundFailed,
  refundPayment,
  refundRequested,
  refusal,
  requested,
  requestRefund,
  taken,
} from './payment.fixture.ts'
import { payment } from './payment.ts'
import { captured, refunded } from './payment-state.ts'

const { given } = specFor(payment)

describe('a captured payment', () => {
  const past = [requested, authorised, captureRequested('c1', 600), taken('c1', 600)] as const
  it('is refunded in part', () =>
    given(...past)
      .when(refundPayment('r1', 200))
      .then(refundRequested('r1', 200)))
  it('is never refunded beyond what was captured, counting refunds under way', () =>
    given(...past, refundRequested('r1', 500))
      .when(refundPayment('r2', 101))
      .thenRejected('PAYMENT.REFUND_EXCEEDS_CAPTURED', ['amount']))
  it('is refunded up to exactly what was captured', () =>
    given(...past, refundRequested('r1', 500), givenBack('r1', 500))
      .when(refundPayment('r2', 100))
      .then(refundRequested('r2', 100)))
  it('takes a repeated refund for the first', () => {
    given(...past, refundRequested('r1', 200))
      .when(refundPayment('r1', 200))
      .then()
    given(...past, refundRequested('r1', 200))
      .when(requestRefund('r1', 200))
      .then()
  })
  it('answers a repeated refund of the saga again once there is an answer', () => {
    given(...past, refundRequested('r1', 200), givenBack('r1', 200))
      .when(requestRefund('r1', 200))
      .then({ type: 'RefundRestated', data: { orderId, refundId: 'r1', amount: eur(200) } })
    given(...past, refundRequested('r1', 200), refundFailed('r1', 'DECLINED'))
      .when(requestRefund('r1', 200))
      .then(refundFailed('r1', 'REFUSED'))
  })
  it('is not refunded in another currency', () =>
    given(...past)
      .when(refundPayment('r1', 1, 'USD'))
      .thenRejected('PAYMENT.OTHER_CURRENCY', ['amount', 'currency']))
  it('is not refunded by nothing', () =>
    given(...past)
      .when(refundPayment('r1', 0))
      .thenRejected('PAYMENT.REFUND_NOT_POSITIVE'))
  it('cannot give back what is only being captured', () =>
    given(requested, authorised, captureRequested('c1', 600))
      .when(refundPayment('r1', 1))
      .thenRejected('PAYMENT.NOTHING_TO_REFUND'))
  it('fails a refund of the saga that is too large', () =>
    given(...past)
      .when(requestRefund('r1', 601))
      .then({ type: 'RefundFailed', data: { orderId, refundId: 'r1', reason: 'PAYMENT.REFUND_EXCEEDS_CAPTURED' } }))
  it('records a refund once', () => {
    given(...past, refundRequested('r1', 200))
      .when(approval('refund', 'r1'))
      .then(givenBack('r1', 200))
    given(...past, refundRequested('r1', 200), givenBack('r1', 200))
      .when(approval('refund', 'r1'))
      .then()
  })
  it('makes room again for a refund that failed', () => {
    const failed = refundFailed('r1', 'DECLINED')
    given(...past, refundRequested('r1', 600))
      .when(refusal('refund', 'r1'))
      .then(failed)
    given(...past, refundRequested('r1', 600), failed)
      .when(refundPayment('r2', 600))
      .then(refundRequested('r2', 600))
  })
  it('knows what was taken and given back', () => {
    const state = given(...past, refundRequested('r1', 200), givenBack('r1', 200)).state()
    if (state.status !== 'authorised') throw new Error(state.status)
    expect([captured(state), refunded(state)]).toEqual([eur(600), eur(200)])
  })
})
