import { accept, type Command, type Decision, Money, reject } from '@mercato/shared-kernel/domain'
import type { OrderEvent } from './order-events.ts'
import { type SkuQuantity, sumPerSku, toReturn, valueOfReturn } from './order-lines.ts'
import type { Order, OrderReturn } from './order-state.ts'
import {
  moreThanShipped,
  notDelivered,
  nothingToReturn,
  notOnOrder,
  returnNotApproved,
  returnNotFound,
  returnSettled,
  returnWindowClosed,
} from './rejections.ts'

export type ReturnCommand =
  /** `windowMs`: how long after delivery an order may be returned. */
  | Command<
      'RequestReturn',
      {
        readonly returnId: string
        readonly lines: readonly SkuQuantity[]
        readonly note?: string
        readonly windowMs: number
        readonly now: string
      }
    >
  | Command<'ApproveReturn', { readonly returnId: string; readonly now: string }>
  | Command<'DeclineReturn', { readonly returnId: string; readonly now: string }>
  | Command<'ReceiveReturn', { readonly returnId: string; readonly now: string }>

type Answer = Decision<OrderEvent>
type Delivered = Extract<Order, { status: 'delivered' }>

const linesProblem = (order: Delivered, lines: readonly SkuQuantity[]) => {
  if (lines.length === 0) return nothingToReturn
  const asked = sumPerSku(lines)
  for (const [index, { sku }] of lines.entries()) {
    const line = order.lines.find(each => each.sku === sku)
    if (!line) return notOnOrder(['lines', String(index), 'sku'])
    const quantity = asked.find(each => each.sku === sku)?.quantity ?? 0
    if (quantity > toReturn(line)) return moreThanShipped(['lines', String(index), 'quantity'], toReturn(line))
  }
  return undefined
}

const request = (data: Extract<ReturnCommand, { type: 'RequestReturn' }>['data'], order: Delivered): Answer => {
  const { returnId, lines, note, windowMs, now } = data
  if (order.returns.some(each => each.returnId === returnId)) return accept()
  if (Date.parse(now) > Date.parse(order.deliveredAt) + windowMs) return reject(returnWindowClosed)
  const problem = linesProblem(order, lines)
  if (problem) return reject(problem)
  const { orderId, customerId } = order
  return accept({
    type: 'ReturnRequested',
    data: { orderId, customerId, at: now, returnId, lines: sumPerSku(lines), ...(note === undefined ? {} : { note }) },
  })
}

const receive = (order: Delivered, known: OrderReturn, now: string): Answer => {
  if (known.status === 'received' || known.status === 'declined') return reject(returnSettled)
  if (known.status !== 'approved') return reject(returnNotApproved)
  const receivedBefore = (sku: string): number =>
    order.returns
      .filter(each => each.status === 'received')
      .flatMap(each => each.lines)
      .reduce((sum, line) => (line.sku === sku ? sum + line.quantity : sum), 0)
  const { orderId, customerId } = order
  const amount = Money.sum(order.totals.grandTotal.currency, valueOfReturn(order.lines, known.lines, receivedBefore))
  const { returnId, lines } = known
  return accept({ type: 'ReturnReceived', data: { orderId, customerId, at: now, returnId, lines, amount } })
}

/** Decides about returns: only what was delivered comes back, and never more of it than was shipped. */
export const decideReturn = (command: ReturnCommand, order: Order): Answer => {
  if (order.status !== 'delivered') return reject(notDelivered)
  if (command.type === 'RequestReturn') return request(command.data, order)
  const { returnId, now } = command.data
  const known = order.returns.find(each => each.returnId === returnId)
  if (!known) return reject(returnNotFound)
  if (command.type === 'ReceiveReturn') return receive(order, known, now)
  if (known.status !== 'requested') return reject(returnSettled)
  const data = { orderId: order.orderId, customerId: order.customerId, at: now, returnId }
  return accept(command.type === 'ApproveReturn' ? { type: 'ReturnApproved', data } : { type: 'ReturnDeclined', data })
}
