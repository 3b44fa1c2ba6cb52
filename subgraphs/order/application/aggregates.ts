import {
  type Aggregate,
  type ContextPorts,
  createAggregate,
  type EventCodec,
  type Loaded,
} from '@mercato/shared-kernel/application'
import type { DomainEvent } from '@mercato/shared-kernel/domain'
import { type CartCommand, type CartState, cart } from '#domain/cart.ts'
import { type GuestCartCommand, type GuestCartState, guestCart } from '#domain/guest-cart.ts'
import { type OrderCommand, order } from '#domain/order.ts'
import type { Order, OrderState } from '#domain/order-state.ts'
import { createSaga } from '#domain/saga.ts'
import type { SagaCommand } from '#domain/saga-commands.ts'
import type { SagaState } from '#domain/saga-state.ts'
import type { SagaTimings } from '#domain/saga-timings.ts'
import { CART, GUEST_CART, ORDER, SAGA } from './context-events.ts'

export interface Aggregates {
  /** By customer id. */
  readonly carts: Aggregate<CartState, CartCommand>
  /** By the guest cart's own id. */
  readonly guestCarts: Aggregate<GuestCartState, GuestCartCommand>
  /** By order id. */
  readonly orders: Aggregate<OrderState, OrderCommand>
  /** By order id. */
  readonly sagas: Aggregate<SagaState, SagaCommand>
}

export const createAggregates = (
  { store, ids, metrics }: Pick<ContextPorts, 'store' | 'ids' | 'metrics'>,
  codec: EventCodec<DomainEvent>,
  timings: SagaTimings,
): Aggregates => {
  const shared = { store, ids, metrics, codec }
  return {
    carts: createAggregate({ ...shared, category: CART, decider: cart }),
    guestCarts: createAggregate({ ...shared, category: GUEST_CART, decider: guestCart }),
    orders: createAggregate({ ...shared, category: ORDER, decider: order }),
    sagas: createAggregate({ ...shared, category: SAGA, decider: createSaga(timings) }),
  }
}

/** The order, if there is one. */
export const orderIn = ({ state }: Loaded<OrderState>): Order | undefined =>
  state.status === 'none' ? undefined : state
