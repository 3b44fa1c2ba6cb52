import { readFileSync } from 'node:fs'
import { createSubgraphServer } from '@mercato/adapters/subgraph-server/create-subgraph-server'
import type { Subgraph } from '@mercato/adapters/subgraph-server/subgraph'
import {
  type ContextPorts,
  type ContextRuntime,
  createContextRuntime,
  createIdempotency,
  createMutate,
  type RequestContext,
} from '@mercato/shared-kernel/application'
import DataLoader from 'dataloader'
import { createAggregates } from '#application/aggregates.ts'
import { createCartCommands } from '#application/cart-commands.ts'
import { estimateOf } from '#application/cart-prices.ts'
import { createCheckoutCommands } from '#application/checkout-commands.ts'
import type { OrderContextEvent } from '#application/context-events.ts'
import { createDeadlines, SAGA_TIMER } from '#application/deadlines.ts'
import { createErasure } from '#application/erasure.ts'
import { createGuestCarts } from '#application/guest-carts.ts'
import { createOperatorCommands } from '#application/operator-commands.ts'
import { createOperatorQueries } from '#application/operator-queries.ts'
import { createOrderCommands } from '#application/order-commands.ts'
import { createOrderNumbers } from '#application/order-numbers.ts'
import { ordersView } from '#application/order-view.ts'
import { createPlacing } from '#application/placing.ts'
import { createPolicies } from '#application/policies.ts'
import type { ChargesPolicy, PaymentMethods, ProductCatalog, QuotedProduct } from '#application/ports.ts'
import { createPricing } from '#application/pricing.ts'
import { publish } from '#application/published-events.ts'
import { createQueries } from '#application/queries.ts'
import { createReactions } from '#application/reactions.ts'
import { sagasView } from '#application/saga-view.ts'
import { shippingEstimate } from '#application/shipping-estimate.ts'
import type { Order } from '#domain/order-state.ts'
import { defaultTimings, type SagaTimings } from '#domain/saga-timings.ts'
import { createOrderCodec } from '#infrastructure/event-codec.ts'
import { createFlatCharges } from '#infrastructure/flat-charges.ts'
import { createGuestTokens } from '#infrastructure/guest-tokens.ts'
import * as baskets from '#presentation/cart-entities.ts'
import type { BasketView, SubgraphContext } from '#presentation/context.ts'
import * as entities from '#presentation/entities.ts'
import { Mutation } from '#presentation/mutations.ts'
import { Query } from '#presentation/queries.ts'
import * as sagaEntities from '#presentation/saga-entities.ts'
import { Subscription } from '#presentation/subscriptions.ts'

export type { PaymentMethods, ProductCatalog } from '#application/ports.ts'
export type { SagaTimings } from '#domain/saga-timings.ts'
export { createGrpcCatalog } from '#infrastructure/grpc-catalog.ts'
export { createRemoteCatalog } from '#infrastructure/remote-catalog.ts'

export interface OrderDependencies extends ContextPorts {
  readonly gatewaySecret: string
  readonly catalog: ProductCatalog
  /** Lets checkout refuse payment methods of others at once. */
  readonly paymentMethods?: PaymentMethods
  /** Shipping and tax; the demo shop's flat tariff when absent. */
  readonly charges?: ChargesPolicy
  /** What differs from the default timings. */
  readonly timings?: Partial<SagaTimings>
  /** How long after delivery an order may be returned; 30 days when absent. */
  readonly returnWindowMs?: number
}

const SDL = new URL('../../schema/subgraphs/order.graphql', import.meta.url)
const DAY_MS = 24 * 60 * 60 * 1_000

