import {
  type ContextRuntime,
  type CursorBinding,
  type Feed,
  idOf,
  type RecordedEvent,
  type RequestContext,
} from '@mercato/shared-kernel/application'
import type { Order } from '#domain/order-state.ts'
import { customerOf } from './access.ts'
import { type Aggregates, orderIn } from './aggregates.ts'
import { ORDER, type OrderContextEvent } from './context-events.ts'
import type { Queries } from './queries.ts'

/** Something happened to an order; the order is shown as that event left it. */
export interface OrderChange {
  readonly cursor: string
  readonly type: string
  readonly at: string
  readonly order: Order
}

interface Dependencies {
  readonly aggregates: Aggregates
  readonly queries: Queries
  readonly runtime: Pick<ContextRuntime<OrderContextEvent>, 'cursors'> & {
    readonly feed: Pick<Feed<OrderContextEvent>, 'read' | 'end'>
  }
}

/** What the cursors of `orderChanged(id)` are bound to. */
export const orderBinding = (id: string, { viewer }: RequestContext): CursorBinding => ({
  field: 'orderChanged',
  viewerId: viewer.user?.id ?? '',
  args: { id },
})

async function* follow(
  binding: CursorBinding,
  position: string,
  matches: (recorded: RecordedEvent) => boolean,
  request: RequestContext,
  { aggregates, runtime }: Dependencies,
): AsyncGenerator<OrderChange> {
  const cursors = runtime.cursors()
  const { signal, telling } = request
  for await (const envelope of runtime.feed.read({ after: position, matches, signal, telling })) {
    const order = orderIn(await aggregates.orders.load(idOf(envelope.streamId), envelope.revision))
    if (!order) continue
    const { event, occurredAt, position: at } = envelope
    yield { cursor: cursors.sign(at, binding), type: event.type, at: occurredAt, order }
  }
}

const startOf = (after: string | null | undefined, binding: CursorBinding, { runtime }: Dependencies): string =>
  after == null ? runtime.feed.end() : runtime.cursors().open(after, binding)

async function* nothing(): AsyncGenerator<OrderChange> {}

/**
 * One order, event by event, from now on or after a cursor. Fault FORBIDDEN when it is somebody else's; ends at once when there is none.
 * The place where it starts is fixed before the promise resolves: what happens afterwards is told.
 */
export const orderChanges = async (
  { id, after }: { readonly id: string; readonly after?: string | null | undefined },
  request: RequestContext,
  dependencies: Dependencies,
): Promise<AsyncGenerator<OrderChange>> => {
  const binding = orderBinding(id, request)
  const position = startOf(after, binding, dependencies)
  if (!(await dependencies.queries.order({ id }, request))) return nothing()
  const streamId = dependencies.aggregates.orders.streamId(id)
  return follow(binding, position, recorded => recorded.streamId === streamId, request, dependencies)
}

/** All orders of the signed-in customer, event by event; same rules. */
export const myOrderChanges = async (
  { after }: { readonly after?: string | null | undefined },
  request: RequestContext,
  dependencies: Dependencies,
): Promise<AsyncGenerator<OrderChange>> => {
  const customerId = customerOf(request)
  const binding: CursorBinding = { field: 'myOrdersChanged', viewerId: customerId, args: {} }
  const position = startOf(after, binding, dependencies)
  const mine = ({ streamId, subjectId }: RecordedEvent): boolean =>
    subjectId === customerId && streamId.startsWith(`${ORDER}-`)
  return follow(binding, position, mine, request, dependencies)
}
