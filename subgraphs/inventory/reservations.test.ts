import { describe, expect, it } from 'vitest'
import { openShop, type Shop } from './testing.ts'

const FAR = '2026-01-01T00:15:00.000Z'
const one = (sku: string, quantity = 1) => [{ sku, quantity }]

const available = async ({ inventory }: Shop, sku: string): Promise<number> =>
  (await inventory.quote([{ sku, quantity: 1 }])).lines[0]?.available ?? 0

describe('a reservation asked for by the order context', () => {
  it('is granted, confirmed, shipped and restocked, each answer caused by its request', async () => {
    await using shop = await openShop()
    await shop.stocked('A', 10)
    await shop.stocked('B', 10)
    const order = shop.ports.ids.next()
    const reserve = await shop.request(order, 'StockReservationRequested', {
      lines: [...one('B', 2), ...one('A', 1), ...one('B', 1)],
      expiresAt: FAR,
    })
    expect(await shop.answerTo(reserve)).toMatchObject({
      type: 'inventory.StockReserved',
      data: { orderId: order, expiresAt: FAR },
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
})
