import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createSubgraphServer } from '@mercato/adapters/subgraph-server/create-subgraph-server'
import type { Subgraph } from '@mercato/adapters/subgraph-server/subgraph'
import {
  type ContextPorts,
  createContextRuntime,
  createIdempotency,
  createMutate,
  type RequestContext,
} from '@mercato/shared-kernel/application'
import DataLoader from 'dataloader'
import { createAggregates } from '#application/aggregates.ts'
import { createCommands } from '#application/commands.ts'
import { createOperations, OPERATION_TIMER, type OperationSettings } from '#application/operations.ts'
import { invoicesView, methodsView, paymentsView } from '#application/payment-views.ts'
import { orderPolicies, userPolicies } from '#application/policies.ts'
import type { PaymentProvider } from '#application/ports.ts'
import { publish } from '#application/published-events.ts'
import { createQueries } from '#application/queries.ts'
import { createExpiryHandler, createReactions, EXPIRY_TIMER } from '#application/reactions.ts'
import { createPaymentCodec } from '#infrastructure/event-codec.ts'
import type { SubgraphContext } from '#presentation/context.ts'
import * as entities from '#presentation/entities.ts'
import { Mutation } from '#presentation/mutations.ts'
import { Query } from '#presentation/queries.ts'
import { Subscription } from '#presentation/subscriptions.ts'
import { providerWebhook } from '#presentation/webhooks.ts'

export { createMemoryLedger, createPostgresLedger, type SandboxLedger } from '#infrastructure/sandbox-ledger.ts'
export { createSandboxProvider } from '#infrastructure/sandbox-provider.ts'
export { startSandboxReports } from '#infrastructure/sandbox-reports.ts'
export { SIGNATURE_HEADER, signReport } from '#infrastructure/sandbox-signature.ts'

/** Migrations of this context's own tables, run in the payment database besides the technical ones. */
export const paymentMigrations = {
  folder: fileURLToPath(new URL('./infrastructure/migrations', import.meta.url)),
  table: 'payment_migrations',
}

export interface PaymentDependencies extends ContextPorts {
  readonly gatewaySecret: string
  readonly provider: PaymentProvider
  readonly settings?: Partial<OperationSettings>
}

export interface PaymentSubgraph extends Subgraph {
  /** Whether the customer has this payment method now. */
  owns(customerId: string, paymentMethodId: string): Promise<boolean>
}

const DAY_MS = 86_400_000
const SDL = new URL('../../schema/subgraphs/payment.graphql', import.meta.url)

/** The payment context: its subgraph and the workers behind it. */
export const createPaymentSubgraph = async (dependencies: PaymentDependencies): Promise<PaymentSubgraph> => {
  const { gatewaySecret, provider, settings, ...ports } = dependencies
  const codec = createPaymentCodec(ports.vault)
  const aggregates = createAggregates(ports, codec)
  const { payments, methods } = aggregates
  const timings = { providerTimeoutMs: 2_000, inquiryMs: 1_000, giveUpMs: 7 * DAY_MS, ...settings }
  const operations = createOperations({ payments, methods, provider, ports, settings: timings })
  const runtime = createContextRuntime(
    {
      context: 'payment',
      codec,
      views: [paymentsView, methodsView, invoicesView],
      translate: publish,
      react: createReactions({ aggregates, operations, ports }),
      policies: { order: orderPolicies(aggregates, ports), user: userPolicies(aggregates, ports) },
      timers: { [OPERATION_TIMER]: operations.onTimer, [EXPIRY_TIMER]: createExpiryHandler({ aggregates, ports }) },
    },
    ports,
  )
  const queries = createQueries(aggregates, runtime.projector, ports)
  const commands = createCommands(aggregates, provider, ports)
  const idempotent = createIdempotency({
    store: ports.idempotency,
    clock: ports.clock,
    ids: ports.ids,
    logger: ports.logger,
    secret: ports.secret,
  })
  const mutate = createMutate({ idempotent, clock: ports.clock })

  const extend = (base: RequestContext): SubgraphContext => {
    // Batched, not kept: a subscription lives long, and each of its events shows what is then.
    const loader = new DataLoader(
      (orderIds: readonly string[]) => queries.payments(orderIds, base).then(found => [...found]),
      { cache: false },
    )
    return {
      ...base,
      aggregates,
      queries,
      commands,
      mutate,
      runtime,
      operations: runtime.operations,
      paymentOf: orderId => loader.load(orderId),
    }
  }

  const { MoneyType, ...types } = entities
  const health = () => ({ ready: runtime.ready(), detail: {} })
  const server = createSubgraphServer<SubgraphContext>({
    context: 'payment',
    sdl: readFileSync(SDL, 'utf8'),
    resolvers: { Query, Mutation, Subscription, Money: MoneyType, ...types },
    gatewaySecret,
    logger: ports.logger,
    metrics: ports.metrics,
    now: () => ports.clock.now().getTime(),
    extend,
    routes: providerWebhook({ provider, operations, logger: ports.logger, ids: ports.ids }),
    health,
  })

  return {
    name: 'payment',
    owns: async (customerId, paymentMethodId) => {
      const { state } = await methods.load(customerId)
      return state.methods.some(method => method.paymentMethodId === paymentMethodId)
    },
    fetch: request => server.fetch(request),
    connect: () => runtime.connect(),
    start: () => runtime.start(),
    rebuilding: runtime.rebuilding,
    drain: () => server.drain(),
    health,
    async [Symbol.asyncDispose]() {
      await server.drain()
      await runtime[Symbol.asyncDispose]()
      await operations[Symbol.asyncDispose]()
    },
  }
}
