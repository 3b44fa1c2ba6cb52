import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import { mugs, open, pen, ship, shipped, shippedAll, shippedPen, states } from './order.fixture.ts'
import { order } from './order.ts'
import { eur, now, shipBy } from './samples.fixture.ts'

const { given } = specFor(order)
const inState = (name: string) => given(...(states[name] ?? []))
const each = (...names: string[]) => it.each(names)

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
