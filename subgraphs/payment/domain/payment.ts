import { accept, type Command, type Decider, type Decision, Money, reject } from '@mercato/shared-kernel/domain'
import type { Operation, PaymentEvent } from './payment-events.ts'
import {
  type Authorised,
  captured,
  committed,
  evolve,
  initialState,
  type PaymentState,
  refunding,
} from './payment-state.ts'
import { nothingToRefund, otherCurrency, refundOfNothing, refundTooLarge, unknownPayment } from './rejections.ts'

type Amount = Money.Money

export type PaymentCommand =
  /** The saga asks; `methodKnown` is false when the customer has no such payment method. */
  | Command<
      'RequestPayment',
      {
        readonly orderId: string
        readonly customerId: string
        readonly paymentMethodId: string
        readonly amount: Amount
        readonly requestId: string
        readonly requestedAt: string
        readonly methodKnown: boolean
      }
    >
  | Command<'RequestVoid', { readonly orderId: string; readonly reason: string; readonly requestId: string }>
  | Command<
      'RequestCapture',
      {
        readonly orderId: string
        readonly captureId: string
        readonly amount: Amount
        readonly final: boolean
        readonly requestId: string
        readonly now: string
      }
    >
  /** From the saga: an amount beyond what can be given back is answered with a failure, not refused. */
  | Command<
      'RequestRefund',
      {
        readonly orderId: string
        readonly refundId: string
        readonly amount: Amount
        readonly reason: string
        readonly requestId: string
      }
    >
  /** From a person: refused when it cannot be. */
  | Command<
      'RefundPayment',
      { readonly refundId: string; readonly amount: Amount; readonly reason: string; readonly requestId: string }
    >
  | Command<'ExpireAuthorisation', { readonly now: string }>
  /** What the provider answered. */
  | Command<
      'RecordApproval',
      {
        readonly operation: Operation
        readonly operationId: string
        readonly reference: string
        readonly now: string
        readonly expiresAt: string
      }
    >
  | Command<'RecordRefusal', { readonly operation: Operation; readonly operationId: string; readonly reason: string }>
  | Command<'RecordUnknown', { readonly operation: Operation; readonly operationId: string }>

type Data<Type extends PaymentCommand['type']> = Extract<PaymentCommand, { type: Type }>['data']
type Answer = Decision<PaymentEvent>

const event = <Type extends PaymentEvent['type']>(type: Type, data: Extract<PaymentEvent, { type: Type }>['data']) =>
  ({ type, data }) as Extract<PaymentEvent, { type: Type }>

const requestPayment = ({ methodKnown, ...request }: Data<'RequestPayment'>, state: PaymentState): Answer => {
  if (state.status !== 'none') return accept()
  const requested = event('PaymentRequested', request)
  return methodKnown
    ? accept(requested)
    : accept<PaymentEvent>(
        requested,
        event('PaymentDeclined', { orderId: request.orderId, reason: 'UNKNOWN_PAYMENT_METHOD' }),
      )
}

/** Before the provider has answered the void only waits; with captures there is nothing left to void. */
const requestVoid = (data: Data<'RequestVoid'>, state: PaymentState): Answer => {
  switch (state.status) {
    case 'none':
    case 'declined':
    case 'voided':
    case 'expired':
      return accept(event('PaymentVoided', { orderId: data.orderId }))
    case 'requested':
      return state.voiding ? accept() : accept(event('PaymentVoidRequested', data))
    case 'authorised':
      return state.voiding || committed(state).amount > 0 ? accept() : accept(event('PaymentVoidRequested', data))
  }
}

const captureProblem = ({ amount, now }: Data<'RequestCapture'>, state: Authorised): string | undefined => {
  if (amount.currency !== state.amount.currency) return 'OTHER_CURRENCY'
  if (amount.amount <= 0) return 'NOT_POSITIVE'
  if (state.voiding) return 'VOIDED'
  if (state.closed) return 'FINAL_CAPTURE_TAKEN'
  if (now >= state.expiresAt) return 'AUTHORISATION_EXPIRED'
  return Money.add(committed(state), amount).amount > state.amount.amount ? 'EXCEEDS_AUTHORISED' : undefined
}

