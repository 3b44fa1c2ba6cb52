import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  act,
  customer,
  GET,
  inStatus,
  merchandiser,
  openShop,
  parcel,
  placed,
  type Shop,
  stranger,
  support,
} from './testing/shop.ts'

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop[Symbol.asyncDispose]())

describe('other people’s orders', () => {
  const code = (errors?: readonly { extensions?: Record<string, unknown> }[]) => errors?.[0]?.extensions?.['code']

  it('cannot be read', async () => {
    const id = await placed(shop)
    const { data, errors } = await shop.client.query(GET, { id }, { viewer: stranger })
    expect(data.order).toBeNull()
    expect(code(errors)).toBe('FORBIDDEN')
  })

  it('cannot be cancelled, shipped, delivered or returned', async () => {
    const id = await placed(shop)
    const before = (await shop.ports.store.readStream(`order.Order-${id}`)).length
    for (const [name, input] of [
      ['cancelOrder', {}],
      ['shipOrder', parcel],
      ['markDelivered', {}],
      ['requestReturn', { lines: [{ sku: 'MUG-1', quantity: 1 }] }],
      ['approveReturn', { returnId: id }],
      ['declineReturn', { returnId: id }],
      ['receiveReturn', { returnId: id }],
    ] as const)
      expect(code((await act(shop, name, { orderId: id, ...input }, stranger)).errors)).toBe('FORBIDDEN')
    await inStatus(shop, id, 'CONFIRMED')
    const after = await shop.ports.store.readStream(`order.Order-${id}`)
    expect(after.slice(before).map(({ type }) => type)).toEqual(
      ['OrderPaymentAwaited', 'OrderConfirmed'].slice(before - 1),
    )
  })

  it.each(['', 'nonsense', '018f0000-0000-7000-8000-00000000dead', `a\u0000b`, 'x'.repeat(10_240)])(
    'unknown ones (%#) are not found',
    async orderId => {
      for (const name of ['cancelOrder', 'markDelivered'])
        expect(await act(shop, name, { orderId }, support)).toMatchObject({
          order: null,
          userErrors: [{ code: 'ORDER.NOT_FOUND', field: ['orderId'] }],
        })
      expect((await shop.client.query(GET, { id: orderId })).data).toEqual({ order: null })
      expect((await shop.ports.store.readLog('', 10)).events).toEqual([])
    },
  )
})

describe('what an order refuses', () => {
  const refused = async (name: string, input: Record<string, unknown>, viewer = merchandiser) =>
    (await act(shop, name, input, viewer)).userErrors

  it('says why', async () => {
    const id = await placed(shop)
    await inStatus(shop, id, 'CONFIRMED')
    const bad = (change: Record<string, unknown>) => refused('shipOrder', { orderId: id, ...parcel, ...change })
    expect(await bad({ carrier: '' })).toEqual([{ code: 'TEXT.INVALID', field: ['carrier'] }])
    expect(await bad({ trackingNumber: 'a\u0000' })).toEqual([{ code: 'TEXT.INVALID', field: ['trackingNumber'] }])
    expect(await bad({ lines: [] })).toEqual([{ code: 'ORDER.NOTHING_TO_SHIP', field: ['lines'] }])
    expect(await bad({ lines: [{ sku: 'MUG-1', quantity: 0 }] })).toEqual([
      { code: 'QUANTITY.OUT_OF_RANGE', field: ['lines', '0', 'quantity'] },
    ])
    expect(await bad({ lines: [{ sku: 'MUG-1', quantity: 3 }] })).toEqual([
      { code: 'ORDER.MORE_THAN_ORDERED', field: ['lines', '0', 'quantity'] },
    ])
    expect(await bad({ lines: [{ sku: 'x\u0000', quantity: 1 }] })).toEqual([
      { code: 'ORDER.NOT_ON_ORDER', field: ['lines', '0', 'sku'] },
    ])
    expect(await refused('markDelivered', { orderId: id })).toEqual([{ code: 'ORDER.NOT_SHIPPED', field: null }])
    expect(await refused('cancelOrder', { orderId: id, reason: 'x'.repeat(501) }, customer)).toEqual([
      { code: 'TEXT.INVALID', field: ['reason'] },
    ])
    expect(await refused('requestReturn', { orderId: id, lines: [{ sku: 'MUG-1', quantity: 1 }] }, customer)).toEqual([
      { code: 'RETURN.NOT_DELIVERED', field: null },
    ])
    expect(await refused('cancelOrder', { orderId: id }, customer)).toEqual([])
    expect(await refused('cancelOrder', { orderId: id }, customer)).toEqual([
      { code: 'ORDER.ALREADY_CANCELLED', field: null },
    ])
    expect(await bad({})).toEqual([{ code: 'ORDER.ALREADY_CANCELLED', field: null }])
  })
})
