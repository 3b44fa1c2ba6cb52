import type { Subgraph } from '@mercato/adapters/subgraph-server/subgraph'
import { createFakeClock, type FakeClock } from '@mercato/adapters/testing/fake-clock'
import { createMemoryPorts } from '@mercato/adapters/testing/memory-ports'
import { subgraphClient, viewerOf } from '@mercato/adapters/testing/subgraph-client'
import { type IntegrationEvent, integrationTopic, type Viewer } from '@mercato/shared-kernel/application'
import { createInventoryModel } from '#application/testing/inventory-model.ts'
import { createPaymentModel } from '#application/testing/payment-model.ts'
import type { SagaTimings } from '#domain/saga-timings.ts'
import type { RemoteQuote } from '#infrastructure/remote-catalog.ts'
import { createOrderSubgraph, createRemoteCatalog } from '../composition.ts'

export const SECRET = 'a secret between the gateway and its subgraphs'
export const MUG = '018f0000-0000-7000-8000-00000000000a'
export const PEN = '018f0000-0000-7000-8000-00000000000b'
export const LAMP = '018f0000-0000-7000-8000-00000000000c'

export const customer = viewerOf('018f0000-0000-7000-8000-0000000000c1')
export const stranger = viewerOf('018f0000-0000-7000-8000-0000000000c2')
export const merchandiser = viewerOf('018f0000-0000-7000-8000-0000000000e1', { scopes: ['orders:fulfil'] })
export const support = viewerOf('018f0000-0000-7000-8000-0000000000e2', {
  scopes: ['orders:read:any', 'orders:write:any'],
})

export const parcel = { carrier: 'DHL', trackingNumber: '00340434161094015902' }

export const address = { name: 'Ada', line1: 'Lane 1', city: 'Berlin', postalCode: '10115', country: 'DE' }

interface Product {
  readonly productId: string
  readonly sku: string
  readonly name: string
  readonly weightGrams: number
  unitPrice: { amount: number; currency: string }
  available: number
}

/** What is sold; tests change it. */
const products = (): Product[] => [
  {
    productId: MUG,
    sku: 'MUG-1',
    name: 'Mug',
    weightGrams: 400,
    unitPrice: { amount: 1_000, currency: 'EUR' },
    available: 10,
  },
  {
    productId: PEN,
    sku: 'PEN-1',
    name: 'Pen',
    weightGrams: 20,
    unitPrice: { amount: 150, currency: 'EUR' },
    available: 3,
  },
  {
    productId: LAMP,
    sku: 'LAMP-1',
    name: 'Lamp',
    weightGrams: 900,
    unitPrice: { amount: 2_000, currency: 'USD' },
    available: 5,
  },
]

export type Ports = ReturnType<typeof createMemoryPorts>

export interface Shop extends AsyncDisposable {
  readonly order: Subgraph
  readonly ports: Ports
  readonly clock: FakeClock
  readonly client: ReturnType<typeof subgraphClient>
  readonly catalogue: Product[]
  readonly inventory: ReturnType<typeof createInventoryModel>
  readonly payment: ReturnType<typeof createPaymentModel>
  /** What the provider does with the next operations. */
  provider: 'approves' | 'declines' | 'is silent'
  /** Whether inventory hears anything. */
  inventoryListens: boolean
  /** Integration events of the order context so far. */
  readonly published: readonly IntegrationEvent[]
  /** Publishes an event of another context. */
  publish(
    from: 'inventory' | 'payment',
    type: string,
    data: { readonly orderId: string } & Record<string, unknown>,
  ): Promise<void>
}

/** Polls a condition that the workers will make true. */
export const eventually = async <Value>(look: () => Value | undefined | Promise<Value | undefined>): Promise<Value> => {
  for (let tries = 0; tries < 2_000; tries++) {
    const found = await look()
    if (found !== undefined) return found
    await new Promise(resolve => setTimeout(resolve, 2))
  }
  throw new Error('it did not happen')
}

