import type { RecordedEvent } from '@mercato/shared-kernel/application'
import type { InventoryEvent } from '#application/context-events.ts'

interface SkuSums {
  received: number
  adjusted: number
  restocked: number
  shipped: number
  reserved: number
  balance: { readonly onHand: number; readonly reserved: number }
}

interface OrderSums {
  reserved: number
  released: number
  shipped: number
  restocked: number
}

/** Sums over the log, made without any of the code under test. */
export const sumUp = (log: readonly RecordedEvent[]) => {
  const skus = new Map<string, SkuSums>()
  const orders = new Map<string, OrderSums>()
  const sku = (name: string): SkuSums => {
    const known = skus.get(name) ?? {
      received: 0,
      adjusted: 0,
      restocked: 0,
      shipped: 0,
      reserved: 0,
      balance: { onHand: 0, reserved: 0 },
    }
    skus.set(name, known)
    return known
  }
  const order = (orderId: string, name: string): OrderSums => {
    const key = `${orderId} ${name}`
    const known = orders.get(key) ?? { reserved: 0, released: 0, shipped: 0, restocked: 0 }
    orders.set(key, known)
    return known
  }
  for (const recorded of log) {
    const event = { type: recorded.type, data: recorded.data } as InventoryEvent
    if ('balance' in event.data) sku(event.data.sku).balance = event.data.balance
    switch (event.type) {
      case 'StockReceived':
        sku(event.data.sku).received += event.data.quantity
        break
      case 'StockAdjusted':
        sku(event.data.sku).adjusted += event.data.delta
        break
      case 'StockReserved':
        sku(event.data.sku).reserved += event.data.quantity
        order(event.data.orderId, event.data.sku).reserved += event.data.quantity
        break
      case 'StockReleased':
        sku(event.data.sku).reserved -= event.data.quantity
        order(event.data.orderId, event.data.sku).released += event.data.quantity
        break
      case 'StockShipped':
        sku(event.data.sku).reserved -= event.data.quantity
        sku(event.data.sku).shipped += event.data.quantity
        order(event.data.orderId, event.data.sku).shipped += event.data.quantity
        break
      case 'StockRestocked':
        sku(event.data.sku).restocked += event.data.quantity
        order(event.data.orderId, event.data.sku).restocked += event.data.quantity
        break
      default:
    }
  }
  return { skus, orders }
}

/** What is wrong with the log: each entry breaks an invariant of the ledger. None is right. */
export const violations = (log: readonly RecordedEvent[]): readonly string[] => {
  const { skus, orders } = sumUp(log)
  const found: string[] = []
  for (const [name, { received, adjusted, restocked, shipped, reserved, balance }] of skus) {
    const onHand = received + adjusted + restocked - shipped
    if (balance.onHand !== onHand) found.push(`${name}: balance says ${balance.onHand} on hand, the ledger ${onHand}`)
    if (balance.reserved !== reserved) found.push(`${name}: balance says ${balance.reserved} reserved, not ${reserved}`)
    if (reserved < 0 || reserved > onHand) found.push(`${name}: ${reserved} reserved of ${onHand}`)
  }
  for (const [key, { reserved, released, shipped, restocked }] of orders) {
    if (released + shipped > reserved) found.push(`${key}: ${released} released, ${shipped} shipped of ${reserved}`)
    if (restocked > shipped) found.push(`${key}: ${restocked} restocked of ${shipped}`)
  }
  return found
}
