import { checkOut, orderBecomes, orderWith, readyToPay, watchPayment } from '../buying.ts'
import { same } from '../expectations.ts'
import { price } from '../narrator.ts'
import type { Guest, Person } from '../people.ts'
import type { WholeOrder } from '../shapes.ts'
import type { Shelf } from '../warehouse.ts'

const PIECES = 3

/** Fills a cart before anybody knows who it is; the token to take it along. */
export const gather = async (guest: Guest, { product }: Shelf): Promise<string> => {
  interface Gathered {
    readonly guestToken: string
    readonly cart: { readonly itemCount: number }
  }
  const { guestToken } = await guest.client.tell<Gathered>('order/add-to-guest-cart', {
    productId: product.id,
    quantity: 1,
  })
  const { cart } = await guest.client.tell<Gathered>('order/change-guest-quantity', {
    guestToken,
    productId: product.id,
    quantity: PIECES,
  })
  same(cart.itemCount, PIECES, 'Pieces in the guest’s cart')
  guest.tells(`puts ${PIECES} × ${product.name} into a cart, still a stranger`)
  return guestToken
}

/** In two parcels, each paid and invoiced when it leaves; one piece comes back. Expects 3 on the shelf, leaves 1. */
export const returned = async (
  buyer: Person,
  merchandiser: Person,
  shelf: Shelf,
  guestToken: string,
): Promise<void> => {
  const { cart } = await buyer.client.tell<{ readonly cart: { readonly itemCount: number } }>(
    'order/merge-guest-cart',
    { guestToken },
  )
  same(cart.itemCount, PIECES, 'Pieces in the cart after signing in')
  buyer.tells('finds in the cart what was gathered before')
  const order = await checkOut(buyer, await readyToPay(buyer, PIECES, 'tok_approved'))
  await orderBecomes(buyer, order, 'OrderConfirmed', 'CONFIRMED')

  await using money = await watchPayment(buyer, order)
  const { id: orderId, number } = order
  const { sku } = shelf.product
  for (const [quantity, status] of [
    [1, 'PARTLY_SHIPPED'],
    [2, 'SHIPPED'],
  ] as const) {
    const parcel = { carrier: 'DHL', trackingNumber: `${number}-${quantity}`, lines: [{ sku, quantity }] }
    await merchandiser.client.tell('order/ship-order', { orderId, ...parcel })
    merchandiser.tells(`ships ${quantity} of ${number}`)
    await orderBecomes(buyer, order, 'OrderShipped', status)
    const { payment } = await money.next('PaymentCaptured', ({ type }) => type === 'PaymentCaptured')
    buyer.tells(`has paid ${price(payment.captured)} so far`)
  }
  await shelf.shows(0, 0, 'all have left the house')
  await merchandiser.client.tell('order/mark-delivered', { orderId })
  await orderBecomes(buyer, order, 'OrderDelivered', 'DELIVERED')

  const lines = [{ sku, quantity: 1 }]
  const asked = await buyer.client.tell<{ readonly order: { readonly returns: readonly { readonly id: string }[] } }>(
    'order/request-return',
    { orderId, lines, reason: 'One too many' },
  )
  const returnId = asked.order.returns[0]?.id
  await merchandiser.client.tell('order/approve-return', { orderId, returnId })
  await merchandiser.client.tell('order/receive-return', { orderId, returnId })
  merchandiser.tells('takes one back')
  await shelf.shows(1, 0, 'it is back on the shelf')
  const { payment } = await money.next('PaymentRefunded', ({ type }) => type === 'PaymentRefunded')
  same(payment.status, 'PARTLY_REFUNDED', 'The payment after the return')
  buyer.tells(`gets ${price(payment.refunded)} back`)
  await papers(buyer, await orderWith(buyer, order, 'PARTLY_REFUNDED'))
}

/** An invoice for each parcel and a credit note for the return: together what was paid. */
const papers = async (buyer: Person, { id, payment }: WholeOrder): Promise<void> => {
  const invoices = await buyer.client.eventually('the credit note', async () => {
    const { order } = await buyer.client.ask<{ readonly order: WholeOrder }>('across/order-across-contexts', { id })
    return order.invoices.length === 3 ? order.invoices : undefined
  })
  same(invoices.map(({ kind }) => kind).toSorted(), ['CREDIT_NOTE', 'INVOICE', 'INVOICE'], 'The papers')
  const cents = (kind: string): number =>
    invoices
      .filter(each => each.kind === kind)
      .reduce((sum, { amount }) => sum + Math.round(Number(amount.amount) * 100), 0)
  same(
    [cents('INVOICE'), cents('CREDIT_NOTE')],
    [payment?.captured, payment?.refunded].map(each => Math.round(Number(each?.amount) * 100)),
    'The sums of invoices and credit notes',
  )
  buyer.tells(`has ${invoices.map(({ number }) => number).join(', ')}`)
}
