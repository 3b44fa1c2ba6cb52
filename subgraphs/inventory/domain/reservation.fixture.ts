import type { ReservationCommand } from './reservation-commands.ts'
import type { Ending, ReservationEvent } from './reservation-state.ts'

export const orderId = 'o1'
export const expiresAt = '2026-01-01T00:15:00.000Z'
export const now = '2026-01-01T00:00:00.000Z'
export const lines = [
  { sku: 'A', quantity: 2 },
  { sku: 'B', quantity: 1 },
  { sku: 'C', quantity: 1 },
]
export const opened: ReservationEvent = {
  type: 'ReservationOpened',
  data: { orderId, requestId: 'q1', lines, expiresAt },
}
export const granted: ReservationEvent = { type: 'ReservationGranted', data: { orderId, expiresAt } }
export const confirmed: ReservationEvent = { type: 'ReservationConfirmed', data: { orderId } }
export const ending = (requestId: string, how: Ending): ReservationEvent => ({
  type: 'ReservationEndDecided',
  data: { orderId, requestId, ending: how },
})
export const refusal: Ending = { kind: 'REFUSED', sku: 'B', requested: 1, available: 0 }
export const cancelled: Ending = { kind: 'RELEASED', reason: 'CANCELLED' }
export const refused: ReservationEvent = {
  type: 'ReservationRefused',
  data: { orderId, sku: 'B', requested: 1, available: 0 },
}
export const released: ReservationEvent = { type: 'ReservationReleased', data: { orderId, reason: 'CANCELLED' } }
export const expired: ReservationEvent = { type: 'ReservationExpired', data: { orderId } }
export const missed = (reason: 'REFUSED' | 'RELEASED' | 'EXPIRED' | 'UNKNOWN'): ReservationEvent => ({
  type: 'ReservationMissed',
  data: { orderId, reason },
})
export const shipping = (shipmentId: string, of = [{ sku: 'A', quantity: 1 }], requestId = 'q3'): ReservationEvent => ({
  type: 'ShipmentStarted',
  data: { orderId, requestId, shipmentId, lines: of },
})
export const shipped = (shipmentId: string): ReservationEvent => ({
  type: 'ShipmentCommitted',
  data: { orderId, shipmentId },
})
export const restocking = (returnId: string, quantity = 1): ReservationEvent => ({
  type: 'RestockStarted',
  data: { orderId, requestId: 'q4', returnId, lines: [{ sku: 'A', quantity }] },
})
export const restocked = (returnId: string): ReservationEvent => ({
  type: 'RestockCompleted',
  data: { orderId, returnId },
})

export const request = (requestId: string) => ({ orderId, requestId })
export const open = (requestId = 'q1', at = now): ReservationCommand => ({
  type: 'openReservation',
  data: { ...request(requestId), lines, expiresAt, now: at },
})
export const grant: ReservationCommand = { type: 'grantReservation', data: { requestId: 'q1' } }
export const refuse: ReservationCommand = {
  type: 'refuseReservation',
  data: { requestId: 'q1', sku: 'B', requested: 1, available: 0 },
}
export const confirm: ReservationCommand = { type: 'confirmReservation', data: request('q2') }
export const release: ReservationCommand = {
  type: 'releaseReservation',
  data: { ...request('q9'), reason: 'CANCELLED' },
}
export const expire = (at = expiresAt): ReservationCommand => ({ type: 'expireReservation', data: { now: at } })
export const ship = (shipmentId: string, of = [{ sku: 'A', quantity: 1 }]): ReservationCommand => ({
  type: 'shipReservation',
  data: { ...request('q3'), shipmentId, lines: of },
})
export const restock = (returnId: string, quantity = 1): ReservationCommand => ({
  type: 'restockReservation',
  data: { ...request('q4'), returnId, lines: [{ sku: 'A', quantity }] },
})
export const complete = (requestId: string): ReservationCommand => ({ type: 'completeWork', data: { requestId } })
