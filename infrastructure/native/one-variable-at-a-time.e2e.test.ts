import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '@mercato/adapters/http-server/free-port'
import { callGraphQL, launchMercato, signIn, temporaryData } from '@mercato/embedded/testing-process'
import { afterAll, describe, expect, it } from 'vitest'
import { startPostgres } from './postgres.ts'
import { describeAdapters, serviceFolder, testKafka, testRedis } from './testing.ts'

const INVENTORY = fileURLToPath(new URL('../../subgraphs/inventory/main.ts', import.meta.url))
const ADDRESS = { name: 'K', line1: 'Road 1', city: 'Berlin', postalCode: '10115', country: 'DE' }
const SOON = { timeout: 40_000, interval: 50 }

const PRODUCTS = 'query P { products(first: 1, filter: { inStock: true }) { edges { node { sku } } } }'
const METHOD =
  'mutation M($input: AddPaymentMethodInput!) { addPaymentMethod(input: $input) { paymentMethod { id } userErrors { code } } }'
const PLACE = 'mutation O($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } userErrors { code } } }'

/** Buys something as a customer does, and sees the order confirmed: every context has had its part. */
const buy = async (url: string): Promise<void> => {
  const token = await signIn(url, 'customer')
  const method = await callGraphQL(url, METHOD, { input: { token: 'tok_approved', label: 'card' } }, { token })
  const products = await callGraphQL(url, PRODUCTS)
  const input = {
    lines: [{ sku: products.data.products.edges[0].node.sku, quantity: 1 }],
    paymentMethodId: method.data.addPaymentMethod.paymentMethod.id,
    shippingAddress: ADDRESS,
  }
  const placed = await callGraphQL(
    url,
    PLACE,
    { input },
    { token, headers: { 'idempotency-key': crypto.randomUUID() } },
  )
  expect(placed.data.placeOrder.userErrors).toEqual([])
  const { id } = placed.data.placeOrder.order
  const status = async () =>
    (await callGraphQL(url, 'query S($id: ID!) { order(id: $id) { status } }', { id }, { token })).data.order.status
  await expect.poll(status, SOON).toBe('CONFIRMED')
}

const orders = async (url: string): Promise<number> => {
  const token = await signIn(url, 'customer')
  const { data } = await callGraphQL(url, 'query C { orders(first: 1) { totalCount } }', {}, { token })
  return data.orders.totalCount
}

await describeAdapters(['postgres', 'redis', 'kafka'], () => {
  describe('from one process to a fleet', () => {
    const data = temporaryData()
    const children: ChildProcess[] = []
    afterAll(async () => {
      for (const child of children) child.kill('SIGKILL')
      await data[Symbol.asyncDispose]()
    })

    const run = async (env: Readonly<Record<string, string>>, work: (url: string) => Promise<void>): Promise<void> => {
      const mercato = await (await launchMercato(data.path, { env })).ready
      try {
        await work(mercato.url)
      } finally {
        await mercato.stop()
      }
    }

    const inventoryApart = async (env: Readonly<Record<string, string>>) => {
      const [http, grpc] = [await freePort(), await freePort()]
      const secrets = JSON.parse(readFileSync(join(data.path, 'secrets.json'), 'utf8'))
      const own = {
        HTTP_PORT: String(http),
        GRPC_PORT: String(grpc),
        GATEWAY_SECRET: secrets.gateway,
        CONTEXT_SECRET: secrets.context,
        DATA_KEY: secrets.data,
      }
      children.push(
        spawn(process.execPath, [INVENTORY], { env: { PATH: process.env['PATH'], ...env, ...own }, stdio: 'ignore' }),
      )
      const url = `http://127.0.0.1:${http}`
      await expect
        .poll(
          () =>
            fetch(`${url}/health/ready`).then(
              ({ ok }) => ok,
              () => false,
            ),
          SOON,
        )
        .toBe(true)
      return { SUBGRAPH_INVENTORY_URL: url, INVENTORY_GRPC_URL: `grpc://127.0.0.1:${grpc}`, metrics: `${url}/metrics` }
    }

    it('a variable moves a part out, and what was bought before is still there', async () => {
      await using postgres = await startPostgres({ dir: serviceFolder(), databases: [] })
      const redis = new URL(await testRedis())
      redis.pathname = '/7'
      const ownServices = { DATABASE_URL: postgres.url(''), REDIS_URL: redis.href }
      let bought = 0
      await run(ownServices, async url => {
        await buy(url)
        bought = await orders(url)
      })
      const onKafka = { ...ownServices, KAFKA_BROKERS: (await testKafka()).join(',') }
      await run(onKafka, async url => {
        expect(await orders(url)).toBe(bought)
        await buy(url)
        await expect.poll(() => orders(url), SOON).toBe(bought + 1)
      })
      const { metrics, ...apart } = await inventoryApart(onKafka)
      await run({ ...onKafka, ...apart }, async url => {
        await buy(url)
        await expect.poll(() => orders(url), SOON).toBe(bought + 2)
      })
      expect(await (await fetch(metrics)).text()).toMatch(/mercato_subgraph_operations_total\{[^}]*\} [1-9]/)
    })
  })
})
