import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import {
  cancelled,
  complete,
  confirm,
  confirmed,
  ending,
  expire,
  granted,
  lines,
  open,
  opened,
  release,
  released,
  restock,
  restocked,
  restocking,
  ship,
  shipped,
  shipping,
} from './reservation.fixture.ts'
import { reservationDecider } from './reservation.ts'

const { given } = specFor(reservationDecider)

describe('a confirmed reservation', () => {
  const past = [opened, granted, confirmed]
  it('is not opened again', () =>
    given(...past)
      .when(open('other'))
      .thenRejected('RESERVATION.EXISTS'))
  it('does not expire', () =>
    given(...past)
      .when(expire('2027-01-01T00:00:00.000Z'))
      .then())
  it('is confirmed again to whoever asks again', () =>
    given(...past)
      .when(confirm)
      .then(confirmed))
  it('is released', () =>
    given(...past)
      .when(release)
      .then(ending('q9', cancelled)))
  it('is shipped in parts', () => {
    given(...past)
      .when(ship('s1'))
      .then(shipping('s1'))
    given(...past, shipping('s1'))
      .when(complete('q3'))
      .then(shipped('s1'))
    given(...past, shipping('s1'), shipped('s1'))
      .when(ship('s2'))
      .then(shipping('s2'))
  })
  it('answers again for a shipment that has left', () =>
    given(...past, shipping('s1'), shipped('s1'))
      .when(ship('s1'))
      .then(shipped('s1')))
  it.each([
    ['more than it holds', [{ sku: 'A', quantity: 3 }]],
    ['a SKU it does not hold', [{ sku: 'Z', quantity: 1 }]],
    ['nothing', []],
    ['no pieces', [{ sku: 'A', quantity: 0 }]],
    ['less than nothing', [{ sku: 'A', quantity: -1 }]],
    [
      'a SKU twice',
      [
        { sku: 'A', quantity: 1 },
        { sku: 'A', quantity: 1 },
      ],
    ],
  ])('does not ship %s', (_, of) =>
    given(...past)
      .when(ship('s1', of))
      .thenRejected('RESERVATION.NOT_HELD'),
  )
  it('lets nothing else begin while it ships', () => {
    given(...past, shipping('s1'))
      .when(ship('s2'))
      .thenRejected('RESERVATION.BUSY')
    given(...past, shipping('s1'))
      .when(release)
      .thenRejected('RESERVATION.BUSY')
    given(...past, shipping('s1'))
      .when(confirm)
      .thenRejected('RESERVATION.BUSY')
  })
  it('is not completed by the step of another request', () =>
    given(...past, shipping('s1'))
      .when(complete('q1'))
      .then())
})

describe('a partly shipped reservation', () => {
  const past = [opened, granted, confirmed, shipping('s1', [{ sku: 'A', quantity: 2 }]), shipped('s1')]
  it('does not ship twice what has left', () =>
    given(...past)
      .when(ship('s2'))
      .thenRejected('RESERVATION.NOT_HELD'))
  it('is released as far as it is still held', () => {
    given(...past)
      .when(release)
      .then(ending('q9', cancelled))
    given(...past, ending('q9', cancelled), released)
      .when(ship('s2', [{ sku: 'B', quantity: 1 }]))
      .thenRejected('RESERVATION.NOT_CONFIRMED')
  })
  it('takes back what was shipped, once per return', () => {
    given(...past)
      .when(restock('r1'))
      .then(restocking('r1'))
    given(...past, restocking('r1'))
      .when(complete('q4'))
      .then(restocked('r1'))
    given(...past, restocking('r1'), restocked('r1'))
      .when(restock('r1'))
      .then(restocked('r1'))
  })
  it('takes back no more than was shipped', () => {
    given(...past)
      .when(restock('r1', 3))
      .thenRejected('RESERVATION.NOT_SHIPPED')
    given(...past, restocking('r1', 2), restocked('r1'))
      .when(restock('r2'))
      .thenRejected('RESERVATION.NOT_SHIPPED')
  })
  it('takes back also after the rest was released', () => {
    const over = [...past, ending('q9', cancelled), released]
    given(...over)
      .when(restock('r1'))
      .then(restocking('r1'))
    expect(given(...over, restocking('r1'), restocked('r1')).state()).toMatchObject({ status: 'ended' })
  })
})

describe('a fully shipped reservation', () => {
  const all = shipping('s1', lines)
  it('has nothing left to release, and stays as it is', () => {
    const past = [opened, granted, confirmed, all, shipped('s1')]
    given(...past)
      .when(release)
      .then(released)
    expect(given(...past, released).state()).toMatchObject({ status: 'confirmed' })
  })
})
