import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from './testing-client.ts'
import { createMortals } from './testing-mortal.ts'
import { ADDRESS, payingWith, person, stocked } from './testing-people.ts'
import { openSystem, type System } from './testing-system.ts'
import { eventually as waitFor } from './testing-waiting.ts'

const CONTEXTS = ['order', 'inventory', 'payment'] as const
type Context = (typeof CONTEXTS)[number]
const POINTS = 12
const SKU = 'MUG-1'
const PIECES = 10_000

/** From recovery to the end; the longest wait is for a request that died with its process to be taken over. */
const PATIENCE_MS = 30_000
const eventually = <Value>(what: string, look: () => Promise<Value | undefined>): Promise<Value> =>
  waitFor(what, look, PATIENCE_MS)

const mortals = createMortals()
let system: System
let buyer: Client
let merchandiser: Client
let paymentMethodId: string
let shipped = 0
let turn = 0
let restarting: Promise<void> = Promise.resolve()
let deaths = 0

beforeAll(async () => {
  system = await openSystem({ wrap: mortals.wrap })
  buyer = await person(system, 'buyer')
  merchandiser = await person(system, 'merchandiser', 'MERCHANDISER')
  await stocked(merchandiser, SKU, PIECES)
  paymentMethodId = await payingWith(buyer)
})
afterAll(() => system[Symbol.asyncDispose]())

/** As a client does: the same request with the same key until there is an answer. */
const insist = (client: Client, field: string, input: Record<string, unknown>, selection: string) => {
  const key = `${field}-${turn}`
  return eventually(field, async () => {
    const answer = await client.tell(field, input, selection, { key }).catch(() => undefined)
    if (!answer) await restarting
    return answer
  })
}

const ORDER = `query ($id: ID!) { order(id: $id) { status payment { status captured { amount } } totals { grandTotal { amount } } } }`
const orderIs = (id: string, what: string, isIt: (order: Record<string, never>) => boolean) =>
  eventually(`order ${what}`, async () => {
    const { data } = await buyer.send(ORDER, { id })
    return data?.order && isIt(data.order) ? data.order : undefined
  })
const stockIs = (onHand: number) =>
  eventually(`${onHand} on hand, none reserved`, async () => {
    const { data } = await merchandiser.send(
      `query ($sku: String!) { product(sku: $sku) { stock { onHand reserved } } }`,
      { sku: SKU },
    )
    const stock = data?.product?.stock
    return stock && stock.onHand === onHand && stock.reserved === 0 ? stock : undefined
  })

const place = async (): Promise<string> => {
  turn++
  const lines = [{ sku: SKU, quantity: 2 }]
  const { order } = await insist(
    buyer,
    'placeOrder',
    { lines, paymentMethodId, shippingAddress: ADDRESS },
    'order { id }',
  )
  await orderIs(order.id, 'is confirmed', ({ status }) => status === 'CONFIRMED')
  return order.id
}

const deliver = async (): Promise<void> => {
  const orderId = await place()
  await insist(merchandiser, 'shipOrder', { orderId, carrier: 'DHL', trackingNumber: '1' }, 'order { id }')
  await orderIs(orderId, 'is captured', order => order['payment']?.['status'] === 'CAPTURED')
  await insist(merchandiser, 'markDelivered', { orderId }, 'order { id }')
  const { status, payment, totals } = await orderIs(orderId, 'is delivered', order => order['status'] === 'DELIVERED')
  expect(payment['captured']).toEqual(totals['grandTotal'])
  expect(status).toBe('DELIVERED')
  shipped += 2
  await stockIs(PIECES - shipped)
}

const cancel = async (): Promise<void> => {
  const orderId = await place()
  await insist(buyer, 'cancelOrder', { orderId }, 'order { id }')
  await orderIs(
    orderId,
    'is cancelled and voided',
    order => order['status'] === 'CANCELLED' && order['payment']?.['status'] === 'VOIDED',
  )
  await stockIs(PIECES - shipped)
}

const dieIn = (context: Context, moments: number): void =>
  mortals.kill(context, moments, () => {
    deaths++
    restarting = restarting.then(() => system.restart(context))
  })

describe.each([
  ['an order that is delivered', deliver],
  ['an order that is cancelled', cancel],
])('%s', (_what, journey) => {
  it.each(CONTEXTS)(
    'ends as it should, wherever the %s context dies',
    async context => {
      const before = mortals.moments(context)
      await journey()
      const moments = mortals.moments(context) - before
      expect(moments).toBeGreaterThan(POINTS)
      for (let point = 0; point < POINTS; point++) {
        dieIn(context, 1 + Math.floor((point * moments) / POINTS))
        await journey()
        await restarting
      }
    },
    180_000,
  )
})

it('all of them died', () => expect(deaths).toBeGreaterThan(2 * CONTEXTS.length * (POINTS - 2)))
