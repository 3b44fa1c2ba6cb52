import { createInProcessTransport } from '@mercato/adapters/subgraph-transport/in-process'
import { expect, it } from 'vitest'
import { createClient } from './testing-client.ts'
import { CONTEXTS } from './testing-contexts.ts'
import { ordered, payingWith, person, stocked } from './testing-people.ts'
import { openSystem } from './testing-system.ts'
import { eventually } from './testing-waiting.ts'

const ACROSS = /* GraphQL */ `
  query Across($id: ID!) {
    order(id: $id) {
      status
      customer { username }
      lines { quantity unitPrice { amount } product { name price { amount } stock { available } } reservation { state held shipped expiresAt } }
      totals { shipping { amount } }
      shippingEstimate { amount currency }
      payment { status amount { amount } }
    }
  }
`

it('one order is shown across four contexts, and keeps its prices', async () => {
  await using system = await openSystem()
  const merchandiser = await person(system, 'merchandiser', 'MERCHANDISER')
  const buyer = await person(system, 'buyer')
  const { id: productId, sku } = await stocked(merchandiser, 'KETTLE-1', 10)
  const id = await ordered(buyer, await payingWith(buyer), [{ sku, quantity: 3 }])
  const order = await eventually('the order is confirmed', async () => {
    const { data } = await buyer.send(ACROSS, { id })
    return data.order.status === 'CONFIRMED' ? data.order : undefined
  })
  expect(order).toMatchObject({
    customer: { username: 'buyer' },
    lines: [
      {
        quantity: 3,
        product: { name: 'Product KETTLE-1' },
        reservation: { state: 'FIRM', held: 3, shipped: 0, expiresAt: null },
      },
    ],
    totals: { shipping: { amount: '4.90' } },
    shippingEstimate: { amount: '4.90', currency: 'EUR' },
    payment: { status: 'AUTHORISED', amount: { amount: '41.53' } },
  })

  await merchandiser.tell('updateProduct', { id: productId, weightGrams: 2_000 }, '')
  await merchandiser.tell('changePrice', { id: productId, price: { amount: '12.00', currency: 'EUR' } }, '')
  const heavier = await buyer.send(ACROSS, { id })
  expect(heavier.data.order).toMatchObject({
    shippingEstimate: { amount: '7.30' },
    totals: { shipping: { amount: '4.90' } },
    lines: [{ unitPrice: { amount: '10.00' }, product: { price: { amount: '12.00' } } }],
    payment: { amount: { amount: '41.53' } },
  })
})

it('what an order has noted of a product that never changes is asked of no other context', async () => {
  await using system = await openSystem()
  const merchandiser = await person(system, 'merchandiser', 'MERCHANDISER')
  const buyer = await person(system, 'buyer')
  const { sku } = await stocked(merchandiser, 'KETTLE-1', 10)
  const id = await ordered(buyer, await payingWith(buyer), [{ sku, quantity: 3 }])
  const asked: string[] = []
  const transports = Object.fromEntries(
    CONTEXTS.map(name => [
      name,
      createInProcessTransport({
        name,
        fetch: request => {
          asked.push(name)
          return system.context(name).fetch(request)
        },
      }),
    ]),
  )
  await using gateway = await system.openGateway({ transports })
  const client = createClient(gateway)
  client.signIn(buyer.token ?? '')
  const ask = async (product: string) => {
    asked.length = 0
    const { data } = await client.send(`query ($id: ID!) { order(id: $id) { lines { product { ${product} } } } }`, {
      id,
    })
    return [data.order.lines[0].product, [...asked]]
  }
  expect(await ask('sku')).toEqual([{ sku }, ['order']])
  expect(await ask('sku name')).toEqual([{ sku, name: `Product ${sku}` }, ['order', 'inventory']])
})
