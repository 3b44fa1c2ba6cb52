import { idOf, type View } from '@mercato/shared-kernel/application'
import type { SagaEvent } from '#domain/saga-events.ts'
import { evolve } from '#domain/saga-evolve.ts'
import { initialState, nextDeadline, type SagaState } from '#domain/saga-state.ts'
import { type OrderContextEvent, SAGA } from './context-events.ts'

/** How a saga stands, as operators see it. */
export type SagaStanding =
  | Exclude<SagaState['status'], 'none'>
  /** Nothing is asked, nothing is waited for. */
  | 'ended'
  /** Something was refused too often: it waits for an operator. */
  | 'stuck'

export interface SagaDoc {
  readonly orderId: string
  readonly state: Exclude<SagaState, { status: 'none' }>
  readonly startedAt: string
  readonly updatedAt: string
}

export const standingOf = ({ state }: SagaDoc): SagaStanding => {
  if (nextDeadline(state) !== undefined) return state.status
  return 'givenUp' in state && (state.givenUp ?? []).length > 0 ? 'stuck' : 'ended'
}

export const ALL_SAGAS = 'all'
export const sagasIn = (standing: SagaStanding): string => `standing:${standing}`

/** Sagas by order id, listed by when they started: all, and by how they stand. */
export const sagasView: View<OrderContextEvent, SagaDoc> = {
  name: 'sagas',
  version: 2,
  categories: [SAGA],
  keysOf: ({ streamId }) => [idOf(streamId)],
  evolve: (doc, { event, occurredAt }, orderId) => {
    const state = evolve(doc?.state ?? initialState, event as SagaEvent)
    if (state.status === 'none') return doc
    return { orderId, state, startedAt: doc?.startedAt ?? occurredAt, updatedAt: occurredAt }
  },
  indexes: doc => ({ [ALL_SAGAS]: [doc.startedAt], [sagasIn(standingOf(doc))]: [doc.startedAt] }),
}
