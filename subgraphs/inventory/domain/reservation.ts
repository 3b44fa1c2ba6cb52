import { accept, type Decider, type Decision, reject } from '@mercato/shared-kernel/domain'
import {
  notHeld,
  notShipped,
  reservationBusy,
  reservationExists,
  reservationNotFirm,
  reservationNotOpen,
} from './rejections.ts'
import type { ReservationCommand } from './reservation-commands.ts'
import {
  type Booked,
  type Ending,
  evolve,
  heldOf,
  type LostReason,
  type OrderLine,
  type Reservation,
  type ReservationEvent,
  type ReservedLine,
} from './reservation-state.ts'

type Of<Type> = Extract<ReservationCommand, { type: Type }>['data']
type Decided = Decision<ReservationEvent>

const reached = (deadline: string, now: string): boolean => Date.parse(now) >= Date.parse(deadline)
const isBooked = (state: Reservation): state is Booked => state.status !== 'none' && state.status !== 'barred'
const isReserving = (state: Reservation): state is Booked => state.status === 'working' && state.work.kind === 'reserve'

/** Whether every line names so many pieces that the order has left, SKU by SKU. */
const covers = (
  lines: readonly ReservedLine[],
  wanted: readonly OrderLine[],
  left: (line: ReservedLine) => number,
): boolean =>
  wanted.length > 0 &&
  new Set(wanted.map(({ sku }) => sku)).size === wanted.length &&
  wanted.every(({ sku, quantity }) => {
    const line = lines.find(each => each.sku === sku)
    return line !== undefined && quantity >= 1 && quantity <= left(line)
  })

const open = (data: Of<'openReservation'>, state: Reservation): Decided => {
  const { orderId, requestId, lines, expiresAt, now } = data
  const missed = (reason: LostReason): Decided => accept({ type: 'ReservationMissed', data: { orderId, reason } })
  if (isBooked(state) && state.requestId === requestId) return accept()
  switch (state.status) {
    case 'none':
      return reached(expiresAt, now)
        ? accept({ type: 'ReservationExpired', data: { orderId } })
        : accept({ type: 'ReservationOpened', data: { orderId, requestId, lines, expiresAt } })
    case 'granted':
      return accept({ type: 'ReservationGranted', data: { orderId, expiresAt: state.expiresAt } })
    case 'ended':
    case 'barred':
      return missed(state.reason)
    case 'working':
      return reject(reservationBusy)
    case 'confirmed':
      return reject(reservationExists)
  }
}

const confirm = ({ orderId }: Of<'confirmReservation'>, state: Reservation): Decided => {
  const missed = (reason: LostReason): Decided => accept({ type: 'ReservationMissed', data: { orderId, reason } })
  switch (state.status) {
    case 'granted':
    case 'confirmed':
      return accept({ type: 'ReservationConfirmed', data: { orderId } })
    case 'working':
      return reject(reservationBusy)
    case 'ended':
    case 'barred':
      return missed(state.reason)
    case 'none':
      return missed('UNKNOWN')
  }
}

const release = ({ orderId, requestId, reason }: Of<'releaseReservation'>, state: Reservation): Decided => {
  const nothingHeld = accept<ReservationEvent>({ type: 'ReservationReleased', data: { orderId, reason } })
  const end = accept<ReservationEvent>({
    type: 'ReservationEndDecided',
    data: { orderId, requestId, ending: { kind: 'RELEASED', reason } },
  })
  switch (state.status) {
    case 'none':
    case 'barred':
    case 'ended':
      return nothingHeld
    case 'granted':
      return end
    case 'confirmed':
      return state.lines.some(line => heldOf(line) > 0) ? end : nothingHeld
    case 'working':
      return isReserving(state) ? end : reject(reservationBusy)
  }
}

const expire = ({ now }: Of<'expireReservation'>, state: Reservation): Decided => {
  if (!isBooked(state) || !reached(state.expiresAt, now)) return accept()
  const { orderId, requestId } = state
  return state.status === 'granted' || isReserving(state)
    ? accept({ type: 'ReservationEndDecided', data: { orderId, requestId, ending: { kind: 'EXPIRED' } } })
    : accept()
}

