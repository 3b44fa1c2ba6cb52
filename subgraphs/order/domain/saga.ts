import { accept, type Decider, fold } from '@mercato/shared-kernel/domain'
import type { SagaCommand, SagaNote } from './saga-commands.ts'
import type { SagaEvent } from './saga-events.ts'
import { evolve } from './saga-evolve.ts'
import { forwardHandlers } from './saga-forward.ts'
import { fulfilmentHandlers } from './saga-fulfilment.ts'
import type { Handlers } from './saga-handlers.ts'
import { repeatOverdue, returnCredit, spendCredit } from './saga-late.ts'
import { decideForOperator, isOperatorCommand } from './saga-operators.ts'
import { releaseRemainder, undo } from './saga-requests.ts'
import { initialState, type Lost, type SagaState } from './saga-state.ts'
import { retryAt, type SagaTimings } from './saga-timings.ts'

const whyCancel = (lost: readonly Lost[]): string => {
  if (lost.includes('stock')) return 'RESERVATION_LOST'
  return lost.includes('payment') ? 'PAYMENT_EXPIRED' : 'SHIP_BY_PASSED'
}

const passTime =
  (timings: SagaTimings): Handlers['PassTime'] =>
  (state, { orderId, now }) => {
    const askAgainAt = retryAt(now, 1, timings)
    switch (state.status) {
      case 'none':
        return []
      case 'reserving':
      case 'confirming':
        return state.dueAt > now ? [] : undo(state, { outcome: 'rejected', reason: 'STOCK_UNANSWERED', now }, timings)
      case 'authorising':
        return state.dueAt > now ? [] : undo(state, { outcome: 'rejected', reason: 'PAYMENT_UNANSWERED', now }, timings)
      case 'confirmed': {
        const reason = whyCancel(state.lost)
        return state.dueAt > now ? [] : [{ type: 'CancellationSought', data: { orderId, reason, askAgainAt, at: now } }]
      }
      case 'fulfilling': {
        const tasks = repeatOverdue(state, orderId, now, timings)
        if (state.stage.name === 'delivered' || state.stage.dueAt > now) return tasks
        const type = state.stage.name === 'shipping' ? 'RemainderCancellationSought' : 'DeliveryAssumed'
        return [...tasks, { type, data: { orderId, askAgainAt, at: now } }]
      }
      case 'undoing':
        return repeatOverdue(state, orderId, now, timings)
    }
  }

/** The process manager of one order. It commands nobody: what it wants is an event, and every wait has a deadline. */
export const createSaga = (timings: SagaTimings): Decider<SagaState, SagaCommand, SagaEvent> => {
  const handlers: Handlers = {
    ...forwardHandlers(timings),
    ...fulfilmentHandlers(timings),
    PassTime: passTime(timings),
  }
  return {
    initialState,
    evolve,
    decide(command, state) {
      if (isOperatorCommand(command)) return decideForOperator(command, state, timings)
      const handle = handlers[command.type] as (state: SagaState, data: SagaNote['data']) => readonly SagaEvent[]
      const events = [...handle(state, command.data)]
      for (const follow of [releaseRemainder, spendCredit, returnCredit])
        events.push(...follow(fold(evolve, state, events), command.data.now, timings))
      return accept(...events)
    },
  }
}
