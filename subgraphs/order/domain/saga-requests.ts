import type { Credit } from './saga-credit.ts'
import type { SagaEvent, SagaRequest } from './saga-events.ts'
import { creditOf, type SagaState, type Task } from './saga-state.ts'
import { after, retryAt, type SagaTimings } from './saga-timings.ts'

type Unsent<Request> = Request extends SagaRequest
  ? { readonly type: Request['type']; readonly data: Omit<Request['data'], 'attempt' | 'retryAt'> }
  : never

/** A request for the first time. */
export const request = (unsent: Unsent<SagaRequest>, now: string, timings: SagaTimings): SagaRequest =>
  ({ type: unsent.type, data: { ...unsent.data, attempt: 1, retryAt: retryAt(now, 1, timings) } }) as SagaRequest

/** The same request once more; after a definite no under its new id. */
export const again = ({ request: last, nextId }: Task, now: string, timings: SagaTimings): SagaRequest => {
  const attempt = last.data.attempt + 1
  const repeated = { attempt, retryAt: retryAt(now, attempt, timings) }
  switch (last.type) {
    case 'PaymentCaptureRequested':
      return { type: last.type, data: { ...last.data, ...repeated, captureId: nextId ?? last.data.captureId } }
    case 'PaymentRefundRequested':
      return { type: last.type, data: { ...last.data, ...repeated, refundId: nextId ?? last.data.refundId } }
    case 'StockReleaseRequested':
      return { type: last.type, data: { ...last.data, ...repeated } }
    case 'PaymentVoidRequested':
      return { type: last.type, data: { ...last.data, ...repeated } }
    case 'StockShipmentRequested':
      return { type: last.type, data: { ...last.data, ...repeated } }
    case 'RestockRequested':
      return { type: last.type, data: { ...last.data, ...repeated } }
  }
}

/** Gives back what was taken and nothing needs. */
export const giveBack = (
  orderId: string,
  { captureId, amount, refundId }: Credit,
  now: string,
  timings: SagaTimings,
): SagaEvent[] => {
  const refund = { orderId, cause: captureId, refundId, amount, reason: 'STRAY_CAPTURE' }
  return [
    { type: 'StrayCaptureNoted', data: { orderId, captureId, at: now } },
    request({ type: 'PaymentRefundRequested', data: refund }, now, timings),
  ]
}

/** Gives back all that was taken and not used. */
export const giveAllBack = (state: SagaState, orderId: string, now: string, timings: SagaTimings): SagaEvent[] =>
  creditOf(state)
    .filter(({ amount }) => amount.amount > 0)
    .flatMap(entry => giveBack(orderId, entry, now, timings))

/** Gives back, before the pivot, whatever the saga holds or may hold by now. */
export const undo = (
  state: Extract<SagaState, { status: 'reserving' | 'authorising' | 'confirming' | 'confirmed' }>,
  how: {
    readonly outcome: 'rejected' | 'cancelled'
    readonly reason: string
    readonly lost?: 'stock' | 'payment'
    readonly now: string
  },
  timings: SagaTimings,
): SagaEvent[] => {
  const { outcome, reason, now } = how
  const { orderId } = state.order
  const lost = [...(how.lost ? [how.lost] : []), ...(state.status === 'confirmed' ? state.lost : [])]
  const events: SagaEvent[] = [{ type: 'UndoingBegun', data: { orderId, outcome, reason, at: now } }]
  if (!lost.includes('stock')) {
    const temporary = state.status === 'reserving' || state.status === 'authorising'
    const limit = temporary ? { giveUpAt: state.reservedUntil } : {}
    events.push(request({ type: 'StockReleaseRequested', data: { orderId, reason, ...limit } }, now, timings))
  }
  if (!lost.includes('payment') && state.status !== 'reserving') {
    const giveUpAt =
      state.status === 'authorising' ? after(now, timings.authorisationLifetimeMs) : state.authorisation.expiresAt
    events.push(request({ type: 'PaymentVoidRequested', data: { orderId, reason, giveUpAt } }, now, timings))
  }
  return [...events, ...giveAllBack(state, orderId, now, timings)]
}

/**
 * After a part of the order was cancelled unshipped: gives back its stock, once no shipment that is still under way needs it. The rest
 * of the authorisation lapses by itself.
 */
export const releaseRemainder = (state: SagaState, now: string, timings: SagaTimings): SagaEvent[] => {
  if (state.status !== 'fulfilling' || !state.holdsRemainder) return []
  if (state.tasks.some(({ request: asked }) => asked.type === 'StockShipmentRequested')) return []
  const data = { orderId: state.order.orderId, reason: 'REMAINDER_CANCELLED' }
  return [request({ type: 'StockReleaseRequested', data }, now, timings)]
}
