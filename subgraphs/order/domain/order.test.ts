import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import {
  awaited,
  cancel,
  cancelled,
  confirmed,
  deliver,
  delivered,
  open,
  placed,
  rejected,
  remainderCancelled,
  ship,
  shippedAll,
  shippedPen,
  states,
} from './order.fixture.ts'
import { type OrderCommand, order } from './order.ts'
import { draft, now, shipBy } from './samples.fixture.ts'

const { given } = specFor(order)
const inState = (name: string) => given(...(states[name] ?? []))
const each = (...names: string[]) => it.each(names)

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
