import { checkOut, fillCart, find, orderBecomes, orderWith, watchPayment } from '../buying.ts'
import { check, same } from '../expectations.ts'
import { price } from '../narrator.ts'
import type { Person } from '../people.ts'
import type { WholeOrder } from '../shapes.ts'
import type { Shelf } from '../warehouse.ts'

/** From the search to the delivered parcel. Expects 5 on the shelf, leaves 3. */
export const delivered = async (buyer: Person, merchandiser: Person, shelf: Shelf): Promise<void> => {
  const { categories } = await buyer.client.ask<{ readonly categories: readonly { readonly name: string }[] }>(
    'inventory/categories',
  )
  buyer.tells(`looks around: ${categories.map(({ name }) => name).join(', ')}`)
  const product = await find(buyer, shelf.product.name)
  const order = await checkOut(buyer, await fillCart(buyer, product, 2, 'tok_approved'))
  await orderBecomes(buyer, order, 'OrderPaymentAwaited', 'AWAITING_PAYMENT')
  await shelf.shows(5, 2, 'stock is reserved')
  await orderBecomes(buyer, order, 'OrderConfirmed', 'CONFIRMED')
  const { payment } = await orderWith(buyer, order, 'AUTHORISED')
  same(payment?.amount, order.totals.grandTotal, 'What is authorised')
  same(payment?.captured.amount, '0.00', 'What is taken before shipping')
  buyer.tells(`has ${price(order.totals.grandTotal)} authorised, nothing taken yet`)

  await using money = await watchPayment(buyer, order)
  await merchandiser.client.tell('order/ship-order', {
    orderId: order.id,
    carrier: 'DHL',
    trackingNumber: `JRN${order.number}`,
  })
  merchandiser.tells(`ships ${order.number}`)
  await orderBecomes(buyer, order, 'OrderShipped', 'SHIPPED')
  await shelf.shows(3, 0, 'two have left the house')
  const { payment: taken } = await money.next('PaymentCaptured', ({ type }) => type === 'PaymentCaptured')
  same([taken.status, taken.captured], ['CAPTURED', order.totals.grandTotal], 'The payment after shipping')
  buyer.tells(`sees PaymentCaptured: ${price(taken.captured)}`)

  await merchandiser.client.tell('order/mark-delivered', { orderId: order.id })
  merchandiser.tells(`reports ${order.number} as delivered`)
  await orderBecomes(buyer, order, 'OrderDelivered', 'DELIVERED')
  await settled(buyer, order.id, order.totals.grandTotal)
}

/** One question across four contexts shows it all. */
const settled = async (buyer: Person, id: string, total: WholeOrder['totals']['grandTotal']): Promise<void> => {
  const whole = await buyer.client.eventually('the invoice', async () => {
    const { order } = await buyer.client.ask<{ readonly order: WholeOrder }>('across/order-across-contexts', { id })
    return order.invoices.length > 0 ? order : undefined
  })
  const [invoice] = whole.invoices
  check(whole.invoices.length === 1 && invoice !== undefined, 'There should be one invoice.', whole.invoices)
  same([invoice.kind, invoice.amount], ['INVOICE', total], 'The invoice')
  check(/^\d{4}-\d{6}$/.test(invoice.number), 'An invoice should have a number.', invoice)
  same(
    whole.timeline.map(({ event }) => event),
    ['OrderPlaced', 'OrderPaymentAwaited', 'OrderConfirmed', 'OrderShipped', 'OrderDelivered'],
    'The timeline',
  )
  same([whole.status, whole.payment?.status], ['DELIVERED', 'CAPTURED'], 'Order and payment')
  same(whole.payment?.refunded.amount, '0.00', 'What was given back')
  buyer.tells(`has invoice ${invoice.number} over ${price(invoice.amount)}`)
}
