import type { Rejection } from '@mercato/shared-kernel/domain'

/** The most different products one cart or order may hold. */
export const MAX_LINES = 100
/** The most pieces of one product in one cart or order. */
export const MAX_PER_LINE = 1_000

type Field = readonly string[]

const at = (code: Rejection['code'], message: string, field?: Field): Rejection => ({
  code,
  message,
  ...(field ? { field } : {}),
})

export const cartEmpty = at('CART.EMPTY', 'The cart is empty.')
export const cartChanged = at('CART.CHANGED', 'The cart changed while it was being checked out. Look at it again.')
export const cartFull = at('CART.FULL', `A cart holds at most ${MAX_LINES} different products.`)
export const customerErased = at('CUSTOMER.ERASED', 'This account has been erased.')
export const guestCartGone = at('CART.GUEST_CART_GONE', 'There is no such cart any more.', ['guestToken'])
export const notInCart = at('CART.NOT_IN_CART', 'This product is not in the cart.', ['productId'])
export const tooManyOfOne = (field: Field): Rejection =>
  at('CART.QUANTITY_TOO_LARGE', `At most ${MAX_PER_LINE} pieces of one product.`, field)

export const noLines = at('ORDER.NO_LINES', 'An order needs at least one line.', ['lines'])
export const tooManyLines = at('ORDER.TOO_MANY_LINES', `An order holds at most ${MAX_LINES} different products.`, [
  'lines',
])
export const tooManyOfOneProduct = (field: Field): Rejection =>
  at('ORDER.QUANTITY_TOO_LARGE', `At most ${MAX_PER_LINE} pieces of one product.`, field)
export const whichProduct = (field: Field): Rejection =>
  at('ORDER.WHICH_PRODUCT', 'Name the product by productId or by sku, not both.', field)
export const productUnavailable = (field: Field, name?: string): Rejection =>
  at('ORDER.PRODUCT_UNAVAILABLE', name ? `${name} is not sold here.` : 'This product is not sold here.', field)
export const outOfStock = (field: Field, name: string, available: number): Rejection =>
  at('ORDER.OUT_OF_STOCK', available > 0 ? `Only ${available} of ${name} are left.` : `${name} is sold out.`, field)
export const mixedCurrencies = at('ORDER.MIXED_CURRENCIES', 'All products of an order must be priced in one currency.')
export const totalTooLarge = at('ORDER.TOTAL_TOO_LARGE', 'The total is larger than this shop accepts.')
export const priceChanged = (current: string): Rejection =>
  at('ORDER.PRICE_CHANGED', `The total is ${current} now. Confirm it and try again.`, ['expectedTotal'])
export const linePriceChanged = (productId: string, name: string, current: string): Rejection =>
  at('ORDER.PRICE_CHANGED', `${name} costs ${current} now. Confirm the total, or look at the cart again.`, [
    'cart',
    productId,
  ])
export const otherCurrency = (currency: string): Rejection =>
  at('ORDER.OTHER_CURRENCY', `These products are sold in ${currency}.`, ['expectedTotal', 'currency'])
export const invalidPaymentMethod = at('ORDER.INVALID_PAYMENT_METHOD', 'This is not a payment method.', [
  'paymentMethodId',
])
export const unknownPaymentMethod = at('ORDER.UNKNOWN_PAYMENT_METHOD', 'You have no such payment method.', [
  'paymentMethodId',
])
export const invalidText = (field: Field, max: number): Rejection =>
  at('TEXT.INVALID', `One line of 1 to ${max} visible characters.`, field)

export const orderNotFound = at('ORDER.NOT_FOUND', 'There is no such order.', ['orderId'])
export const notConfirmed = at('ORDER.NOT_CONFIRMED', 'The order is not confirmed yet.')
export const alreadyCancelled = at('ORDER.ALREADY_CANCELLED', 'The order is cancelled.')
export const orderRejected = at('ORDER.REJECTED', 'The order was rejected.')
export const alreadyShipped = at('ORDER.ALREADY_SHIPPED', 'The order has been shipped.')
export const alreadyDelivered = at('ORDER.ALREADY_DELIVERED', 'The order has been delivered.')
export const notShipped = at('ORDER.NOT_SHIPPED', 'The order has not been shipped.')
export const notFullyShipped = at('ORDER.NOT_FULLY_SHIPPED', 'A part of the order is still to be shipped.')
export const shipByPassed = at('ORDER.SHIP_BY_PASSED', 'The time in which this order could be shipped has passed.')
export const nothingToShip = at('ORDER.NOTHING_TO_SHIP', 'A shipment needs at least one line.', ['lines'])
export const notOnOrder = (field: Field): Rejection =>
  at('ORDER.NOT_ON_ORDER', 'This product is not part of the order.', field)
export const moreThanOpen = (field: Field, open: number): Rejection =>
  at('ORDER.MORE_THAN_ORDERED', `Only ${open} are still to be shipped.`, field)

export const sagaNotFound = at('SAGA.NOT_FOUND', 'There is no such order.', ['orderId'])
export const nothingToRetry = at('SAGA.NOTHING_TO_RETRY', 'Nothing is asked of others that could be asked again.')
export const sagaPastPivot = at(
  'SAGA.PAST_PIVOT',
  'A part of the order has been shipped: what comes back is a return, nothing is undone.',
)
export const sagaUndoing = at('SAGA.ALREADY_UNDOING', 'Everything that was taken is being given back already.')

export const notDelivered = at('RETURN.NOT_DELIVERED', 'Only a delivered order can be returned.')
export const returnWindowClosed = at('RETURN.WINDOW_CLOSED', 'The time in which this order could be returned is over.')
export const nothingToReturn = at('RETURN.NO_LINES', 'A return needs at least one line.', ['lines'])
export const moreThanShipped = (field: Field, open: number): Rejection =>
  at('RETURN.MORE_THAN_SHIPPED', `At most ${open} can be returned.`, field)
export const returnNotFound = at('RETURN.NOT_FOUND', 'There is no such return.', ['returnId'])
export const returnSettled = at('RETURN.SETTLED', 'This return has been decided already.', ['returnId'])
export const returnNotApproved = at('RETURN.NOT_APPROVED', 'This return has not been approved.', ['returnId'])
