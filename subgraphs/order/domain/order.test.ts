import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import { type OrderCommand, order } from './order.ts'
import type { OrderEvent } from './order-events.ts'
import type { SkuQuantity } from './order-lines.ts'
import { draft, eur, fact, later, now, shipBy } from './samples.fixture.ts'

const { given } = specFor(order)

const placed: OrderEvent = { type: 'OrderPlaced', data: draft }
const awaited: OrderEvent = { type: 'OrderPaymentAwaited', data: fact }
const confirmed: OrderEvent = { type: 'OrderConfirmed', data: { ...fact, shipBy } }
const rejected: OrderEvent = { type: 'OrderRejected', data: { ...fact, reason: 'OUT_OF_STOCK' } }
const cancelled: OrderEvent = {
  type: 'OrderCancelled',
  data: { ...fact, by: 'customer', reason: 'CUSTOMER_REQUEST', note: 'changed my mind' },
}
const shipped = (lines: readonly SkuQuantity[], amount: number, final: boolean): OrderEvent => ({
  type: 'OrderShipped',
  data: { ...fact, shipmentId: 's1', carrier: 'DHL', trackingNumber: '1Z', lines, amount: eur(amount), final },
})
const mugs = (quantity: number) => ({ sku: 'MUG-1', quantity })
const pen = { sku: 'PEN-1', quantity: 1 }
const shippedAll = shipped([mugs(3), pen], 4_285, true)
const shippedPen = shipped([pen], 714, false)
const remainderCancelled: OrderEvent = { type: 'OrderRemainderCancelled', data: { ...fact, lines: [mugs(3)] } }
const delivered: OrderEvent = { type: 'OrderDelivered', data: { ...fact, by: 'staff' } }

const open = [placed, awaited, confirmed]
const states: Record<string, OrderEvent[]> = {
  pending: [placed],
  awaitingPayment: [placed, awaited],
  confirmed: open,
  partlyShipped: [...open, shippedPen],
  shipped: [...open, shippedAll],
  delivered: [...open, shippedAll, delivered],
  rejected: [placed, rejected],
  cancelled: [placed, cancelled],
}
const inState = (name: string) => given(...(states[name] ?? []))
const each = (...names: string[]) => it.each(names)

const cancel: OrderCommand = {
  type: 'CancelOrder',
  data: { by: 'customer', reason: 'CUSTOMER_REQUEST', note: 'changed my mind', now },
}
const ship = (lines?: readonly SkuQuantity[], at = now): OrderCommand => ({
  type: 'ShipOrder',
  data: { shipmentId: 's1', carrier: 'DHL', trackingNumber: '1Z', ...(lines ? { lines } : {}), now: at },
})
const deliver: OrderCommand = { type: 'MarkDelivered', data: { by: 'staff', now } }

describe('every state', () => {
  it.each(Object.keys(states))('%s is reached', name => expect(inState(name).state().status).toBe(name))
  it('keeps a timeline of what happened', () =>
    expect(inState('shipped').state()).toMatchObject({
      timeline: [
        { event: 'OrderPlaced', at: now },
        { event: 'OrderPaymentAwaited', at: now },
        { event: 'OrderConfirmed', at: now },
        { event: 'OrderShipped', at: now },
      ],
    }))
  it('holds no personal data', () => expect(JSON.stringify(inState('confirmed').state())).not.toContain('Ada'))
})

describe('placing', () => {
  it('places', () => given().when({ type: 'PlaceOrder', data: draft }).then(placed))
  it('twice changes nothing', () => inState('confirmed').when({ type: 'PlaceOrder', data: draft }).then())
})

