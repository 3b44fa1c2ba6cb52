import { Money } from '@mercato/shared-kernel/domain'
import type { PaymentEvent } from './payment-events.ts'

type Amount = Money.Money

export interface Movement {
  readonly amount: Amount
  readonly status: 'requested' | 'done' | 'failed'
  /** The event that asked for it, as the answer's cause. */
  readonly requestId: string
  readonly reason?: string
  readonly at?: string
}

interface Known {
  readonly orderId: string
  readonly customerId: string
  readonly paymentMethodId: string
  readonly amount: Amount
  readonly requestId: string
  readonly requestedAt: string
}

/** An authorisation and what was taken from it and given back. */
export interface Authorised extends Known {
  readonly status: 'authorised'
  readonly reference: string
  readonly expiresAt: string
  readonly captures: Readonly<Record<string, Movement>>
  readonly refunds: Readonly<Record<string, Movement>>
  /** A void is under way: nothing may be captured any more. */
  readonly voiding?: { readonly reason: string; readonly requestId: string }
  /** No further capture may follow. */
  readonly closed: boolean
}

export type PaymentState =
  | { readonly status: 'none' }
  | (Known & {
      readonly status: 'requested'
      readonly voiding?: { readonly reason: string; readonly requestId: string }
    })
  | Authorised
  | (Known & { readonly status: 'declined'; readonly reason: string })
  | (Known & { readonly status: 'voided' })
  | (Known & { readonly status: 'expired' })

export const initialState: PaymentState = { status: 'none' }

const total = (
  currency: Money.Money['currency'],
  movements: Readonly<Record<string, Movement>>,
  count: readonly Movement['status'][],
): Amount =>
  Money.sum(
    currency,
    Object.values(movements)
      .filter(({ status }) => count.includes(status))
      .map(({ amount }) => amount),
  )

/** Taken from the customer, certainly. */
export const captured = (state: Authorised): Amount => total(state.amount.currency, state.captures, ['done'])
/** Taken, or on its way: what a further capture must leave room for. */
export const committed = (state: Authorised): Amount =>
  total(state.amount.currency, state.captures, ['done', 'requested'])
/** Given back, certainly. */
export const refunded = (state: Authorised): Amount => total(state.amount.currency, state.refunds, ['done'])
/** Given back, or on its way. */
export const refunding = (state: Authorised): Amount =>
  total(state.amount.currency, state.refunds, ['done', 'requested'])

const settle = (movements: Authorised['captures'], id: string, change: Partial<Movement>): Authorised['captures'] => {
  const known = movements[id]
  return known ? { ...movements, [id]: { ...known, ...change } } : movements
}

const known = ({ orderId, customerId, paymentMethodId, amount, requestId, requestedAt }: Known): Known => ({
  orderId,
  customerId,
  paymentMethodId,
  amount,
  requestId,
  requestedAt,
})

/** Events that change an authorised payment. */
const evolveAuthorised = (state: Authorised, event: PaymentEvent): PaymentState => {
  switch (event.type) {
    case 'PaymentVoidRequested':
      return { ...state, voiding: { reason: event.data.reason, requestId: event.data.requestId } }
    case 'PaymentVoided':
      return { ...known(state), status: 'voided' }
    case 'AuthorisationExpired':
      return Object.keys(state.captures).length > 0
        ? { ...state, closed: true }
        : { ...known(state), status: 'expired' }
    case 'CaptureRequested': {
      const { captureId, amount, final, requestId } = event.data
      return {
        ...state,
        closed: final,
        captures: { ...state.captures, [captureId]: { amount, status: 'requested', requestId } },
      }
    }
    case 'PaymentCaptured':
      return {
        ...state,
        captures: settle(state.captures, event.data.captureId, { status: 'done', at: event.data.capturedAt }),
      }
    case 'CaptureFailed':
      return {
        ...state,
        closed: false,
        captures: settle(state.captures, event.data.captureId, { status: 'failed', reason: event.data.reason }),
      }
    case 'RefundRequested': {
      const { refundId, amount, reason, requestId } = event.data
      return { ...state, refunds: { ...state.refunds, [refundId]: { amount, status: 'requested', reason, requestId } } }
    }
    case 'PaymentRefunded':
      return {
        ...state,
        refunds: settle(state.refunds, event.data.refundId, { status: 'done', at: event.data.refundedAt }),
      }
    case 'RefundFailed':
      return { ...state, refunds: settle(state.refunds, event.data.refundId, { status: 'failed' }) }
    case 'PaymentRequested':
    case 'PaymentAuthorised':
    case 'PaymentDeclined':
    case 'ProviderOutcomeUnknown':
      return state
  }
}

export const evolve = (state: PaymentState, event: PaymentEvent): PaymentState => {
  if (event.type === 'PaymentRequested' && state.status === 'none') return { status: 'requested', ...event.data }
  if (state.status === 'requested') {
    if (event.type === 'PaymentVoidRequested')
      return { ...state, voiding: { reason: event.data.reason, requestId: event.data.requestId } }
    if (event.type === 'PaymentDeclined') return { ...known(state), status: 'declined', reason: event.data.reason }
    if (event.type === 'PaymentVoided') return { ...known(state), status: 'voided' }
    if (event.type === 'PaymentAuthorised') {
      const { reference, expiresAt } = event.data
      const base: Authorised = {
        ...known(state),
        status: 'authorised',
        reference,
        expiresAt,
        captures: {},
        refunds: {},
        closed: false,
      }
      return state.voiding ? { ...base, voiding: state.voiding } : base
    }
    return state
  }
  return state.status === 'authorised' ? evolveAuthorised(state, event) : state
}
