import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import { delivered, mugs, open, pen, shippedAll, states } from './order.fixture.ts'
import { type OrderCommand, order } from './order.ts'
import type { OrderEvent } from './order-events.ts'
import type { SkuQuantity } from './order-lines.ts'
import { eur, fact, later } from './samples.fixture.ts'

const { given } = specFor(order)
const inState = (name: string) => given(...(states[name] ?? []))

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
