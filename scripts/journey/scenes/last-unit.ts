import { type Basket, fillCart, find, tryToCheckOut, type WatchedOrder } from '../buying.ts'
import { check, same } from '../expectations.ts'
import type { Person } from '../people.ts'
import type { Product, WholeOrder } from '../shapes.ts'
import type { Shelf } from '../warehouse.ts'

interface Runner {
  readonly buyer: Person
  readonly basket: Basket
  readonly order?: WatchedOrder
  readonly refusal?: string
}

/** Two reach for the last piece at the same moment; one gets it. Expects 1 on the shelf, leaves 1 reserved. */
export const lastUnit = async (buyers: readonly [Person, Person], shelf: Shelf): Promise<void> => {
  const ready = await Promise.all(
    buyers.map(async buyer => ({
      buyer,
      basket: await fillCart(buyer, await find(buyer, shelf.product.name), 1, 'tok_approved'),
    })),
  )
  const ends = await Promise.all(
    ready.map(async ({ buyer, basket }): Promise<Runner> => {
      const order = await tryToCheckOut(buyer, basket)
      if (typeof order === 'string') return { buyer, basket, refusal: order }
      const { order: end } = await order.told.next(
        'the order to be confirmed or rejected',
        ({ type }) => type === 'OrderConfirmed' || type === 'OrderRejected',
      )
      return end.status === 'CONFIRMED'
        ? { buyer, basket, order }
        : { buyer, basket, order, refusal: end.statusReason ?? 'no reason at all' }
    }),
  )
  const winner = ends.find(({ refusal }) => refusal === undefined)
  const loser = ends.find(({ refusal }) => refusal !== undefined)
  check(
    winner !== undefined && loser !== undefined,
    'One of two should get the last piece.',
    ends.map(end => end.refusal ?? 'CONFIRMED'),
  )
  winner.buyer.tells('gets the last one')
  check(/(^|\.)OUT_OF_STOCK$/.test(loser.refusal ?? ''), 'The other should be told that it is gone.', loser.refusal)
  loser.buyer.tells(`finds the last one gone (${loser.refusal})`)
  await shelf.shows(1, 1, 'one is promised, never two')
  if (loser.order) await paidNothing(loser.buyer, loser.order)
  await soldOut(loser.buyer, shelf.product, loser.basket)
}

/** Payment is asked for only once the stock is there. */
const paidNothing = async ({ client }: Person, { id }: WatchedOrder): Promise<void> => {
  const { order } = await client.ask<{ readonly order: WholeOrder }>('across/order-across-contexts', { id })
  same([order.payment, order.invoices], [null, []], 'What an order without stock costs')
}

/** Whoever looks now finds it gone, and cannot order it. */
const soldOut = async (buyer: Person, { id, sku }: Product, { paymentMethodId }: Basket): Promise<void> => {
  await buyer.client.eventually(`${sku} to be shown as sold out`, async () => {
    const { product } = await buyer.client.ask<{ readonly product: Product }>('inventory/product', { sku })
    return product.stock.inStock ? undefined : product
  })
  await buyer.client.tell('order/clear-cart', {})
  await buyer.client.tell('order/add-to-cart', { productId: id, quantity: 1 })
  const order = await tryToCheckOut(buyer, { paymentMethodId })
  same(order, 'ORDER.OUT_OF_STOCK', 'Ordering what is sold out')
  buyer.tells(`looks again: sold out, and it cannot be ordered (${order})`)
}
