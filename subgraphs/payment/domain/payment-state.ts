import { Money } from '@mercato/shared-kernel/domain'
import type { PaymentEvent } from './payment-events.ts'

type Amount = Money.Money
type Data<Type extends PaymentEvent['type']> = Extract<PaymentEvent, { type: Type }>['data']

export interface Movement {
  readonly amount: Amount
  readonly status: 'requested' | 'done' | 'failed'
  /** The event that asked for it, as the answer's cause. */
  readonly requestId: string
  readonly reason?: string
  readonly at?: string
  /** No capture was to follow this one. */
  readonly final?: true
  /** What it is for: the shipment of a capture; the return, or the stray capture, of a refund. */
  readonly cause?: string
}

interface Known {
  readonly orderId: string
  readonly customerId: string
  readonly paymentMethodId: string
  readonly amount: Amount
  readonly requestId: string
  readonly requestedAt: string
}

/** What the provider called the authorisation that has ended; absent when there was none. */
interface Lived {
  readonly reference?: string
  readonly expiresAt?: string
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
  /** Reasons of what was refused before the provider was asked, by {@link refusalKey}: what comes again is refused again. */
  readonly refused: Readonly<Record<string, string>>
  /** No further capture may follow. */
  readonly closed: boolean
}

export type PaymentState =
  /** `voided`: the void overtook the request, which is too late now. */
  | { readonly status: 'none'; readonly voided?: true }
  | (Known & {
      readonly status: 'requested'
      readonly voiding?: { readonly reason: string; readonly requestId: string }
    })
  | Authorised
  | (Known & { readonly status: 'declined'; readonly reason: string })
  | (Known & Lived & { readonly status: 'voided' })
  | (Known & Lived & { readonly status: 'expired' })

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

export const refusalKey = (kind: 'capture' | 'refund', id: string): string => `${kind}/${id}`

const refuse = (state: Authorised, kind: 'capture' | 'refund', id: string, reason: string): Authorised => ({
  ...state,
  refused: { ...state.refused, [refusalKey(kind, id)]: reason },
})

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

const authorise = (state: Known, { reference, expiresAt }: { reference: string; expiresAt: string }): Authorised => ({
  ...known(state),
  status: 'authorised',
  reference,
  expiresAt,
  captures: {},
  refunds: {},
  refused: {},
  closed: false,
})

/** Where money was taken the payment goes on, so that it can be given back. */
const end = (state: Authorised, status: 'voided' | 'expired'): PaymentState => {
  const { voiding: _, ...rest } = state
  if (committed(state).amount > 0) return { ...rest, closed: true }
  const { reference, expiresAt } = state
  return { ...known(state), status, reference, expiresAt }
}

const taken = (state: Authorised, { captureId, amount, capturedAt: at }: Data<'PaymentCaptured'>): Authorised => {
  const asked = state.captures[captureId] ?? { amount, requestId: captureId }
  return { ...state, captures: { ...state.captures, [captureId]: { ...asked, status: 'done', at } } }
}

/** Events that change an authorised payment. */
const evolveAuthorised = (state: Authorised, event: PaymentEvent): PaymentState => {
  switch (event.type) {
    case 'PaymentVoidRequested':
      return { ...state, voiding: { reason: event.data.reason, requestId: event.data.requestId } }
    case 'PaymentVoided':
      return end(state, 'voided')
    case 'AuthorisationExpired':
      return end(state, 'expired')
    case 'CaptureRequested': {
      const { captureId, amount, final, requestId, cause } = event.data
      const last = final ? { final } : {}
      const capture: Movement = {
        amount,
        status: 'requested',
        requestId,
        ...last,
        ...(cause === undefined ? {} : { cause }),
      }
      return { ...state, closed: final, captures: { ...state.captures, [captureId]: capture } }
    }
    case 'PaymentCaptured':
      return taken(state, event.data)
    case 'CaptureFailed': {
      const { captureId, reason } = event.data
      const capture = state.captures[captureId]
      if (!capture) return refuse(state, 'capture', captureId, reason)
      return {
        ...state,
        closed: capture.final ? false : state.closed,
        captures: settle(state.captures, captureId, { status: 'failed', reason }),
      }
    }
    case 'RefundRequested': {
      const { refundId, amount, reason, requestId, cause } = event.data
      const refund: Movement = {
        amount,
        status: 'requested',
        reason,
        requestId,
        ...(cause === undefined ? {} : { cause }),
      }
      return { ...state, refunds: { ...state.refunds, [refundId]: refund } }
    }
    case 'PaymentRefunded':
      return {
        ...state,
        refunds: settle(state.refunds, event.data.refundId, { status: 'done', at: event.data.refundedAt }),
      }
    case 'RefundFailed': {
      const { refundId, reason } = event.data
      if (!state.refunds[refundId]) return refuse(state, 'refund', refundId, reason)
      return { ...state, refunds: settle(state.refunds, refundId, { status: 'failed' }) }
    }
    case 'PaymentRequested':
    case 'PaymentAuthorised':
    case 'PaymentDeclined':
    case 'CaptureRestated':
    case 'RefundRestated':
    case 'ProviderOutcomeUnknown':
      return state
  }
}

const evolveRequested = (state: Extract<PaymentState, { status: 'requested' }>, event: PaymentEvent): PaymentState => {
  if (event.type === 'PaymentVoidRequested')
    return { ...state, voiding: { reason: event.data.reason, requestId: event.data.requestId } }
  if (event.type === 'PaymentDeclined') return { ...known(state), status: 'declined', reason: event.data.reason }
  if (event.type === 'PaymentVoided') return { ...known(state), status: 'voided' }
  if (event.type !== 'PaymentAuthorised') return state
  const authorised = authorise(state, event.data)
  return state.voiding ? { ...authorised, voiding: state.voiding } : authorised
}

/** Word from the provider after the end: an authorisation to be set free, money to be given back. */
const evolveOver = (
  state: Extract<PaymentState, { status: 'declined' | 'voided' | 'expired' }>,
  event: PaymentEvent,
): PaymentState => {
  if (event.type === 'PaymentAuthorised') return authorise(state, event.data)
  if (event.type !== 'PaymentCaptured' || state.status === 'declined') return state
  const { reference = '', expiresAt = event.data.capturedAt } = state
  return taken({ ...authorise(state, { reference, expiresAt }), closed: true }, event.data)
}

export const evolve = (state: PaymentState, event: PaymentEvent): PaymentState => {
  switch (state.status) {
    case 'none':
      if (event.type === 'PaymentVoided') return { status: 'none', voided: true }
      return event.type === 'PaymentRequested' ? { status: 'requested', ...event.data } : state
    case 'requested':
      return evolveRequested(state, event)
    case 'authorised':
      return evolveAuthorised(state, event)
    case 'declined':
    case 'voided':
    case 'expired':
      return evolveOver(state, event)
  }
}