const ship = ({ orderId, requestId, shipmentId, lines }: Of<'shipReservation'>, state: Reservation): Decided => {
  if (state.status === 'working') return reject(reservationBusy)
  if (isBooked(state) && state.shipments.includes(shipmentId))
    return accept({ type: 'ShipmentCommitted', data: { orderId, shipmentId } })
  if (state.status !== 'confirmed') return reject(reservationNotFirm)
  return covers(state.lines, lines, heldOf)
    ? accept({ type: 'ShipmentStarted', data: { orderId, requestId, shipmentId, lines } })
    : reject(notHeld)
}

const restock = ({ orderId, requestId, returnId, lines }: Of<'restockReservation'>, state: Reservation): Decided => {
  if (state.status === 'working') return reject(reservationBusy)
  if (!isBooked(state)) return reject(notShipped)
  if (state.returns.includes(returnId)) return accept({ type: 'RestockCompleted', data: { orderId, returnId } })
  return covers(state.lines, lines, line => line.shipped - line.restocked)
    ? accept({ type: 'RestockStarted', data: { orderId, requestId, returnId, lines } })
    : reject(notShipped)
}

const ended = (orderId: string, ending: Ending): ReservationEvent => {
  switch (ending.kind) {
    case 'REFUSED': {
      const { sku, requested, available } = ending
      return { type: 'ReservationRefused', data: { orderId, sku, requested, available } }
    }
    case 'RELEASED':
      return { type: 'ReservationReleased', data: { orderId, reason: ending.reason } }
    case 'EXPIRED':
      return { type: 'ReservationExpired', data: { orderId } }
  }
}

const complete = ({ requestId }: Of<'completeWork'>, state: Reservation): Decided => {
  if (state.status !== 'working' || state.work.requestId !== requestId) return accept()
  const { orderId, work } = state
  switch (work.kind) {
    case 'reserve':
      return accept()
    case 'end':
      return accept(ended(orderId, work.ending))
    case 'ship':
      return accept({ type: 'ShipmentCommitted', data: { orderId, shipmentId: work.shipmentId } })
    case 'restock':
      return accept({ type: 'RestockCompleted', data: { orderId, returnId: work.returnId } })
  }
}

const settle = (
  { requestId }: { readonly requestId: string },
  state: Reservation,
  outcome: (state: Booked) => ReservationEvent,
): Decided =>
  isReserving(state) && state.requestId === requestId ? accept(outcome(state)) : reject(reservationNotOpen)

const decide = (command: ReservationCommand, state: Reservation): Decided => {
  switch (command.type) {
    case 'openReservation':
      return open(command.data, state)
    case 'grantReservation':
      return settle(command.data, state, ({ orderId, expiresAt }) => ({
        type: 'ReservationGranted',
        data: { orderId, expiresAt },
      }))
    case 'refuseReservation': {
      const { requestId, ...refusal } = command.data
      return settle(command.data, state, ({ orderId }) => ({
        type: 'ReservationEndDecided',
        data: { orderId, requestId, ending: { kind: 'REFUSED', ...refusal } },
      }))
    }
    case 'confirmReservation':
      return confirm(command.data, state)
    case 'releaseReservation':
      return release(command.data, state)
    case 'expireReservation':
      return expire(command.data, state)
    case 'shipReservation':
      return ship(command.data, state)
    case 'restockReservation':
      return restock(command.data, state)
    case 'completeWork':
      return complete(command.data, state)
  }
}

/** The lines that a step still has to carry to the stock items. A refusal touches only those tried before it, and itself. */
export const linesOfWork = ({ lines, work }: Extract<Reservation, { status: 'working' }>): readonly OrderLine[] => {
  if (work.kind === 'ship' || work.kind === 'restock') return work.lines
  if (work.kind === 'reserve' || work.ending.kind !== 'REFUSED') return lines
  const { sku } = work.ending
  return lines.slice(0, lines.findIndex(line => line.sku === sku) + 1)
}

/** Decides whose step counts when confirmation, expiry, release and shipping race: the first to append. */
export const reservationDecider: Decider<Reservation, ReservationCommand, ReservationEvent> = {
  initialState: { status: 'none' },
  decide,
  evolve,
}
