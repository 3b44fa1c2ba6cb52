import { readFileSync } from 'node:fs'
import { createSubgraphServer } from '@mercato/adapters/subgraph-server/create-subgraph-server'
import type { Subgraph } from '@mercato/adapters/subgraph-server/subgraph'
import {
  type ContextPorts,
  createContextRuntime,
  createIdempotency,
  createMutate,
  type RequestContext,
} from '@mercato/shared-kernel/application'
import { createAggregates } from '#application/aggregates.ts'
import { createCatalogueCommands } from '#application/catalogue-commands.ts'
import { catalogueView } from '#application/catalogue-view.ts'
import { categoriesView } from '#application/category-view.ts'
import { createLive } from '#application/live.ts'
import { commandsFor } from '#application/permissions.ts'
import { createPolicies } from '#application/policies.ts'
import { productsView, skusView } from '#application/product-view.ts'
import { publish } from '#application/published-events.ts'
import { createQueries } from '#application/queries.ts'
import { createQuote, type Quote } from '#application/quote.ts'
import { createReactions } from '#application/reactions.ts'
import { createExpiryHandler, EXPIRY_TIMER } from '#application/reservation-expiry.ts'
import { createReservationProcess } from '#application/reservation-process.ts'
import { createSeed } from '#application/seed.ts'
import { createSkuRegistry } from '#application/sku-registry.ts'
import { createStockCommands } from '#application/stock-commands.ts'
import { stockView } from '#application/stock-view.ts'
import { DEMO_CATALOGUE } from '#infrastructure/demo-catalogue.ts'
import { createInventoryCodec } from '#infrastructure/event-codec.ts'
import type { SubgraphContext } from '#presentation/context.ts'
import * as entities from '#presentation/entities.ts'
import { createLoaders } from '#presentation/loaders.ts'
import { Mutation } from '#presentation/mutations.ts'
import { Query } from '#presentation/queries.ts'
import { Subscription } from '#presentation/subscriptions.ts'

export { createCatalogServer } from '#presentation/grpc.ts'

export interface InventoryDependencies extends ContextPorts {
  readonly gatewaySecret: string
}

export interface InventorySubgraph extends Subgraph {
  /** Price and availability at this moment, for the order context's checkout. */
  readonly quote: Quote
  /** Creates the demo catalogue through real commands; a second call changes nothing. */
  seed(): Promise<void>
}

const SDL = new URL('../../schema/subgraphs/inventory.graphql', import.meta.url)

/** The inventory context: its subgraph, its workers, and the quote it offers. */
export const createInventorySubgraph = async (dependencies: InventoryDependencies): Promise<InventorySubgraph> => {
  const { gatewaySecret, ...ports } = dependencies
  const { clock, ids } = ports
  const codec = createInventoryCodec(ports.vault)
  const aggregates = createAggregates(ports, codec)
  const skus = createSkuRegistry({ claims: ports.claims, clock, aggregates })
  const reservations = createReservationProcess({ aggregates, ids, clock })
  const runtime = createContextRuntime(
    {
      context: 'inventory',
      codec,
      views: [productsView, skusView, stockView, catalogueView, categoriesView],
      translate: publish,
      react: createReactions(ports),
      policies: { order: createPolicies(reservations, clock) },
      timers: { [EXPIRY_TIMER]: createExpiryHandler(reservations, clock) },
    },
    ports,
  )
  const catalogue = createCatalogueCommands(aggregates, skus)
  const warehouse = createStockCommands(aggregates, skus)
  const queries = createQueries({ aggregates, skus, codec, projector: runtime.projector, ports })
  const live = createLive(runtime, aggregates, queries)
  const idempotent = createIdempotency({
    store: ports.idempotency,
    clock,
    ids,
    logger: ports.logger,
    secret: ports.secret,
  })
  const mutate = createMutate({ idempotent, clock })

  const extend = (base: RequestContext): SubgraphContext => ({
    ...base,
    ...commandsFor(base.viewer, catalogue, warehouse),
    ...createLoaders(queries, base),
    queries,
    live,
    mutate,
    operations: runtime.operations,
  })

  const { MoneyType, Product, StockItem, StockMovement, StockReservation, ProductChangedEvent } = entities
  const health = () => ({ ready: runtime.ready(), detail: {} })
  const server = createSubgraphServer<SubgraphContext>({
    context: 'inventory',
    sdl: readFileSync(SDL, 'utf8'),
    resolvers: {
      Query,
      Mutation,
      Subscription,
      Money: MoneyType,
      Product,
      StockItem,
      StockMovement,
      StockReservation,
      ProductChangedEvent,
    },
    gatewaySecret,
    logger: ports.logger,
    metrics: ports.metrics,
    now: () => clock.now().getTime(),
    extend,
    health,
  })

  return {
    name: 'inventory',
    fetch: request => server.fetch(request),
    connect: () => runtime.connect(),
    start: () => runtime.start(),
    rebuilding: runtime.rebuilding,
    drain: () => server.drain(),
    health,
    quote: createQuote(aggregates, skus),
    seed: createSeed(DEMO_CATALOGUE, catalogue, warehouse, ports),
    async [Symbol.asyncDispose]() {
      await server.drain()
      await runtime[Symbol.asyncDispose]()
    },
  }
}
