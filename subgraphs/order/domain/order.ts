import { accept, type Command, type Decider, type Decision, reject } from '@mercato/shared-kernel/domain'
import type { OrderDraft, OrderEvent, OrderFact, Party } from './order-events.ts'
import { type SkuQuantity, sumPerSku, toShip, valueOfShipment } from './order-lines.ts'
import { decideReturn, type ReturnCommand } from './order-returns.ts'
import { evolve, initialState, type Order, type OrderState } from './order-state.ts'
import {
  alreadyCancelled,
  alreadyDelivered,
  alreadyShipped,
  moreThanOpen,
  notConfirmed,
  notFullyShipped,
  nothingToShip,
  notOnOrder,
  notShipped,
  orderNotFound,
  orderRejected,
  shipByPassed,
} from './rejections.ts'

export type OrderCommand =
  | Command<'PlaceOrder', OrderDraft>
  /** From the saga; each is without effect once the order has gone on. */
  | Command<'AwaitPayment', { readonly now: string }>
  | Command<'ConfirmOrder', { readonly shipBy: string; readonly now: string }>
  | Command<'RejectOrder', { readonly reason: string; readonly now: string }>
  | Command<'CancelRemainder', { readonly now: string }>
  /** From people, or from the saga when a deadline has passed. */
  | Command<
      'CancelOrder',
      { readonly by: Party; readonly reason: string; readonly note?: string; readonly now: string }
    >
  /** Without `lines` everything that is left. */
  | Command<
      'ShipOrder',
      {
        readonly shipmentId: string
        readonly carrier: string
        readonly trackingNumber: string
        readonly lines?: readonly SkuQuantity[]
        readonly now: string
      }
    >
  | Command<'MarkDelivered', { readonly by: Party; readonly now: string }>
  | ReturnCommand

type Answer = Decision<OrderEvent>
type Data<Type extends OrderCommand['type']> = Extract<OrderCommand, { type: Type }>['data']

const factOf = ({ orderId, customerId }: Order, now: string): OrderFact => ({ orderId, customerId, at: now })

const cancel = ({ by, reason, note, now }: Data<'CancelOrder'>, order: Order): Answer => {
  switch (order.status) {
    case 'pending':
    case 'awaitingPayment':
    case 'confirmed':
      return accept({
        type: 'OrderCancelled',
        data: { ...factOf(order, now), by, reason, ...(note === undefined ? {} : { note }) },
      })
    case 'partlyShipped':
    case 'shipped':
    case 'delivered':
      return reject(alreadyShipped)
    case 'cancelled':
      return reject(alreadyCancelled)
    case 'rejected':
      return reject(orderRejected)
  }
}

const remainder = (order: Order): readonly SkuQuantity[] =>
  order.lines.flatMap(line => (toShip(line) > 0 ? [{ sku: line.sku, quantity: toShip(line) }] : []))

const shipmentProblem = (order: Order, lines: readonly SkuQuantity[]) => {
  if (lines.length === 0) return nothingToShip
  const asked = sumPerSku(lines)
  for (const [index, { sku }] of lines.entries()) {
    const line = order.lines.find(each => each.sku === sku)
    if (!line) return notOnOrder(['lines', String(index), 'sku'])
    const quantity = asked.find(each => each.sku === sku)?.quantity ?? 0
    if (quantity > toShip(line)) return moreThanOpen(['lines', String(index), 'quantity'], toShip(line))
  }
  return undefined
}

const ship = ({ now, lines: asked, ...parcel }: Data<'ShipOrder'>, order: Order): Answer => {
  switch (order.status) {
    case 'pending':
    case 'awaitingPayment':
      return reject(notConfirmed)
    case 'confirmed':
    case 'partlyShipped':
      break
    case 'shipped':
    case 'delivered':
      return reject(alreadyShipped)
    case 'cancelled':
      return reject(alreadyCancelled)
    case 'rejected':
      return reject(orderRejected)
  }
  if (now >= order.shipBy) return reject(shipByPassed)
  const problem = shipmentProblem(order, asked ?? remainder(order))
  if (problem) return reject(problem)
  const lines = sumPerSku(asked ?? remainder(order))
  const left = remainder(order).reduce((sum, { quantity }) => sum + quantity, 0)
  const final = lines.reduce((sum, { quantity }) => sum + quantity, 0) === left
  const amount = valueOfShipment(order.lines, order.totals, lines)
  return accept({ type: 'OrderShipped', data: { ...factOf(order, now), ...parcel, lines, amount, final } })
}

const markDelivered = ({ by, now }: Data<'MarkDelivered'>, order: Order): Answer => {
  switch (order.status) {
    case 'shipped':
      return accept({ type: 'OrderDelivered', data: { ...factOf(order, now), by } })
    case 'partlyShipped':
      return reject(notFullyShipped)
    case 'delivered':
      return reject(alreadyDelivered)
    case 'pending':
    case 'awaitingPayment':
    case 'confirmed':
    case 'rejected':
    case 'cancelled':
      return reject(notShipped)
  }
}

const isOpen = ({ status }: Order): boolean => status === 'pending' || status === 'awaitingPayment'

const decide = (command: OrderCommand, state: OrderState): Answer => {
  if (command.type === 'PlaceOrder')
    return state.status === 'none' ? accept({ type: 'OrderPlaced', data: command.data }) : accept()
  if (state.status === 'none') return reject(orderNotFound)
  switch (command.type) {
    case 'AwaitPayment':
      return state.status === 'pending'
        ? accept({ type: 'OrderPaymentAwaited', data: factOf(state, command.data.now) })
        : accept()
    case 'ConfirmOrder': {
      const { shipBy, now } = command.data
      return isOpen(state) ? accept({ type: 'OrderConfirmed', data: { ...factOf(state, now), shipBy } }) : accept()
    }
    case 'RejectOrder': {
      const { reason, now } = command.data
      return isOpen(state) ? accept({ type: 'OrderRejected', data: { ...factOf(state, now), reason } }) : accept()
    }
    case 'CancelRemainder':
      return state.status === 'partlyShipped'
        ? accept({
            type: 'OrderRemainderCancelled',
            data: { ...factOf(state, command.data.now), lines: remainder(state) },
          })
        : accept()
    case 'CancelOrder':
      return cancel(command.data, state)
    case 'ShipOrder':
      return ship(command.data, state)
    case 'MarkDelivered':
      return markDelivered(command.data, state)
    case 'RequestReturn':
    case 'ApproveReturn':
    case 'DeclineReturn':
    case 'ReceiveReturn':
      return decideReturn(command, state)
  }
}

/** An order from placing to delivery and return. It alone decides whether it is shipped or cancelled: never both. */
export const order: Decider<OrderState, OrderCommand, OrderEvent> = { initialState, decide, evolve }
