import { createMemoryPorts } from '@mercato/adapters/testing/memory-ports'
import { subgraphClient } from '@mercato/adapters/testing/subgraph-client'
import { describe, expect, it } from 'vitest'
import { createInventorySubgraph } from './composition.ts'
import { aProduct, merchandiser, SECRET } from './testing.ts'

/** A context whose relay never starts: its views never learn of anything. */
const openLagging = async () => {
  const ports = createMemoryPorts()
  const inventory = await createInventorySubgraph({ ...ports, gatewaySecret: SECRET })
  await inventory.connect()
  const client = subgraphClient(inventory, { secret: SECRET, viewer: merchandiser })
  return {
    client,
    async [Symbol.asyncDispose]() {
      await inventory[Symbol.asyncDispose]()
      await ports[Symbol.asyncDispose]()
    },
  }
}

describe('a session that reads what it wrote while the views lag behind', () => {
  it('gets single things from the write side, and is told that lists cannot be shown', async () => {
    await using lagging = await openLagging()
    const { client } = lagging
    const created = await client.query(
      `mutation ($input: CreateProductInput!) { createProduct(input: $input) { product { id } } }`,
      { input: aProduct('A') },
    )
    const { id } = created.data.createProduct.product
    const received = await client.query(
      `mutation { receiveStock(input: { sku: "A", quantity: 3 }) { stock { available } userErrors { code } } }`,
    )
    expect(received.data.receiveStock).toEqual({ stock: { available: 3 }, userErrors: [] })
    const consistency = { ...created.extensions?.consistency, ...received.extensions?.consistency }
    expect(Object.keys(consistency)).toHaveLength(2)

    const product = '{ name stock { available } }'
    const [byId, bySku, list, categories] = await Promise.all([
      client.query(`query ($id: ID!) { product(id: $id) ${product} }`, { id }, { consistency }),
      client.query(`{ product(sku: "A") ${product} }`, {}, { consistency }),
      client.query('{ products { totalCount } }', {}, { consistency }),
      client.query('{ categories { name } }', {}, { consistency }),
    ])
    const expected = { product: { name: 'Product A', stock: { available: 3 } } }
    expect(byId.data).toEqual(expected)
    expect(bySku.data).toEqual(expected)
    for (const { errors } of [list, categories])
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'STALE_READ', retryable: true })
  })
})
