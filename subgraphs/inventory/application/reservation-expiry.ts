import type { Clock, Reaction, TimerHandler, Timers } from '@mercato/shared-kernel/application'
import type { InventoryEvent } from './context-events.ts'
import type { Origin, ReservationProcess } from './reservation-process.ts'

export const EXPIRY_TIMER = 'reservation-expiry'

interface ExpiryPayload extends Origin {
  readonly orderId: string
  readonly requestId: string
}

const timerId = (orderId: string): string => `${EXPIRY_TIMER}/${orderId}`

/** Keeps one durable deadline per reservation: set when it opens (so that one stuck half-way ends, too), taken back once it is firm or over. */
export const scheduleExpiry =
  (timers: Timers): Reaction<InventoryEvent> =>
  async ({ event, correlationId }) => {
    if (event.type === 'ReservationOpened') {
      const { orderId, requestId, expiresAt } = event.data
      const payload: ExpiryPayload = { orderId, requestId, correlationId }
      await timers.schedule({ id: timerId(orderId), kind: EXPIRY_TIMER, dueAt: new Date(expiresAt), payload })
    }
    if (
      event.type === 'ReservationConfirmed' ||
      event.type === 'ReservationRefused' ||
      event.type === 'ReservationReleased'
    )
      await timers.cancel(timerId(event.data.orderId))
  }

/** Ends a reservation whose time is over, unless a confirmation or a release was first. */
export const createExpiryHandler =
  (process: ReservationProcess, clock: Clock): TimerHandler =>
  async timer => {
    const { orderId, requestId, ...origin } = timer.payload as ExpiryPayload
    const now = clock.now().toISOString()
    await process.run(orderId, requestId, { type: 'expireReservation', data: { now } }, origin)
  }
