import { Money } from '@mercato/shared-kernel/domain'
import { type Credit, spend } from './saga-credit.ts'
import type { SagaEvent, SagaRequest } from './saga-events.ts'
import { creditOf, type Fulfilling, type SagaState, type Task, taskKey, type Undoing } from './saga-state.ts'

type Data<Type extends SagaEvent['type']> = Extract<SagaEvent, { type: Type }>['data']
type Handlers = { readonly [Type in SagaEvent['type']]: (state: SagaState, data: Data<Type>) => SagaState }

/** Changes the saga if it is in its last part, in which requests are repeated until they are answered. */
const late = (state: SagaState, change: (known: Fulfilling | Undoing) => SagaState): SagaState =>
  state.status === 'fulfilling' || state.status === 'undoing' ? change(state) : state

const fulfilling = (state: SagaState, change: (known: Fulfilling) => SagaState): SagaState =>
  state.status === 'fulfilling' ? change(state) : state

const without = (tasks: readonly Task[], key: string): readonly Task[] => tasks.filter(task => task.key !== key)

const repeat = (state: SagaState, request: SagaRequest): SagaState =>
  late(state, known => {
    const key = taskKey(request)
    const { data } = request
    const giveUpAt = 'giveUpAt' in data ? data.giveUpAt : undefined
    const task: Task = { key, request, dueAt: data.retryAt, ...(giveUpAt === undefined ? {} : { giveUpAt }) }
    const { givenUp, ...rest } = known
    const left = without(givenUp ?? [], key)
    const open = { ...rest, tasks: [...without(known.tasks, key), task] }
    return left.length > 0 ? { ...open, givenUp: left } : open
  })

const carried = (state: SagaState): { readonly credit?: readonly Credit[] } => {
  const credit = creditOf(state)
  return credit.length > 0 ? { credit } : {}
}

/** A capture that is still asked for, by so much less; gone when nothing of it is left. */
const lessen = (tasks: readonly Task[], key: string, used: Money.Money): readonly Task[] =>
  tasks.flatMap((task): readonly Task[] => {
    if (task.key !== key || task.request.type !== 'PaymentCaptureRequested') return [task]
    const amount = Money.subtract(task.request.data.amount, used)
    return amount.amount > 0 ? [{ ...task, request: { ...task.request, data: { ...task.request.data, amount } } }] : []
  })

