import { type Aggregate, type ContextPorts, createAggregate, type EventCodec } from '@mercato/shared-kernel/application'
import type { DomainEvent } from '@mercato/shared-kernel/domain'
import { type Product, type ProductCommand, productDecider } from '#domain/product.ts'
import { reservationDecider } from '#domain/reservation.ts'
import type { ReservationCommand } from '#domain/reservation-commands.ts'
import type { Reservation } from '#domain/reservation-state.ts'
import { type StockCommand, stockItemDecider } from '#domain/stock-item.ts'
import type { StockItem } from '#domain/stock-state.ts'
import { PRODUCT, RESERVATION, STOCK_ITEM } from './context-events.ts'
import { takeTurns } from './take-turns.ts'

export interface Aggregates {
  /** By product id. */
  readonly products: Aggregate<Product, ProductCommand>
  /** By {@link Aggregates.stockId}. */
  readonly stock: Aggregate<StockItem, StockCommand>
  /** By order id. */
  readonly reservations: Aggregate<Reservation, ReservationCommand>
  /** The id of a SKU's stock item: the same SKU always names the same stream. */
  stockId(sku: string): string
}

export type AggregatePorts = Pick<ContextPorts, 'store' | 'ids' | 'metrics'>

export const createAggregates = (ports: AggregatePorts, codec: EventCodec<DomainEvent>): Aggregates => {
  const { store, ids, metrics } = ports
  const shared = { store, ids, metrics, codec }
  return {
    products: createAggregate({ ...shared, category: PRODUCT, decider: productDecider }),
    stock: takeTurns(createAggregate({ ...shared, category: STOCK_ITEM, decider: stockItemDecider, attempts: 200 })),
    reservations: createAggregate({ ...shared, category: RESERVATION, decider: reservationDecider }),
    stockId: sku => ids.derive('mercato/sku', sku),
  }
}
