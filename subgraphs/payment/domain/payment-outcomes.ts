import { accept, type Decision, type Money, type Rejection, reject } from '@mercato/shared-kernel/domain'
import type { CommandData } from './payment-commands.ts'
import { event, type PaymentEvent } from './payment-events.ts'
import { captured, committed, type PaymentState } from './payment-state.ts'
import {
  refundUnasked,
  reportBeyondAuthorised,
  reportInOtherCurrency,
  reportTooEarly,
  voidUnasked,
} from './rejections.ts'

type Answer = Decision<PaymentEvent>
type Approval = CommandData<'RecordApproval'>
type Over = Extract<PaymentState, { status: 'declined' | 'voided' | 'expired' }>
type Known = Exclude<PaymentState, { status: 'none' }>

/** Why an authorisation is voided that nobody wants any more. */
export const LATE = 'LATE_AUTHORISATION'

/** Whether this payment ever was authorised: then word of it is old. */
const wasAuthorised = (state: Known): boolean => 'reference' in state && state.reference !== undefined

const authorised = ({ orderId, amount }: Known, { reference, expiresAt }: Approval): PaymentEvent =>
  event('PaymentAuthorised', { orderId, reference, amount, expiresAt })

/** A yes after the end: the money that is set aside must be set free. */
const lateAuthorisation = (data: Approval, state: Over): Answer => {
  if (wasAuthorised(state)) return accept()
  const { orderId, requestId } = state
  const voiding = event('PaymentVoidRequested', { orderId, reason: LATE, requestId })
  return accept(authorised(state, data), voiding)
}

const authorise = (data: Approval, state: PaymentState): Answer => {
  switch (state.status) {
    case 'none':
    case 'authorised':
      return accept()
    case 'requested':
      return accept(authorised(state, data))
    case 'declined':
    case 'voided':
    case 'expired':
      return lateAuthorisation(data, state)
  }
}

/** Why a capture that is not under way cannot be booked: more than is authorised was never taken, whatever a report says. */
const tooMuch = ({ amount }: Money.Money, state: Known): Rejection | undefined => {
  const room = (taken: number): boolean => taken + amount <= state.amount.amount
  if (state.status !== 'authorised') return room(0) ? undefined : reportBeyondAuthorised
  if (room(committed(state).amount)) return undefined
  return room(captured(state).amount) ? reportTooEarly : reportBeyondAuthorised
}

/**
 * What the provider says it took was taken, also before it said yes, after a refusal, after the end, or unasked: it is booked once. The
 * order saga has it count for what is shipped, and pays back what no shipment needs.
 */
const capture = (data: Approval, state: PaymentState): Answer => {
  if (state.status === 'none') return accept()
  const known = state.status === 'authorised' ? state.captures[data.operationId] : undefined
  const amount = known?.amount ?? data.amount
  if (known?.status === 'done' || amount === undefined) return accept()
  if (amount.currency !== state.amount.currency) return reject(reportInOtherCurrency)
  const problem = known?.status === 'requested' ? undefined : tooMuch(amount, state)
  if (problem) return reject(problem)
  const { orderId } = state
  const taken = event('PaymentCaptured', { orderId, captureId: data.operationId, amount, capturedAt: data.now })
  return wasAuthorised(state) ? accept(taken) : accept<PaymentEvent>(authorised(state, data), taken)
}

const refund = ({ operationId: refundId, now }: Approval, state: PaymentState): Answer => {
  if (state.status === 'none') return accept()
  const known = state.status === 'authorised' ? state.refunds[refundId] : undefined
  if (state.status !== 'authorised' || !known) return reject(refundUnasked)
  if (known.status === 'done') return accept()
  return accept(event('PaymentRefunded', { orderId: state.orderId, refundId, amount: known.amount, refundedAt: now }))
}

/** Of a payment that has ended it is old news. */
const setFree = (state: PaymentState): Answer => {
  switch (state.status) {
    case 'requested':
      return reject(voidUnasked)
    case 'authorised':
      if (state.voiding) return accept(event('PaymentVoided', { orderId: state.orderId }))
      return state.closed ? accept() : reject(voidUnasked)
    case 'none':
    case 'declined':
    case 'voided':
    case 'expired':
      return accept()
  }
}

/** A yes of the provider. What comes twice finds its operation settled; what comes late is booked as what it is; what cannot be is refused. */
export const recordApproval = (data: Approval, state: PaymentState): Answer => {
  switch (data.operation) {
    case 'authorise':
      return authorise(data, state)
    case 'void':
      return setFree(state)
    case 'capture':
      return capture(data, state)
    case 'refund':
      return refund(data, state)
  }
}

/** A no of the provider; it counts only while the operation is open. */
export const recordRefusal = (
  { operation, operationId, reason }: CommandData<'RecordRefusal'>,
  state: PaymentState,
): Answer => {
  if (operation === 'authorise') {
    if (state.status !== 'requested') return accept()
    const { orderId } = state
    const declined = event('PaymentDeclined', { orderId, reason })
    return state.voiding ? accept<PaymentEvent>(declined, event('PaymentVoided', { orderId })) : accept(declined)
  }
  if (state.status !== 'authorised') return accept()
  const { orderId } = state
  /** The provider has nothing left to void: it lapsed there. */
  if (operation === 'void') return state.voiding ? accept(event('PaymentVoided', { orderId })) : accept()
  const movement = (operation === 'capture' ? state.captures : state.refunds)[operationId]
  if (movement?.status !== 'requested') return accept()
  return operation === 'capture'
    ? accept(event('CaptureFailed', { orderId, captureId: operationId, reason }))
    : accept(event('RefundFailed', { orderId, refundId: operationId, reason }))
}
