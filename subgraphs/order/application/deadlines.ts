import type { ContextPorts, EventEnvelope, TimerHandler } from '@mercato/shared-kernel/application'
import { nextDeadline } from '#domain/saga-state.ts'
import type { Aggregates } from './aggregates.ts'
import type { OrderContextEvent } from './context-events.ts'

export const SAGA_TIMER = 'order-saga'

interface Payload {
  readonly orderId: string
  readonly correlationId: string
}

/** Durable deadlines of sagas: one timer per revision, for the next moment at which that saga must look again. */
export interface Deadlines {
  /** Called after each event of a saga. */
  keep(envelope: EventEnvelope<OrderContextEvent>): Promise<void>
  readonly onTimer: TimerHandler
}

export const createDeadlines = (
  { sagas }: Aggregates,
  { timers, clock, ids }: Pick<ContextPorts, 'timers' | 'clock' | 'ids'>,
): Deadlines => {
  const timerId = (orderId: string, revision: number): string => `${SAGA_TIMER}/${orderId}/${revision}`

  return {
    async keep({ event, revision, correlationId }) {
      if (!('orderId' in event.data)) return
      const { orderId } = event.data
      const { state, revision: latest } = await sagas.load(orderId)
      const dueAt = nextDeadline(state)
      const payload: Payload = { orderId, correlationId }
      if (dueAt !== undefined)
        await timers.schedule({ id: timerId(orderId, latest), kind: SAGA_TIMER, dueAt: new Date(dueAt), payload })
      if (revision > 0) await timers.cancel(timerId(orderId, revision - 1))
    },

    async onTimer(timer) {
      const { orderId, correlationId } = timer.payload as Payload
      const now = clock.now()
      await sagas.handle(
        orderId,
        { type: 'PassTime', data: { orderId, now: now.toISOString() } },
        {
          actor: { kind: 'system', id: 'order-deadlines' },
          commandId: ids.derive(orderId, timer.id),
          correlationId,
          now,
        },
      )
    },
  }
}
