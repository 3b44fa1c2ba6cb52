import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventually, inStatus, openShop, placed, type Shop } from './testing/shop.ts'

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop[Symbol.asyncDispose]())

const saga = async (orderId: string) =>
  (await shop.ports.store.readStream(`order.Saga-${orderId}`)).map(({ type }) => type)
const dead = '018f0000-0000-7000-8000-00000000dead'

describe('answers that nobody asked for', () => {
  it('about an order that does not exist leave nothing behind', async () => {
    await shop.publish('inventory', 'StockReserved', { orderId: dead, expiresAt: '2026-01-01T00:15:00Z' })
    await shop.publish('payment', 'PaymentCaptured', {
      orderId: dead,
      captureId: 'c',
      amount: { amount: 1, currency: 'EUR' },
    })
    await shop.publish('payment', 'PaymentVoided', { orderId: dead })
    const id = await placed(shop)
    await inStatus(shop, id, 'CONFIRMED')
    expect(await saga(dead)).toEqual([])
  })

  it('of unknown types are skipped', async () => {
    const id = await placed(shop)
    await shop.publish('payment', 'SomethingNew', { orderId: id })
    await inStatus(shop, id, 'CONFIRMED')
    expect(await shop.ports.parked.list({ limit: 10 })).toEqual([])
  })

  it.each([
    ['StockReserved', { expiresAt: 'tomorrow' }],
    ['StockReserved', {}],
    ['StockShipped', { shipmentId: 7 }],
  ])('that break the contract are parked with their cause, others go on (%s %j)', async (type, data) => {
    await shop.publish('inventory', type, { orderId: dead, ...data })
    const [parked] = await eventually(async () => {
      const found = await shop.ports.parked.list({ group: 'order.from-inventory', limit: 10 })
      return found.length > 0 ? found : undefined
    })
    expect(parked).toMatchObject({ key: `inventory.Answers-${dead}`, cause: expect.stringContaining('TypeError') })
    const id = await placed(shop)
    await inStatus(shop, id, 'CONFIRMED')
  })

  it('with money of an unknown kind are parked', async () => {
    await shop.publish('payment', 'PaymentCaptured', {
      orderId: dead,
      captureId: 'c',
      amount: { amount: 1.5, currency: 'XXX' },
    })
    await eventually(async () => ((await shop.ports.parked.list({ limit: 1 })).length > 0 ? true : undefined))
  })
})
