import type { RecordedEvent } from '@mercato/shared-kernel/application'
import type { System } from './testing-system.ts'

type Data = Readonly<Record<string, unknown>>
type Amount = { readonly amount: number }
interface Piece {
  readonly sku: string
  readonly quantity: number
}

/** An order as its log tells it. */
export interface OrderEnd {
  readonly orderId: string
  /** Type of the event that ended it; none while it goes on. */
  readonly end: string | undefined
  /** Minor units of what was shipped, and of what came back. */
  readonly shippedFor: number
  readonly returnedFor: number
  readonly shipped: readonly Piece[]
  readonly returned: readonly Piece[]
}

const ENDS = ['OrderRejected', 'OrderCancelled', 'OrderDelivered']
const CATEGORY = 'order.Order-'

const sum = (events: readonly RecordedEvent[], type: string): number =>
  events
    .filter(event => event.type === type)
    .reduce((total, { data }) => total + ((data as Data)['amount'] as Amount).amount, 0)

const pieces = (events: readonly RecordedEvent[], type: string): readonly Piece[] =>
  events.filter(event => event.type === type).flatMap(({ data }) => (data as Data)['lines'] as Piece[])

/** All orders of a system, read without any code of the order context. */
export const orderEnds = ({ ports }: System): readonly OrderEnd[] => {
  const byOrder = Map.groupBy(
    ports.order.log.events.filter(({ streamId }) => streamId.startsWith(CATEGORY)),
    ({ streamId }) => streamId.slice(CATEGORY.length),
  )
  return [...byOrder].map(([orderId, events]) => ({
    orderId,
    end: events.find(({ type }) => ENDS.includes(type))?.type,
    shippedFor: sum(events, 'OrderShipped'),
    returnedFor: sum(events, 'ReturnReceived'),
    shipped: pieces(events, 'OrderShipped'),
    returned: pieces(events, 'ReturnReceived'),
  }))
}

const FOREVER = new Date(8.64e15)
const TIMERS = {
  order: ['order-saga'],
  payment: ['payment-operation', 'authorisation-expiry'],
  inventory: ['reservation-expiry'],
} as const

/** Timers of all contexts that are set for a moment at or before `until`. */
export const timersUntil = async (
  { ports }: System,
  until: Date = FOREVER,
): Promise<readonly { readonly kind: string; readonly orderId: string; readonly dueAt: Date }[]> => {
  const found = await Promise.all(
    Object.entries(TIMERS).flatMap(([context, kinds]) =>
      kinds.map(kind => ports[context as keyof typeof TIMERS].timers.due(kind, until, 10_000)),
    ),
  )
  return found
    .flat()
    .map(({ kind, dueAt, payload }) => ({ kind, dueAt, orderId: String((payload as Data)['orderId']) }))
}
