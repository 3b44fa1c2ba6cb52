import { accept, type Decision } from '@mercato/shared-kernel/domain'
import type { CommandData } from './payment-commands.ts'
import { event, type PaymentEvent } from './payment-events.ts'
import type { PaymentState } from './payment-state.ts'

type Answer = Decision<PaymentEvent>
type Approval = CommandData<'RecordApproval'>
type Over = Extract<PaymentState, { status: 'declined' | 'voided' | 'expired' }>

/** Why an authorisation is voided that nobody wants any more. */
export const LATE = 'LATE_AUTHORISATION'

const isOver = (state: PaymentState): state is Over =>
  state.status === 'declined' || state.status === 'voided' || state.status === 'expired'

/** Whether this payment ever was authorised: then word of it is old. */
const wasAuthorised = (state: Over): boolean => state.status !== 'declined' && state.reference !== undefined

const authorised = ({ orderId, amount }: Over, { reference, expiresAt }: Approval): PaymentEvent =>
  event('PaymentAuthorised', { orderId, reference, amount, expiresAt })

/** A yes after the end: the money that is set aside must be set free. */
const lateAuthorisation = (data: Approval, state: Over): Answer => {
  if (wasAuthorised(state)) return accept()
  const { orderId, requestId } = state
  return accept<PaymentEvent>(
    authorised(state, data),
    event('PaymentVoidRequested', { orderId, reason: LATE, requestId }),
  )
}

/**
 * What the provider says it took was taken, also after a refusal, after the end, or unasked: it is booked once, and the order saga
 * pays back what no order waits for.
 */
const capture = (data: Approval, state: PaymentState): Answer => {
  if (state.status === 'none' || state.status === 'requested') return accept()
  const known = state.status === 'authorised' ? state.captures[data.operationId] : undefined
  const amount = known?.amount ?? data.amount
  if (known?.status === 'done' || amount === undefined || amount.currency !== state.amount.currency) return accept()
  const { orderId } = state
  const taken = event('PaymentCaptured', { orderId, captureId: data.operationId, amount, capturedAt: data.now })
  return isOver(state) && !wasAuthorised(state) ? accept<PaymentEvent>(authorised(state, data), taken) : accept(taken)
}

const refund = ({ operationId: refundId, now }: Approval, state: PaymentState): Answer => {
  const known = state.status === 'authorised' ? state.refunds[refundId] : undefined
  if (state.status !== 'authorised' || !known || known.status === 'done') return accept()
  return accept(event('PaymentRefunded', { orderId: state.orderId, refundId, amount: known.amount, refundedAt: now }))
}

/** A yes of the provider. What comes twice finds its operation settled; what comes late is booked as what it is. */
export const recordApproval = (data: Approval, state: PaymentState): Answer => {
  switch (data.operation) {
    case 'authorise': {
      if (isOver(state)) return lateAuthorisation(data, state)
      if (state.status !== 'requested') return accept()
      const { orderId, amount } = state
      const { reference, expiresAt } = data
      return accept(event('PaymentAuthorised', { orderId, reference, amount, expiresAt }))
    }
    case 'void':
      return state.status === 'authorised' && state.voiding
        ? accept(event('PaymentVoided', { orderId: state.orderId }))
        : accept()
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
