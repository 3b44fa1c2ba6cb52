import type { SagaCommand } from './saga-commands.ts'
import type { SagaEvent, SagaOrder } from './saga-events.ts'
import { at, authorisedUntil, day, minute, reservedUntil, shippedBy, timings } from './saga-moments.fixture.ts'
import { after } from './saga-timings.ts'
import { customerId, eur, now, orderId } from './samples.fixture.ts'

export const sagaOrder: SagaOrder = {
  orderId,
  customerId,
  paymentMethodId: 'pm-1',
  lines: [
    { sku: 'MUG-1', quantity: 3 },
    { sku: 'PEN-1', quantity: 1 },
  ],
  amount: eur(4_285),
}

type CommandData<Type extends SagaCommand['type']> = Omit<
  Extract<SagaCommand, { type: Type }>['data'],
  'orderId' | 'now'
>
type EventData<Type extends SagaEvent['type'], Left extends string> = Omit<
  Extract<SagaEvent, { type: Type }>['data'],
  Left
>

const eventOf = (type: string, data: object): SagaEvent => ({ type, data: { orderId, ...data } }) as SagaEvent
const commandOf = (type: string, data: object): SagaCommand => ({ type, data: { orderId, ...data } }) as SagaCommand

/** What the saga is told, at a moment. */
export const told = <Type extends SagaCommand['type']>(type: Type, data: CommandData<Type>, when = now): SagaCommand =>
  commandOf(type, { ...data, now: when })

/** An event of the saga. */
export const noted = <Type extends SagaEvent['type']>(
  type: Type,
  data: EventData<Type, 'orderId' | 'at'>,
  when = now,
): SagaEvent => eventOf(type, { ...data, at: when })

/** A request of the saga: those have no `at`. */
export const asked = <Type extends SagaEvent['type']>(type: Type, data: EventData<Type, 'orderId'>): SagaEvent =>
  eventOf(type, data)

/** The first request of its kind, to be repeated after the first pause. */
export const firstly = <Type extends SagaEvent['type']>(
  type: Type,
  data: EventData<Type, 'orderId' | 'attempt' | 'retryAt'>,
  when = now,
): SagaEvent => eventOf(type, { ...data, attempt: 1, retryAt: after(when, timings.retryMs) })

const started: SagaEvent[] = [
  { type: 'SagaStarted', data: { ...sagaOrder, at: now } },
  asked('StockReservationRequested', { lines: sagaOrder.lines, expiresAt: reservedUntil, answerBy: at(30_000) }),
]
const held: SagaEvent[] = [
  noted('StockHeld', { expiresAt: reservedUntil }),
  asked('PaymentAuthorisationRequested', {
    customerId,
    paymentMethodId: 'pm-1',
    amount: eur(4_285),
    answerBy: at(2 * minute),
  }),
]
const secured: SagaEvent[] = [
  noted('PaymentSecured', { paymentId: orderId, expiresAt: authorisedUntil }),
  asked('ReservationConfirmationRequested', { answerBy: at(30_000) }),
]
const confirmed: SagaEvent[] = [noted('SagaConfirmed', { shipBy: shippedBy })]

const pen = [{ sku: 'PEN-1', quantity: 1 }]
const mugs = [{ sku: 'MUG-1', quantity: 3 }]
export const parcels = {
  pen: { shipmentId: 's-pen', lines: pen, amount: eur(714), final: false },
  mugs: { shipmentId: 's-mugs', lines: mugs, amount: eur(3_571), final: true },
}
export const shipment = ({ shipmentId, lines, amount, final }: (typeof parcels)['pen'], when = now): SagaEvent[] => [
  noted('ShipmentNoted', { shipmentId, final, deliverBy: after(when, 14 * day) }, when),
  firstly('StockShipmentRequested', { shipmentId, lines }, when),
  firstly('PaymentCaptureRequested', { shipmentId, captureId: shipmentId, amount, final }, when),
]

/** How each state is reached. */
export const past = {
  none: [] as SagaEvent[],
  reserving: started,
  authorising: [...started, ...held],
  confirming: [...started, ...held, ...secured],
  confirmed: [...started, ...held, ...secured, ...confirmed],
  partlyShipped: [...started, ...held, ...secured, ...confirmed, ...shipment(parcels.pen)],
  shipped: [...started, ...held, ...secured, ...confirmed, ...shipment(parcels.pen), ...shipment(parcels.mugs)],
}

/** How a saga turns back, and what it then asks for. */
export const begun = (outcome: 'rejected' | 'cancelled', reason: string, when = now): SagaEvent =>
  noted('UndoingBegun', { outcome, reason }, when)
export const release = (reason: string, when = now, giveUpAt?: string): SagaEvent =>
  firstly('StockReleaseRequested', { reason, ...(giveUpAt ? { giveUpAt } : {}) }, when)
export const void_ = (reason: string, when = now, giveUpAt = authorisedUntil): SagaEvent =>
  firstly('PaymentVoidRequested', { reason, giveUpAt }, when)

/** What the other contexts answer. */
export const answers = {
  reserved: told('NoteStockReserved', { expiresAt: reservedUntil }),
  refused: told('NoteStockRefused', { sku: 'MUG-1' }),
  authorised: told('NotePaymentAuthorised', { paymentId: orderId, expiresAt: authorisedUntil }),
  declined: told('NotePaymentDeclined', { reason: 'INSUFFICIENT_FUNDS' }),
  firm: told('NoteReservationConfirmed', {}),
  lost: told('NoteReservationLost', { reason: 'EXPIRED' }),
  released: told('NoteStockReleased', {}),
  voided: told('NotePaymentVoided', {}),
  expired: told('NoteAuthorisationExpired', {}),
}
export const cancel = told('NoteCancellation', { reason: 'CUSTOMER_REQUEST' })
export const pass = (when: string) => told('PassTime', {}, when)

/** That a request was answered, by its key. */
export const answered = (task: string, when?: string): SagaEvent => noted('RequestAnswered', { task }, when)
export const allAnswered = ['ship/s-pen', 'capture/s-pen', 'ship/s-mugs', 'capture/s-mugs'].map(task => answered(task))
