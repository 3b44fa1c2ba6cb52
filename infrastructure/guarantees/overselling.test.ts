import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { createBooks } from './testing-books.ts'
import type { Client } from './testing-client.ts'
import { createMortals } from './testing-mortal.ts'
import { ADDRESS, ordered, payingWith, people, person, stocked } from './testing-people.ts'
import { openSystem, type System } from './testing-system.ts'
import { eventually } from './testing-waiting.ts'
import type { Wrap } from './testing-wraps.ts'

let system: System
afterEach(() => system[Symbol.asyncDispose]())

const ORDER = `query ($id: ID!) { order(id: $id) { status statusReason shipments { amount { amount } } payment { status captured { amount } refunded { amount } } } }`

/** Lets inventory hear of no order before `opened`: then all reservations race, and checkout can have refused none. */
const deafUntil =
  (opened: Promise<void>): Wrap =>
  (context, ports) =>
    context !== 'inventory'
      ? ports
      : {
          ...ports,
          bus: {
            ...ports.bus,
            subscribe: options =>
              ports.bus.subscribe({
                ...options,
                async handler(...given) {
                  if (options.topic === 'order.integration-events') await opened
                  return options.handler(...given)
                },
              }),
          },
        }

it('200 buyers race for 50 pieces: exactly 50 get one, and nobody else is charged', async () => {
  const books = createBooks()
  const allOrdered = Promise.withResolvers<void>()
  const deaf = deafUntil(allOrdered.promise)
  system = await openSystem({ wrap: (context, ports) => deaf(context, books.wrap(context, ports)) })
  const merchandiser = await person(system, 'merchandiser', 'MERCHANDISER')
  await stocked(merchandiser, 'RARE-1', 50)
  const buyers = await people(
    system,
    Array.from({ length: 200 }, (_, index) => `buyer${index}`),
  )
  const placed = await Promise.all(
    buyers.map(async buyer => ordered(buyer, await payingWith(buyer), [{ sku: 'RARE-1', quantity: 1 }])),
  )
  allOrdered.resolve()
  const ends = await Promise.all(
    buyers.map((buyer, index) =>
      eventually('the order is confirmed or rejected', async () => {
        const { status, statusReason } = (await buyer.send(ORDER, { id: placed[index] })).data.order
        if (status === 'CONFIRMED') return status
        return status === 'REJECTED' ? statusReason : undefined
      }),
    ),
  )
  expect(ends.filter(end => end === 'CONFIRMED')).toHaveLength(50)
  expect(ends.filter(end => end === 'OUT_OF_STOCK')).toHaveLength(150)
  expect(books.stockOf('RARE-1')).toEqual({ onHand: 50, reserved: 50 })
  expect(books.violations).toEqual([])
  expect(books.checked).toBeGreaterThan(500)
}, 120_000)

