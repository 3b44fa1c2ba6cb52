import type { SagaEvent } from './saga-events.ts'
import { asks, type Handlers, settled } from './saga-handlers.ts'
import { request, undo } from './saga-requests.ts'
import type { Lost, SagaState } from './saga-state.ts'
import { after, earlier, retryAt, type SagaTimings, shipBy } from './saga-timings.ts'

type Told = { readonly orderId: string; readonly now: string }

/** Something that was held is gone before the pivot: give back the rest. Once confirmed, the order itself decides. */
const lose = (
  state: SagaState,
  lost: Lost,
  reason: string,
  now: string,
  timings: SagaTimings,
): readonly SagaEvent[] => {
  switch (state.status) {
    case 'authorising':
    case 'confirming':
      return undo(state, { outcome: 'rejected', reason, lost, now }, timings)
    case 'confirmed': {
      if (state.lost.includes(lost)) return []
      const { orderId } = state.order
      const askAgainAt = retryAt(now, 1, timings)
      return [{ type: 'CancellationSought', data: { orderId, reason, lost, askAgainAt, at: now } }]
    }
    case 'none':
    case 'reserving':
    case 'fulfilling':
    case 'undoing':
      return []
  }
}

/** From placing to the confirmed order, and what undoes it before the pivot. */
export const forwardHandlers = (
  timings: SagaTimings,
): Handlers<
  | 'StartSaga'
  | 'NoteCancellation'
  | 'NoteStockReserved'
  | 'NoteStockRefused'
  | 'NoteReservationConfirmed'
  | 'NoteReservationLost'
  | 'NoteStockReleased'
  | 'NotePaymentAuthorised'
  | 'NotePaymentDeclined'
  | 'NotePaymentVoided'
  | 'NoteAuthorisationExpired'
> => {
  const stockGone = (state: SagaState, data: Told): readonly SagaEvent[] => [
    ...lose(state, 'stock', 'RESERVATION_LOST', data.now, timings),
    ...settled(state, data, asks('StockReleaseRequested')),
  ]

  const paymentGone = (state: SagaState, data: Told, reason: string): readonly SagaEvent[] => [
    ...lose(state, 'payment', reason, data.now, timings),
    ...settled(state, data, asks('PaymentVoidRequested')),
  ]

  return {
    StartSaga(state, { now, ...order }) {
      if (state.status !== 'none') return []
      const { orderId, lines } = order
      const expiresAt = after(now, timings.reservationMs)
      const answerBy = after(now, timings.stockAnswerMs)
      return [
        { type: 'SagaStarted', data: { ...order, at: now } },
        { type: 'StockReservationRequested', data: { orderId, lines, expiresAt, answerBy } },
      ]
    },

    NoteCancellation(state, { orderId, reason, now }) {
      switch (state.status) {
        case 'none':
          return [{ type: 'UndoingBegun', data: { orderId, outcome: 'cancelled', reason, at: now } }]
        case 'reserving':
        case 'authorising':
        case 'confirming':
        case 'confirmed':
          return undo(state, { outcome: 'cancelled', reason, now }, timings)
        case 'fulfilling':
        case 'undoing':
          return []
      }
    },

    NoteStockReserved(state, { orderId, expiresAt, now }) {
      if (state.status === 'undoing') {
        const data = { orderId, reason: state.reason, giveUpAt: expiresAt }
        return [request({ type: 'StockReleaseRequested', data }, now, timings)]
      }
      if (state.status !== 'reserving') return []
      const { customerId, paymentMethodId, amount } = state.order
      const answerBy = earlier(after(now, timings.authorisationAnswerMs), expiresAt)
      return [
        { type: 'StockHeld', data: { orderId, expiresAt, at: now } },
        { type: 'PaymentAuthorisationRequested', data: { orderId, customerId, paymentMethodId, amount, answerBy } },
      ]
    },

    NoteStockRefused: (state, data) =>
      state.status === 'reserving'
        ? undo(state, { outcome: 'rejected', reason: 'OUT_OF_STOCK', lost: 'stock', now: data.now }, timings)
        : settled(state, data, asks('StockReleaseRequested')),

    NotePaymentAuthorised(state, { orderId, paymentId, expiresAt, now }) {
      if (state.status === 'undoing') {
        const data = { orderId, reason: state.reason, giveUpAt: expiresAt }
        return [request({ type: 'PaymentVoidRequested', data }, now, timings)]
      }
      if (state.status !== 'authorising') return []
      if (expiresAt <= now) return lose(state, 'payment', 'PAYMENT_EXPIRED', now, timings)
      const answerBy = after(now, timings.stockAnswerMs)
      return [
        { type: 'PaymentSecured', data: { orderId, paymentId, expiresAt, at: now } },
        { type: 'ReservationConfirmationRequested', data: { orderId, answerBy } },
      ]
    },

    NoteReservationConfirmed(state, { orderId, now }) {
      if (state.status !== 'confirming') return []
      const { expiresAt } = state.authorisation
      if (expiresAt <= now) return lose(state, 'payment', 'PAYMENT_EXPIRED', now, timings)
      return [{ type: 'SagaConfirmed', data: { orderId, shipBy: shipBy(now, expiresAt, timings), at: now } }]
    },

    NoteReservationLost: stockGone,
    NoteStockReleased: stockGone,
    NotePaymentDeclined: (state, data) => paymentGone(state, data, 'PAYMENT_DECLINED'),
    NotePaymentVoided: (state, data) => paymentGone(state, data, 'PAYMENT_VOIDED'),
    NoteAuthorisationExpired: (state, data) => paymentGone(state, data, 'PAYMENT_EXPIRED'),
  }
}
