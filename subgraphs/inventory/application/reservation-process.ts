import { type Clock, type CommandContext, Fault, type Ids } from '@mercato/shared-kernel/application'
import { reservationBusy } from '#domain/rejections.ts'
import { linesOfWork } from '#domain/reservation.ts'
import type { ReservationCommand } from '#domain/reservation-commands.ts'
import type { OrderLine, Reservation } from '#domain/reservation-state.ts'
import { availableOf } from '#domain/stock-events.ts'
import type { StockCommand } from '#domain/stock-item.ts'
import type { Aggregates } from './aggregates.ts'

/** Where a chain of commands comes from. */
export interface Origin {
  readonly correlationId: string
  readonly traceparent?: string
}

type Working = Extract<Reservation, { status: 'working' }>

/**
 * Carries a reservation's decisions to the stock items. The Reservation stream decides first; every step on a stock item
 * follows from it, may be repeated by anybody at any time, and ends with an event that answers the request.
 */
export interface ReservationProcess {
  /** Finishes whatever step is under way, by whomever it was begun. Afterwards the reservation is at rest. */
  advance(orderId: string, origin: Origin): Promise<void>
  /** Finishes the step under way, decides, and carries the decision out. A refusal is a Fault: the request cannot be served. */
  run(orderId: string, requestId: string, command: ReservationCommand, origin: Origin): Promise<void>
}

const ACTOR = { kind: 'system', id: 'inventory' } as const

export const createReservationProcess = (dependencies: {
  readonly aggregates: Aggregates
  readonly ids: Ids
  readonly clock: Clock
}): ReservationProcess => {
  const { aggregates, ids, clock } = dependencies
  const { reservations, stock, stockId } = aggregates

  /** Command ids follow from the request and the step: whoever repeats it is recognised. */
  const context = (requestId: string, step: string, origin: Origin): CommandContext => ({
    actor: ACTOR,
    commandId: ids.derive(requestId, step),
    correlationId: origin.correlationId,
    causationId: requestId,
    now: clock.now(),
    ...(origin.traceparent ? { traceparent: origin.traceparent } : {}),
  })

  /** SKU by SKU until one refuses; tells the reservation how it went. Should it be closed meanwhile, that stands. */
  const reserve = async ({ orderId, requestId, lines, expiresAt }: Working, origin: Origin): Promise<void> => {
    const tell = (step: string, command: ReservationCommand) =>
      reservations.handle(orderId, command, context(requestId, step, origin))
    for (const { sku, quantity } of lines) {
      const now = clock.now().toISOString()
      const handled = await stock.handle(
        stockId(sku),
        { type: 'reserveStock', data: { sku, orderId, quantity, expiresAt, now } },
        context(requestId, `reserve/${sku}`, origin),
      )
      if (!handled.rejection) continue
      if (handled.rejection.code === 'STOCK.RESERVATION_OVER') {
        await tell('expire', { type: 'expireReservation', data: { now } })
        return
      }
      const available = handled.state.status === 'tracked' ? availableOf(handled.state) : 0
      await tell('refuse', { type: 'refuseReservation', data: { requestId, sku, requested: quantity, available } })
      return
    }
    await tell('grant', { type: 'grantReservation', data: { requestId } })
  }

  const stockCommand = ({ orderId, expiresAt, work }: Working, { quantity }: OrderLine): StockCommand => {
    const now = clock.now().toISOString()
    switch (work.kind) {
      case 'ship':
        return { type: 'commitStock', data: { orderId, shipmentId: work.shipmentId, quantity } }
      case 'restock':
        return { type: 'restock', data: { orderId, returnId: work.returnId, quantity } }
      case 'end':
      case 'reserve':
        return { type: 'releaseStock', data: { orderId, expiresAt, now } }
    }
  }

  const carryOut = async (state: Working, origin: Origin): Promise<void> => {
    const { orderId, work } = state
    const { requestId } = work
    for (const line of linesOfWork(state)) {
      const step = context(requestId, `${work.kind}/${line.sku}`, origin)
      const { rejection } = await stock.handle(stockId(line.sku), stockCommand(state, line), step)
      if (rejection) throw new Fault('INTERNAL_SERVER_ERROR', `${work.kind} of ${line.sku} failed: ${rejection.code}`)
    }
    const done = context(requestId, `complete/${work.kind}`, origin)
    await reservations.handle(orderId, { type: 'completeWork', data: { requestId } }, done)
  }

  const advance: ReservationProcess['advance'] = async (orderId, origin) => {
    for (;;) {
      const { state } = await reservations.load(orderId)
      if (state.status !== 'working') return
      await (state.work.kind === 'reserve' ? reserve(state, origin) : carryOut(state, origin))
    }
  }

  return {
    advance,
    async run(orderId, requestId, command, origin) {
      await advance(orderId, origin)
      const { rejection } = await reservations.handle(orderId, command, context(requestId, command.type, origin))
      // What is still under way passes; anything else is refused for good.
      const code = rejection?.code === reservationBusy.code ? 'CONFLICT' : 'BAD_USER_INPUT'
      if (rejection) throw new Fault(code, `${command.type}: ${rejection.code}`)
      await advance(orderId, origin)
    },
  }
}
