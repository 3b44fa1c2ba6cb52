import { randomUUID } from 'node:crypto'
import { callGraphQL, signIn } from '@mercato/embedded/testing-process'
import { expect } from 'vitest'

const ADDRESS = { name: 'K', line1: 'Road 1', city: 'Berlin', postalCode: '10115', country: 'DE' }
const SKU = 'COF-YIRG-250'
/** From recovery to the end; the longest wait is for a request that died with its process to be taken over. */
const SOON = { timeout: 60_000, interval: 100 }

/** Somebody who orders, and somebody who ships: both do not give up, as clients should. */
export const openOrdering = async (url: string) => {
  let [customer, merchandiser] = ['', '']
  /** Tokens live ten minutes. */
  const signInAgain = async (): Promise<void> => {
    ;[customer, merchandiser] = [await signIn(url, 'customer'), await signIn(url, 'merchandiser')]
  }
  await signInAgain()
  /** The same request with the same key until there is an answer. */
  const insist = async (token: string, field: string, input: object, selection: string) => {
    const name = `${field[0]?.toUpperCase()}${field.slice(1)}Input`
    const query = `mutation ($input: ${name}!) { ${field}(input: $input) { ${selection} userErrors { code } } }`
    const headers = { 'idempotency-key': randomUUID() }
    const answer = () =>
      callGraphQL(url, query, { input }, { token, headers }).then(
        ({ data }) => data?.[field],
        () => undefined,
      )
    // biome-ignore lint/suspicious/noExplicitAny: an answer, asked for field by field
    let found: any
    await expect.poll(async () => (found = await answer()), SOON).toMatchObject({ userErrors: [] })
    return found
  }
  const becomes = async (id: string, expected: object): Promise<void> => {
    const query = 'query ($id: ID!) { order(id: $id) { status payment { status } } }'
    const order = () => callGraphQL(url, query, { id }, { token: customer }).then(({ data }) => data?.order, String)
    await expect.poll(order, SOON).toMatchObject(expected)
  }
  const card = await insist(
    customer,
    'addPaymentMethod',
    { token: 'tok_approved', label: 'card' },
    'paymentMethod { id }',
  )
  await insist(merchandiser, 'receiveStock', { sku: SKU, quantity: 1_000, reference: 'for a test' }, 'stock { onHand }')

  const place = async (): Promise<string> => {
    await signInAgain()
    const lines = [{ sku: SKU, quantity: 1 }]
    const input = { lines, paymentMethodId: card.paymentMethod.id, shippingAddress: ADDRESS }
    const { order } = await insist(customer, 'placeOrder', input, 'order { id }')
    await becomes(order.id, { status: 'CONFIRMED' })
    return order.id
  }
  return {
    /** An order from placing to delivery; resolves with its id. */
    async delivered(): Promise<string> {
      const orderId = await place()
      await insist(merchandiser, 'shipOrder', { orderId, carrier: 'DHL', trackingNumber: '1' }, 'order { id }')
      await becomes(orderId, { payment: { status: 'CAPTURED' } })
      await insist(merchandiser, 'markDelivered', { orderId }, 'order { id }')
      await becomes(orderId, { status: 'DELIVERED' })
      return orderId
    },
    /** An order that is cancelled once it is confirmed. */
    async cancelled(): Promise<string> {
      const orderId = await place()
      await insist(customer, 'cancelOrder', { orderId }, 'order { id }')
      await becomes(orderId, { status: 'CANCELLED', payment: { status: 'VOIDED' } })
      return orderId
    },
  }
}
