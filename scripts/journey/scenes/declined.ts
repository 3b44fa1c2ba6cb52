import { checkOut, fillCart, find, orderBecomes, orderWith } from '../buying.ts'
import { check, same } from '../expectations.ts'
import type { Person } from '../people.ts'
import type { Shelf } from '../warehouse.ts'

/** The card is declined, the stock comes back. Expects 3 on the shelf, leaves 3. */
export const declined = async (buyer: Person, shelf: Shelf): Promise<void> => {
  const product = await find(buyer, shelf.product.name)
  const order = await checkOut(buyer, await fillCart(buyer, product, 1, 'tok_declined'))
  await shelf.shows(3, 1, 'stock is reserved')
  const { order: rejected } = await orderBecomes(buyer, order, 'OrderRejected', 'REJECTED')
  same(rejected.statusReason, 'PAYMENT_DECLINED', 'Why the order was rejected')
  await shelf.shows(3, 0, 'the stock is back')
  const { payment, invoices } = await orderWith(buyer, order, 'DECLINED')
  same([payment?.captured.amount, invoices], ['0.00', []], 'What a declined card pays')
  check(payment?.declineReason != null, 'A declined payment should say why.', payment)
  buyer.tells(`was charged nothing: the card was declined (${payment.declineReason})`)
}
