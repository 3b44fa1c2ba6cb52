import {
  type CommandContext,
  type IdempotencyOutcome,
  type Ids,
  OPERATIONS_SCOPE,
  type RequestContext,
  requireScope,
} from '@mercato/shared-kernel/application'
import { sagaNotFound } from '#domain/rejections.ts'
import type { OperatorCommand } from '#domain/saga-commands.ts'
import type { SagaState } from '#domain/saga-state.ts'
import { isUuid } from '#domain/text.ts'
import type { Aggregates } from './aggregates.ts'
import { refuse } from './placing.ts'

type UseCase = (
  input: { readonly orderId: string },
  request: Pick<RequestContext, 'viewer'>,
  command: CommandContext,
) => Promise<IdempotencyOutcome>

/** What operators may do to a saga; it is in the saga's log who did. Fault FORBIDDEN without the scope `operations:admin`. */
export interface OperatorCommands {
  /** Asks every open request again, and those that were given up, without waiting for their time. */
  readonly retrySaga: UseCase
  /** Gives the order up while nothing was shipped: everything taken is given back. */
  readonly compensateSaga: UseCase
}

export const createOperatorCommands = ({ sagas }: Aggregates, ids: Ids): OperatorCommands => {
  const onSaga =
    (toCommand: (orderId: string, now: string, state: SagaState, commandId: string) => OperatorCommand): UseCase =>
    async ({ orderId }, { viewer }, command) => {
      requireScope(viewer, OPERATIONS_SCOPE)
      if (!isUuid(orderId)) return refuse(sagas.streamId(command.commandId), sagaNotFound)
      const { state } = await sagas.load(orderId)
      const wish = toCommand(orderId, command.now.toISOString(), state, command.commandId)
      const { streamId, revision, rejection } = await sagas.handle(orderId, wish, command)
      return { streamId, revision, ...(rejection ? { rejection } : {}) }
    }

  return {
    retrySaga: onSaga((orderId, now, state, commandId) => {
      const givenUp = 'givenUp' in state ? (state.givenUp ?? []) : []
      const nextIds = Object.fromEntries(givenUp.map(({ key }) => [key, ids.derive(commandId, key)]))
      return { type: 'RetrySaga', data: { orderId, nextIds, now } }
    }),
    compensateSaga: onSaga((orderId, now) => ({ type: 'CompensateSaga', data: { orderId, now } })),
  }
}
