import type { CommandContext, ContextPorts, EventEnvelope, Reaction } from '@mercato/shared-kernel/application'
import type { OrderCommand } from '#domain/order.ts'
import type { Order, OrderState } from '#domain/order-state.ts'
import type { Aggregates } from './aggregates.ts'
import type { OrderContextEvent } from './context-events.ts'
import { indexOf } from './order-view.ts'

interface Dependencies {
  readonly aggregates: Aggregates
  /** Resolves, with the build of the orders to read, when the views include everything that is in the log. */
  readonly catchUp: () => Promise<string>
  readonly ports: Pick<ContextPorts, 'vault' | 'views' | 'ids' | 'clock'>
}

const PAGE = 100
const REASON = 'CUSTOMER_ERASED'

/** What has not been shipped has nowhere to go any more. */
const ending = ({ status }: Order, now: string): OrderCommand | undefined => {
  switch (status) {
    case 'pending':
    case 'awaitingPayment':
    case 'confirmed':
      return { type: 'CancelOrder', data: { by: 'system', reason: REASON, now } }
    case 'partlyShipped':
      return { type: 'CancelRemainder', data: { now } }
    case 'shipped':
    case 'delivered':
    case 'rejected':
    case 'cancelled':
      return undefined
  }
}

/**
 * What follows when a customer is erased: the key of their personal data is destroyed, and what was not shipped is cancelled. An
 * order that is placed at that very moment follows when it is in the log.
 */
export const createErasure = ({ aggregates, catchUp, ports }: Dependencies): Reaction<OrderContextEvent> => {
  const { carts, orders } = aggregates
  const { vault, views, ids, clock } = ports

  const end = async (orderId: string, cause: EventEnvelope<OrderContextEvent>): Promise<void> => {
    const now = clock.now()
    const { state } = await orders.load(orderId)
    const command = state.status === 'none' ? undefined : ending(state, now.toISOString())
    if (!command) return
    const context: CommandContext = {
      actor: { kind: 'system', id: 'erasure' },
      commandId: ids.derive(cause.id, `end ${orderId}`),
      correlationId: cause.correlationId,
      causationId: cause.id,
      now,
      ...(cause.traceparent === undefined ? {} : { traceparent: cause.traceparent }),
    }
    await orders.handle(orderId, command, context)
  }

  const ordersOf = async (customerId: string): Promise<readonly string[]> => {
    const build = await catchUp()
    const index = indexOf({ customerId })
    const found: string[] = []
    for (let after: string | undefined, more = true; more; ) {
      const page = await views.list(build, { index, limit: PAGE, ...(after ? { after } : {}) })
      found.push(
        ...page.items.map(({ doc }) => doc as OrderState).flatMap(doc => ('orderId' in doc ? [doc.orderId] : [])),
      )
      after = page.items.at(-1)?.cursor
      more = page.more
    }
    return found
  }

  return async envelope => {
    const { event } = envelope
    if (event.type === 'CartClosed') {
      const { customerId } = event.data
      await vault.destroy(customerId)
      for (const orderId of await ordersOf(customerId)) await end(orderId, envelope)
    }
    if (event.type === 'OrderPlaced') {
      const { customerId, orderId } = event.data
      if ((await carts.load(customerId)).state.closed) await end(orderId, envelope)
    }
  }
}
