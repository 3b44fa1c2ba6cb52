import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import { confirmed, delivered, mugs as mug, pen, placed, shipped, shippedAll, shippedPen } from './order.fixture.ts'
import { type OrderCommand, order } from './order.ts'
import type { OrderEvent } from './order-events.ts'
import { type FulfilledLine, type SkuQuantity, sumPerSku, toReturn, toShip, valueOfReturn } from './order-lines.ts'
import { draft, eur, fact, later, mugs, now, pens } from './samples.fixture.ts'
import { isUuid, parseLine } from './text.ts'

const { given } = specFor(order)
const done = [placed, confirmed, shippedAll, delivered]

describe('an order', () => {
  it('is placed with nothing shipped and nothing returned', () => {
    const { shippingAddress: _, at, ...known } = draft
    expect(given(placed).state()).toStrictEqual({
      ...known,
      status: 'pending',
      lines: [mugs, pens].map(line => ({ ...line, shipped: 0, cancelled: 0, returning: 0 })),
      placedAt: at,
      shipments: [],
      returns: [],
      timeline: [{ event: 'OrderPlaced', at }],
    })
  })
  it('does not exist before it is placed, whatever else is told of it', () =>
    expect(given(confirmed, delivered).state()).toStrictEqual({ status: 'none' }))
  it('remembers its parcels', () => {
    const parcel = { carrier: 'DHL', trackingNumber: '1Z', at: now }
    expect(given(placed, confirmed, shippedPen, shipped([mug(3)], 3_571, true, 's2')).state()).toMatchObject({
      shipments: [
        { ...parcel, shipmentId: 's1', lines: [pen], amount: eur(714) },
        { ...parcel, shipmentId: 's2', lines: [mug(3)], amount: eur(3_571) },
      ],
    })
  })
  it('is cancelled without a word, when nothing is said', () =>
    given(placed)
      .when({ type: 'CancelOrder', data: { by: 'customer', reason: 'CUSTOMER_REQUEST', now } })
      .then({ type: 'OrderCancelled', data: { ...fact, by: 'customer', reason: 'CUSTOMER_REQUEST' } }))
})

describe('the pieces of a line', () => {
  const line: FulfilledLine = { ...mugs, quantity: 10, shipped: 4, cancelled: 3, returning: 1 }
  it('may be shipped unless they have left or were cancelled', () => expect(toShip(line)).toBe(3))
  it('may be returned if they have left and are not on their way back', () => expect(toReturn(line)).toBe(3))
  it('are worth nothing when the line is not there', () =>
    expect(valueOfReturn([line], [{ sku: 'CUP', quantity: 1 }], () => 0)).toEqual([]))
  it('are summed in the order of their codes, whatever they come in', () =>
    expect(sumPerSku(['C', 'A', 'B', 'A'].map(sku => ({ sku, quantity: 1 })))).toEqual([
      { sku: 'A', quantity: 2 },
      { sku: 'B', quantity: 1 },
      { sku: 'C', quantity: 1 },
    ]))
})

