import { Fault, type IntegrationEvent, type Policy } from '@mercato/shared-kernel/application'
import type { ReservationCommand } from '#domain/reservation-commands.ts'
import type { OrderLine } from '#domain/reservation-state.ts'
import { readId } from './outcome.ts'
import type { Origin, ReservationProcess } from './reservation-process.ts'

type Fields = Readonly<Record<string, unknown>>

const malformed = (what: string): never => {
  throw new Fault('BAD_USER_INPUT', `the request has no proper ${what}`)
}

const textOf = (data: Fields, name: string): string => {
  const value = data[name]
  return typeof value === 'string' && value.length > 0 && value.length <= 500 ? value : malformed(name)
}

const momentOf = (data: Fields, name: string): string => {
  const moment = new Date(textOf(data, name))
  return Number.isNaN(moment.getTime()) ? malformed(name) : moment.toISOString()
}

const isLine = (value: unknown): value is OrderLine =>
  typeof value === 'object' &&
  value !== null &&
  'sku' in value &&
  typeof value.sku === 'string' &&
  'quantity' in value &&
  Number.isSafeInteger(value.quantity) &&
  Number(value.quantity) >= 1

/** One line per SKU, in the order of the SKUs: everybody takes them in the same order. */
const linesOf = (data: Fields): readonly OrderLine[] => {
  const lines: unknown = data['lines']
  if (!Array.isArray(lines) || lines.length === 0 || !lines.every(isLine)) return malformed('lines')
  const summed = new Map<string, number>()
  for (const { sku, quantity } of lines) summed.set(sku, (summed.get(sku) ?? 0) + quantity)
  return [...summed].map(([sku, quantity]) => ({ sku, quantity })).sort((a, b) => (a.sku < b.sku ? -1 : 1))
}

type Request = { readonly orderId: string; readonly requestId: string }
type ToCommand = (request: Request, data: Fields, now: string) => ReservationCommand

/** What each request of the order context asks of its reservation. */
const requests: Readonly<Record<string, ToCommand>> = {
  'order.StockReservationRequested': (request, data, now) => ({
    type: 'openReservation',
    data: { ...request, lines: linesOf(data), expiresAt: momentOf(data, 'expiresAt'), now },
  }),
  'order.ReservationConfirmationRequested': request => ({ type: 'confirmReservation', data: request }),
  'order.StockReleaseRequested': (request, data) => ({
    type: 'releaseReservation',
    data: { ...request, reason: textOf(data, 'reason') },
  }),
  'order.StockShipmentRequested': (request, data) => ({
    type: 'shipReservation',
    data: { ...request, shipmentId: textOf(data, 'shipmentId'), lines: linesOf(data) },
  }),
  'order.RestockRequested': (request, data) => ({
    type: 'restockReservation',
    data: { ...request, returnId: textOf(data, 'returnId'), lines: linesOf(data) },
  }),
}

/** The origin of what an integration event causes. */
export const originOf = ({ correlationId, traceparent }: IntegrationEvent): Origin => ({
  correlationId,
  ...(traceparent === undefined ? {} : { traceparent }),
})

/**
 * Requests of the order context, by event type. A second delivery, at whatever point the first one died, continues where it
 * stopped. A request that cannot be served (malformed, or against the reservation's state) rejects, and so ends up parked.
 */
export const createPolicies = (
  process: ReservationProcess,
  clock: { now(): Date },
): Readonly<Record<string, Policy>> => {
  const serve =
    (toCommand: ToCommand): Policy =>
    async event => {
      const data = event.data as Fields
      const orderId = readId(textOf(data, 'orderId')) ?? malformed('orderId')
      const command = toCommand({ orderId, requestId: event.id }, data, clock.now().toISOString())
      await process.run(orderId, event.id, command, originOf(event))
    }
  return Object.fromEntries(Object.entries(requests).map(([type, toCommand]) => [type, serve(toCommand)]))
}