const handlers: Handlers = {
  SagaStarted: (state, { at, ...order }) =>
    state.status === 'none' ? { status: 'reserving', order, reservedUntil: at, dueAt: at } : state,

  StockReservationRequested: (state, { expiresAt, answerBy }) =>
    state.status === 'reserving' ? { ...state, reservedUntil: expiresAt, dueAt: answerBy } : state,

  StockHeld: (state, { expiresAt }) =>
    state.status === 'reserving'
      ? { status: 'authorising', order: state.order, reservedUntil: expiresAt, dueAt: state.dueAt }
      : state,

  PaymentAuthorisationRequested: (state, { answerBy }) =>
    state.status === 'authorising' ? { ...state, dueAt: answerBy } : state,

  PaymentSecured: (state, { paymentId, expiresAt }) =>
    state.status === 'authorising'
      ? {
          status: 'confirming',
          order: state.order,
          authorisation: { paymentId, expiresAt },
          dueAt: state.dueAt,
          ...carried(state),
        }
      : state,

  ReservationConfirmationRequested: (state, { answerBy }) =>
    state.status === 'confirming' ? { ...state, dueAt: answerBy } : state,

  SagaConfirmed: (state, { shipBy }) => {
    if (state.status !== 'confirming') return state
    const { order, authorisation } = state
    return { status: 'confirmed', order, authorisation, shipBy, dueAt: shipBy, lost: [], ...carried(state) }
  },

  CancellationSought: (state, { lost, askAgainAt }) =>
    state.status === 'confirmed'
      ? { ...state, dueAt: askAgainAt, lost: lost ? [...state.lost, lost] : state.lost }
      : state,

  UndoingBegun: (state, { orderId, outcome, reason }) =>
    state.status === 'fulfilling' ? state : { status: 'undoing', orderId, outcome, reason, tasks: [], captures: [] },

  ShipmentNoted: (state, { shipmentId, final, deliverBy }) => {
    const delivering = { name: 'delivering', dueAt: deliverBy } as const
    if (state.status === 'fulfilling')
      return {
        ...state,
        shipments: [...state.shipments, shipmentId],
        stage: final ? delivering : state.stage,
      }
    if (state.status !== 'confirmed') return state
    return {
      status: 'fulfilling',
      order: state.order,
      authorisation: state.authorisation,
      stage: final ? delivering : { name: 'shipping', dueAt: state.shipBy },
      shipments: [shipmentId],
      returns: [],
      holdsRemainder: false,
      tasks: [],
      captures: [],
      ...carried(state),
    }
  },

  RemainderCancellationSought: (state, { askAgainAt }) =>
    fulfilling(state, known => ({ ...known, stage: { name: 'shipping', dueAt: askAgainAt } })),

  RemainderClosed: (state, { deliverBy }) =>
    fulfilling(state, known => ({
      ...known,
      stage: { name: 'delivering', dueAt: deliverBy },
      holdsRemainder: true,
    })),

  DeliveryAssumed: (state, { askAgainAt }) =>
    fulfilling(state, known => ({ ...known, stage: { name: 'delivering', dueAt: askAgainAt } })),

  DeliveryNoted: state => fulfilling(state, known => ({ ...known, stage: { name: 'delivered' } })),

  ReturnNoted: (state, { returnId }) =>
    fulfilling(state, known => ({ ...known, returns: [...known.returns, returnId] })),

  CreditNoted: (state, { captureId, amount, refundId }) => {
    if (state.status === 'none' || state.status === 'reserving' || state.status === 'undoing') return state
    return { ...state, credit: [...creditOf(state), { captureId, amount, refundId }] }
  },

  CreditUsed: (state, { shipmentId, amount }) =>
    fulfilling(state, known => ({
      ...known,
      credit: spend(creditOf(known), amount),
      tasks: lessen(known.tasks, `capture/${shipmentId}`, amount),
    })),

  StrayCaptureNoted: (state, { captureId }) =>
    late(state, known => {
      const captures = [...known.captures, captureId]
      if (known.status === 'undoing' || !known.credit) return { ...known, captures }
      return { ...known, captures, credit: known.credit.filter(each => each.captureId !== captureId) }
    }),

  RequestAnswered: (state, { task: key }) =>
    late(state, known => {
      const task = known.tasks.find(each => each.key === key)
      const captured = task?.request.type === 'PaymentCaptureRequested' ? [task.request.data.captureId] : []
      return { ...known, tasks: without(known.tasks, key), captures: [...known.captures, ...captured] }
    }),

  RequestFailed: (state, { task: key, nextId, retryAt: dueAt }) =>
    late(state, known => ({
      ...known,
      tasks: known.tasks.map(task => (task.key === key ? { ...task, nextId, dueAt } : task)),
    })),

  RequestLapsed: (state, { task: key }) =>
    late(state, known => {
      const refund = known.tasks.find(task => task.key === key && task.request.type === 'PaymentRefundRequested')
      const givenUp = refund ? { givenUp: [...(known.givenUp ?? []), refund] } : {}
      return { ...known, tasks: without(known.tasks, key), ...givenUp }
    }),

  RetryOrdered: state => state,
  CompensationOrdered: state => state,

  StockReleaseRequested: (state, data) =>
    repeat(
      fulfilling(state, known => ({ ...known, holdsRemainder: false })),
      { type: 'StockReleaseRequested', data },
    ),
  PaymentVoidRequested: (state, data) => repeat(state, { type: 'PaymentVoidRequested', data }),
  StockShipmentRequested: (state, data) => repeat(state, { type: 'StockShipmentRequested', data }),
  PaymentCaptureRequested: (state, data) => repeat(state, { type: 'PaymentCaptureRequested', data }),
  RestockRequested: (state, data) => repeat(state, { type: 'RestockRequested', data }),
  PaymentRefundRequested: (state, data) => repeat(state, { type: 'PaymentRefundRequested', data }),
}

export const evolve = (state: SagaState, event: SagaEvent): SagaState =>
  (handlers[event.type] as (state: SagaState, data: SagaEvent['data']) => SagaState)(state, event.data)
