import {
  type CommandContext,
  type ContextPorts,
  type EventCodec,
  type IdempotencyOutcome,
  NO_STREAM,
} from '@mercato/shared-kernel/application'
import type { Rejection } from '@mercato/shared-kernel/domain'
import type { OrderDraft } from '#domain/order-events.ts'
import type { Aggregates } from './aggregates.ts'
import type { OrderContextEvent } from './context-events.ts'

/** A refusal: nothing was appended. */
export const refuse = (streamId: string, rejection: Rejection): IdempotencyOutcome => ({
  streamId,
  revision: NO_STREAM,
  rejection,
})

/** Places orders, once each, however often and by whomever it is asked to. */
export interface Placing {
  place(draft: OrderDraft, context: CommandContext): Promise<IdempotencyOutcome>
  /** The order, if it was placed before. */
  placed(orderId: string): Promise<IdempotencyOutcome | undefined>
  /** What the customer's cart became under this order id, if it did. */
  checkedOut(customerId: string, orderId: string): Promise<OrderDraft | undefined>
}

export const createPlacing = (
  { carts, orders }: Aggregates,
  { store, ids }: Pick<ContextPorts, 'store' | 'ids'>,
  codec: EventCodec<OrderContextEvent>,
): Placing => ({
  async place(draft, context) {
    const commandId = ids.derive(draft.orderId, 'place')
    const { streamId } = await orders.handle(
      draft.orderId,
      { type: 'PlaceOrder', data: draft },
      { ...context, commandId },
    )
    return { streamId, revision: 0 }
  },

  async placed(orderId) {
    const { streamId, revision } = await orders.load(orderId)
    return revision === NO_STREAM ? undefined : { streamId, revision: 0 }
  },

  async checkedOut(customerId, orderId) {
    const recorded = (await store.readStream(carts.streamId(customerId))).find(each => each.commandId === orderId)
    if (!recorded) return undefined
    const { event } = await codec.decode(recorded)
    return event.type === 'CartCheckedOut' ? event.data : undefined
  },
})