describe('whatever becomes of orders, and whoever dies meanwhile', () => {
  const TOKENS = [
    'tok_approved',
    'tok_declined',
    'tok_insufficient_funds',
    'tok_slow',
    'tok_timeout_after_authorise',
    'tok_timeout_after_capture',
    'tok_capture_fails_once',
  ]
  const fate = fc.record({
    token: fc.constantFrom(...TOKENS),
    cups: fc.integer({ min: 0, max: 3 }),
    plates: fc.integer({ min: 1, max: 2 }),
    ends: fc.constantFrom(
      'cancelled at once',
      'cancelled later',
      'shipped',
      'shipped in parts',
      'shipped',
      'shipped and returned',
    ),
    dies: fc.option(fc.tuple(fc.constantFrom('order', 'inventory', 'payment'), fc.integer({ min: 1, max: 60 })), {
      freq: 4,
    }),
  })
  type Fate = typeof fate extends fc.Arbitrary<infer T> ? T : never

  const seed = Date.now() % 1_000_000_000
  it(`stock is never oversold, money never taken twice, and what was taken is what was shipped and kept (seed ${seed})`, async () => {
    const books = createBooks()
    const mortals = createMortals()
    let restarting: Promise<void> = Promise.resolve()
    system = await openSystem({
      wrap: (context, ports) => mortals.wrap(context, books.wrap(context, ports)),
      order: { timings: { retryMs: 200, retryMaxMs: 2_000 } },
      payment: { settings: { providerTimeoutMs: 500, inquiryMs: 50 } },
    })
    const merchandiser = await person(system, 'merchandiser', 'MERCHANDISER')
    const buyer = await person(system, 'buyer')
    await stocked(merchandiser, 'CUP-1', 30)
    await stocked(merchandiser, 'PLATE-1', 25)
    const methods = new Map<string, string>()
    for (const token of TOKENS) methods.set(token, await payingWith(buyer, token))

    const insist = (client: Client, key: string, field: string, input: Record<string, unknown>) =>
      eventually(
        `${field} of ${key}`,
        async () => {
          const query = `mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { order { id status returns { id } } userErrors { code } } }`
          const { data } = await client.send(query, { input }, { key: `${field}-${key}` })
          if (!data?.[field]) await restarting
          return data?.[field]
        },
        40_000,
      )
    const reaches = (id: string, ...wanted: readonly string[]) =>
      eventually(
        `${id} is ${wanted.join(' or ')}`,
        async () => {
          const { data } = await buyer.send(ORDER, { id })
          return data?.order && wanted.includes(data.order.status) ? data.order : undefined
        },
        40_000,
      )

    const live = async ({ token, cups, plates, ends, dies }: Fate, index: number): Promise<void> => {
      const key = String(index)
      if (dies)
        mortals.kill(dies[0], dies[1], () => {
          restarting = restarting.then(() => system.restart(dies[0] as 'order' | 'inventory' | 'payment'))
        })
      const lines = [...(cups > 0 ? [{ sku: 'CUP-1', quantity: cups }] : []), { sku: 'PLATE-1', quantity: plates }]
      const { order } = await insist(buyer, key, 'placeOrder', {
        lines,
        paymentMethodId: methods.get(token),
        shippingAddress: ADDRESS,
      })
      if (!order) return
      const orderId: string = order.id
      if (ends === 'cancelled at once') await insist(buyer, key, 'cancelOrder', { orderId })
      const { status } = await reaches(orderId, 'CONFIRMED', 'REJECTED', 'CANCELLED')
      if (status === 'CONFIRMED') {
        if (ends === 'cancelled later') await insist(buyer, key, 'cancelOrder', { orderId })
        else {
          const parcel = { orderId, carrier: 'DHL', trackingNumber: '1' }
          if (ends === 'shipped in parts')
            await insist(merchandiser, `${key}-a`, 'shipOrder', { ...parcel, lines: [{ sku: 'PLATE-1', quantity: 1 }] })
          await insist(merchandiser, `${key}-b`, 'shipOrder', parcel)
          await insist(merchandiser, key, 'markDelivered', { orderId })
          await reaches(orderId, 'DELIVERED')
        }
        if (ends === 'shipped and returned') {
          const asked = await insist(buyer, key, 'requestReturn', { orderId, lines: [{ sku: 'PLATE-1', quantity: 1 }] })
          const returnId: string = asked.order.returns[0].id
          await insist(merchandiser, key, 'approveReturn', { orderId, returnId })
          await insist(merchandiser, key, 'receiveReturn', { orderId, returnId })
        }
      }
      await eventually(
        `the money of ${orderId} is right`,
        async () => {
          const { data } = await buyer.send(
            `query ($id: ID!) { order(id: $id) { shipments { amount { amount } } returns { refund { amount } } payment { status } } }`,
            { id: orderId },
          )
          if (!data?.order) return undefined
          const cents = (amounts: readonly ({ readonly amount: string } | null)[]): number =>
            amounts.reduce((sum, each) => sum + Math.round(Number(each?.amount ?? 0) * 100), 0)
          const { shipments, returns, payment } = data.order
          const due =
            cents(shipments.map(({ amount }: { amount: { amount: string } }) => amount)) -
            cents(returns.map(({ refund }: { refund: { amount: string } | null }) => refund))
          const { captured, refunded } = books.moneyOf(orderId)
          const settled = shipments.length > 0 || !payment || ['VOIDED', 'DECLINED', 'EXPIRED'].includes(payment.status)
          return captured - refunded === due && settled ? true : undefined
        },
        40_000,
      )
    }

    const fates = fc.sample(fate, { numRuns: 60, seed })
    await Promise.all(fates.map(live))
    await restarting
    await eventually(
      'no stock is held',
      async () => (books.stockOf('CUP-1').reserved + books.stockOf('PLATE-1').reserved === 0 ? true : undefined),
      40_000,
    )
    expect(books.violations).toEqual([])
    expect(books.checked).toBeGreaterThan(300)
  }, 180_000)
})
