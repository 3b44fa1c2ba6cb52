import { createFakeClock, type FakeClock } from '@mercato/adapters/testing/fake-clock'
import { createMemoryPorts } from '@mercato/adapters/testing/memory-ports'
import { subgraphClient, viewerOf } from '@mercato/adapters/testing/subgraph-client'
import type { ContextPorts, IntegrationEvent } from '@mercato/shared-kernel/application'
import { integrationTopic } from '@mercato/shared-kernel/application'
import { createInventorySubgraph, type InventorySubgraph } from './composition.ts'

export const SECRET = 'a secret between the gateway and its subgraphs'

export const merchandiser = viewerOf('m', {
  roles: ['MERCHANDISER'],
  scopes: ['catalog:write', 'stock:write', 'stock:read', 'orders:fulfil'],
})
export const customer = viewerOf('c')

type Ports = Omit<ReturnType<typeof createMemoryPorts>, keyof ContextPorts> & ContextPorts

/** The whole context over the memory adapters, running, with what the order context would publish and hear. */
export interface Shop extends AsyncDisposable {
  readonly inventory: InventorySubgraph
  readonly ports: Ports
  readonly clock: FakeClock
  readonly client: ReturnType<typeof subgraphClient>
  /** A product on sale with so many pieces; its id. */
  stocked(sku: string, pieces: number, over?: Readonly<Record<string, unknown>>): Promise<string>
  /** Publishes a request of the order context's saga; its id. */
  request(orderId: string, type: string, data?: Readonly<Record<string, unknown>>): Promise<string>
  /** Integration events of the inventory context so far. */
  readonly published: readonly IntegrationEvent[]
  /** The answer to a request, as soon as it is there. */
  answerTo(requestId: string): Promise<IntegrationEvent>
}

const CREATE = `mutation ($input: CreateProductInput!) { createProduct(input: $input) { product { id } userErrors { code } } }`

export const aProduct = (sku: string, over: Readonly<Record<string, unknown>> = {}) => ({
  sku,
  name: `Product ${sku}`,
  category: 'coffee',
  weightGrams: 250,
  price: { amount: '9.90', currency: 'EUR' },
  ...over,
})

/** Polls a condition that the workers will make true. */
export const eventually = async <Value>(look: () => Value | undefined | Promise<Value | undefined>): Promise<Value> => {
  for (const giveUp = Date.now() + 30_000; Date.now() < giveUp; ) {
    const found = await look()
    if (found !== undefined) return found
    await new Promise(resolve => setTimeout(resolve, 2))
  }
  throw new Error('it did not happen')
}

export const openShop = async (over: Partial<ContextPorts> = {}): Promise<Shop> => {
  const clock = createFakeClock()
  const ports = { ...createMemoryPorts({ clock }), ...over }
  const inventory = await createInventorySubgraph({ ...ports, gatewaySecret: SECRET })
  const published: IntegrationEvent[] = []
  await ports.bus.subscribe({
    topic: integrationTopic('inventory'),
    group: 'test',
    from: 'earliest',
    handler: async ({ value }) => {
      published.push(value as IntegrationEvent)
    },
  })
  await inventory.connect()
  await inventory.start()
  const client = subgraphClient(inventory, { secret: SECRET, now: () => clock.now().getTime() })
  const sequences = new Map<string, number>()

  return {
    inventory,
    ports,
    clock,
    client,
    published,

    async stocked(sku, pieces, over) {
      const as = { viewer: merchandiser }
      const created = await client.query(CREATE, { input: aProduct(sku, over) }, as)
      const id: string = created.data.createProduct.product.id
      if (pieces > 0)
        await client.query(
          `mutation ($sku: String!, $n: Int!) { receiveStock(input: { sku: $sku, quantity: $n }) { userErrors { code } } }`,
          { sku, n: pieces },
          as,
        )
      await client.query(
        `mutation ($id: ID!) { publishProduct(input: { id: $id }) { userErrors { code } } }`,
        { id },
        as,
      )
      return id
    },

    async request(orderId, type, data = {}) {
      const id = ports.ids.next()
      const streamId = `order.Saga-${orderId}`
      const sequence = sequences.get(streamId) ?? 0
      sequences.set(streamId, sequence + 1)
      const event: IntegrationEvent = {
        id,
        type: `order.${type}`,
        version: 1,
        sequence,
        streamId,
        revision: sequence,
        occurredAt: clock.now().toISOString(),
        actor: { kind: 'system', id: 'order' },
        correlationId: `correlation of ${orderId}`,
        commandId: id,
        data: { orderId, ...data },
      }
      await ports.bus.publish(integrationTopic('order'), [
        { key: streamId, id, value: event, headers: {}, position: '' },
      ])
      return id
    },

    answerTo: requestId => eventually(() => published.find(({ causationId }) => causationId === requestId)),

    async [Symbol.asyncDispose]() {
      await inventory[Symbol.asyncDispose]()
      await ports[Symbol.asyncDispose]()
    },
  }
}
