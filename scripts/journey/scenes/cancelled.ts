import { checkOut, fillCart, find, orderBecomes, orderWith } from '../buying.ts'
import { same } from '../expectations.ts'
import type { Person } from '../people.ts'
import type { Shelf } from '../warehouse.ts'

/** A change of mind before shipment undoes everything. Expects 3 on the shelf, leaves 3. */
export const cancelled = async (buyer: Person, merchandiser: Person, shelf: Shelf): Promise<void> => {
  const product = await find(buyer, shelf.product.name)
  const order = await checkOut(buyer, await fillCart(buyer, product, 2, 'tok_approved'))
  await orderBecomes(buyer, order, 'OrderConfirmed', 'CONFIRMED')
  await shelf.shows(3, 2, 'stock is reserved')
  const cancellation = { orderId: order.id, reason: 'Found one in the attic' }
  await buyer.client.tell('order/cancel-order', cancellation)
  buyer.tells(`cancels ${order.number}`)
  await orderBecomes(buyer, order, 'OrderCancelled', 'CANCELLED')
  await shelf.shows(3, 0, 'the stock is back')
  const { payment, invoices } = await orderWith(buyer, order, 'VOIDED')
  same([payment?.captured.amount, invoices], ['0.00', []], 'What a cancelled order costs')
  buyer.tells('has the authorisation back: it was voided, nothing was taken')

  const again = await buyer.client.attempt('order/cancel-order', cancellation)
  same(again.refusal, 'ORDER.ALREADY_CANCELLED', 'Cancelling twice')
  const late = await merchandiser.client.attempt('order/ship-order', {
    orderId: order.id,
    carrier: 'DHL',
    trackingNumber: 'TOO-LATE',
  })
  same(late.refusal, 'ORDER.ALREADY_CANCELLED', 'Shipping a cancelled order')
  merchandiser.tells(`cannot ship ${order.number} any more (${late.refusal})`)
}
