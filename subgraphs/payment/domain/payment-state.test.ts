import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import {
  asked,
  authorised,
  captureFailed,
  captureRequested,
  declined,
  eur,
  expired,
  givenBack,
  later,
  now,
  orderId,
  refundFailed,
  refundRequested,
  requested,
  taken,
  unknown,
  voided,
  voidRequested,
} from './payment.fixture.ts'
import { payment } from './payment.ts'
import type { PaymentEvent } from './payment-events.ts'
import { captured, committed, type PaymentState, refunded, refunding } from './payment-state.ts'

const { given } = specFor(payment)

const fresh = {
  ...asked,
  status: 'authorised',
  reference: 'ref',
  expiresAt: later,
  captures: {},
  refunds: {},
  refused: {},
  closed: false,
}
const over = { ...asked, reference: 'ref', expiresAt: later }
const voiding = { reason: 'cancelled', requestId: 'request-2' }
const notTaken = (captureId: string) => captureFailed(captureId, 'DECLINED')
const notGivenBack = (refundId: string) => refundFailed(refundId, 'REFUSED')

describe('a payment', () => {
  it.each<[string, readonly PaymentEvent[], PaymentState | object]>([
    ['is nothing at first', [], { status: 'none' }],
    ['is nothing while nobody asked for it', [authorised, captureRequested('c1', 1)], { status: 'none' }],
    ['is over when the void overtook the request', [voided], { status: 'none', voided: true }],
    ['waits for the provider', [requested], { ...asked, status: 'requested' }],
    ['waits, to be voided then', [requested, voidRequested], { ...asked, status: 'requested', voiding }],
    ['keeps waiting while nobody knows', [requested, unknown('authorise')], { ...asked, status: 'requested' }],
    ['is asked for once', [requested, authorised, requested], fresh],
    ['is declined', [requested, declined], { ...asked, status: 'declined', reason: 'DECLINED' }],
    ['stays declined', [requested, declined, voided], { ...asked, status: 'declined', reason: 'DECLINED' }],
    ['is authorised after it was declined', [requested, declined, authorised], fresh],
    ['is voided before anything was authorised', [requested, voided], { ...asked, status: 'voided' }],
    ['is authorised', [requested, authorised], fresh],
    ['is authorised though it will be voided', [requested, voidRequested, authorised], { ...fresh, voiding }],
    ['will be voided', [requested, authorised, voidRequested], { ...fresh, voiding }],
    ['is not changed by what nobody knows', [requested, authorised, unknown('void')], fresh],
    ['is authorised once', [requested, authorised, authorised, declined], fresh],
    ['is voided', [requested, authorised, voidRequested, voided], { ...over, status: 'voided' }],
    ['stays voided', [requested, authorised, voided, captureRequested('c1', 1)], { ...over, status: 'voided' }],
    ['expires', [requested, authorised, expired], { ...over, status: 'expired' }],
    [
      'expires when nothing could be taken',
      [requested, authorised, captureRequested('c1', 1), notTaken('c1'), expired],
      { ...over, status: 'expired' },
    ],
  ])('%s', (_what, past, state) => expect(given(...past).state()).toStrictEqual(state))
})

