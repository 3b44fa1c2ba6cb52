import { accept, type Decision, reject } from '@mercato/shared-kernel/domain'
import { nothingToRetry, sagaNotFound, sagaPastPivot, sagaUndoing } from './rejections.ts'
import type { OperatorCommand } from './saga-commands.ts'
import type { SagaEvent } from './saga-events.ts'
import { again, undo } from './saga-requests.ts'
import type { SagaState, Task } from './saga-state.ts'
import { retryAt, type SagaTimings } from './saga-timings.ts'

type Data<Type extends OperatorCommand['type']> = Extract<OperatorCommand, { type: Type }>['data']

/** Every open request, and what was given up where it has a new id to be asked under. */
const retriable = (state: SagaState, { nextIds }: Data<'RetrySaga'>): readonly Task[] => {
  if (state.status !== 'fulfilling' && state.status !== 'undoing') return []
  const renewed = (state.givenUp ?? []).flatMap(task => {
    const nextId = nextIds[task.key]
    return nextId === undefined ? [] : [{ ...task, nextId }]
  })
  return [...state.tasks, ...renewed]
}

const retry = (state: SagaState, data: Data<'RetrySaga'>, timings: SagaTimings): Decision<SagaEvent> => {
  if (state.status === 'none') return reject(sagaNotFound)
  const { orderId, now } = data
  const tasks = retriable(state, data)
  if (tasks.length === 0) return reject(nothingToRetry)
  return accept<SagaEvent>(
    { type: 'RetryOrdered', data: { orderId, at: now } },
    ...tasks.map(task => again(task, now, timings)),
  )
}

const compensate = (
  state: SagaState,
  { orderId, now }: Data<'CompensateSaga'>,
  timings: SagaTimings,
): Decision<SagaEvent> => {
  const ordered: SagaEvent = { type: 'CompensationOrdered', data: { orderId, at: now } }
  const reason = 'OPERATOR'
  switch (state.status) {
    case 'none':
      return reject(sagaNotFound)
    case 'reserving':
    case 'authorising':
    case 'confirming':
      return accept(ordered, ...undo(state, { outcome: 'rejected', reason, now }, timings))
    // Once confirmed, the order itself decides: it may be shipped at this moment.
    case 'confirmed': {
      const askAgainAt = retryAt(now, 1, timings)
      return accept<SagaEvent>(ordered, { type: 'CancellationSought', data: { orderId, reason, askAgainAt, at: now } })
    }
    case 'fulfilling':
      return reject(sagaPastPivot)
    case 'undoing':
      return reject(sagaUndoing)
  }
}

export const isOperatorCommand = (command: { readonly type: string }): command is OperatorCommand =>
  command.type === 'RetrySaga' || command.type === 'CompensateSaga'

/** What an operator's command comes to. */
export const decideForOperator = (
  command: OperatorCommand,
  state: SagaState,
  timings: SagaTimings,
): Decision<SagaEvent> =>
  command.type === 'RetrySaga' ? retry(state, command.data, timings) : compensate(state, command.data, timings)
