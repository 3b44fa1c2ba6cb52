import { type Data, type Seeder, until } from './caller.ts'

interface Staff {
  readonly merchandiser: Seeder
  readonly support: Seeder
}

const ADDRESS = { name: 'Carla Customer', line1: 'Market Street 7', city: 'Berlin', postalCode: '10115', country: 'DE' }
/** So many pieces that no order is refused. */
const PLENTY = 20
const STATUS = 'query SeedStatus($id: ID!) { order(id: $id) { status returns { id } payment { status } } }'
const PRODUCTS =
  'query SeedProducts { products(first: 20, filter: { inStock: true }, sort: NAME) { edges { node { sku stock { available } } } } }'

/** Orders of the customer, one in every state in which an order, its payment or its return can rest. */
export const seedOrders = async (customer: Seeder, { merchandiser, support }: Staff): Promise<void> => {
  const { products } = await customer.ask(PRODUCTS)
  const skus: readonly string[] = products.edges
    .filter(({ node }: Data) => node['stock'].available >= PLENTY)
    .map(({ node }: Data) => node['sku'])
  const sku = (index: number): string => skus[index % skus.length] ?? ''

  const method = async (token: string, label: string): Promise<string> =>
    (await customer.tell('addPaymentMethod', { token, label }, 'paymentMethod { id }'))['paymentMethod'].id
  const good = await method('tok_approved', 'My card')
  const bad = await method('tok_declined', 'An expired card')

  const place = async (index: number, quantity: number, paymentMethodId = good): Promise<string> => {
    const lines = [{ sku: sku(index), quantity }]
    const input = { lines, paymentMethodId, shippingAddress: ADDRESS }
    return (await customer.tell('placeOrder', input, 'order { id }'))['order'].id
  }
  const look = async (id: string): Promise<Data> => (await customer.ask(STATUS, { id }))['order']
  const reaches = (id: string, status: string) =>
    until(`an order that is ${status}`, async () => (await look(id))['status'] === status)
  const paid = (id: string, status: string) =>
    until(`a payment that is ${status}`, async () => (await look(id))['payment']?.status === status)

  const confirmed = async (index: number, quantity: number): Promise<string> => {
    const id = await place(index, quantity)
    await reaches(id, 'CONFIRMED')
    return id
  }
  const shipped = async (index: number, quantity: number, lines?: object): Promise<string> => {
    const orderId = await confirmed(index, quantity)
    const parcel = { carrier: 'DHL', trackingNumber: `DEMO${orderId.slice(-6)}` }
    await merchandiser.tell('shipOrder', { orderId, ...parcel, ...lines })
    return orderId
  }
  const delivered = async (index: number): Promise<string> => {
    const orderId = await shipped(index, 2)
    await paid(orderId, 'CAPTURED')
    await merchandiser.tell('markDelivered', { orderId })
    return orderId
  }
  const returning = async (index: number, reason: string) => {
    const orderId = await delivered(index)
    const lines = [{ sku: sku(index), quantity: 1 }]
    await customer.tell('requestReturn', { orderId, lines, reason })
    return { orderId, returnId: (await look(orderId))['returns'][0].id }
  }

  await Promise.all([
    delivered(0),
    shipped(1, 1),
    shipped(5, 3, { lines: [{ sku: sku(5), quantity: 1 }] }),
    confirmed(2, 3),
    place(3, 1, bad).then(id => reaches(id, 'REJECTED')),
    confirmed(4, 1).then(orderId => customer.tell('cancelOrder', { orderId, reason: 'changed my mind' })),
    returning(0, 'A little too small'),
    returning(1, 'Not the colour I expected').then(which => merchandiser.tell('approveReturn', which)),
    returning(2, 'I have used it for a while').then(which => merchandiser.tell('declineReturn', which)),
    returning(3, 'Arrived with a scratch').then(async which => {
      await merchandiser.tell('approveReturn', which)
      await merchandiser.tell('receiveReturn', which)
      await paid(which.orderId, 'PARTLY_REFUNDED')
    }),
    delivered(6).then(async id => {
      const { order } = await customer.ask(
        'query SeedTotal($id: ID!) { order(id: $id) { totals { grandTotal { amount currency } } } }',
        { id },
      )
      const amount = order.totals.grandTotal
      await support.tell('refundPayment', { paymentId: id, amount, reason: 'Lost on its way' })
      await paid(id, 'REFUNDED')
    }),
  ])
}
