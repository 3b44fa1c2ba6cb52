import type { Rejection } from '@mercato/shared-kernel/domain'
import { expect, it } from 'vitest'
import * as why from './rejections.ts'

type Row = [Rejection, code: string, field: readonly string[] | undefined, sentence: RegExp]

const field = ['lines', '0', 'sku']

/** Programs match the code, forms mark the field, people read the sentence. */
const refusals: Row[] = [
  [why.cartEmpty, 'CART.EMPTY', undefined, /cart is empty/],
  [why.cartChanged, 'CART.CHANGED', undefined, /changed while it was being checked out/],
  [why.cartFull, 'CART.FULL', undefined, /at most 100 different products/],
  [why.guestCartGone, 'CART.GUEST_CART_GONE', ['guestToken'], /no such cart any more/],
  [why.customerErased, 'CUSTOMER.ERASED', undefined, /has been erased/],
  [why.notInCart, 'CART.NOT_IN_CART', ['productId'], /not in the cart/],
  [why.tooManyOfOne(['quantity']), 'CART.QUANTITY_TOO_LARGE', ['quantity'], /At most 1000 pieces/],
  [why.noLines, 'ORDER.NO_LINES', ['lines'], /at least one line/],
  [why.tooManyLines, 'ORDER.TOO_MANY_LINES', ['lines'], /at most 100 different products/],
  [why.tooManyOfOneProduct(field), 'ORDER.QUANTITY_TOO_LARGE', field, /At most 1000 pieces/],
  [why.whichProduct(field), 'ORDER.WHICH_PRODUCT', field, /by productId or by sku, not both/],
  [why.productUnavailable(field), 'ORDER.PRODUCT_UNAVAILABLE', field, /^This product is not sold/],
  [why.productUnavailable(field, 'Mug'), 'ORDER.PRODUCT_UNAVAILABLE', field, /^Mug is not sold/],
  [why.outOfStock(field, 'Mug', 2), 'ORDER.OUT_OF_STOCK', field, /^Only 2 of Mug are left/],
  [why.outOfStock(field, 'Mug', 1), 'ORDER.OUT_OF_STOCK', field, /^Only 1 of Mug/],
  [why.outOfStock(field, 'Mug', 0), 'ORDER.OUT_OF_STOCK', field, /^Mug is sold out/],
  [why.mixedCurrencies, 'ORDER.MIXED_CURRENCIES', undefined, /in one currency/],
  [why.totalTooLarge, 'ORDER.TOTAL_TOO_LARGE', undefined, /larger than this shop accepts/],
  [why.priceChanged('42.85 EUR'), 'ORDER.PRICE_CHANGED', ['expectedTotal'], /total is 42\.85 EUR now/],
  [why.linePriceChanged('mug', 'Mug', '9.00 EUR'), 'ORDER.PRICE_CHANGED', ['cart', 'mug'], /^Mug costs 9\.00 EUR now/],
  [why.otherCurrency('EUR'), 'ORDER.OTHER_CURRENCY', ['expectedTotal', 'currency'], /sold in EUR/],
  [why.invalidPaymentMethod, 'ORDER.INVALID_PAYMENT_METHOD', ['paymentMethodId'], /not a payment method/],
  [why.unknownPaymentMethod, 'ORDER.UNKNOWN_PAYMENT_METHOD', ['paymentMethodId'], /no such payment method/],
  [why.invalidText(['note'], 200), 'TEXT.INVALID', ['note'], /One line of 1 to 200 visible characters/],
  [why.orderNotFound, 'ORDER.NOT_FOUND', ['orderId'], /no such order/],
  [why.notConfirmed, 'ORDER.NOT_CONFIRMED', undefined, /not confirmed yet/],
  [why.alreadyCancelled, 'ORDER.ALREADY_CANCELLED', undefined, /is cancelled/],
  [why.orderRejected, 'ORDER.REJECTED', undefined, /was rejected/],
  [why.alreadyShipped, 'ORDER.ALREADY_SHIPPED', undefined, /has been shipped/],
  [why.alreadyDelivered, 'ORDER.ALREADY_DELIVERED', undefined, /has been delivered/],
  [why.notShipped, 'ORDER.NOT_SHIPPED', undefined, /has not been shipped/],
  [why.notFullyShipped, 'ORDER.NOT_FULLY_SHIPPED', undefined, /still to be shipped/],
  [why.shipByPassed, 'ORDER.SHIP_BY_PASSED', undefined, /time in which this order could be shipped/],
  [why.nothingToShip, 'ORDER.NOTHING_TO_SHIP', ['lines'], /at least one line/],
  [why.notOnOrder(field), 'ORDER.NOT_ON_ORDER', field, /not part of the order/],
  [why.moreThanOpen(field, 2), 'ORDER.MORE_THAN_ORDERED', field, /Only 2 are still to be shipped/],
  [why.notDelivered, 'RETURN.NOT_DELIVERED', undefined, /Only a delivered order/],
  [why.returnWindowClosed, 'RETURN.WINDOW_CLOSED', undefined, /could be returned is over/],
  [why.nothingToReturn, 'RETURN.NO_LINES', ['lines'], /at least one line/],
  [why.moreThanShipped(field, 2), 'RETURN.MORE_THAN_SHIPPED', field, /At most 2 can be returned/],
  [why.returnNotFound, 'RETURN.NOT_FOUND', ['returnId'], /no such return/],
  [why.returnSettled, 'RETURN.SETTLED', ['returnId'], /decided already/],
  [why.returnNotApproved, 'RETURN.NOT_APPROVED', ['returnId'], /not been approved/],
]

it.each(refusals)('%# a refusal has a code, its field and a sentence: $code', (rejection, code, where, sentence) => {
  expect(rejection).toStrictEqual({
    code,
    message: expect.stringMatching(sentence),
    ...(where === undefined ? {} : { field: where }),
  })
})
