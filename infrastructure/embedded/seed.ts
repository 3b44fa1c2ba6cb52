import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { DEMO_PASSWORD } from './demo.ts'

export interface SeedOptions {
  /** The gateway: demo orders are made as any client would make them. */
  readonly fetch: (request: Request) => Promise<Response>
  readonly say: (sentence: string) => void
}

// biome-ignore lint/suspicious/noExplicitAny: the shapes are those of the documents below
type Data = Record<string, any>
type Call = (document: string, variables?: unknown, token?: string, key?: string) => Promise<Data>

const CUSTOMER = 'customer@mercato.local'
const MERCHANDISER = 'merchandiser@mercato.local'
const PATIENCE_MS = 20_000

const ADDRESS = { name: 'Carla Customer', line1: 'Market Street 7', city: 'Berlin', postalCode: '10115', country: 'DE' }

const SIGN_IN = `mutation SeedSignIn($input: SignInInput!) { signIn(input: $input) { session { accessToken } userErrors { code message } } }`
const ORDERS = `query SeedOrders { orders(first: 1) { totalCount edges { node { id } } } }`
const PRODUCTS = `query SeedProducts { products(first: 8, filter: { inStock: true }, sort: NAME) { edges { node { sku } } } }`
const ADD_METHOD = `mutation SeedMethod($input: AddPaymentMethodInput!) { addPaymentMethod(input: $input) { paymentMethod { id } userErrors { code message } } }`
const PLACE = `mutation SeedPlace($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } userErrors { code message } } }`
const STATUS = `query SeedStatus($id: ID!) { order(id: $id) { status } }`
const SHIP = `mutation SeedShip($input: ShipOrderInput!) { shipOrder(input: $input) { userErrors { code message } } }`
const DELIVER = `mutation SeedDeliver($input: MarkDeliveredInput!) { markDelivered(input: $input) { userErrors { code message } } }`
const CANCEL = `mutation SeedCancel($input: CancelOrderInput!) { cancelOrder(input: $input) { userErrors { code message } } }`

const caller =
  ({ fetch }: SeedOptions): Call =>
  async (query, variables = {}, token, key) => {
    const response = await fetch(
      new Request('http://gateway/graphql', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-consumer-username': 'seed',
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...(key ? { 'idempotency-key': key } : {}),
        },
        body: JSON.stringify({ query, variables }),
      }),
    )
    const { data, errors } = (await response.json()) as { data?: Data; errors?: { message: string }[] }
    if (errors?.[0] || !data)
      throw new Error(`the demo data could not be made: ${errors?.[0]?.message ?? response.status}`)
    for (const payload of Object.values(data)) {
      const refusal = payload?.userErrors?.[0]
      if (refusal) throw new Error(`the demo data could not be made: ${refusal.code} ${refusal.message}`)
    }
    return data
  }

/** A few orders in different states for the demo customer, once: a customer who has orders gets no more. */
export const seedOrders = async (options: SeedOptions): Promise<void> => {
  const call = caller(options)
  const signIn = async (email: string): Promise<string> =>
    (await call(SIGN_IN, { input: { email, password: DEMO_PASSWORD } }))['signIn'].session.accessToken
  const customer = await signIn(CUSTOMER)
  if ((await call(ORDERS, {}, customer))['orders'].edges.length > 0) return
  options.say('Making demo data …')
  const merchandiser = await signIn(MERCHANDISER)
  const products = (await call(PRODUCTS))['products'].edges.map(
    ({ node }: { readonly node: { readonly sku: string } }) => node.sku,
  )
  const method = async (token: string, label: string): Promise<string> =>
    (await call(ADD_METHOD, { input: { token, label } }, customer, `seed-${token}`))['addPaymentMethod'].paymentMethod
      .id
  const good = await method('tok_approved', 'My card')
  const bad = await method('tok_declined', 'An expired card')

  const place = async (sku: string, quantity: number, paymentMethodId: string): Promise<string> => {
    const input = { lines: [{ sku, quantity }], paymentMethodId, shippingAddress: ADDRESS }
    return (await call(PLACE, { input }, customer, randomUUID()))['placeOrder'].order.id
  }
  const reaches = async (id: string, ...wanted: readonly string[]): Promise<void> => {
    const until = performance.now() + PATIENCE_MS
    for (;;) {
      const { status } = (await call(STATUS, { id }, customer))['order']
      if (wanted.includes(status)) return
      if (performance.now() > until) throw new Error(`the demo data could not be made: an order stays ${status}`)
      await delay(25)
    }
  }
  const ship = async (orderId: string): Promise<void> => {
    await reaches(orderId, 'CONFIRMED')
    await call(SHIP, { input: { orderId, carrier: 'DHL', trackingNumber: `DEMO${orderId.slice(-6)}` } }, merchandiser)
    await reaches(orderId, 'SHIPPED')
  }

  const sku = (index: number): string => products[index % products.length]
  const delivered = async () => {
    const id = await place(sku(0), 2, good)
    await ship(id)
    await call(DELIVER, { input: { orderId: id } }, merchandiser)
  }
  const shipped = async () => ship(await place(sku(1), 1, good))
  const confirmed = async () => reaches(await place(sku(2), 3, good), 'CONFIRMED')
  const rejected = async () => reaches(await place(sku(3), 1, bad), 'REJECTED')
  const cancelled = async () => {
    const id = await place(sku(4), 1, good)
    await reaches(id, 'CONFIRMED')
    await call(CANCEL, { input: { orderId: id, reason: 'changed my mind' } }, customer)
  }
  await Promise.all([delivered(), shipped(), confirmed(), rejected(), cancelled()])
}
