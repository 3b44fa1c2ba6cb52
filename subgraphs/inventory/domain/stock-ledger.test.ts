import { MAX_QUANTITY } from '@mercato/shared-kernel/domain'
import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import { holdOf, withHold } from './order-holds.ts'
import { availabilityChange, type StockEvent } from './stock-events.ts'
import { MAX_ON_HAND, type StockCommand, stockItemDecider } from './stock-item.ts'

const { given } = specFor(stockItemDecider)
const key = { sku: 'A', productId: 'p1' }
const now = '2026-01-01T00:00:00.000Z'
const expiresAt = '2026-01-01T00:15:00.000Z'
const line = (onHand: number, reserved: number) => ({ ...key, balance: { onHand, reserved } })

const received = (quantity: number, onHand = quantity, reserved = 0): StockEvent => ({
  type: 'StockReceived',
  data: { ...line(onHand, reserved), quantity },
})
const adjusted = (delta: number, onHand: number): StockEvent => ({
  type: 'StockAdjusted',
  data: { ...line(onHand, 0), delta, reason: 'COUNTED' },
})
const reserved = (orderId: string, quantity: number, onHand: number, held: number): StockEvent => ({
  type: 'StockReserved',
  data: { ...line(onHand, held), orderId, quantity, expiresAt, reservedAt: now },
})
const released = (orderId: string, quantity: number, onHand: number, held: number): StockEvent => ({
  type: 'StockReleased',
  data: { ...line(onHand, held), orderId, quantity, expiresAt, releasedAt: now },
})
const shipped = (orderId: string, quantity: number, onHand: number, held: number): StockEvent => ({
  type: 'StockShipped',
  data: { ...line(onHand, held), orderId, shipmentId: 's1', quantity },
})
const restocked = (returnId: string, onHand: number): StockEvent => ({
  type: 'StockRestocked',
  data: { ...line(onHand, 0), orderId: 'o1', returnId, quantity: 1 },
})
const alarmAt = (threshold: number | null, onHand: number): StockEvent => ({
  type: 'LowStockThresholdSet',
  data: { ...line(onHand, 0), threshold },
})
const wentOff = (threshold: number, onHand: number, held: number): StockEvent => ({
  type: 'LowStockReached',
  data: { ...line(onHand, held), threshold },
})
const adjust = (delta: number): StockCommand => ({ type: 'adjustStock', data: { ...key, delta, reason: 'COUNTED' } })
const receive = (quantity: number): StockCommand => ({ type: 'receiveStock', data: { ...key, quantity } })
const setAlarm = (threshold: number | null): StockCommand => ({
  type: 'setLowStockThreshold',
  data: { ...key, threshold },
})

describe('what an event does to the pieces that can be promised', () => {
  it.each<[StockEvent, number]>([
    [received(5), 5],
    [released('o1', 3, 5, 0), 3],
    [restocked('r1', 3), 1],
    [reserved('o1', 3, 5, 3), -3],
    [adjusted(-2, 3), -2],
    [shipped('o1', 3, 2, 0), 0],
    [alarmAt(2, 5), 0],
    [wentOff(2, 5, 3), 0],
  ])('$0.type: %#', (event, change) => expect(availabilityChange(event)).toBe(change))
})

describe('the bounds of stock', () => {
  it('are reached, not passed', () => {
    given(received(1))
      .when(receive(MAX_ON_HAND - 1))
      .then(received(MAX_ON_HAND - 1, MAX_ON_HAND))
    given(received(MAX_ON_HAND - 1, MAX_ON_HAND - 1))
      .when(adjust(1))
      .then(adjusted(1, MAX_ON_HAND))
    given(received(MAX_ON_HAND - 1, MAX_ON_HAND - 1))
      .when({ type: 'restock', data: { orderId: 'o1', returnId: 'r1', quantity: 1 } })
      .then(restocked('r1', MAX_ON_HAND))
    given(received(MAX_ON_HAND))
      .when({ type: 'restock', data: { orderId: 'o1', returnId: 'r1', quantity: 1 } })
      .thenRejected('STOCK.TOO_MUCH', ['quantity'])
  })
  it('let an adjustment be as large as a delivery', () => {
    given(received(5))
      .when(adjust(MAX_QUANTITY))
      .then(adjusted(MAX_QUANTITY, 5 + MAX_QUANTITY))
    given(received(MAX_QUANTITY)).when(adjust(-MAX_QUANTITY)).then(adjusted(-MAX_QUANTITY, 0))
  })
  it('let a count find just what is reserved', () =>
    given(received(5), reserved('o1', 4, 5, 4))
      .when(adjust(-1))
      .then({ type: 'StockAdjusted', data: { ...line(4, 4), delta: -1, reason: 'COUNTED' } }))
})

