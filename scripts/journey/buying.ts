import { check, same } from './expectations.ts'
import { price } from './narrator.ts'
import type { Person } from './people.ts'
import type { Money, OrderTold, PaymentTold, PlacedOrder, Product, WholeOrder } from './shapes.ts'
import type { Watch } from './watch.ts'

const ADDRESS = { line1: 'Market Street 7', city: 'Berlin', postalCode: '10115', country: 'DE' }

export interface Basket {
  /** What the order is expected to cost; whatever it costs when absent. */
  readonly estimate?: Money
  readonly paymentMethodId: string
}

/** An order that its customer watches. */
export interface WatchedOrder extends PlacedOrder {
  /** Live, from the moment the order was placed. */
  readonly told: Watch<OrderTold>
}

/** Finds a product by its name, as the list shows it. */
export const find = async (buyer: Person, name: string): Promise<Product> => {
  interface Page {
    readonly products: { readonly edges: readonly { readonly node: Product }[] }
  }
  const product = await buyer.client.eventually(`“${name}” among the products`, async () => {
    const { products } = await buyer.client.ask<Page>('inventory/browse-products', {
      filter: { search: name, inStock: true },
      first: 5,
    })
    return products.edges.find(({ node }) => node.name === name)?.node
  })
  buyer.tells(`finds “${name}” for ${price(product.price)}`)
  return product
}

/** Adds a way to pay for the cart; returns what it will cost. */
export const readyToPay = async (buyer: Person, quantity: number, token: string): Promise<Required<Basket>> => {
  const { client } = buyer
  const priced = await client.ask<{ readonly cart: { readonly estimate: { readonly grandTotal: Money } } }>(
    'order/cart',
    { country: ADDRESS.country },
  )
  const { paymentMethod } = await client.tell<{ readonly paymentMethod: { readonly id: string } }>(
    'payment/add-payment-method',
    { token, label: 'My card' },
  )
  const { grandTotal } = priced.cart.estimate
  buyer.tells(`has ${quantity} in the cart: ${price(grandTotal)} with shipping and tax`)
  return { estimate: grandTotal, paymentMethodId: paymentMethod.id }
}

/** Fills the cart and adds a way to pay; returns what it will cost. */
export const fillCart = async (
  buyer: Person,
  product: Product,
  quantity: number,
  token: string,
): Promise<Required<Basket>> => {
  const { cart } = await buyer.client.tell<{ readonly cart: { readonly itemCount: number } }>('order/add-to-cart', {
    productId: product.id,
    quantity,
  })
  same(cart.itemCount, quantity, 'Pieces in the cart')
  return readyToPay(buyer, quantity, token)
}

const checkoutOf = ({ name }: Person, { estimate, paymentMethodId }: Basket) => ({
  paymentMethodId,
  shippingAddress: { name, ...ADDRESS },
  ...(estimate && { expectedTotal: estimate }),
})

const watched = (buyer: Person, order: PlacedOrder): WatchedOrder => {
  buyer.tells(`orders: ${order.number}`)
  const told = buyer.client.watch<OrderTold>('order/order-changed', { id: order.id, after: order.cursor })
  return { ...order, told }
}

/** Checks out and watches the order. Asking twice with the same key orders once. */
export const checkOut = async (buyer: Person, basket: Required<Basket>): Promise<WatchedOrder> => {
  const key = `checkout-${basket.paymentMethodId}`
  const input = checkoutOf(buyer, basket)
  const { order } = await buyer.client.tell<{ readonly order: PlacedOrder }>('order/checkout', input, key)
  const again = await buyer.client.tell<{ readonly order: PlacedOrder }>('order/checkout', input, key)
  same(again.order.id, order.id, 'The order of the same checkout, asked twice')
  same(order.totals.grandTotal, basket.estimate, 'The grand total')
  return watched(buyer, order)
}

/** Checks out; gives the code of the refusal when there is one. */
export const tryToCheckOut = async (buyer: Person, basket: Basket): Promise<WatchedOrder | string> => {
  const { payload, refusal } = await buyer.client.attempt<{ readonly order: PlacedOrder }>(
    'order/checkout',
    checkoutOf(buyer, basket),
  )
  return refusal ?? watched(buyer, payload.order)
}

/** Waits for the next event of this type, and for the status that it leaves the order in. */
export const orderBecomes = async (
  buyer: Person,
  { told }: WatchedOrder,
  type: string,
  status: string,
): Promise<OrderTold> => {
  const event = await told.next(type, each => each.type === type)
  same(event.order.status, status, `The status after ${type}`)
  const { statusReason } = event.order
  buyer.tells(`sees ${type}: the order is ${status}${statusReason ? ` (${statusReason})` : ''}`)
  return event
}

/** Follows the payment of an order from now on. */
export const watchPayment = (buyer: Person, { id }: PlacedOrder): Promise<Watch<PaymentTold>> =>
  buyer.client.listen('payment/payment-changed', { orderId: id })

/** The order across all contexts, once its payment has this status. */
export const orderWith = async (buyer: Person, { id }: PlacedOrder, paymentStatus: string): Promise<WholeOrder> => {
  const whole = await buyer.client.eventually(`the payment to be ${paymentStatus}`, async () => {
    const { order } = await buyer.client.ask<{ readonly order: WholeOrder | null }>('across/order-across-contexts', {
      id,
    })
    check(order !== null, 'A customer should see the order.')
    return order.payment?.status === paymentStatus ? order : undefined
  })
  const username = buyer.email.split('@')[0]
  same([whole.customer.username, whole.customer.email], [username, buyer.email], 'The customer of the order')
  return whole
}
