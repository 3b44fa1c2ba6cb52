import { accept, type Decider, type Decision, MAX_QUANTITY, reject } from '@mercato/shared-kernel/domain'
import { holdOf } from './order-holds.ts'
import {
  belowReserved,
  emptyAdjustment,
  insufficientStock,
  invalidThreshold,
  notReserved,
  orderClosedForSku,
  reservationOver,
  tooMuchStock,
} from './rejections.ts'
import { type AdjustmentReason, availableOf, type StockEvent } from './stock-events.ts'
import { evolve, freshItem, type StockItem, type StockKey, type TrackedStock } from './stock-state.ts'

export type StockCommand =
  | {
      readonly type: 'receiveStock'
      readonly data: StockKey & { readonly quantity: number; readonly reference?: string }
    }
  | {
      readonly type: 'adjustStock'
      readonly data: StockKey & { readonly delta: number; readonly reason: AdjustmentReason; readonly note?: string }
    }
  | { readonly type: 'setLowStockThreshold'; readonly data: StockKey & { readonly threshold: number | null } }
  | {
      readonly type: 'reserveStock'
      readonly data: {
        readonly sku: string
        readonly orderId: string
        readonly quantity: number
        readonly expiresAt: string
        readonly now: string
      }
    }
  | {
      readonly type: 'releaseStock'
      readonly data: { readonly orderId: string; readonly expiresAt: string; readonly now: string }
    }
  | {
      readonly type: 'commitStock'
      readonly data: { readonly orderId: string; readonly shipmentId: string; readonly quantity: number }
    }
  | {
      readonly type: 'restock'
      readonly data: { readonly orderId: string; readonly returnId: string; readonly quantity: number }
    }

export const MAX_ON_HAND = 1_000_000_000

/** What every ledger line says: whose it is, and the balance after `onHand` and `reserved` changed by so much. */
const entry = (item: TrackedStock, onHand: number, reserved: number) => ({
  sku: item.sku,
  productId: item.productId,
  balance: { onHand: item.onHand + onHand, reserved: item.reserved + reserved },
})

type Of<Type> = Extract<StockCommand, { type: Type }>['data']

const adjust = ({ delta, reason, note }: Of<'adjustStock'>, item: TrackedStock): Decision<StockEvent> => {
  if (!Number.isSafeInteger(delta) || delta === 0 || Math.abs(delta) > MAX_QUANTITY) return reject(emptyAdjustment)
  if (item.onHand + delta < item.reserved) return reject(belowReserved(item.reserved))
  if (item.onHand + delta > MAX_ON_HAND) return reject(tooMuchStock(['delta']))
  const data = { ...entry(item, delta, 0), delta, reason, ...(note === undefined ? {} : { note }) }
  return accept({ type: 'StockAdjusted', data })
}

const receive = ({ quantity, reference }: Of<'receiveStock'>, item: TrackedStock): Decision<StockEvent> => {
  if (item.onHand + quantity > MAX_ON_HAND) return reject(tooMuchStock(['quantity']))
  const data = { ...entry(item, quantity, 0), quantity, ...(reference === undefined ? {} : { reference }) }
  return accept({ type: 'StockReceived', data })
}

const setThreshold = ({ threshold }: Of<'setLowStockThreshold'>, item: TrackedStock): Decision<StockEvent> => {
  if (threshold !== null && !(Number.isSafeInteger(threshold) && threshold >= 0 && threshold <= MAX_QUANTITY))
    return reject(invalidThreshold)
  return threshold === item.threshold
    ? accept()
    : accept({ type: 'LowStockThresholdSet', data: { ...entry(item, 0, 0), threshold } })
}

const reserve = (data: Of<'reserveStock'>, item: TrackedStock): Decision<StockEvent> => {
  const { orderId, quantity, expiresAt, now } = data
  const hold = holdOf(item.holds, orderId)
  if (hold) return hold.closed ? reject(orderClosedForSku) : accept()
  if (Date.parse(now) >= Date.parse(expiresAt)) return reject(reservationOver)
  if (availableOf(item) < quantity) return reject(insufficientStock(item.sku, availableOf(item)))
  return accept({
    type: 'StockReserved',
    data: { ...entry(item, 0, quantity), orderId, quantity, expiresAt, reservedAt: now },
  })
}

const release = ({ orderId, expiresAt, now }: Of<'releaseStock'>, item: TrackedStock): Decision<StockEvent> => {
  const hold = holdOf(item.holds, orderId)
  if (hold?.closed) return accept()
  const quantity = hold?.quantity ?? 0
  return accept({
    type: 'StockReleased',
    data: {
      ...entry(item, 0, -quantity),
      orderId,
      quantity,
      expiresAt: hold?.expiresAt ?? expiresAt,
      releasedAt: now,
    },
  })
}

const commit = ({ orderId, shipmentId, quantity }: Of<'commitStock'>, item: TrackedStock): Decision<StockEvent> => {
  const hold = holdOf(item.holds, orderId)
  if (hold?.shipments.includes(shipmentId)) return accept()
  if (!hold || hold.quantity < quantity) return reject(notReserved)
  return accept({
    type: 'StockShipped',
    data: { ...entry(item, -quantity, -quantity), orderId, shipmentId, quantity },
  })
}

const restock = ({ orderId, returnId, quantity }: Of<'restock'>, item: TrackedStock): Decision<StockEvent> => {
  if (item.returns.includes(returnId)) return accept()
  if (item.onHand + quantity > MAX_ON_HAND) return reject(tooMuchStock(['quantity']))
  return accept({ type: 'StockRestocked', data: { ...entry(item, quantity, 0), orderId, returnId, quantity } })
}

const decideTracked = (command: StockCommand, item: TrackedStock): Decision<StockEvent> => {
  switch (command.type) {
    case 'receiveStock':
      return receive(command.data, item)
    case 'adjustStock':
      return adjust(command.data, item)
    case 'setLowStockThreshold':
      return setThreshold(command.data, item)
    case 'reserveStock':
      return reserve(command.data, item)
    case 'releaseStock':
      return release(command.data, item)
    case 'commitStock':
      return commit(command.data, item)
    case 'restock':
      return restock(command.data, item)
  }
}

const decideUntracked = (command: StockCommand): Decision<StockEvent> => {
  switch (command.type) {
    case 'receiveStock':
    case 'adjustStock':
    case 'setLowStockThreshold':
      return decideTracked(command, freshItem(command.data))
    case 'reserveStock':
      return reject(insufficientStock(command.data.sku, 0))
    case 'releaseStock':
      return accept()
    case 'commitStock':
    case 'restock':
      return reject(notReserved)
  }
}

/** Adds the alarm when a decision takes what is available down to the threshold. */
const withAlarm = (item: StockItem, decision: Decision<StockEvent>): Decision<StockEvent> => {
  const last = decision.outcome === 'accepted' ? decision.events.at(-1) : undefined
  if (decision.outcome === 'rejected' || !last || item.status === 'untracked' || item.threshold === null)
    return decision
  const { sku, productId, balance } = last.data
  return availableOf(item) > item.threshold && availableOf(balance) <= item.threshold
    ? accept(...decision.events, {
        type: 'LowStockReached',
        data: { sku, productId, balance, threshold: item.threshold },
      })
    : decision
}

const decide = (command: StockCommand, item: StockItem): Decision<StockEvent> =>
  withAlarm(item, item.status === 'untracked' ? decideUntracked(command) : decideTracked(command, item))

export const stockItemDecider: Decider<StockItem, StockCommand, StockEvent> = {
  initialState: { status: 'untracked' },
  decide,
  evolve,
}
