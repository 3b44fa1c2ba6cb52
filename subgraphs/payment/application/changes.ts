import { type ContextRuntime, Fault, hasScope, type RequestContext } from '@mercato/shared-kernel/application'
import type { Aggregates } from './aggregates.ts'
import type { PaymentContextEvent } from './context-events.ts'
import type { PaymentView } from './payment-views.ts'
import type { Queries } from './queries.ts'

export interface PaymentChange {
  readonly cursor: string
  readonly type: string
  readonly at: string
  readonly payment: PaymentView
}

interface Dependencies {
  readonly aggregates: Aggregates
  readonly queries: Queries
  readonly runtime: ContextRuntime<PaymentContextEvent>
}

/**
 * The payment of an order, event by event; each with the payment as that event left it. The place where it starts is fixed
 * by the call, not by the first pull: whatever happens once the subscription is accepted is told.
 */
export function paymentChanges(
  { orderId, after }: { readonly orderId: string; readonly after?: string | null },
  request: RequestContext,
  { aggregates, queries, runtime }: Dependencies,
): AsyncGenerator<PaymentChange> {
  const cursors = runtime.cursors()
  const binding = { field: 'paymentChanged', viewerId: request.viewer.user?.id ?? '', args: { orderId } }
  const position = after == null ? runtime.feed.end() : cursors.open(after, binding)
  const streamId = aggregates.payments.streamId(orderId)
  const changes = runtime.feed.read({
    after: position,
    matches: recorded => recorded.streamId === streamId,
    signal: request.signal,
    telling: request.telling,
  })

  async function* visible(): AsyncGenerator<PaymentChange> {
    await queries.payment(orderId, request)
    for await (const { event, revision, occurredAt, position: at } of changes) {
      const { state } = await aggregates.payments.load(orderId, revision)
      if (state.status === 'none') continue
      const own = state.customerId === request.viewer.user?.id
      if (!own && !hasScope(request.viewer, 'payments:read:any'))
        throw new Fault('FORBIDDEN', 'This belongs to somebody else.')
      yield { cursor: cursors.sign(at, binding), type: event.type, at: occurredAt, payment: state }
    }
  }
  return visible()
}
