import type { SagaCommand } from './saga-commands.ts'
import type { SagaEvent, SagaRequest } from './saga-events.ts'
import { again, request } from './saga-requests.ts'
import type { Fulfilling, Task, Undoing } from './saga-state.ts'
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

/** Money that nobody waits for goes back; an answer that came before changes nothing. */
export const captured = (state: Late, data: Data<'NotePaymentCaptured'>, timings: SagaTimings): SagaEvent[] => {
  const { orderId, captureId, amount, refundId, now } = data
  const expected = settle(
    state,
    data,
    asked => asked.type === 'PaymentCaptureRequested' && asked.data.captureId === captureId,
  )
  if (expected.length > 0 || state.captures.includes(captureId)) return expected
  const refund = { orderId, cause: captureId, refundId, amount, reason: 'STRAY_CAPTURE' }
  return [
    { type: 'StrayCaptureNoted', data: { orderId, captureId, at: now } },
    request({ type: 'PaymentRefundRequested', data: refund }, now, timings),
  ]
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