/** The whole order context over the memory adapters, running, with partners that answer by the contract. */
export const openShop = async (
  options: {
    readonly timings?: Partial<SagaTimings>
    readonly quote?: RemoteQuote
    readonly ports?: Partial<Ports>
  } = {},
): Promise<Shop> => {
  const clock = createFakeClock()
  const ports: Ports = { ...createMemoryPorts({ clock }), ...options.ports }
  const { bus, ids } = ports
  const catalogue = products()
  const quote: RemoteQuote = async lines => ({
    lines: lines.flatMap(line =>
      catalogue.filter(each => ('productId' in line ? each.productId === line.productId : each.sku === line.sku)),
    ),
    missing: [],
  })
  const order = await createOrderSubgraph({
    ...ports,
    gatewaySecret: SECRET,
    catalog: createRemoteCatalog(options.quote ?? quote, clock),
    ...(options.timings ? { timings: options.timings } : {}),
  })
  const inventory = createInventoryModel({ 'MUG-1': 10, 'PEN-1': 3, 'LAMP-1': 5 })
  const payment = createPaymentModel(7 * 86_400_000)
  const published: IntegrationEvent[] = []
  const sequences = new Map<string, number>()

  const publish: Shop['publish'] = async (from, type, data) => {
    const streamId = `${from}.Answers-${data.orderId}`
    const sequence = sequences.get(streamId) ?? 0
    sequences.set(streamId, sequence + 1)
    const id = ids.next()
    const event: IntegrationEvent = {
      id,
      type: `${from}.${type}`,
      version: 1,
      sequence,
      streamId,
      revision: sequence,
      occurredAt: clock.now().toISOString(),
      actor: { kind: 'system', id: from },
      correlationId: `correlation of ${data.orderId}`,
      commandId: id,
      data,
    }
    await bus.publish(integrationTopic(from), [{ key: streamId, id, value: event, headers: {}, position: '' }])
  }

  const shop: Shop = {
    order,
    ports,
    clock,
    client: subgraphClient(order, { secret: SECRET, viewer: customer, now: () => clock.now().getTime() }),
    catalogue,
    inventory,
    payment,
    provider: 'approves',
    inventoryListens: true,
    published,
    publish,
    async [Symbol.asyncDispose]() {
      await order[Symbol.asyncDispose]()
      await ports[Symbol.asyncDispose]()
    },
  }

  await bus.subscribe({
    topic: integrationTopic('order'),
    group: 'partners',
    from: 'earliest',
    handler: async ({ value }) => {
      const event = value as IntegrationEvent
      published.push(event)
      const request = { type: event.type, data: event.data as Record<string, unknown> }
      const now = clock.now().toISOString()
      if (shop.inventoryListens)
        for (const { type, data } of inventory.handle(request, now)) await publish('inventory', type, data)
      for (const { type, data } of payment.handle(request, now)) await publish('payment', type, data)
      for (
        let open = payment.operations();
        open.length > 0 && shop.provider !== 'is silent';
        open = payment.operations()
      )
        for (const operation of open)
          for (const { type, data } of shop.provider === 'approves' ? operation.succeed(now) : operation.fail(now))
            await publish('payment', type, data)
    },
  })
  await order.connect()
  await order.start()
  return shop
}

export const ORDER_FIELDS = /* GraphQL */ `
  fragment OrderFields on Order {
    id number status statusReason version placedAt shipBy deliveredAt paymentMethodId
    customer { id }
    lines { product { id } sku name quantity unitPrice { amount currency } lineTotal { amount } tax { amount } shippedQuantity cancelledQuantity returnedQuantity }
    totals { items { amount } shipping { amount } tax { amount } grandTotal { amount currency } }
    shippingAddress { name line1 line2 city postalCode region country }
    billingAddress { name }
    shipments { id carrier trackingNumber lines { sku quantity } amount { amount } shippedAt }
    returns { id status lines { sku quantity } refund { amount } }
    timeline { event at }
  }
`
const PLACE = /* GraphQL */ `
  mutation Place($input: PlaceOrderInput!) {
    placeOrder(input: $input) { order { ...OrderFields cursor } userErrors { code message field } consistencyToken }
  }
  ${ORDER_FIELDS}
`
export const GET = /* GraphQL */ `
  query Get($id: ID, $number: String) { order(id: $id, number: $number) { ...OrderFields } }
  ${ORDER_FIELDS}
`

/** Two mugs and a pen, placed without a cart. */
export const placeOrder = (shop: Shop, input: Record<string, unknown> = {}, viewer: Viewer = customer) =>
  shop.client.query(
    PLACE,
    {
      input: {
        lines: [
          { productId: MUG, quantity: 2 },
          { sku: 'PEN-1', quantity: 1 },
        ],
        paymentMethodId: '0198c0de-0000-7000-8000-000000000001',
        shippingAddress: address,
        ...input,
      },
    },
    { viewer },
  )

/** The id of an order that was placed. */
export const placed = async (shop: Shop, input: Record<string, unknown> = {}): Promise<string> => {
  const { data, errors } = await placeOrder(shop, input)
  const id: string | undefined = data?.placeOrder?.order?.id
  if (!id) throw new Error(`not placed: ${JSON.stringify(errors ?? data)}`)
  return id
}

/** Waits until the order is in a status, and gives it. */
export const inStatus = (shop: Shop, id: string, status: string) =>
  eventually(async () => {
    const { data } = await shop.client.query(GET, { id }, { viewer: support })
    return data.order.status === status ? data.order : undefined
  })

/** Runs a mutation of an order: `act(shop, 'shipOrder', { orderId, … }, merchandiser)`. */
export const act = async (shop: Shop, name: string, input: Record<string, unknown>, viewer: Viewer = customer) => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
  const document = `mutation Act($input: ${type}!) { ${name}(input: $input) { order { ...OrderFields } userErrors { code field } } } ${ORDER_FIELDS}`
  const { data, errors } = await shop.client.query(document, { input }, { viewer })
  return { ...data?.[name], errors }
}

/** What the order context has published of an order, by type. */
export const typesOf = (shop: Shop, orderId: string) =>
  shop.published.filter(({ data }) => (data as { orderId: string }).orderId === orderId).map(({ type }) => type)