describe('what the saga tells', () => {
  const awaitPayment: OrderCommand = { type: 'AwaitPayment', data: { now } }
  const confirm: OrderCommand = { type: 'ConfirmOrder', data: { shipBy, now } }
  const refuse: OrderCommand = { type: 'RejectOrder', data: { reason: 'OUT_OF_STOCK', now } }
  const closeRest: OrderCommand = { type: 'CancelRemainder', data: { now } }

  it('awaits payment of a pending order', () => inState('pending').when(awaitPayment).then(awaited))
  each(
    'awaitingPayment',
    'confirmed',
    'shipped',
    'cancelled',
    'rejected',
    'delivered',
  )('does not await payment again when %s', name => void inState(name).when(awaitPayment).then())
  each('pending', 'awaitingPayment')('confirms when %s', name => void inState(name).when(confirm).then(confirmed))
  each(
    'confirmed',
    'partlyShipped',
    'shipped',
    'delivered',
    'cancelled',
    'rejected',
  )('does not confirm when %s', name => void inState(name).when(confirm).then())
  each('pending', 'awaitingPayment')('rejects when %s', name => void inState(name).when(refuse).then(rejected))
  each(
    'confirmed',
    'partlyShipped',
    'shipped',
    'delivered',
    'cancelled',
    'rejected',
  )('does not reject when %s', name => void inState(name).when(refuse).then())
  it('cancels what is left of a partly shipped order', () =>
    inState('partlyShipped').when(closeRest).then(remainderCancelled))
  each(
    'pending',
    'confirmed',
    'shipped',
    'delivered',
    'cancelled',
  )('finds no remainder to cancel when %s', name => void inState(name).when(closeRest).then())
  it('counts the cancelled remainder as shipped, not to be shipped', () => {
    const after = given(...open, shippedPen, remainderCancelled)
    expect(after.state()).toMatchObject({ status: 'shipped', lines: [{ shipped: 0, cancelled: 3 }, { shipped: 1 }] })
    after.when(ship()).thenRejected('ORDER.ALREADY_SHIPPED')
    after.when(deliver).then(delivered)
  })
  it('is refused for an order that does not exist', () => given().when(confirm).thenRejected('ORDER.NOT_FOUND'))
})

describe('cancelling', () => {
  each(
    'pending',
    'awaitingPayment',
    'confirmed',
  )('is possible when %s', name => void inState(name).when(cancel).then(cancelled))
  each(
    'partlyShipped',
    'shipped',
    'delivered',
  )('is too late when %s', name => void inState(name).when(cancel).thenRejected('ORDER.ALREADY_SHIPPED'))
  it('twice is refused', () => inState('cancelled').when(cancel).thenRejected('ORDER.ALREADY_CANCELLED'))
  it('of a rejected order is refused', () => inState('rejected').when(cancel).thenRejected('ORDER.REJECTED'))
  it('of nothing is refused', () => given().when(cancel).thenRejected('ORDER.NOT_FOUND', ['orderId']))
})

describe('shipping', () => {
  it('without lines ships everything, charged at the grand total', () =>
    inState('confirmed').when(ship()).then(shippedAll))
  it('a part charges its value with shipping costs and leaves the rest', () =>
    inState('confirmed')
      .when(ship([pen]))
      .then(shippedPen))
  it('the rest charges what is left', () =>
    inState('partlyShipped')
      .when(ship())
      .then(shipped([mugs(3)], 3_571, true)))
  it('sums lines of the same SKU', () =>
    inState('confirmed')
      .when(ship([mugs(1), pen, mugs(2)]))
      .then(shippedAll))
  each('pending', 'awaitingPayment')(
    'is too early when %s',
    name => void inState(name).when(ship()).thenRejected('ORDER.NOT_CONFIRMED'),
  )
  each('shipped', 'delivered')(
    'is refused when %s',
    name => void inState(name).when(ship()).thenRejected('ORDER.ALREADY_SHIPPED'),
  )
  it('of a cancelled order is refused', () => inState('cancelled').when(ship()).thenRejected('ORDER.ALREADY_CANCELLED'))
  it('of a rejected order is refused', () => inState('rejected').when(ship()).thenRejected('ORDER.REJECTED'))
  each('confirmed', 'partlyShipped')(
    'is too late at the ship-by moment when %s',
    name => void inState(name).when(ship(undefined, shipBy)).thenRejected('ORDER.SHIP_BY_PASSED'),
  )
  it('of nothing is refused', () =>
    inState('confirmed').when(ship([])).thenRejected('ORDER.NOTHING_TO_SHIP', ['lines']))
  it('of what was not ordered is refused', () =>
    inState('confirmed')
      .when(ship([pen, { sku: 'CUP', quantity: 1 }]))
      .thenRejected('ORDER.NOT_ON_ORDER', ['lines', '1', 'sku']))
  it('of more than ordered is refused, also when spread over lines', () => {
    inState('confirmed')
      .when(ship([mugs(4)]))
      .thenRejected('ORDER.MORE_THAN_ORDERED', ['lines', '0', 'quantity'])
    inState('confirmed')
      .when(ship([mugs(2), mugs(2)]))
      .thenRejected('ORDER.MORE_THAN_ORDERED')
  })
  it('of what has left already is refused', () =>
    inState('partlyShipped')
      .when(ship([pen]))
      .thenRejected('ORDER.MORE_THAN_ORDERED'))
})

