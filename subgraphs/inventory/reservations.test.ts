import { describe, expect, it } from 'vitest'
import { createInventorySubgraph } from './composition.ts'
import { eventually, openShop, SECRET, type Shop } from './testing.ts'
import { violations } from './testing-ledger.ts'

const EXPIRES_MS = 15 * 60_000
const one = (sku: string, quantity = 1) => [{ sku, quantity }]

const available = async ({ inventory }: Shop, sku: string): Promise<number> =>
  (await inventory.quote([{ sku, quantity: 1 }])).lines[0]?.available ?? 0

const reserve = (shop: Shop, orderId: string, lines: readonly { sku: string; quantity: number }[]) => {
  const expiresAt = new Date(shop.clock.now().getTime() + EXPIRES_MS).toISOString()
  return shop.request(orderId, 'StockReservationRequested', { lines, expiresAt })
}

const log = async ({ ports }: Shop) => (await ports.store.readLog('', 5_000)).events

describe('a reservation asked for by the order context', () => {
  it('is granted, confirmed, shipped and restocked, each answer caused by its request', async () => {
    await using shop = await openShop()
    await shop.stocked('A', 10)
    await shop.stocked('B', 10)
    const order = shop.ports.ids.next()
    const request = await reserve(shop, order, [...one('B', 2), ...one('A', 1), ...one('B', 1)])
    expect(await shop.answerTo(request)).toMatchObject({
      type: 'inventory.StockReserved',
      data: { orderId: order, expiresAt: '2026-01-01T00:15:00.000Z' },
      correlationId: `correlation of ${order}`,
    })
    expect([await available(shop, 'A'), await available(shop, 'B')]).toEqual([9, 7])

    const confirm = await shop.request(order, 'ReservationConfirmationRequested')
    expect((await shop.answerTo(confirm)).type).toBe('inventory.ReservationConfirmed')

    const ship = await shop.request(order, 'StockShipmentRequested', { shipmentId: 's1', lines: one('B', 2) })
    expect(await shop.answerTo(ship)).toMatchObject({
      type: 'inventory.StockShipped',
      data: { orderId: order, shipmentId: 's1' },
    })

    const restock = await shop.request(order, 'RestockRequested', { returnId: 'r1', lines: one('B', 1) })
    expect(await shop.answerTo(restock)).toMatchObject({
      type: 'inventory.StockRestocked',
      data: { orderId: order, returnId: 'r1' },
    })
    expect([await available(shop, 'A'), await available(shop, 'B')]).toEqual([9, 8])
    const answers = shop.published.filter(({ streamId }) => streamId === `inventory.Reservation-${order}`)
    expect(answers.map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3])
  })

  it('is refused as a whole when one SKU is short, and what was taken comes back first', async () => {
    await using shop = await openShop()
    await shop.stocked('A', 10)
    await shop.stocked('B', 1)
    const order = shop.ports.ids.next()
    const request = await reserve(shop, order, [...one('A', 4), ...one('B', 2)])
    expect(await shop.answerTo(request)).toMatchObject({
      type: 'inventory.StockRefused',
      data: { orderId: order, sku: 'B', requested: 2, available: 1 },
    })
    expect([await available(shop, 'A'), await available(shop, 'B')]).toEqual([10, 1])
  })

  it('is refused for a SKU nobody knows', async () => {
    await using shop = await openShop()
    const order = shop.ports.ids.next()
    expect(await shop.answerTo(await reserve(shop, order, one('GHOST', 3)))).toMatchObject({
      type: 'inventory.StockRefused',
      data: { sku: 'GHOST', requested: 3, available: 0 },
    })
  })

  it('gives the last unit to one buyer only', async () => {
    await using shop = await openShop()
    await shop.stocked('LAST', 1)
    const requests = await Promise.all([1, 2].map(() => reserve(shop, shop.ports.ids.next(), one('LAST'))))
    const answers = await Promise.all(requests.map(request => shop.answerTo(request)))
    expect(answers.map(({ type }) => type).sort()).toEqual(['inventory.StockRefused', 'inventory.StockReserved'])
  })

  it('is released, and released again without effect', async () => {
    await using shop = await openShop()
    await shop.stocked('A', 3)
    const order = shop.ports.ids.next()
    await shop.answerTo(await reserve(shop, order, one('A', 3)))
    for (const reason of ['PAYMENT_DECLINED', 'CANCELLED']) {
      const release = await shop.request(order, 'StockReleaseRequested', { reason })
      expect(await shop.answerTo(release)).toMatchObject({ type: 'inventory.StockReleased', data: { orderId: order } })
    }
    expect(await available(shop, 'A')).toBe(3)
    const confirm = await shop.request(order, 'ReservationConfirmationRequested')
    expect(await shop.answerTo(confirm)).toMatchObject({
      type: 'inventory.ReservationLost',
      data: { orderId: order, reason: 'RELEASED' },
    })
  })

  it('leaves nothing reserved when the release arrives first', async () => {
    await using shop = await openShop()
    await shop.stocked('A', 3)
    const order = shop.ports.ids.next()
    const release = await shop.request(order, 'StockReleaseRequested', { reason: 'CANCELLED' })
    expect((await shop.answerTo(release)).type).toBe('inventory.StockReleased')
    expect(await shop.answerTo(await reserve(shop, order, one('A')))).toMatchObject({
      type: 'inventory.ReservationLost',
      data: { reason: 'RELEASED' },
    })
    expect(await available(shop, 'A')).toBe(3)
  })

  it('expires when nobody confirms it, and is then lost to the confirmation', async () => {
    await using shop = await openShop()
    await shop.stocked('A', 3)
    const order = shop.ports.ids.next()
    const request = await reserve(shop, order, one('A', 2))
    await shop.answerTo(request)
    await eventually(async () => (await shop.ports.timers.due('reservation-expiry', new Date('2027-01-01'), 1))[0])
    shop.clock.advance(EXPIRES_MS)
    const lost = await eventually(() => shop.published.find(({ type }) => type === 'inventory.ReservationLost'))
    expect(lost).toMatchObject({ data: { orderId: order, reason: 'EXPIRED' }, causationId: request })
    expect(await available(shop, 'A')).toBe(3)
    const confirm = await shop.request(order, 'ReservationConfirmationRequested')
    expect(await shop.answerTo(confirm)).toMatchObject({
      type: 'inventory.ReservationLost',
      data: { reason: 'EXPIRED' },
    })
  })

  it('does not expire once it is confirmed', async () => {
    await using shop = await openShop()
    await shop.stocked('A', 3)
    const order = shop.ports.ids.next()
    await shop.answerTo(await reserve(shop, order, one('A', 2)))
    await shop.answerTo(await shop.request(order, 'ReservationConfirmationRequested'))
    await eventually(async () =>
      (await shop.ports.timers.due('reservation-expiry', new Date('2027-01-01'), 1)).length === 0 ? true : undefined,
    )
    shop.clock.advance(2 * EXPIRES_MS)
    const ship = await shop.request(order, 'StockShipmentRequested', { shipmentId: 's1', lines: one('A', 2) })
    expect((await shop.answerTo(ship)).type).toBe('inventory.StockShipped')
    expect(await available(shop, 'A')).toBe(1)
  })

  it('is over before it begins when the request comes too late', async () => {
    await using shop = await openShop()
    await shop.stocked('A', 3)
    const order = shop.ports.ids.next()
    const data = { lines: one('A'), expiresAt: '2025-12-31T23:59:59.000Z' }
    const answer = await shop.answerTo(await shop.request(order, 'StockReservationRequested', data))
    expect(answer).toMatchObject({ type: 'inventory.ReservationLost', data: { reason: 'EXPIRED' } })
    expect(await available(shop, 'A')).toBe(3)
  })

  it.each([
    ['no lines', { lines: [], expiresAt: '2026-01-01T00:15:00Z' }],
    ['a quantity of zero', { lines: one('A', 0), expiresAt: '2026-01-01T00:15:00Z' }],
    ['a broken quantity', { lines: [{ sku: 'A', quantity: '2' }], expiresAt: '2026-01-01T00:15:00Z' }],
    ['no expiry', { lines: one('A') }],
    ['a broken expiry', { lines: one('A'), expiresAt: 'soon' }],
    ['a broken order id', { orderId: '../../etc', lines: one('A'), expiresAt: '2026-01-01T00:15:00Z' }],
  ])('is parked with %s, and nothing is appended', async (_, data) => {
    await using shop = await openShop()
    const before = await log(shop)
    const order = shop.ports.ids.next()
    const id = await shop.request(order, 'StockReservationRequested', data)
    const parked = await eventually(
      async () => (await shop.ports.parked.list({ group: 'inventory.from-order', limit: 1 }))[0],
    )
    expect(parked).toMatchObject({ id, cause: expect.stringContaining('BAD_USER_INPUT') })
    expect(await log(shop)).toEqual(before)
  })

  it('is parked when a shipment asks for more than is reserved', async () => {
    await using shop = await openShop()
    await shop.stocked('A', 9)
    const order = shop.ports.ids.next()
    await shop.answerTo(await reserve(shop, order, one('A', 2)))
    await shop.answerTo(await shop.request(order, 'ReservationConfirmationRequested'))
    await shop.request(order, 'StockShipmentRequested', { shipmentId: 's1', lines: one('A', 3) })
    const parked = await eventually(
      async () => (await shop.ports.parked.list({ group: 'inventory.from-order', limit: 1 }))[0],
    )
    expect(parked.cause).toContain('RESERVATION.NOT_HELD')
    expect(await available(shop, 'A')).toBe(7)
  })
})

describe('200 buyers for 50 pieces', () => {
  it('makes exactly 50 reservations, with two instances of the context at work', async () => {
    await using shop = await openShop()
    await using other = await createInventorySubgraph({ ...shop.ports, holder: 'other', gatewaySecret: SECRET })
    await other.connect()
    await other.start()
    await shop.stocked('HOT', 50)
    const requests = await Promise.all(
      Array.from({ length: 200 }, () => reserve(shop, shop.ports.ids.next(), one('HOT'))),
    )
    const answers = await Promise.all(requests.map(request => shop.answerTo(request)))
    const kinds = answers.map(({ type }) => type)
    expect(kinds.filter(type => type === 'inventory.StockReserved')).toHaveLength(50)
    expect(kinds.filter(type => type === 'inventory.StockRefused')).toHaveLength(150)
    expect(await available(shop, 'HOT')).toBe(0)
    expect(violations(await log(shop))).toEqual([])
  })
})