const requestCapture = (data: Data<'RequestCapture'>, state: PaymentState): Answer => {
  const { now: _, ...request } = data
  const failed = (reason: string) =>
    accept(event('CaptureFailed', { orderId: data.orderId, captureId: data.captureId, reason }))
  if (state.status !== 'authorised') return failed('NOT_AUTHORISED')
  if (state.captures[data.captureId]) return accept()
  const problem = captureProblem(data, state)
  return problem ? failed(problem) : accept(event('CaptureRequested', request))
}

const refundProblem = ({ amount }: { readonly amount: Amount }, state: Authorised) => {
  if (amount.currency !== state.amount.currency) return otherCurrency
  if (amount.amount <= 0) return refundOfNothing
  if (captured(state).amount === 0) return nothingToRefund
  return Money.add(refunding(state), amount).amount > captured(state).amount ? refundTooLarge : undefined
}

const requestRefund = (data: Data<'RequestRefund'>, state: PaymentState): Answer => {
  const failed = (reason: string) =>
    accept(event('RefundFailed', { orderId: data.orderId, refundId: data.refundId, reason }))
  if (state.status !== 'authorised') return failed('NOTHING_CAPTURED')
  if (state.refunds[data.refundId]) return accept()
  const problem = refundProblem(data, state)
  return problem ? failed(problem.code) : accept(event('RefundRequested', data))
}

const refundPayment = (data: Data<'RefundPayment'>, state: PaymentState): Answer => {
  if (state.status === 'none') return reject(unknownPayment)
  if (state.status !== 'authorised') return reject(nothingToRefund)
  if (state.refunds[data.refundId]) return accept()
  const problem = refundProblem(data, state)
  return problem ? reject(problem) : accept(event('RefundRequested', { ...data, orderId: state.orderId }))
}

/** Answers that come late or twice find their operation settled and change nothing. */
const recordApproval = (data: Data<'RecordApproval'>, state: PaymentState): Answer => {
  const { operation, operationId, now } = data
  if (operation === 'authorise') {
    if (state.status !== 'requested') return accept()
    const { orderId, amount } = state
    return accept(event('PaymentAuthorised', { orderId, reference: data.reference, amount, expiresAt: data.expiresAt }))
  }
  if (state.status !== 'authorised') return accept()
  const { orderId } = state
  if (operation === 'void') return state.voiding ? accept(event('PaymentVoided', { orderId })) : accept()
  const movement = (operation === 'capture' ? state.captures : state.refunds)[operationId]
  if (movement?.status !== 'requested') return accept()
  return operation === 'capture'
    ? accept(event('PaymentCaptured', { orderId, captureId: operationId, amount: movement.amount, capturedAt: now }))
    : accept(event('PaymentRefunded', { orderId, refundId: operationId, amount: movement.amount, refundedAt: now }))
}

const recordRefusal = ({ operation, operationId, reason }: Data<'RecordRefusal'>, state: PaymentState): Answer => {
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

const decide = (command: PaymentCommand, state: PaymentState): Answer => {
  switch (command.type) {
    case 'RequestPayment':
      return requestPayment(command.data, state)
    case 'RequestVoid':
      return requestVoid(command.data, state)
    case 'RequestCapture':
      return requestCapture(command.data, state)
    case 'RequestRefund':
      return requestRefund(command.data, state)
    case 'RefundPayment':
      return refundPayment(command.data, state)
    case 'ExpireAuthorisation':
      return state.status === 'authorised' && !state.voiding && !state.closed && command.data.now >= state.expiresAt
        ? accept(event('AuthorisationExpired', { orderId: state.orderId }))
        : accept()
    case 'RecordApproval':
      return recordApproval(command.data, state)
    case 'RecordRefusal':
      return recordRefusal(command.data, state)
    case 'RecordUnknown':
      return state.status === 'requested' || state.status === 'authorised'
        ? accept(event('ProviderOutcomeUnknown', { orderId: state.orderId, ...command.data }))
        : accept()
  }
}

/** A payment of one order: asked for, authorised, captured in parts, refunded in parts; or declined, voided, expired. */
export const payment: Decider<PaymentState, PaymentCommand, PaymentEvent> = { initialState, decide, evolve }
