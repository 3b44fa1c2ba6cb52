import { createMemoryKeyVault } from '@mercato/adapters/key-vault/memory'
import { type IntegrationEvent, integrationTopic } from '@mercato/shared-kernel/application'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  act,
  address,
  customer,
  eventually,
  GET,
  inStatus,
  MUG,
  merchandiser,
  openShop,
  placed,
  placeOrder,
  type Shop,
  support,
} from './testing/shop.ts'

const customerId = customer.user?.id ?? ''

let shop: Shop
let sequence: number
beforeEach(async () => {
  shop = await openShop()
  sequence = 0
})
afterEach(() => shop[Symbol.asyncDispose]())

const erase = async (): Promise<void> => {
  const streamId = `user.User-${customerId}`
  const id = shop.ports.ids.next()
  const at = shop.clock.now().toISOString()
  const event: IntegrationEvent = {
    id,
    type: 'user.UserErased',
    version: 1,
    sequence: sequence++,
    streamId,
    revision: sequence,
    occurredAt: at,
    actor: { kind: 'user', id: customerId },
    correlationId: 'erase me',
    commandId: id,
    data: { userId: customerId, at },
  }
  await shop.ports.bus.publish(integrationTopic('user'), [
    { key: streamId, id, value: event, headers: {}, position: '' },
  ])
}
const gone = () => eventually(async () => ((await shop.ports.vault.find(customerId)) === undefined ? true : undefined))
const seen = async (id: string) => (await shop.client.query(GET, { id }, { viewer: support })).data.order
const ship = (orderId: string, lines?: unknown) =>
  act(shop, 'shipOrder', { orderId, carrier: 'DHL', trackingNumber: '1Z', ...(lines ? { lines } : {}) }, merchandiser)

describe('a customer who is erased', () => {
  it('is unreadable in what they ordered; what it cost stays', async () => {
    const id = await placed(shop, { shippingAddress: { ...address, line1: 'Canary Lane 7' }, billingAddress: address })
    await inStatus(shop, id, 'CONFIRMED')
    await ship(id)
    const before = await inStatus(shop, id, 'SHIPPED')
    expect(before.shippingAddress.line1).toBe('Canary Lane 7')
    await erase()
    await gone()
    const after = await seen(id)
    expect(after).toEqual({
      ...before,
      shippingAddress: {
        ...before.shippingAddress,
        name: 'Erased',
        line1: 'Erased',
        city: 'Erased',
        postalCode: '-',
        country: 'ZZ',
      },
      billingAddress: { name: 'Erased' },
    })
    expect(after.totals.grandTotal.amount).toBe(before.totals.grandTotal.amount)
  })

  it('gets nothing that was not shipped: it is cancelled, and given back', async () => {
    const waiting = await placed(shop, { lines: [{ productId: MUG, quantity: 1 }] })
    await inStatus(shop, waiting, 'CONFIRMED')
    const partly = await placed(shop)
    await inStatus(shop, partly, 'CONFIRMED')
    await ship(partly, [{ sku: 'PEN-1', quantity: 1 }])
    await inStatus(shop, partly, 'PARTLY_SHIPPED')
    await erase()
    expect(await inStatus(shop, waiting, 'CANCELLED')).toMatchObject({ statusReason: 'CUSTOMER_ERASED' })
    const cut = await inStatus(shop, partly, 'SHIPPED')
    expect(cut.lines.map((line: { cancelledQuantity: number }) => line.cancelledQuantity)).toEqual([2, 0])
    await eventually(() =>
      shop.published.filter(({ type }) => type === 'order.StockReleaseRequested').length === 2 ? true : undefined,
    )
    const stored = await shop.ports.store.readStream(`order.Order-${waiting}`)
    expect(stored.at(-1)).toMatchObject({ type: 'OrderCancelled', actor: { kind: 'system', id: 'erasure' } })
  })

  it('can buy nothing more while an old token lives', async () => {
    await erase()
    await gone()
    const { data } = await placeOrder(shop)
    expect(data.placeOrder).toMatchObject({ order: null, userErrors: [{ code: 'CUSTOMER.ERASED' }] })
    const ADD = 'mutation ($input: AddToCartInput!) { addToCart(input: $input) { userErrors { code } } }'
    const added = await shop.client.query(ADD, { input: { productId: MUG, quantity: 1 } })
    expect(added.data.addToCart.userErrors).toEqual([{ code: 'CUSTOMER.ERASED' }])
    const events = (await shop.ports.store.readLog('', 100)).events.map(({ type }) => type)
    expect(events).toEqual(['CartClosed'])
  })

  it('is erased once, however often that is said', async () => {
    await placed(shop)
    await erase()
    await gone()
    await erase()
    const inbox = `inbox/order.from-user/user.User-${customerId}`
    await eventually(async () => ((await shop.ports.checkpoints.load(inbox)) === '1' ? true : undefined))
    const cart = await shop.ports.store.readStream(`order.Cart-${customerId}`)
    expect(cart.map(({ type }) => type)).toEqual(['CartClosed'])
  })

  it('does not stop others from working on what is left: what they note is not kept', async () => {
    const id = await placed(shop)
    await inStatus(shop, id, 'CONFIRMED')
    await ship(id)
    await act(shop, 'markDelivered', { orderId: id }, merchandiser)
    await erase()
    await gone()
    const lines = [{ sku: 'MUG-1', quantity: 1 }]
    const asked = await act(shop, 'requestReturn', { orderId: id, lines, reason: 'canary called' }, support)
    expect(asked.userErrors).toEqual([])
    const stored = await shop.ports.store.readStream(`order.Order-${id}`)
    expect(stored.at(-1)).toMatchObject({ type: 'ReturnRequested', data: { note: 'Erased' } })
    expect(JSON.stringify(stored)).not.toContain('canary')
  })

  it('does not get an order whose cart was checked out at that very moment', async () => {
    await using vault = createMemoryKeyVault()
    let sealed = 0
    const erasedMeanwhile = {
      ...vault,
      keyFor: async (subjectId: string) => {
        // The first is the cart's event, the second the order's: in between, the customer is erased.
        if (++sealed === 2) {
          await erase()
          await gone()
        }
        return vault.keyFor(subjectId)
      },
    }
    await shop[Symbol.asyncDispose]()
    shop = await openShop({ ports: { vault: erasedMeanwhile } })
    const ADD = 'mutation ($input: AddToCartInput!) { addToCart(input: $input) { userErrors { code } } }'
    await shop.client.query(ADD, { input: { productId: MUG, quantity: 1 } })
    const CHECKOUT =
      'mutation ($input: CheckoutInput!) { checkout(input: $input) { order { id } userErrors { code } } }'
    const input = { paymentMethodId: '0198c0de-0000-7000-8000-000000000001', shippingAddress: address }
    const { data } = await shop.client.query(CHECKOUT, { input })
    const order = await inStatus(shop, data.checkout.order.id, 'CANCELLED')
    expect(order).toMatchObject({ statusReason: 'CUSTOMER_ERASED', shippingAddress: { name: 'Erased' } })
  })
})
