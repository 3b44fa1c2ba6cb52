import { accept, type Decision, Money, reject } from '@mercato/shared-kernel/domain'
import type { CommandData } from './payment-commands.ts'
import { event, type PaymentEvent } from './payment-events.ts'
import {
  type Authorised,
  captured,
  committed,
  type Movement,
  type PaymentState,
  refunded,
  refunding,
  refusalKey,
} from './payment-state.ts'
import { nothingToRefund, otherCurrency, refundOfNothing, refundTooLarge, unknownPayment } from './rejections.ts'

type Answer = Decision<PaymentEvent>

export const requestPayment = (
  { methodKnown, ...request }: CommandData<'RequestPayment'>,
  state: PaymentState,
): Answer => {
  if (state.status !== 'none' || state.voided) return accept()
  const requested = event('PaymentRequested', request)
  return methodKnown
    ? accept(requested)
    : accept<PaymentEvent>(
        requested,
        event('PaymentDeclined', { orderId: request.orderId, reason: 'UNKNOWN_PAYMENT_METHOD' }),
      )
}

const restate = (orderId: string, captureId: string, { amount }: Movement): PaymentEvent =>
  event('CaptureRestated', { orderId, captureId, amount })

/** Money was taken already: whoever wants to void hears of it, until all of it has been given back. */
const voidTooLate = (state: Authorised): Answer => {
  const { orderId, captures } = state
  if (committed(state).amount === refunded(state).amount) return accept(event('PaymentVoided', { orderId }))
  const done = Object.entries(captures).filter(([, { status }]) => status === 'done')
  return accept(...done.map(([captureId, movement]) => restate(orderId, captureId, movement)))
}

/** Before the provider has answered the void only waits; with captures there is nothing left to void. */
export const requestVoid = (data: CommandData<'RequestVoid'>, state: PaymentState): Answer => {
  switch (state.status) {
    case 'none':
    case 'declined':
    case 'voided':
    case 'expired':
      return accept(event('PaymentVoided', { orderId: data.orderId }))
    case 'requested':
      return state.voiding ? accept() : accept(event('PaymentVoidRequested', data))
    case 'authorised':
      if (state.voiding) return accept()
      return committed(state).amount > 0 ? voidTooLate(state) : accept(event('PaymentVoidRequested', data))
  }
}

const captureProblem = ({ amount, now }: CommandData<'RequestCapture'>, state: Authorised): string | undefined => {
  if (amount.currency !== state.amount.currency) return 'OTHER_CURRENCY'
  if (amount.amount <= 0) return 'NOT_POSITIVE'
  if (state.voiding) return 'VOIDED'
  if (state.closed) return 'FINAL_CAPTURE_TAKEN'
  if (now >= state.expiresAt) return 'AUTHORISATION_EXPIRED'
  return Money.add(committed(state), amount).amount > state.amount.amount ? 'EXCEEDS_AUTHORISED' : undefined
}

/**
 * Asked again, it answers again: the first answer may have been lost. A no stays a no, also when it would be a yes by now: whoever was told
 * of it asks under another id, and would get both.
 */
export const requestCapture = (data: CommandData<'RequestCapture'>, state: PaymentState): Answer => {
  const { now: _, ...request } = data
  const { orderId, captureId } = data
  const failed = (reason: string) => accept(event('CaptureFailed', { orderId, captureId, reason }))
  if (state.status !== 'authorised') return failed('NOT_AUTHORISED')
  const known = state.captures[captureId]
  if (known?.status === 'requested') return accept()
  if (known?.status === 'done') return accept(restate(orderId, captureId, known))
  if (known) return failed(known.reason ?? 'FAILED')
  const problem = state.refused[refusalKey('capture', captureId)] ?? captureProblem(data, state)
  return problem ? failed(problem) : accept(event('CaptureRequested', request))
}

const refundProblem = ({ amount }: { readonly amount: Money.Money }, state: Authorised) => {
  if (amount.currency !== state.amount.currency) return otherCurrency
  if (amount.amount <= 0) return refundOfNothing
  if (captured(state).amount === 0) return nothingToRefund
  return Money.add(refunding(state), amount).amount > captured(state).amount ? refundTooLarge : undefined
}

/** Asked again, it answers again, as {@link requestCapture} does. */
export const requestRefund = (data: CommandData<'RequestRefund'>, state: PaymentState): Answer => {
  const { orderId, refundId } = data
  const failed = (reason: string) => accept(event('RefundFailed', { orderId, refundId, reason }))
  if (state.status !== 'authorised') return failed('NOTHING_CAPTURED')
  const known = state.refunds[refundId]
  if (known?.status === 'requested') return accept()
  if (known?.status === 'done') return accept(event('RefundRestated', { orderId, refundId, amount: known.amount }))
  if (known) return failed('REFUSED')
  const problem = state.refused[refusalKey('refund', refundId)] ?? refundProblem(data, state)?.code
  return problem ? failed(problem) : accept(event('RefundRequested', data))
}

export const refundPayment = (data: CommandData<'RefundPayment'>, state: PaymentState): Answer => {
  if (state.status === 'none') return reject(unknownPayment)
  if (state.status !== 'authorised') return reject(nothingToRefund)
  if (state.refunds[data.refundId]) return accept()
  const problem = refundProblem(data, state)
  return problem ? reject(problem) : accept(event('RefundRequested', { ...data, orderId: state.orderId }))
}
