import { type Data, type Seeder, until } from './caller.ts'

interface Staff {
  readonly merchandiser: Seeder
  readonly support: Seeder
}

const ADDRESS = { name: 'Carla Customer', line1: 'Market Street 7', city: 'Berlin', postalCode: '10115', country: 'DE' }
/** Of the catalogue, with pieces enough that no order is refused. */
const SKUS = [
  'COF-YIRG-250',
  'COF-HUIL-250',
  'COF-DECAF-250',
  'COF-FILT-100',
  'KIT-PAN-28',
  'KIT-SCALE-01',
  'KIT-KNIFE-20',
]
const STATUS =
  'query SeedStatus($id: ID!) { order(id: $id) { status returns { id } payment { status } totals { grandTotal { amount currency } } } }'
/** States of a payment in which money was captured. */
const CAPTURED = ['CAPTURED', 'PARTLY_REFUNDED', 'REFUNDED']

/** Orders of the customer, one in every state in which an order, its payment or its return can rest; each by the name of its story. */
export const seedOrders = async (customer: Seeder, { merchandiser, support }: Staff): Promise<void> => {
  const method = async (token: string, label: string): Promise<string> =>
    (await customer.tell(`method/${token}`, 'addPaymentMethod', { token, label }, 'paymentMethod { id }'))[
      'paymentMethod'
    ].id
  const good = await method('tok_approved', 'My card')
  const bad = await method('tok_declined', 'An expired card')

  const sku = (index: number): string => SKUS[index] ?? ''
  const look = async (id: string): Promise<Data> => (await customer.ask(STATUS, { id }))['order']
  const paid = (id: string, statuses: readonly string[]) =>
    until(`a payment that is ${statuses[0]}`, async () => statuses.includes((await look(id))['payment']?.status))

  const place = async (story: string, index: number, quantity: number, paymentMethodId = good): Promise<string> => {
    const lines = [{ sku: sku(index), quantity }]
    const input = { lines, paymentMethodId, shippingAddress: ADDRESS }
    return (await customer.tell(`${story}/place`, 'placeOrder', input, 'order { id }'))['order'].id
  }
  /** Its payment was decided; an earlier start may have brought it further. */
  const decided = async (...order: Parameters<typeof place>): Promise<string> => {
    const id = await place(...order)
    await until('an order that is decided', async () => {
      const { status } = await look(id)
      return status !== 'PENDING' && status !== 'AWAITING_PAYMENT'
    })
    return id
  }
  const shipped = async (story: string, index: number, quantity: number, lines?: object): Promise<string> => {
    const orderId = await decided(story, index, quantity)
    const parcel = { carrier: 'DHL', trackingNumber: `DEMO${orderId.slice(-6)}` }
    await merchandiser.tell(`${story}/ship`, 'shipOrder', { orderId, ...parcel, ...lines })
    return orderId
  }
  const delivered = async (story: string, index: number): Promise<string> => {
    const orderId = await shipped(story, index, 2)
    await paid(orderId, CAPTURED)
    await merchandiser.tell(`${story}/deliver`, 'markDelivered', { orderId })
    return orderId
  }
  const returning = async (story: string, index: number, reason: string) => {
    const orderId = await delivered(story, index)
    const lines = [{ sku: sku(index), quantity: 1 }]
    await customer.tell(`${story}/return`, 'requestReturn', { orderId, lines, reason })
    return { orderId, returnId: (await look(orderId))['returns'][0].id }
  }

  const cancelled = async (story: string): Promise<void> => {
    const orderId = await decided(story, 4, 1)
    await customer.tell(`${story}/cancel`, 'cancelOrder', { orderId, reason: 'changed my mind' })
  }
  const approved = async (story: string, index: number, reason: string) => {
    const which = await returning(story, index, reason)
    await merchandiser.tell(`${story}/approve`, 'approveReturn', which)
    return which
  }
  const declined = async (story: string): Promise<void> => {
    const which = await returning(story, 2, 'I have used it for a while')
    await merchandiser.tell(`${story}/decline`, 'declineReturn', which)
  }
  const returned = async (story: string): Promise<void> => {
    const which = await approved(story, 3, 'Arrived with a scratch')
    await merchandiser.tell(`${story}/receive`, 'receiveReturn', which)
    await paid(which.orderId, ['PARTLY_REFUNDED'])
  }
  const refunded = async (story: string): Promise<void> => {
    const paymentId = await delivered(story, 6)
    const amount = (await look(paymentId))['totals'].grandTotal
    await support.tell(`${story}/refund`, 'refundPayment', { paymentId, amount, reason: 'Lost on its way' })
    await paid(paymentId, ['REFUNDED'])
  }

  await Promise.all([
    delivered('delivered', 0),
    shipped('shipped', 1, 1),
    shipped('partly-shipped', 5, 3, { lines: [{ sku: sku(5), quantity: 1 }] }),
    decided('confirmed', 2, 3),
    decided('rejected', 3, 1, bad),
    cancelled('cancelled'),
    returning('return-requested', 0, 'A little too small'),
    approved('return-approved', 1, 'Not the colour I expected'),
    declined('return-declined'),
    returned('returned'),
    refunded('refunded'),
  ])
}