describe('captures and refunds', () => {
  const after = (...events: readonly PaymentEvent[]) => {
    const state = given(requested, authorised, ...events).state()
    if (state.status !== 'authorised') throw new TypeError('not authorised')
    return state
  }

  it('are remembered one by one, with what became of them', () => {
    const both = [captureRequested('c1', 300), captureRequested('c2', 100)]
    expect(after(...both, taken('c1', 300), notTaken('c2')).captures).toStrictEqual({
      c1: { amount: eur(300), status: 'done', requestId: 'request-c1', at: now },
      c2: { amount: eur(100), status: 'failed', requestId: 'request-c2', reason: 'DECLINED' },
    })
    const back = [refundRequested('r1', 50), refundRequested('r2', 60)]
    expect(after(...both, taken('c1', 300), ...back, givenBack('r1', 50), notGivenBack('r2')).refunds).toStrictEqual({
      r1: { amount: eur(50), status: 'done', reason: 'broken', requestId: 'request-r1', at: now },
      r2: { amount: eur(60), status: 'failed', reason: 'broken', requestId: 'request-r2' },
    })
  })

  it('count when they are done, and hold their room while they are under way', () => {
    const state = after(
      captureRequested('c1', 300),
      taken('c1', 300),
      captureRequested('c2', 100),
      captureRequested('c3', 7),
      notTaken('c3'),
      refundRequested('r1', 50),
      givenBack('r1', 50),
      refundRequested('r2', 60),
      refundRequested('r3', 9),
      notGivenBack('r3'),
    )
    expect([captured, committed, refunded, refunding].map(sum => sum(state))).toEqual([300, 400, 50, 110].map(eur))
  })

  it('hold their room against the next one', () => {
    const past = [requested, authorised, captureRequested('c1', 600), taken('c1', 600)]
    const capture = (amount: number) =>
      ({
        type: 'RequestCapture',
        data: { orderId, captureId: 'c2', amount: eur(amount), final: false, requestId: 'request-c2', now },
      }) as const
    given(...past)
      .when(capture(400))
      .then(captureRequested('c2', 400))
    given(...past)
      .when(capture(401))
      .then({ type: 'CaptureFailed', data: { orderId, captureId: 'c2', reason: 'EXCEEDS_AUTHORISED' } })
    const refund = (amount: number) =>
      ({
        type: 'RequestRefund',
        data: { orderId, refundId: 'r2', amount: eur(amount), reason: 'broken', requestId: 'request-r2' },
      }) as const
    const back = [...past, refundRequested('r1', 200), givenBack('r1', 200)]
    given(...back)
      .when(refund(400))
      .then(refundRequested('r2', 400))
    given(...back)
      .when(refund(401))
      .then({ type: 'RefundFailed', data: { orderId, refundId: 'r2', reason: 'PAYMENT.REFUND_EXCEEDS_CAPTURED' } })
  })

  it('that were refused stay refused: whoever was told has asked under another id', () => {
    const past = [requested, authorised]
    const refused = refundFailed('r2', 'PAYMENT.NOTHING_TO_REFUND')
    const refund = {
      type: 'RequestRefund',
      data: { orderId, refundId: 'r2', amount: eur(400), reason: 'broken', requestId: 'request-r2' },
    } as const
    given(...past, refused, captureRequested('c1', 600), taken('c1', 600))
      .when(refund)
      .then(refused)
    const tooMuch = captureFailed('c2', 'EXCEEDS_AUTHORISED')
    given(...past, tooMuch)
      .when({
        type: 'RequestCapture',
        data: { orderId, captureId: 'c2', amount: eur(1), final: false, requestId: 'request-c2', now },
      })
      .then(tooMuch)
  })

  it('that nobody asked for are remembered when money was taken, not when it was given back', () => {
    const unasked = { amount: eur(1), status: 'done', requestId: 'c9', at: now }
    expect(after(taken('c9', 1)).captures).toStrictEqual({ c9: unasked })
    expect(after(givenBack('r9', 1)).refunds).toStrictEqual({})
  })

  it('end with a final capture, unless it fails', () => {
    expect(after(captureRequested('c1', 300, true)).closed).toBe(true)
    expect(after(captureRequested('c1', 300, true), notTaken('c1')).closed).toBe(false)
    expect(after(captureRequested('c1', 300), expired)).toMatchObject({ status: 'authorised', closed: true })
  })

  it('stay ended when another capture fails than the final one', () => {
    const both = [captureRequested('c1', 300), captureRequested('c2', 300, true)]
    expect(after(...both, notTaken('c1')).closed).toBe(true)
    expect(after(...both, notTaken('c9')).closed).toBe(true)
  })

  it('say what they are for', () => {
    const capture = captureRequested('c1', 300)
    const refund = refundRequested('r1', 50)
    if (capture.type !== 'CaptureRequested' || refund.type !== 'RefundRequested') throw new TypeError('another event')
    const state = after({ type: 'CaptureRequested', data: { ...capture.data, cause: 's1' } }, taken('c1', 300), {
      type: 'RefundRequested',
      data: { ...refund.data, cause: 'back-1' },
    })
    expect(state.captures['c1']).toMatchObject({ status: 'done', cause: 's1' })
    expect(state.refunds['r1']).toMatchObject({ status: 'requested', cause: 'back-1' })
  })
})
