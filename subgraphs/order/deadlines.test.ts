import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  act,
  eventually,
  inStatus,
  merchandiser,
  openShop,
  parcel,
  placed,
  type Shop,
  typesOf,
} from './testing/shop.ts'

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop[Symbol.asyncDispose]())

describe('deadlines', () => {
  it('cancel an order that is not shipped in time', async () => {
    const id = await placed(shop)
    const { shipBy } = await inStatus(shop, id, 'CONFIRMED')
    shop.clock.set(new Date(shipBy))
    expect(await inStatus(shop, id, 'CANCELLED')).toMatchObject({ statusReason: 'SHIP_BY_PASSED' })
    await eventually(() => (shop.inventory.heldFor(id) === 0 && !shop.payment.holds(id) ? true : undefined))
  })

  it('reject an order to which inventory does not answer, and release what it says late', async () => {
    shop.inventoryListens = false
    const id = await placed(shop)
    await eventually(() => (typesOf(shop, id).includes('order.StockReservationRequested') ? true : undefined))
    shop.clock.advance(31_000)
    expect(await inStatus(shop, id, 'REJECTED')).toMatchObject({ statusReason: 'STOCK_UNANSWERED' })
    await eventually(() => (typesOf(shop, id).includes('order.StockReleaseRequested') ? true : undefined))
    await shop.publish('inventory', 'StockReserved', { orderId: id, expiresAt: '2026-01-01T00:15:00.000Z' })
    await eventually(() =>
      typesOf(shop, id).filter(type => type === 'order.StockReleaseRequested').length > 1 ? true : undefined,
    )
  })

  it('reject an order whose payment is not answered', async () => {
    shop.provider = 'is silent'
    const id = await placed(shop)
    await inStatus(shop, id, 'AWAITING_PAYMENT')
    shop.clock.advance(121_000)
    expect(await inStatus(shop, id, 'REJECTED')).toMatchObject({ statusReason: 'PAYMENT_UNANSWERED' })
  })

  it('take a shipped order for delivered', async () => {
    const id = await placed(shop)
    await inStatus(shop, id, 'CONFIRMED')
    await act(shop, 'shipOrder', { orderId: id, ...parcel }, merchandiser)
    await eventually(() => (shop.payment.capturedOf(id) === 3_142 ? true : undefined))
    shop.clock.advance(14 * 86_400_000)
    await inStatus(shop, id, 'DELIVERED')
  })

  it('can be shortened', async () => {
    await shop[Symbol.asyncDispose]()
    shop = await openShop({ timings: { shipWithinMs: 60_000 } })
    const id = await placed(shop)
    expect(await inStatus(shop, id, 'CONFIRMED')).toMatchObject({ shipBy: '2026-01-01T00:01:00.000Z' })
  })
})
