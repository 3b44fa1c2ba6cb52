import type { SagaNote } from './saga-commands.ts'
import type { SagaEvent, SagaRequest } from './saga-events.ts'
import { settle } from './saga-late.ts'
import type { SagaState } from './saga-state.ts'

export type Data<Type extends SagaNote['type']> = Extract<SagaNote, { type: Type }>['data']

/** What follows from what the saga is told; nothing when it does not matter any more. */
export type Handlers<Type extends SagaNote['type'] = SagaNote['type']> = {
  readonly [Each in Type]: (state: SagaState, data: Data<Each>) => readonly SagaEvent[]
}

export const asks = (type: SagaRequest['type']) => (asked: SagaRequest) => asked.type === type

/** The answer to an open request, if there is one. */
export const settled = (
  state: SagaState,
  data: { readonly orderId: string; readonly now: string },
  isIt: (asked: SagaRequest) => boolean,
): readonly SagaEvent[] =>
  state.status === 'fulfilling' || state.status === 'undoing' ? settle(state, data, isIt) : []
