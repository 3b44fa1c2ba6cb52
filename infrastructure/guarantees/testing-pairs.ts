import type { Answer, Client } from './testing-client.ts'
import { ADDRESS, ordered } from './testing-people.ts'

/** A mutation and the query that must show it. */
export interface Pair {
  readonly name: string
  /** Where the query is answered from: context and build of the view. None for what is read from the write side at once. */
  readonly view?: readonly [context: string, view: string]
  /** Lists cannot be folded from the write side: STALE_READ is the only alternative to the right answer. */
  readonly list?: true
  /** Writes; returns what the query has to find. */
  write(client: Client, turn: number): Promise<unknown>
  readonly query: string
  readonly variables?: unknown
  read(answer: Answer): unknown
}

const CUSTOMER_NAMES = ['Ada', 'Grace', 'Edsger', 'Barbara', 'Alan']
const nameOf = (turn: number): string => `${CUSTOMER_NAMES[turn % CUSTOMER_NAMES.length]} ${turn}`

/** Payment methods change in the payment context and are read through an `_entities` hop from `me`. */
const methods = (kept: string): Pair => {
  let known: readonly string[] = []
  return {
    name: 'me → User.paymentMethods',
    view: ['payment', 'payment-methods@1'],
    async write(client, turn) {
      const [oldest] = known
      if (known.length > 3 && oldest) {
        await client.tell('removePaymentMethod', { paymentMethodId: oldest }, '')
        known = known.slice(1)
      } else {
        const input = { token: 'tok_approved', label: `card ${turn}` }
        const { paymentMethod } = await client.tell('addPaymentMethod', input, 'paymentMethod { id }')
        known = [...known, paymentMethod.id]
      }
      return known
    },
    query: '{ me { paymentMethods { id } } }',
    read: ({ data }) => data.me.paymentMethods.map(({ id }: { id: string }) => id).filter((id: string) => id !== kept),
  }
}

const profile: Pair = {
  name: 'me.displayName',
  view: ['user', 'users@1'],
  async write(client, turn) {
    await client.tell('updateProfile', { displayName: nameOf(turn) }, '')
    return nameOf(turn)
  },
  query: '{ me { displayName } }',
  read: ({ data }) => data.me.displayName,
}

const address: Pair = {
  name: 'me.addresses',
  view: ['user', 'users@1'],
  async write(client, turn) {
    const input = { address: { ...ADDRESS, line1: `Road ${turn}` }, asDefault: true }
    const { address: added } = await client.tell('addAddress', input, 'address { id }')
    const answer = await client.send('{ me { addresses { id } } }')
    const others = answer.data.me.addresses.filter(({ id }: { id: string }) => id !== added.id)
    for (const { id } of others) await client.tell('removeAddress', { addressId: id }, '')
    return [`Road ${turn}`]
  },
  query: '{ me { addresses { address { line1 } } } }',
  read: ({ data }) => data.me.addresses.map((each: { address: { line1: string } }) => each.address.line1),
}

const cart = (productId: string): Pair => {
  let isThere = false
  return {
    name: 'cart',
    async write(client, turn) {
      const quantity = (turn % 9) + 1
      await client.tell(isThere ? 'changeQuantity' : 'addToCart', { productId, quantity }, '')
      isThere = true
      return [[quantity, productId]]
    },
    query: '{ cart { lines { quantity product { id } } } }',
    read: ({ data }) =>
      data.cart.lines.map(({ quantity, product }: { quantity: number; product: { id: string } }) => [
        quantity,
        product.id,
      ]),
  }
}

/** Every order changes the list twice: it appears, and it moves to the cancelled ones. */
const orders = (sku: string, paymentMethodId: string): Pair => ({
  name: 'orders',
  view: ['order', 'orders@1'],
  list: true,
  write: client => ordered(client, paymentMethodId, [{ sku, quantity: 1 }]),
  query: '{ orders(first: 1) { edges { node { id } } } }',
  read: ({ data }) => data.orders.edges[0]?.node.id,
})

const cancelledOrders = (sku: string, paymentMethodId: string): Pair => {
  const placing = orders(sku, paymentMethodId)
  return {
    ...placing,
    name: 'orders by status',
    async write(client, turn) {
      const orderId = await placing.write(client, turn)
      await client.tell('cancelOrder', { orderId }, '')
      return orderId
    },
    query: '{ orders(first: 1, filter: { status: CANCELLED }) { edges { node { id } } } }',
  }
}

const price = (id: string): Pair => ({
  name: 'product.price',
  view: ['inventory', 'products@1'],
  async write(client, turn) {
    const amount = `${10 + (turn % 80)}.${(turn % 90) + 10}`
    await client.tell('changePrice', { id, price: { amount, currency: 'EUR' } }, '')
    return amount
  },
  query: 'query ($id: ID!) { product(id: $id) { price { amount } } }',
  variables: { id },
  read: ({ data }) => data.product.price.amount,
})

const catalogue = (id: string, sku: string): Pair => ({
  ...price(id),
  name: 'products',
  view: ['inventory', 'catalogue@1'],
  list: true,
  query:
    'query ($search: String!) { products(first: 1, filter: { search: $search }) { edges { node { price { amount } } } } }',
  variables: { search: sku },
  read: ({ data }) => data.products.edges[0]?.node.price.amount,
})

const stock = (sku: string, pieces: number): Pair => {
  let onHand = pieces
  return {
    name: 'product.stock',
    view: ['inventory', 'stock@1'],
    async write(client) {
      await client.tell('receiveStock', { sku, quantity: 1 }, '')
      onHand++
      return onHand
    },
    query: 'query ($sku: String!) { product(sku: $sku) { stock { onHand } } }',
    variables: { sku },
    read: ({ data }) => data.product.stock.onHand,
  }
}

/** What one customer does, over and over. Most of it is cheap. */
export const customerPairs = (
  product: { readonly id: string; readonly sku: string },
  paymentMethodId: string,
): readonly Pair[] => {
  const hop = methods(paymentMethodId)
  const basket = cart(product.id)
  return [
    ...[hop, profile, basket, hop, hop, profile, hop, basket, address, hop],
    ...[hop, profile, basket, hop, hop, profile, hop, basket, address, orders(product.sku, paymentMethodId)],
    ...[hop, profile, basket, hop, hop, profile, hop, basket, hop, cancelledOrders(product.sku, paymentMethodId)],
  ]
}

/** What somebody who runs the catalogue does to a product of their own. */
export const merchandiserPairs = (product: { readonly id: string; readonly sku: string }): readonly Pair[] => {
  const [priced, counted] = [price(product.id), stock(product.sku, PIECES)]
  return [priced, counted, priced, counted, priced, counted, catalogue(product.id, product.sku)]
}

/** So many of everything are there at the start. */
export const PIECES = 5_000
