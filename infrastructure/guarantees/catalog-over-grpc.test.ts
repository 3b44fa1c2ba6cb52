import { createSystemClock } from '@mercato/adapters/clock/system'
import type { ContextHost, HostedContext, OpenContext } from '@mercato/adapters/hosting/context-host'
import { freePort } from '@mercato/adapters/http-server/free-port'
import { createMemoryLogger } from '@mercato/adapters/logger/memory'
import { createMemoryPorts } from '@mercato/adapters/testing/memory-ports'
import { subgraphClient, viewerOf } from '@mercato/adapters/testing/subgraph-client'
import { createCatalogServer } from '@mercato/inventory/composition'
import { openContext as openInventory } from '@mercato/inventory/hosted'
import { createGrpcCatalog } from '@mercato/order/composition'
import { openContext as openOrder } from '@mercato/order/hosted'
import { productCatalogContract } from '@mercato/order/testing/product-catalog.contract'
import { afterEach, describe, expect, it, vi } from 'vitest'

type Quote = Parameters<typeof createCatalogServer>[0]['quote']

const SECRET = 'a secret of the services of Mercato'

productCatalogContract('over gRPC', async answer => {
  await using open = new AsyncDisposableStack()
  const clock = createSystemClock()
  const logger = createMemoryLogger()
  const server = open.use(
    await createCatalogServer({
      quote: answer as Quote,
      ready: () => true,
      gatewaySecret: SECRET,
      logger,
      now: Date.now,
      host: '127.0.0.1',
      port: 0,
    }),
  )
  const url = `grpc://127.0.0.1:${server.port}`
  const catalog = open.use(createGrpcCatalog({ url, secret: SECRET, clock, logger, pauseMs: 4 }))
  const opened = open.move()
  return {
    catalog,
    leave: async () => server[Symbol.asyncDispose](),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
})

/** A process of its own around a context: nothing to share with another one but sockets and the secret. */
const alone = async (openContext: OpenContext, gatewaySecret = SECRET): Promise<HostedContext> => {
  await using open = new AsyncDisposableStack()
  const host: ContextHost = {
    ports: open.use(createMemoryPorts()),
    pool: {} as ContextHost['pool'],
    gatewaySecret,
    dataKey: new Uint8Array(32),
    mailer: { send: async () => undefined, forget: async () => undefined },
    development: true,
    alone: { announce: () => undefined },
    offer: () => undefined,
    find: () => undefined,
  }
  const context = open.use(await openContext(host))
  await context.connect()
  await context.start()
  const opened = open.move()
  return { ...context, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

describe('orders and inventory in processes of their own', () => {
  afterEach(() => vi.unstubAllEnvs())

  const ADD = `mutation ($input: AddToCartInput!) {
    addToCart(input: $input) { userErrors { code } cart { lines { sku quantity unitPrice { amount } } } }
  }`
  const input = { sku: 'COF-YIRG-250', quantity: 2 }
  const cart = (order: HostedContext) =>
    subgraphClient(order, { secret: SECRET }).query(
      ADD,
      { input },
      { viewer: viewerOf('018f0000-0000-7000-8000-0000000000c1') },
    )

  it('meet over gRPC when both are told where', async () => {
    const port = await freePort()
    vi.stubEnv('GRPC_PORT', String(port))
    vi.stubEnv('INVENTORY_GRPC_URL', `grpc://127.0.0.1:${port}`)
    await using order = await alone(openOrder)
    expect((await cart(order)).errors?.[0]?.extensions).toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
    await using inventory = await alone(openInventory)
    await inventory.seed?.()
    await expect
      .poll(async () => (await cart(order)).data?.addToCart.cart, { timeout: 10_000 })
      .toMatchObject({ lines: [{ sku: 'COF-YIRG-250', unitPrice: { amount: expect.stringMatching(/^\d+\.\d\d$/) } }] })
  })

  it('do not understand each other without the same secret', async () => {
    const port = await freePort()
    vi.stubEnv('GRPC_PORT', String(port))
    vi.stubEnv('INVENTORY_GRPC_URL', `grpc://127.0.0.1:${port}`)
    await using _inventory = await alone(openInventory, 'another secret')
    await using order = await alone(openOrder)
    const { errors } = await cart(order)
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
    expect(JSON.stringify(errors)).not.toContain('signed')
  })
})