describe('a return', () => {
  const windowMs = 30 * 86_400_000
  const request = (lines: readonly SkuQuantity[], more: { note?: string; at?: string } = {}): OrderCommand => ({
    type: 'RequestReturn',
    data: { returnId: 'r1', lines, windowMs, now: more.at ?? later, ...(more.note ? { note: more.note } : {}) },
  })
  const requested = (returnId: string, lines: readonly SkuQuantity[]): OrderEvent => ({
    type: 'ReturnRequested',
    data: { ...fact, at: later, returnId, lines },
  })
  const approved = (returnId: string): OrderEvent => ({
    type: 'ReturnApproved',
    data: { ...fact, at: later, returnId },
  })
  const declined = (returnId: string): OrderEvent => ({
    type: 'ReturnDeclined',
    data: { ...fact, at: later, returnId },
  })
  const received = (returnId: string, lines: readonly SkuQuantity[], amount: number): OrderEvent => ({
    type: 'ReturnReceived',
    data: { ...fact, at: later, returnId, lines, amount: eur(amount) },
  })
  const returned = (returnId: string, lines: readonly SkuQuantity[], amount: number) => [
    requested(returnId, lines),
    approved(returnId),
    received(returnId, lines, amount),
  ]
  const receive = (returnId: string): OrderCommand => ({ type: 'ReceiveReturn', data: { returnId, now: later } })

  it('keeps what the customer says', () =>
    given(...done)
      .when(request([pen], { note: 'It leaks.' }))
      .then({ type: 'ReturnRequested', data: { ...fact, at: later, returnId: 'r1', lines: [pen], note: 'It leaks.' } }))
  it('may be asked for until the last moment of the window', () => {
    const last = '2026-03-31T12:00:00.000Z'
    given(...done)
      .when(request([pen], { at: last }))
      .then({ type: 'ReturnRequested', data: { ...fact, at: last, returnId: 'r1', lines: [pen] } })
    given(...done)
      .when(request([pen], { at: '2026-03-31T12:00:00.001Z' }))
      .thenRejected('RETURN.WINDOW_CLOSED')
  })
  it('names the line that is wrong', () => {
    given(...done)
      .when(request([pen, { sku: 'CUP', quantity: 1 }]))
      .thenRejected('ORDER.NOT_ON_ORDER', ['lines', '1', 'sku'])
    given(...done)
      .when(request([mug(1), { sku: 'PEN-1', quantity: 2 }]))
      .thenRejected('RETURN.MORE_THAN_SHIPPED', ['lines', '1', 'quantity'])
    given(...done)
      .when(request([mug(2), mug(2)]))
      .thenRejected('RETURN.MORE_THAN_SHIPPED', ['lines', '0', 'quantity'])
  })
  it('pays for the third piece what the first two left over', () => {
    const first = returned('r1', [mug(1)], 1_190)
    const second = returned('r2', [mug(1)], 1_190)
    given(...done, ...first, requested('r2', [mug(1)]), approved('r2'))
      .when(receive('r2'))
      .then(received('r2', [mug(1)], 1_190))
    given(...done, ...first, ...second, requested('r3', [mug(1)]), approved('r3'))
      .when(receive('r3'))
      .then(received('r3', [mug(1)], 1_191))
  })
  it('pays for a piece whatever came back of other products', () =>
    given(
      ...done,
      ...returned('r1', [pen], 119),
      ...returned('r2', [mug(1)], 1_190),
      requested('r3', [mug(1)]),
      approved('r3'),
    )
      .when(receive('r3'))
      .then(received('r3', [mug(1)], 1_190)))
  it('that is declined frees its own pieces, and no others', () =>
    expect(given(...done, requested('r1', [mug(2)]), requested('r2', [pen]), declined('r2')).state()).toMatchObject({
      lines: [{ returning: 2 }, { returning: 0 }],
      returns: [
        { returnId: 'r1', status: 'requested', lines: [mug(2)], requestedAt: later },
        { returnId: 'r2', status: 'declined' },
      ],
    }))
  it('that nobody knows of changes nothing when it is declined', () =>
    expect(given(...done, requested('r1', [pen]), declined('r9')).state()).toMatchObject({
      lines: [{ returning: 0 }, { returning: 1 }],
      returns: [{ returnId: 'r1', status: 'requested' }],
    }))
})

describe('text from outside', () => {
  it('has 1 to so many characters, and is trimmed only where that is quick', () => {
    const fits = (text: string) => parseLine(text, [], 3).ok
    expect(['a', 'abc', 'abcd', `${' '.repeat(9)}abc`, `${' '.repeat(10)}abc`].map(fits)).toEqual([
      true,
      true,
      false,
      true,
      false,
    ])
  })
  it('is a UUID as a whole or not at all', () => {
    const id = '018f0000-0000-7000-8000-0000000000aa'
    expect([id, `x${id}`, `${id}x`, ` ${id}`].map(isUuid)).toEqual([true, false, false, false])
  })
})