/** The order context: its subgraph and the workers behind it. */
export const createOrderSubgraph = async (dependencies: OrderDependencies): Promise<Subgraph> => {
  const {
    gatewaySecret,
    catalog,
    paymentMethods,
    charges,
    timings,
    returnWindowMs = 30 * DAY_MS,
    ...ports
  } = dependencies
  const { clock, ids, logger, metrics } = ports
  const codec = createOrderCodec(ports.vault)
  const aggregates = createAggregates(ports, codec, { ...defaultTimings, ...timings })
  const numbers = createOrderNumbers(ports.claims, ids)
  const placing = createPlacing(aggregates, ports, codec)
  const deadlines = createDeadlines(aggregates, ports)
  const guestTokens = createGuestTokens(ports.secret)
  const guestCarts = createGuestCarts({ aggregates, catalog, tokens: guestTokens, ids })
  const react = createReactions({ aggregates, placing, guestCarts, numbers, deadlines, ports })
  const catchUp = async (): Promise<string> => {
    await runtime.catchUp()
    return runtime.projector.live(ordersView.name)
  }
  const erase = createErasure({ aggregates, ports, catchUp })
  const runtime: ContextRuntime<OrderContextEvent> = createContextRuntime(
    {
      context: 'order',
      codec,
      views: [ordersView, sagasView],
      translate: publish,
      async react(envelope) {
        await react(envelope)
        await erase(envelope)
      },
      policies: { ...createPolicies(aggregates, ports) },
      timers: { [SAGA_TIMER]: deadlines.onTimer },
    },
    ports,
  )
  const policy = charges ?? createFlatCharges()
  const pricing = createPricing(catalog, policy)
  const useCases = {
    carts: createCartCommands(aggregates, catalog),
    guestCarts,
    guestTokens,
    checkouts: createCheckoutCommands({
      aggregates,
      pricing,
      numbers,
      placing,
      ...(paymentMethods ? { paymentMethods } : {}),
    }),
    fulfilment: createOrderCommands(aggregates, { returnWindowMs }),
    queries: createQueries({ aggregates, numbers, projector: runtime.projector, codec, ports }),
    operators: createOperatorCommands(aggregates, ids),
    operatorQueries: createOperatorQueries({ aggregates, projector: runtime.projector, codec, ports }),
    operations: runtime.operations,
  }
  const idempotent = createIdempotency({
    store: ports.idempotency,
    clock,
    ids,
    logger: ports.logger,
    secret: ports.secret,
  })
  const mutate = createMutate({ idempotent, clock })

  const extend = (base: RequestContext): SubgraphContext => {
    const { queries } = useCases
    const orders = new DataLoader<string, Order | undefined>(orderIds => queries.ordersById(orderIds, base))
    const quotes = new Map<BasketView, Promise<readonly QuotedProduct[]>>()
    const quotesFor = (cart: BasketView): Promise<readonly QuotedProduct[]> => {
      const lines = cart.lines.map(({ productId, quantity }) => ({ productId, quantity }))
      const quote = quotes.get(cart) ?? (lines.length === 0 ? Promise.resolve([]) : catalog.quote(lines, base))
      quotes.set(cart, quote)
      return quote
    }
    return {
      ...base,
      ...useCases,
      aggregates,
      mutate,
      now: () => clock.now(),
      runtime,
      orderOf: orderId => orders.load(orderId),
      addressesOf: orderId => queries.addresses(orderId),
      shippingEstimate: async order => {
        const addresses = await queries.addresses(order.orderId)
        return addresses && shippingEstimate(order, order.weights ?? [], addresses.shipping.country, policy)
      },
      quotesFor,
      estimate: (cart, country) => estimateOf(cart.lines, country, pricing, base),
    }
  }

  const { MoneyType, ...types } = entities
  const { standingNamed: _, ...sagas } = sagaEntities
  const health = () => ({ ready: runtime.ready(), detail: {} })
  const server = createSubgraphServer<SubgraphContext>({
    context: 'order',
    sdl: readFileSync(SDL, 'utf8'),
    resolvers: { Query, Mutation, Subscription, Money: MoneyType, ...baskets, ...sagas, ...types },
    gatewaySecret,
    logger,
    metrics,
    now: () => clock.now().getTime(),
    extend,
    health,
  })

  return {
    name: 'order',
    fetch: request => server.fetch(request),
    connect: () => runtime.connect(),
    start: () => runtime.start(),
    rebuilding: runtime.rebuilding,
    drain: () => server.drain(),
    health,
    async [Symbol.asyncDispose]() {
      await server.drain()
      await runtime[Symbol.asyncDispose]()
    },
  }
}
