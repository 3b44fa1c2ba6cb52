import type { Money } from '@mercato/shared-kernel/domain'
import type { OrderEvent, Party } from './order-events.ts'
import { type FulfilledLine, type OrderTotals, type SkuQuantity, toShip } from './order-lines.ts'

export interface Shipment {
  readonly shipmentId: string
  readonly carrier: string
  readonly trackingNumber: string
  readonly lines: readonly SkuQuantity[]
  readonly amount: Money.Money
  readonly at: string
}

export interface OrderReturn {
  readonly returnId: string
  readonly status: 'requested' | 'approved' | 'declined' | 'received'
  readonly lines: readonly SkuQuantity[]
  readonly requestedAt: string
  /** Known once received. */
  readonly amount?: Money.Money
}

/** A step in the life of an order, as people see it. */
export interface Milestone {
  readonly event: OrderEvent['type']
  readonly at: string
}

/** What is known from the first event on. Personal data is not here: it stays sealed in the log and is read when asked for. */
export interface Placed {
  readonly orderId: string
  readonly number: string
  readonly customerId: string
  readonly lines: readonly FulfilledLine[]
  readonly totals: OrderTotals
  readonly paymentMethodId: string
  readonly placedAt: string
  readonly shipments: readonly Shipment[]
  readonly returns: readonly OrderReturn[]
  readonly timeline: readonly Milestone[]
}

export type OrderState =
  | { readonly status: 'none' }
  | (Placed & { readonly status: 'pending' })
  | (Placed & { readonly status: 'awaitingPayment' })
  | (Placed & { readonly status: 'confirmed'; readonly shipBy: string })
  | (Placed & { readonly status: 'partlyShipped'; readonly shipBy: string })
  | (Placed & { readonly status: 'shipped' })
  | (Placed & { readonly status: 'delivered'; readonly deliveredAt: string })
  | (Placed & { readonly status: 'rejected'; readonly reason: string })
  | (Placed & { readonly status: 'cancelled'; readonly reason: string; readonly by: Party })

/** An order that exists. */
export type Order = Exclude<OrderState, { status: 'none' }>
export type OrderStatus = Order['status']

export const initialState: OrderState = { status: 'none' }

const quantityOf = (lines: readonly SkuQuantity[], sku: string): number =>
  lines.find(line => line.sku === sku)?.quantity ?? 0

/** Adds the pieces to one of the counters of the lines. */
const counting = (
  lines: readonly FulfilledLine[],
  counter: 'shipped' | 'cancelled' | 'returning',
  pieces: readonly SkuQuantity[],
  sign: 1 | -1 = 1,
): readonly FulfilledLine[] =>
  lines.map(line => ({ ...line, [counter]: line[counter] + sign * quantityOf(pieces, line.sku) }))

const placedOf = (order: Order, event: OrderEvent): Placed => {
  const { orderId, number, customerId, lines, totals, paymentMethodId, placedAt, shipments, returns } = order
  const timeline = [...order.timeline, { event: event.type, at: event.data.at }]
  return { orderId, number, customerId, lines, totals, paymentMethodId, placedAt, shipments, returns, timeline }
}

const withReturn = (
  placed: Placed,
  returnId: string,
  change: (known: OrderReturn) => OrderReturn,
): readonly OrderReturn[] => placed.returns.map(each => (each.returnId === returnId ? change(each) : each))

type ReturnEvent = Extract<OrderEvent, { type: `Return${string}` }>

/** Changes of a delivered order: only its returns. */
const evolveReturns = (order: Order, placed: Placed, event: ReturnEvent): Order => {
  switch (event.type) {
    case 'ReturnRequested': {
      const { returnId, lines, at } = event.data
      const requested: OrderReturn = { returnId, status: 'requested', lines, requestedAt: at }
      return {
        ...order,
        ...placed,
        lines: counting(placed.lines, 'returning', lines),
        returns: [...placed.returns, requested],
      }
    }
    case 'ReturnApproved':
      return {
        ...order,
        ...placed,
        returns: withReturn(placed, event.data.returnId, known => ({ ...known, status: 'approved' })),
      }
    case 'ReturnDeclined': {
      const { returnId } = event.data
      const declined = placed.returns.find(each => each.returnId === returnId)?.lines ?? []
      return {
        ...order,
        ...placed,
        lines: counting(placed.lines, 'returning', declined, -1),
        returns: withReturn(placed, returnId, known => ({ ...known, status: 'declined' })),
      }
    }
    case 'ReturnReceived': {
      const { returnId, amount } = event.data
      return {
        ...order,
        ...placed,
        returns: withReturn(placed, returnId, known => ({ ...known, status: 'received', amount })),
      }
    }
  }
}

export const evolve = (state: OrderState, event: OrderEvent): OrderState => {
  if (event.type === 'OrderPlaced') {
    const { shippingAddress: _, billingAddress: __, at, lines, ...draft } = event.data
    return {
      ...draft,
      status: 'pending',
      lines: lines.map(line => ({ ...line, shipped: 0, cancelled: 0, returning: 0 })),
      placedAt: at,
      shipments: [],
      returns: [],
      timeline: [{ event: 'OrderPlaced', at }],
    }
  }
  if (state.status === 'none') return state
  const placed = placedOf(state, event)
  switch (event.type) {
    case 'OrderPaymentAwaited':
      return { ...placed, status: 'awaitingPayment' }
    case 'OrderConfirmed':
      return { ...placed, status: 'confirmed', shipBy: event.data.shipBy }
    case 'OrderRejected':
      return { ...placed, status: 'rejected', reason: event.data.reason }
    case 'OrderCancelled':
      return { ...placed, status: 'cancelled', reason: event.data.reason, by: event.data.by }
    case 'OrderShipped': {
      const { shipmentId, carrier, trackingNumber, lines: pieces, amount, at } = event.data
      const shipments = [...placed.shipments, { shipmentId, carrier, trackingNumber, lines: pieces, amount, at }]
      const lines = counting(placed.lines, 'shipped', pieces)
      const open = lines.some(line => toShip(line) > 0)
      return open && 'shipBy' in state
        ? { ...placed, lines, shipments, status: 'partlyShipped', shipBy: state.shipBy }
        : { ...placed, lines, shipments, status: 'shipped' }
    }
    case 'OrderRemainderCancelled':
      return { ...placed, lines: counting(placed.lines, 'cancelled', event.data.lines), status: 'shipped' }
    case 'OrderDelivered':
      return { ...placed, status: 'delivered', deliveredAt: event.data.at }
    case 'ReturnRequested':
    case 'ReturnApproved':
    case 'ReturnDeclined':
    case 'ReturnReceived':
      return evolveReturns(state, placed, event)
  }
}