describe('the low-stock alarm', () => {
  const reserve = (orderId: string, quantity: number): StockCommand => ({
    type: 'reserveStock',
    data: { sku: 'A', orderId, quantity, expiresAt, now },
  })
  it('is set to anything from nothing left to a million', () => {
    for (const threshold of [0, MAX_QUANTITY]) given(received(5)).when(setAlarm(threshold)).then(alarmAt(threshold, 5))
  })
  it('is set for stock that has not come yet', () => given().when(setAlarm(3)).then(alarmAt(3, 0)))
  it('stays set whatever happens to the stock', () => {
    given(received(5), alarmAt(2, 5), received(1, 6))
      .when(reserve('o1', 4))
      .then(reserved('o1', 4, 6, 4), wentOff(2, 6, 4))
    given(received(5), alarmAt(2, 5), adjusted(-1, 4), restocked('r1', 5)).when(setAlarm(2)).then()
  })
  it('is off once it is switched off', () =>
    given(received(5), alarmAt(2, 5), alarmAt(null, 5))
      .when(reserve('o1', 5))
      .then(reserved('o1', 5, 5, 5)))
  it('goes off again after stock has come', () =>
    given(received(5), alarmAt(2, 5), reserved('o1', 3, 5, 3), wentOff(2, 5, 3), received(3, 8, 3))
      .when(reserve('o2', 3))
      .then(reserved('o2', 3, 8, 6), wentOff(2, 8, 6)))
  it('stays silent for what is refused, and when nothing is decided', () => {
    given(received(5), alarmAt(4, 5)).when(reserve('o1', 6)).thenRejected('STOCK.INSUFFICIENT')
    given(received(5), alarmAt(4, 5), released('o1', 0, 5, 0))
      .when({ type: 'releaseStock', data: { orderId: 'o1', expiresAt, now } })
      .then()
  })
})

describe('what stock remembers', () => {
  it('of deliveries and counts: the balance, and no returns', () => {
    const state = given(received(5), adjusted(-2, 3)).state()
    expect(state).toStrictEqual({
      ...key,
      status: 'tracked',
      onHand: 3,
      reserved: 0,
      threshold: null,
      holds: {},
      returns: [],
    })
  })
  it('of returns: each, once', () =>
    expect(given(received(5), restocked('r1', 6), received(1, 7)).state()).toMatchObject({
      returns: ['r1'],
      onHand: 7,
    }))
  it('of an order: what it holds and what has left', () => {
    const holdAfter = (...events: readonly StockEvent[]) => {
      const state = given(received(5), ...events).state()
      return state.status === 'tracked' ? holdOf(state.holds, 'o1') : undefined
    }
    const held = reserved('o1', 3, 5, 3)
    expect(holdAfter(held)).toStrictEqual({ quantity: 3, closed: false, shipments: [], expiresAt })
    expect(holdAfter(held, shipped('o1', 2, 3, 1))).toMatchObject({ quantity: 1, closed: false, shipments: ['s1'] })
    expect(holdAfter(held, shipped('o1', 2, 3, 1), released('o1', 1, 3, 0))).toStrictEqual({
      quantity: 0,
      closed: true,
      shipments: ['s1'],
      expiresAt,
    })
    expect(holdAfter(released('o1', 0, 5, 0))).toMatchObject({ closed: true, shipments: [] })
    expect(holdAfter(shipped('o1', 1, 4, 0))).toBeUndefined()
  })
  it('of many orders: each in the bucket of its last two characters', () => {
    const hold = { quantity: 1, closed: false, shipments: [], expiresAt }
    const holds = withHold(withHold(withHold({}, 'order-aa', hold), 'other-aa', hold), 'order-bb', hold)
    expect(Object.keys(holds)).toEqual(['aa', 'bb'])
    expect(Object.keys(holds['aa'] ?? {})).toEqual(['order-aa', 'other-aa'])
    expect(holdOf(holds, 'third-aa')).toBeUndefined()
  })
})
