import type { Answer } from '@mercato/adapters/testing/subgraph-client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  act,
  customer,
  inStatus,
  merchandiser,
  openShop,
  placed,
  placeOrder,
  type Shop,
  stranger,
  support,
} from './testing/shop.ts'

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop[Symbol.asyncDispose]())

const ONE = /* GraphQL */ `subscription One($id: ID!, $after: String) { orderChanged(id: $id, after: $after) { cursor type at order { id status version shipments { carrier } } } }`
const MINE = /* GraphQL */ `subscription Mine($after: String) { myOrdersChanged(after: $after) { cursor type order { id status } } }`
const codeOf = (answer: Answer | undefined) => answer?.errors?.[0]?.extensions?.['code']

const take = async (stream: AsyncGenerator<Answer>, count: number): Promise<Answer[]> => {
  const items: Answer[] = []
  for await (const item of stream) {
    items.push(item)
    if (items.length === count) break
  }
  return items
}
const changes = (items: Answer[]) => items.map(({ data }) => data.orderChanged ?? data.myOrdersChanged)

describe('a live order', () => {
  it('is followed from the moment it was placed to its delivery, each event with the order as it left it', async () => {
    const { data } = await placeOrder(shop)
    const { id, cursor } = data.placeOrder.order
    const live = await shop.client.listen(ONE, { id, after: cursor })
    const ship = inStatus(shop, id, 'CONFIRMED')
      .then(() => act(shop, 'shipOrder', { orderId: id, carrier: 'DHL', trackingNumber: '1' }, merchandiser))
      .then(() => act(shop, 'markDelivered', { orderId: id }, merchandiser))
    const seen = changes(await take(live, 4))
    await ship
    expect(seen.map(({ type, order }) => [type, order.status, order.version])).toEqual([
      ['OrderPaymentAwaited', 'AWAITING_PAYMENT', 2],
      ['OrderConfirmed', 'CONFIRMED', 3],
      ['OrderShipped', 'SHIPPED', 4],
      ['OrderDelivered', 'DELIVERED', 5],
    ])
  })

  it('resumes after any event without a gap or a repeat', async () => {
    const { data } = await placeOrder(shop)
    const { id, cursor } = data.placeOrder.order
    await inStatus(shop, id, 'CONFIRMED')
    await act(shop, 'cancelOrder', { orderId: id })
    const all = changes(await take(await shop.client.listen(ONE, { id, after: cursor }), 3))
    for (const [index, { cursor: after }] of all.slice(0, -1).entries()) {
      const rest = changes(await take(await shop.client.listen(ONE, { id, after }), all.length - index - 1))
      expect(rest).toEqual(all.slice(index + 1))
    }
  })

  it('without a cursor shows only what happens from now on', async () => {
    const id = await placed(shop)
    await inStatus(shop, id, 'CONFIRMED')
    const live = await shop.client.listen(ONE, { id })
    await act(shop, 'cancelOrder', { orderId: id })
    expect(changes(await take(live, 1))[0]).toMatchObject({ type: 'OrderCancelled' })
  })

  it('is shown to support, and to nobody else', async () => {
    const id = await placed(shop)
    await inStatus(shop, id, 'CONFIRMED')
    const live = await shop.client.listen(ONE, { id }, { viewer: support })
    const [refusal] = await take(await shop.client.listen(ONE, { id }, { viewer: stranger }), 1)
    expect(codeOf(refusal)).toBe('FORBIDDEN')
    await act(shop, 'cancelOrder', { orderId: id })
    expect(changes(await take(live, 1))[0]).toMatchObject({ order: { status: 'CANCELLED' } })
  })

  it('that does not exist ends at once', async () =>
    expect(await take(await shop.client.listen(ONE, { id: 'nonsense' }), 1)).toEqual([]))

  it('refuses cursors that are tampered with, another viewer’s, another order’s, or none', async () => {
    const { data } = await placeOrder(shop)
    const { id, cursor } = data.placeOrder.order
    const other = await placed(shop)
    const [position = '', signature = ''] = cursor.split('.')
    const attempts: [Record<string, unknown>, typeof customer][] = [
      [{ id, after: 'nonsense' }, customer],
      [
        { id, after: `${position}.${signature.replace(/^./, (first: string) => (first === 'A' ? 'B' : 'A'))}` },
        customer,
      ],
      [{ id, after: `x${cursor}` }, customer],
      [{ id, after: 'x'.repeat(10_240) }, customer],
      [{ id, after: cursor }, support],
      [{ id: other, after: cursor }, customer],
    ]
    for (const [variables, viewer] of attempts) {
      const [refusal] = await take(await shop.client.listen(ONE, variables, { viewer }), 1)
      expect(codeOf(refusal)).toBe('CURSOR_EXPIRED')
    }
  })
})

describe('all of one’s orders', () => {
  it('are followed, and nobody else’s', async () => {
    const live = await shop.client.listen(MINE)
    const strangers = await shop.client.listen(MINE, {}, { viewer: stranger })
    const first = await placed(shop)
    await inStatus(shop, first, 'CONFIRMED')
    const theirs: string = (await placeOrder(shop, {}, stranger)).data.placeOrder.order.id
    expect(changes(await take(live, 3)).map(({ type, order }) => [type, order.id])).toEqual(
      ['OrderPlaced', 'OrderPaymentAwaited', 'OrderConfirmed'].map(type => [type, first]),
    )
    expect(changes(await take(strangers, 1))[0].order.id).toBe(theirs)
  })

  it('resume after a cursor', async () => {
    const live = await shop.client.listen(MINE)
    const id = await placed(shop)
    const [first] = changes(await take(live, 1))
    await inStatus(shop, id, 'CONFIRMED')
    const rest = changes(await take(await shop.client.listen(MINE, { after: first.cursor }), 2))
    expect(rest.map(({ type }) => type)).toEqual(['OrderPaymentAwaited', 'OrderConfirmed'])
  })

  it('need somebody signed in', async () => {
    const [refusal] = await take(await shop.client.listen(MINE, {}, { viewer: { consumer: 'frontend' } }), 1)
    expect(codeOf(refusal)).toBe('UNAUTHENTICATED')
  })
})
