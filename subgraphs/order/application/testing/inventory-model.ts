import type { SkuQuantity } from '#domain/order-lines.ts'

interface Reservation {
  status: 'barred' | 'granted' | 'confirmed' | 'ended'
  lines: readonly SkuQuantity[]
  held: Map<string, number>
  shipped: Map<string, number>
  expiresAt: string
  readonly shipments: Set<string>
  readonly returns: Set<string>
}

export type Answer = { readonly type: string; readonly data: { readonly orderId: string } & Record<string, unknown> }
type Request = { readonly type: string; readonly data: Readonly<Record<string, unknown>> }

const sum = (pieces: Iterable<number>): number => [...pieces].reduce((total, each) => total + each, 0)

/** Inventory as the contract describes it: what it does with each request of the saga, and what it answers. */
export const createInventoryModel = (received: Readonly<Record<string, number>>) => {
  const onHand = new Map(Object.entries(received))
  const shippedPieces = new Map<string, number>()
  const restockedPieces = new Map<string, number>()
  const reservations = new Map<string, Reservation>()

  const reservedOf = (sku: string): number => sum([...reservations.values()].map(({ held }) => held.get(sku) ?? 0))
  const add = (map: Map<string, number>, sku: string, quantity: number): void => {
    map.set(sku, (map.get(sku) ?? 0) + quantity)
  }
  const made = (status: Reservation['status'], lines: readonly SkuQuantity[] = [], expiresAt = ''): Reservation => ({
    status,
    lines,
    expiresAt,
    held: new Map(),
    shipped: new Map(),
    shipments: new Set(),
    returns: new Set(),
  })

  const reserve = (
    orderId: string,
    { lines, expiresAt }: { lines: readonly SkuQuantity[]; expiresAt: string },
    now: string,
  ): Answer[] => {
    const known = reservations.get(orderId)
    if (known?.status === 'barred') return [{ type: 'ReservationLost', data: { orderId, reason: 'RELEASED' } }]
    if (known) return []
    if (expiresAt <= now) return [{ type: 'ReservationLost', data: { orderId, reason: 'EXPIRED' } }]
    const lacking = lines.find(({ sku, quantity }) => (onHand.get(sku) ?? 0) - reservedOf(sku) < quantity)
    if (lacking) {
      reservations.set(orderId, made('ended'))
      const available = (onHand.get(lacking.sku) ?? 0) - reservedOf(lacking.sku)
      return [{ type: 'StockRefused', data: { orderId, sku: lacking.sku, requested: lacking.quantity, available } }]
    }
    const granted = made('granted', lines, expiresAt)
    for (const { sku, quantity } of lines) granted.held.set(sku, quantity)
    reservations.set(orderId, granted)
    return [{ type: 'StockReserved', data: { orderId, expiresAt } }]
  }

  const confirm = (orderId: string): Answer[] => {
    const known = reservations.get(orderId)
    if (known?.status !== 'granted' && known?.status !== 'confirmed')
      return [{ type: 'ReservationLost', data: { orderId, reason: 'EXPIRED' } }]
    known.status = 'confirmed'
    return [{ type: 'ReservationConfirmed', data: { orderId } }]
  }

  const release = (orderId: string): Answer[] => {
    const known = reservations.get(orderId)
    if (!known) reservations.set(orderId, made('barred'))
    else {
      known.held.clear()
      if (known.status === 'granted' || known.status === 'confirmed') known.status = 'ended'
    }
    return [{ type: 'StockReleased', data: { orderId } }]
  }

  const ship = (
    orderId: string,
    { shipmentId, lines }: { shipmentId: string; lines: readonly SkuQuantity[] },
  ): Answer[] => {
    const known = reservations.get(orderId)
    if (known && !known.shipments.has(shipmentId)) {
      for (const { sku, quantity } of lines) {
        if ((known.held.get(sku) ?? 0) < quantity)
          throw new Error(`${orderId}: ${quantity} ${sku} shipped but not held`)
        add(known.held, sku, -quantity)
        add(known.shipped, sku, quantity)
        add(onHand, sku, -quantity)
        add(shippedPieces, sku, quantity)
      }
      known.shipments.add(shipmentId)
    }
    if (!known) throw new Error(`${orderId}: shipped without a reservation`)
    return [{ type: 'StockShipped', data: { orderId, shipmentId } }]
  }

  const restock = (
    orderId: string,
    { returnId, lines }: { returnId: string; lines: readonly SkuQuantity[] },
  ): Answer[] => {
    const known = reservations.get(orderId)
    const isThere = ({ sku, quantity }: SkuQuantity): boolean => (known?.shipped.get(sku) ?? 0) >= quantity
    if (known?.returns.has(returnId)) return [{ type: 'StockRestocked', data: { orderId, returnId } }]
    if (!known || !lines.every(isThere)) return []
    for (const { sku, quantity } of lines) {
      add(onHand, sku, quantity)
      add(restockedPieces, sku, quantity)
      add(known.shipped, sku, -quantity)
    }
    known.returns.add(returnId)
    return [{ type: 'StockRestocked', data: { orderId, returnId } }]
  }

  return {
    /** Reservations that may be run out, now or later. */
    expiring: (): readonly { readonly orderId: string; readonly expiresAt: string }[] =>
      [...reservations]
        .filter(([, { status }]) => status === 'granted')
        .map(([orderId, { expiresAt }]) => ({ orderId, expiresAt })),

    expire(orderId: string): Answer[] {
      const known = reservations.get(orderId)
      if (known?.status !== 'granted') return []
      known.status = 'ended'
      known.held.clear()
      return [{ type: 'ReservationLost', data: { orderId, reason: 'EXPIRED' } }]
    },

    handle(request: Request, now: string): Answer[] {
      const orderId = String(request.data['orderId'])
      switch (request.type) {
        case 'order.StockReservationRequested':
          return reserve(orderId, request.data as Parameters<typeof reserve>[1], now)
        case 'order.ReservationConfirmationRequested':
          return confirm(orderId)
        case 'order.StockReleaseRequested':
          return release(orderId)
        case 'order.StockShipmentRequested':
          return ship(orderId, request.data as Parameters<typeof ship>[1])
        case 'order.RestockRequested':
          return restock(orderId, request.data as Parameters<typeof restock>[1])
        default:
          return []
      }
    },

    heldFor: (orderId: string): number => sum(reservations.get(orderId)?.held.values() ?? []),

    /** Per SKU: 0 ≤ reserved ≤ on hand, and on hand = received − shipped + restocked. */
    check(): void {
      for (const [sku, pieces] of onHand) {
        const reserved = reservedOf(sku)
        if (reserved < 0 || reserved > pieces) throw new Error(`${sku}: ${reserved} reserved of ${pieces}`)
        const ledger = (received[sku] ?? 0) - (shippedPieces.get(sku) ?? 0) + (restockedPieces.get(sku) ?? 0)
        if (pieces !== ledger) throw new Error(`${sku}: ${pieces} on hand, the ledger says ${ledger}`)
      }
    },
  }
}