it('parcels are kept, in order, with what was in them', () => {
  const state = given(...open, shippedPen, { ...shipped([mugs(3)], 3_571, true) }).state()
  expect(state).toMatchObject({
    status: 'shipped',
    returns: [],
    shipments: [
      { shipmentId: 's1', carrier: 'DHL', trackingNumber: '1Z', lines: [pen], amount: eur(714), at: now },
      { lines: [mugs(3)], amount: eur(3_571) },
    ],
  })
})

it('what happened to nothing leaves nothing', () =>
  expect(given(confirmed, shippedAll).state()).toEqual({ status: 'none' }))

describe('delivering', () => {
  it('marks a shipped order', () => inState('shipped').when(deliver).then(delivered))
  it('waits for the rest of a partly shipped one', () =>
    inState('partlyShipped').when(deliver).thenRejected('ORDER.NOT_FULLY_SHIPPED'))
  it('twice is refused', () => inState('delivered').when(deliver).thenRejected('ORDER.ALREADY_DELIVERED'))
  each(
    'pending',
    'awaitingPayment',
    'confirmed',
    'cancelled',
    'rejected',
  )('is refused when %s', name => void inState(name).when(deliver).thenRejected('ORDER.NOT_SHIPPED'))
})

describe('returning', () => {
  const DAY = 86_400_000
  const request = (lines: readonly SkuQuantity[], at = later, note?: string): OrderCommand => ({
    type: 'RequestReturn',
    data: { returnId: 'r1', lines, windowMs: 30 * DAY, now: at, ...(note ? { note } : {}) },
  })
  const requested = (lines: readonly SkuQuantity[], returnId = 'r1'): OrderEvent => ({
    type: 'ReturnRequested',
    data: { ...fact, at: later, returnId, lines },
  })
  const step = (type: 'ApproveReturn' | 'DeclineReturn' | 'ReceiveReturn', returnId = 'r1'): OrderCommand => ({
    type,
    data: { returnId, now: later },
  })
  const settled = (type: 'ReturnApproved' | 'ReturnDeclined', returnId = 'r1'): OrderEvent => ({
    type,
    data: { ...fact, at: later, returnId },
  })
  const received = (lines: readonly SkuQuantity[], amount: number, returnId = 'r1'): OrderEvent => ({
    type: 'ReturnReceived',
    data: { ...fact, at: later, returnId, lines, amount: eur(amount) },
  })
  const done = [...open, shippedAll, delivered]

  it('asks for what was delivered', () =>
    given(...done)
      .when(request([mugs(2)]))
      .then(requested([mugs(2)])))
  it('asked for twice under one id is one', () =>
    given(...done, requested([pen]))
      .when(request([pen]))
      .then())
  it('is refused before delivery', () =>
    inState('shipped')
      .when(request([pen]))
      .thenRejected('RETURN.NOT_DELIVERED'))
  it('is refused after the window', () =>
    given(...done)
      .when(request([pen], '2026-04-01T12:00:00.000Z'))
      .thenRejected('RETURN.WINDOW_CLOSED'))
  it('of nothing, of the unknown and of too much is refused', () => {
    given(...done)
      .when(request([]))
      .thenRejected('RETURN.NO_LINES', ['lines'])
    given(...done)
      .when(request([{ sku: 'CUP', quantity: 1 }]))
      .thenRejected('ORDER.NOT_ON_ORDER')
    given(...done)
      .when(request([mugs(4)]))
      .thenRejected('RETURN.MORE_THAN_SHIPPED', ['lines', '0', 'quantity'])
  })
  it('counts what is on its way back already, but not what was declined', () => {
    given(...done, requested([mugs(2)], 'r0'))
      .when(request([mugs(2)]))
      .thenRejected('RETURN.MORE_THAN_SHIPPED')
    given(...done, requested([mugs(2)], 'r0'), settled('ReturnDeclined', 'r0'))
      .when(request([mugs(3)]))
      .then(requested([mugs(3)]))
  })
  it('is approved or declined once', () => {
    const asked = [...done, requested([pen])]
    given(...asked)
      .when(step('ApproveReturn'))
      .then(settled('ReturnApproved'))
    given(...asked)
      .when(step('DeclineReturn'))
      .then(settled('ReturnDeclined'))
    given(...asked, settled('ReturnApproved'))
      .when(step('DeclineReturn'))
      .thenRejected('RETURN.SETTLED')
    given(...asked, settled('ReturnDeclined'))
      .when(step('ApproveReturn'))
      .thenRejected('RETURN.SETTLED')
  })
  it('pays back the value of the pieces with tax, to the cent over several returns', () => {
    const first = [...done, requested([mugs(1)]), settled('ReturnApproved')]
    given(...first)
      .when(step('ReceiveReturn'))
      .then(received([mugs(1)], 1_190))
    const second = [...first, received([mugs(1)], 1_190), requested([mugs(2)], 'r2'), settled('ReturnApproved', 'r2')]
    given(...second)
      .when(step('ReceiveReturn', 'r2'))
      .then(received([mugs(2)], 2_381, 'r2'))
  })
  it('values pieces by what came back of the same product before, and of no other', () => {
    const penBack = [requested([pen], 'r0'), settled('ReturnApproved', 'r0'), received([pen], 119, 'r0')]
    const past = [...done, ...penBack, requested([mugs(2)], 'r1'), settled('ReturnApproved', 'r1')]
    given(...past)
      .when(step('ReceiveReturn', 'r1'))
      .then(received([mugs(2)], 2_380))
    const last = [...past, received([mugs(2)], 2_380), requested([mugs(1)], 'r2'), settled('ReturnApproved', 'r2')]
    given(...last)
      .when(step('ReceiveReturn', 'r2'))
      .then(received([mugs(1)], 1_191, 'r2'))
  })
  it('keeps what the customer said about it', () =>
    expect(given(...done).when(request([pen], later, 'Leaks')).decision).toMatchObject({
      events: [{ data: { note: 'Leaks' } }],
    }))
  it('is possible to the end of the window', () =>
    given(...done)
      .when(request([pen], '2026-03-31T12:00:00.000Z'))
      .then({
        type: 'ReturnRequested',
        data: { ...fact, at: '2026-03-31T12:00:00.000Z', returnId: 'r1', lines: [pen] },
      }))
  it('that is declined frees its own pieces only', () =>
    expect(
      given(...done, requested([mugs(1)], 'r0'), requested([pen], 'r1'), settled('ReturnDeclined', 'r1')).state(),
    ).toMatchObject({
      lines: [{ returning: 1 }, { returning: 0 }],
      returns: [{ status: 'requested' }, { status: 'declined' }],
    }))
  it('names what is wrong with it', () => {
    given(...done)
      .when(request([pen, { sku: 'CUP', quantity: 1 }]))
      .thenRejected('ORDER.NOT_ON_ORDER', ['lines', '1', 'sku'])
    given(...done)
      .when(request([pen, mugs(4)]))
      .thenRejected('RETURN.MORE_THAN_SHIPPED', ['lines', '1', 'quantity'])
  })
  it('is received only when approved, and once', () => {
    const asked = [...done, requested([pen])]
    given(...asked)
      .when(step('ReceiveReturn'))
      .thenRejected('RETURN.NOT_APPROVED')
    given(...asked, settled('ReturnDeclined'))
      .when(step('ReceiveReturn'))
      .thenRejected('RETURN.SETTLED')
    given(...asked, settled('ReturnApproved'), received([pen], 119))
      .when(step('ReceiveReturn'))
      .thenRejected('RETURN.SETTLED')
  })
  it('that nobody asked for is refused', () =>
    given(...done)
      .when(step('ApproveReturn', 'r9'))
      .thenRejected('RETURN.NOT_FOUND', ['returnId']))
})
