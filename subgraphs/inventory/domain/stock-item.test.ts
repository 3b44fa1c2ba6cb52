import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import type { StockEvent } from './stock-events.ts'
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
const reserved = (orderId: string, quantity: number, onHand: number, held: number): StockEvent => ({
  type: 'StockReserved',
  data: { ...line(onHand, held), orderId, quantity, expiresAt, reservedAt: now },
})
const released = (orderId: string, quantity: number, onHand: number, held: number): StockEvent => ({
  type: 'StockReleased',
  data: { ...line(onHand, held), orderId, quantity, expiresAt, releasedAt: now },
})
const shipped = (orderId: string, shipmentId: string, quantity: number, onHand: number, held: number): StockEvent => ({
  type: 'StockShipped',
  data: { ...line(onHand, held), orderId, shipmentId, quantity },
})
const restocked = (orderId: string, returnId: string, quantity: number, onHand: number): StockEvent => ({
  type: 'StockRestocked',
  data: { ...line(onHand, 0), orderId, returnId, quantity },
})
const reserve = (orderId: string, quantity: number, at = now): StockCommand => ({
  type: 'reserveStock',
  data: { sku: 'A', orderId, quantity, expiresAt, now: at },
})
const release = (orderId: string): StockCommand => ({ type: 'releaseStock', data: { orderId, expiresAt, now } })
const commit = (orderId: string, shipmentId: string, quantity: number): StockCommand => ({
  type: 'commitStock',
  data: { orderId, shipmentId, quantity },
})
const restock = (orderId: string, returnId: string, quantity: number): StockCommand => ({
  type: 'restock',
  data: { orderId, returnId, quantity },
})
const adjust = (delta: number): StockCommand => ({ type: 'adjustStock', data: { ...key, delta, reason: 'COUNTED' } })
const receive = (quantity: number): StockCommand => ({ type: 'receiveStock', data: { ...key, quantity } })

describe('stock of which nothing was ever received', () => {
  it('begins with a delivery', () => given().when(receive(5)).then(received(5)))
  it('can begin with a count', () =>
    given()
      .when(adjust(3))
      .then({ type: 'StockAdjusted', data: { ...line(3, 0), delta: 3, reason: 'COUNTED' } }))
  it('cannot begin below nothing', () => given().when(adjust(-1)).thenRejected('STOCK.BELOW_RESERVED', ['delta']))
  it('promises nothing', () => given().when(reserve('o1', 1)).thenRejected('STOCK.INSUFFICIENT'))
  it('has nothing to release', () => given().when(release('o1')).then())
  it('ships nothing', () =>
    given()
      .when(commit('o1', 's1', 1))
      .thenRejected('STOCK.NOT_RESERVED'))
  it('takes nothing back', () =>
    given()
      .when(restock('o1', 'r1', 1))
      .thenRejected('STOCK.NOT_RESERVED'))
})

describe('stock on hand', () => {
  it('grows with a delivery', () => given(received(5)).when(receive(2)).then(received(2, 7)))
  it('keeps the reference of a delivery', () =>
    given(received(5))
      .when({ type: 'receiveStock', data: { ...key, quantity: 1, reference: 'D-7' } })
      .then({ type: 'StockReceived', data: { ...line(6, 0), quantity: 1, reference: 'D-7' } }))
  it('has a bound', () => {
    given(received(MAX_ON_HAND)).when(receive(1)).thenRejected('STOCK.TOO_MUCH', ['quantity'])
    given(received(MAX_ON_HAND)).when(adjust(1)).thenRejected('STOCK.TOO_MUCH', ['delta'])
  })
  it('is corrected downwards, with a note', () =>
    given(received(5))
      .when({ type: 'adjustStock', data: { ...key, delta: -2, reason: 'DAMAGED', note: 'Wet.' } })
      .then({ type: 'StockAdjusted', data: { ...line(3, 0), delta: -2, reason: 'DAMAGED', note: 'Wet.' } }))
  it.each([0, 1.5, Number.NaN, 1_000_001, -1_000_001])('is not corrected by %d', delta =>
    given(received(5)).when(adjust(delta)).thenRejected('STOCK.EMPTY_ADJUSTMENT', ['delta']),
  )
  it('never goes below what is reserved', () =>
    given(received(5), reserved('o1', 4, 5, 4))
      .when(adjust(-2))
      .thenRejected('STOCK.BELOW_RESERVED', ['delta']))
})

