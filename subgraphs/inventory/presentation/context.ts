import type { Mutate, Operations, RequestContext } from '@mercato/shared-kernel/application'
import type { Money } from '@mercato/shared-kernel/domain'
import type { CatalogueCommands } from '#application/catalogue-commands.ts'
import type { Live } from '#application/live.ts'
import type { ProductView } from '#application/product-view.ts'
import type { Queries } from '#application/queries.ts'
import type { ReservedLineView } from '#application/reserved-lines.ts'
import type { StockCommands } from '#application/stock-commands.ts'
import type { StockView } from '#application/stock-view.ts'

export type MoneyValue = Money.Money

/** What the resolvers of this subgraph have at hand. */
export interface SubgraphContext extends RequestContext {
  /** Commands that check the viewer's scopes. */
  readonly catalogue: CatalogueCommands
  readonly warehouse: StockCommands
  readonly queries: Queries
  readonly live: Live
  readonly mutate: Mutate
  readonly operations: Operations
  /** Batched within the request; whatever the product's visibility. */
  readonly productById: (id: string) => Promise<ProductView | undefined>
  readonly productBySku: (sku: string) => Promise<ProductView | undefined>
  readonly reservedLine: (orderId: string, sku: string) => Promise<ReservedLineView | undefined>
  readonly stockBySku: (sku: string) => Promise<StockView>
}
