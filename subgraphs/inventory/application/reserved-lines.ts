import { type Booked, heldOf, type Reservation } from '#domain/reservation-state.ts'

export type ReservedState = 'RESERVING' | 'HELD' | 'FIRM' | 'REFUSED' | 'RELEASED' | 'EXPIRED'

/** What is, or was, reserved of one SKU for one order. */
export interface ReservedLineView {
  readonly orderId: string
  readonly sku: string
  readonly state: ReservedState
  readonly quantity: number
  readonly held: number
  readonly shipped: number
  readonly restocked: number
  /** Only while it can expire. */
  readonly expiresAt: string | null
}

const stateOf = (booked: Booked): ReservedState => {
  switch (booked.status) {
    case 'working':
      if (booked.work.kind === 'reserve') return 'RESERVING'
      return booked.work.kind === 'end' ? booked.work.ending.kind : 'FIRM'
    case 'granted':
      return 'HELD'
    case 'confirmed':
      return 'FIRM'
    case 'ended':
      return booked.reason
  }
}

/** The line of a SKU in a reservation; undefined when it holds none, or never came to be. */
export const reservedLineIn = (reservation: Reservation, sku: string): ReservedLineView | undefined => {
  if (reservation.status === 'none' || reservation.status === 'barred') return undefined
  const line = reservation.lines.find(each => each.sku === sku)
  if (!line) return undefined
  const { orderId, expiresAt } = reservation
  const { quantity, shipped, restocked } = line
  const state = stateOf(reservation)
  const held = state === 'HELD' || state === 'FIRM' ? heldOf(line) : 0
  return { orderId, sku, state, quantity, held, shipped, restocked, expiresAt: state === 'HELD' ? expiresAt : null }
}
