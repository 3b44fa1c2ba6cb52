import type { DomainEvent } from '@mercato/shared-kernel/domain'

export interface OrderLine {
  readonly sku: string
  readonly quantity: number
}

/** Why a reservation ends without being shipped. */
export type Ending =
  | { readonly kind: 'REFUSED'; readonly sku: string; readonly requested: number; readonly available: number }
  | { readonly kind: 'RELEASED'; readonly reason: string }
  | { readonly kind: 'EXPIRED' }

export type LostReason = Ending['kind'] | 'UNKNOWN'

type OfOrder<Data> = Data & { readonly orderId: string }

/** Events that start a step name the request they serve: whoever finishes the step answers that request. */
export type ReservationEvent =
  | DomainEvent<
      'ReservationOpened',
      OfOrder<{ readonly requestId: string; readonly lines: readonly OrderLine[]; readonly expiresAt: string }>
    >
  | DomainEvent<'ReservationGranted', OfOrder<{ readonly expiresAt: string }>>
  | DomainEvent<'ReservationConfirmed', { readonly orderId: string }>
  | DomainEvent<'ReservationEndDecided', OfOrder<{ readonly requestId: string; readonly ending: Ending }>>
  | DomainEvent<
      'ReservationRefused',
      OfOrder<{ readonly sku: string; readonly requested: number; readonly available: number }>
    >
  | DomainEvent<'ReservationReleased', OfOrder<{ readonly reason: string }>>
  | DomainEvent<'ReservationExpired', { readonly orderId: string }>
  | DomainEvent<'ReservationMissed', OfOrder<{ readonly reason: LostReason }>>
  | DomainEvent<
      'ShipmentStarted',
      OfOrder<{ readonly requestId: string; readonly shipmentId: string; readonly lines: readonly OrderLine[] }>
    >
  | DomainEvent<'ShipmentCommitted', OfOrder<{ readonly shipmentId: string }>>
  | DomainEvent<
      'RestockStarted',
      OfOrder<{ readonly requestId: string; readonly returnId: string; readonly lines: readonly OrderLine[] }>
    >
  | DomainEvent<'RestockCompleted', OfOrder<{ readonly returnId: string }>>

export interface ReservedLine extends OrderLine {
  readonly shipped: number
  readonly restocked: number
}

/** A step under way on the stock items, one after the other; nothing else may start before it is completed. */
export type Work =
  | { readonly kind: 'reserve'; readonly requestId: string }
  | { readonly kind: 'end'; readonly requestId: string; readonly ending: Ending }
  | {
      readonly kind: 'ship'
      readonly requestId: string
      readonly shipmentId: string
      readonly lines: readonly OrderLine[]
    }
  | {
      readonly kind: 'restock'
      readonly requestId: string
      readonly returnId: string
      readonly lines: readonly OrderLine[]
      readonly resume: 'confirmed' | 'ended'
    }

interface Booking {
  readonly orderId: string
  readonly requestId: string
  readonly lines: readonly ReservedLine[]
  readonly expiresAt: string
  readonly shipments: readonly string[]
  readonly returns: readonly string[]
}

/** A whole order's claim on stock: the process that takes it, and what has become of it. */
export type Reservation =
  | { readonly status: 'none' }
  | { readonly status: 'barred'; readonly reason: LostReason }
  | (Booking & { readonly status: 'working'; readonly work: Work })
  | (Booking & { readonly status: 'granted' })
  | (Booking & { readonly status: 'confirmed' })
  | (Booking & { readonly status: 'ended'; readonly reason: Ending['kind'] })

export type Booked = Extract<Reservation, Booking>

/** Pieces of a line that are still held for the order. */
export const heldOf = (line: ReservedLine): number => line.quantity - line.shipped

const booking = (state: Booked): Booking => {
  const { orderId, requestId, lines, expiresAt, shipments, returns } = state
  return { orderId, requestId, lines, expiresAt, shipments, returns }
}

const counted = (
  lines: readonly ReservedLine[],
  moved: readonly OrderLine[],
  what: 'shipped' | 'restocked',
): readonly ReservedLine[] =>
  lines.map(line => {
    const quantity = moved.find(({ sku }) => sku === line.sku)?.quantity ?? 0
    return quantity === 0 ? line : { ...line, [what]: line[what] + quantity }
  })

const workOf = (state: Booked): Work | undefined => (state.status === 'working' ? state.work : undefined)

const evolveBooked = (state: Booked, event: ReservationEvent): Reservation => {
  const held = booking(state)
  const work = workOf(state)
  switch (event.type) {
    case 'ReservationGranted':
      return { ...held, status: 'granted' }
    case 'ReservationConfirmed':
      return { ...held, status: 'confirmed' }
    case 'ReservationEndDecided': {
      const { requestId, ending } = event.data
      return { ...held, status: 'working', work: { kind: 'end', requestId, ending } }
    }
    case 'ReservationRefused':
      return { ...held, status: 'ended', reason: 'REFUSED' }
    case 'ReservationExpired':
      return { ...held, status: 'ended', reason: 'EXPIRED' }
    case 'ReservationReleased':
      return work?.kind === 'end' ? { ...held, status: 'ended', reason: 'RELEASED' } : state
    case 'ShipmentStarted': {
      const { requestId, shipmentId, lines } = event.data
      return { ...held, status: 'working', work: { kind: 'ship', requestId, shipmentId, lines } }
    }
    case 'ShipmentCommitted':
      return work?.kind === 'ship'
        ? {
            ...held,
            status: 'confirmed',
            lines: counted(held.lines, work.lines, 'shipped'),
            shipments: [...held.shipments, work.shipmentId],
          }
        : state
    case 'RestockStarted': {
      const { requestId, returnId, lines } = event.data
      const resume = state.status === 'ended' ? 'ended' : 'confirmed'
      return { ...held, status: 'working', work: { kind: 'restock', requestId, returnId, lines, resume } }
    }
    case 'RestockCompleted': {
      if (work?.kind !== 'restock') return state
      const lines = counted(held.lines, work.lines, 'restocked')
      const back = { ...held, lines, returns: [...held.returns, work.returnId] }
      return work.resume === 'ended'
        ? { ...back, status: 'ended', reason: 'RELEASED' }
        : { ...back, status: 'confirmed' }
    }
    case 'ReservationOpened':
    case 'ReservationMissed':
      return state
  }
}

/** Before a reservation is opened only three things can happen to it besides: each of them closes the door for good. */
const evolveUnbooked = (state: Reservation, event: ReservationEvent): Reservation => {
  switch (event.type) {
    case 'ReservationOpened': {
      const { orderId, requestId, expiresAt } = event.data
      const lines = event.data.lines.map(line => ({ ...line, shipped: 0, restocked: 0 }))
      const work: Work = { kind: 'reserve', requestId }
      return { status: 'working', orderId, requestId, lines, expiresAt, shipments: [], returns: [], work }
    }
    case 'ReservationReleased':
      return { status: 'barred', reason: 'RELEASED' }
    case 'ReservationExpired':
      return { status: 'barred', reason: 'EXPIRED' }
    case 'ReservationMissed':
      return { status: 'barred', reason: event.data.reason }
    default:
      return state
  }
}

export const evolve = (state: Reservation, event: ReservationEvent): Reservation =>
  state.status === 'none' || state.status === 'barred' ? evolveUnbooked(state, event) : evolveBooked(state, event)
