import type { ContextRuntime, Mutate, Operations, RequestContext } from '@mercato/shared-kernel/application'
import type { Money } from '@mercato/shared-kernel/domain'
import type { Aggregates } from '#application/aggregates.ts'
import type { Commands } from '#application/commands.ts'
import type { PaymentContextEvent } from '#application/context-events.ts'
import type { PaymentView } from '#application/payment-views.ts'
import type { Queries } from '#application/queries.ts'

export type MoneyValue = Money.Money

/** An entity of another subgraph, known here by its id. */
export interface Reference {
  readonly id: string
}

/** What the resolvers of this subgraph have at hand. */
export interface SubgraphContext extends RequestContext {
  readonly aggregates: Aggregates
  readonly commands: Commands
  readonly queries: Queries
  readonly mutate: Mutate
  readonly runtime: ContextRuntime<PaymentContextEvent>
  readonly operations: Operations
  /** Payments by order id, batched within the request. */
  readonly paymentOf: (orderId: string) => Promise<PaymentView | undefined>
}
