import { Money } from '@mercato/shared-kernel/domain'
import type { SagaCommand } from './saga-commands.ts'
import { coveredBy, spend } from './saga-credit.ts'
import type { SagaEvent, SagaRequest } from './saga-events.ts'
import { again, giveAllBack, giveBack } from './saga-requests.ts'
import { creditOf, type Fulfilling, type SagaState, type Task, type Undoing } from './saga-state.ts'
import { retryAt, type SagaTimings } from './saga-timings.ts'

type Late = Fulfilling | Undoing
type Data<Type extends SagaCommand['type']> = Extract<SagaCommand, { type: Type }>['data']

/** Refunds that were refused this often wait for a person. */
export const MAX_REFUND_ATTEMPTS = 12

/** Settles the requests that an answer belongs to; an answer to nothing changes nothing. */
export const settle = (
  state: Late,
  { orderId, now }: { readonly orderId: string; readonly now: string },
  isIt: (asked: SagaRequest) => boolean,
): SagaEvent[] =>
  state.tasks
    .filter(task => isIt(task.request))
    .map(task => ({ type: 'RequestAnswered', data: { orderId, task: task.key, at: now } }))

/**
 * Money came, and nobody waits for it: before the end of the order it is kept for what is to be shipped, since the provider will not give
 * it a second time; after it, it goes back. An answer that came before changes nothing.
 */
export const captured = (state: SagaState, data: Data<'NotePaymentCaptured'>, timings: SagaTimings): SagaEvent[] => {
  const { orderId, captureId, amount, refundId, now } = data
  if (state.status === 'none' || state.status === 'reserving') return []
  if (creditOf(state).some(entry => entry.captureId === captureId)) return []
  const credit = { type: 'CreditNoted' as const, data: { orderId, captureId, amount, refundId, at: now } }
  if (state.status !== 'fulfilling' && state.status !== 'undoing') return [credit]
  const isIt = (asked: SagaRequest) => asked.type === 'PaymentCaptureRequested' && asked.data.captureId === captureId
  const expected = state.tasks.find(({ request }) => isIt(request))
  if (expected?.request.type === 'PaymentCaptureRequested') {
    // It had been refused, and was paid in part from credit meanwhile: so much was taken twice.
    const surplus = Math.max(0, amount.amount - expected.request.data.amount.amount)
    const twice = { ...credit.data, amount: Money.money(surplus, amount.currency) }
    return [...settle(state, data, isIt), ...(surplus > 0 ? [{ ...credit, data: twice }] : [])]
  }
  if (state.captures.includes(captureId)) return []
  return state.status === 'fulfilling' ? [credit] : giveBack(orderId, { captureId, amount, refundId }, now, timings)
}

/** A capture that was refused is paid from what had been taken before: that may be why it was refused. */
export const spendCredit = (state: SagaState, now: string): SagaEvent[] => {
  if (state.status !== 'fulfilling') return []
  const { orderId } = state.order
  let credit = creditOf(state)
  return state.tasks.flatMap(({ request: asked, nextId }): SagaEvent[] => {
    if (asked.type !== 'PaymentCaptureRequested' || nextId === undefined) return []
    const amount = coveredBy(credit, asked.data.amount)
    if (amount.amount === 0) return []
    credit = spend(credit, amount)
    return [{ type: 'CreditUsed', data: { orderId, shipmentId: asked.data.shipmentId, amount, at: now } }]
  })
}

/** Once nothing more will be shipped and every capture is settled, what was taken and not used goes back. */
export const returnCredit = (state: SagaState, now: string, timings: SagaTimings): SagaEvent[] => {
  if (state.status !== 'fulfilling' || state.stage.name === 'shipping') return []
  if (state.tasks.some(({ request: asked }) => asked.type === 'PaymentCaptureRequested')) return []
  return giveAllBack(state, state.order.orderId, now, timings)
}

/** A definite no to a capture or a refund: asked again later under a new id. */
export const refused = (
  state: Late,
  { orderId, reason, nextId, now }: Data<'NotePaymentCaptureFailed' | 'NotePaymentRefundFailed'>,
  isIt: (asked: SagaRequest) => boolean,
  timings: SagaTimings,
): SagaEvent[] =>
  state.tasks
    .filter(task => isIt(task.request) && task.nextId === undefined)
    .map(({ key: task, request: asked }) =>
      asked.type === 'PaymentRefundRequested' && asked.data.attempt >= MAX_REFUND_ATTEMPTS
        ? { type: 'RequestLapsed', data: { orderId, task, at: now } }
        : {
            type: 'RequestFailed',
            data: { orderId, task, reason, nextId, retryAt: retryAt(now, asked.data.attempt, timings), at: now },
          },
    )

const overdue = (task: Task, orderId: string, now: string, timings: SagaTimings): SagaEvent[] => {
  if (task.giveUpAt !== undefined && task.giveUpAt <= now)
    return [{ type: 'RequestLapsed', data: { orderId, task: task.key, at: now } }]
  return task.dueAt <= now ? [again(task, now, timings)] : []
}

/** Repeats what has not been answered in time, and gives up what has lapsed by itself. */
export const repeatOverdue = (state: Late, orderId: string, now: string, timings: SagaTimings): SagaEvent[] =>
  state.tasks.flatMap(task => overdue(task, orderId, now, timings))