describe('a reservation', () => {
  it('is made from what is available', () =>
    given(received(5))
      .when(reserve('o1', 5))
      .then(reserved('o1', 5, 5, 5)))
  it('is refused beyond what is available', () =>
    given(received(5), reserved('o1', 3, 5, 3))
      .when(reserve('o2', 3))
      .thenRejected('STOCK.INSUFFICIENT'))
  it('is made once per order', () =>
    given(received(5), reserved('o1', 3, 5, 3))
      .when(reserve('o1', 3))
      .then())
  it('is refused when its time is over', () =>
    given(received(5))
      .when(reserve('o1', 1, expiresAt))
      .thenRejected('STOCK.RESERVATION_OVER'))
  it('is released once', () => {
    const held = [received(5), reserved('o1', 3, 5, 3)]
    given(...held)
      .when(release('o1'))
      .then(released('o1', 3, 5, 0))
    given(...held, released('o1', 3, 5, 0))
      .when(release('o1'))
      .then()
  })
  it('is not made again after its release', () =>
    given(received(5), reserved('o1', 3, 5, 3), released('o1', 3, 5, 0))
      .when(reserve('o1', 3))
      .thenRejected('STOCK.ORDER_CLOSED'))
  it('is not made after a release that came first', () => {
    given(received(5))
      .when(release('o1'))
      .then(released('o1', 0, 5, 0))
    given(received(5), released('o1', 0, 5, 0))
      .when(reserve('o1', 3))
      .thenRejected('STOCK.ORDER_CLOSED')
  })
  it.each(['StockReserved', 'StockReleased'] as const)(
    'is forgotten an hour after its time when nothing is held any more, at the next %s beside it',
    type => {
      const after = (moment: string) => {
        const next: StockEvent =
          type === 'StockReserved'
            ? { type, data: { ...line(5, 2), orderId: 'next-1', quantity: 1, expiresAt, reservedAt: moment } }
            : { type, data: { ...line(5, 1), orderId: 'next-1', quantity: 0, expiresAt, releasedAt: moment } }
        const over = [reserved('over-1', 3, 5, 3), released('over-1', 3, 5, 0)]
        const state = given(received(5), ...over, reserved('held-1', 1, 5, 1), next).state()
        return state.status === 'tracked' ? Object.values(state.holds).flatMap(Object.keys).sort() : []
      }
      expect(after('2026-01-01T01:15:00.000Z')).toEqual(['held-1', 'next-1', 'over-1'])
      expect(after('2026-01-01T01:15:00.001Z')).toEqual(['held-1', 'next-1'])
    },
  )
})

describe('shipping', () => {
  const held = [received(5), reserved('o1', 3, 5, 3)]
  it('takes pieces from the shelf and from the reservation', () =>
    given(...held)
      .when(commit('o1', 's1', 2))
      .then(shipped('o1', 's1', 2, 3, 1)))
  it('happens once per shipment', () => {
    given(...held, shipped('o1', 's1', 2, 3, 1))
      .when(commit('o1', 's1', 2))
      .then()
    given(...held, shipped('o1', 's1', 3, 2, 0))
      .when(commit('o1', 's1', 3))
      .then()
  })
  it('can go on with the rest', () =>
    given(...held, shipped('o1', 's1', 2, 3, 1))
      .when(commit('o1', 's2', 1))
      .then(shipped('o1', 's2', 1, 2, 0)))
  it('cannot take more than is held', () => {
    given(...held)
      .when(commit('o1', 's1', 4))
      .thenRejected('STOCK.NOT_RESERVED')
    given(...held, shipped('o1', 's1', 2, 3, 1))
      .when(commit('o1', 's2', 2))
      .thenRejected('STOCK.NOT_RESERVED')
    given(...held)
      .when(commit('o2', 's1', 1))
      .thenRejected('STOCK.NOT_RESERVED')
  })
  it('leaves the rest to be released', () =>
    given(...held, shipped('o1', 's1', 2, 3, 1))
      .when(release('o1'))
      .then(released('o1', 1, 3, 0)))
  it('closes the order for this SKU when all is shipped', () => {
    const gone = [...held, shipped('o1', 's1', 3, 2, 0)]
    given(...gone)
      .when(release('o1'))
      .then()
    given(...gone)
      .when(reserve('o1', 1))
      .thenRejected('STOCK.ORDER_CLOSED')
  })
})

describe('restocking', () => {
  const gone = [received(5), reserved('o1', 3, 5, 3), shipped('o1', 's1', 3, 2, 0)]
  it('puts pieces back', () =>
    given(...gone)
      .when(restock('o1', 'r1', 2))
      .then(restocked('o1', 'r1', 2, 4)))
  it('happens once per return', () =>
    given(...gone, restocked('o1', 'r1', 2, 4))
      .when(restock('o1', 'r1', 2))
      .then())
  it('has the same bound as a delivery', () =>
    given(received(MAX_ON_HAND))
      .when(restock('o1', 'r1', 1))
      .thenRejected('STOCK.TOO_MUCH'))
})

describe('the low-stock alarm', () => {
  const threshold: StockEvent = { type: 'LowStockThresholdSet', data: { ...line(5, 0), threshold: 2 } }
  const set = (value: number | null): StockCommand => ({
    type: 'setLowStockThreshold',
    data: { ...key, threshold: value },
  })
  it('is set, changed and switched off', () => {
    given(received(5)).when(set(2)).then(threshold)
    given(received(5), threshold).when(set(2)).then()
    given(received(5), threshold)
      .when(set(null))
      .then({ type: 'LowStockThresholdSet', data: { ...line(5, 0), threshold: null } })
  })
  it.each([-1, 1.5, 1_000_001])('is not set to %d', value =>
    given(received(5)).when(set(value)).thenRejected('STOCK.INVALID_THRESHOLD', ['threshold']),
  )
  it('goes off when what is available falls to the threshold', () =>
    given(received(5), threshold)
      .when(reserve('o1', 3))
      .then(reserved('o1', 3, 5, 3), { type: 'LowStockReached', data: { ...line(5, 3), threshold: 2 } }))
  it('stays silent above, and once it has gone off', () => {
    given(received(5), threshold)
      .when(reserve('o1', 2))
      .then(reserved('o1', 2, 5, 2))
    given(received(5), threshold, reserved('o1', 3, 5, 3))
      .when(reserve('o2', 1))
      .then(reserved('o2', 1, 5, 4))
  })
})
