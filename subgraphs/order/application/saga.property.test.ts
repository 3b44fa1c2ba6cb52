import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type OrderLine, priceLines } from '#domain/order-lines.ts'
import { defaultTimings } from '#domain/saga-timings.ts'
import { schemas } from '#infrastructure/event-codec.ts'
import { calm, untilRest } from './testing/calm.ts'
import { checkEnd, checkWorld } from './testing/invariants.ts'
import { choose, stepsOf } from './testing/steps.ts'
import { createWorld, type World } from './testing/world.ts'

const DAY = 86_400_000
const orderIds = ['1', '2', '3'].map(digit => `018f0000-0000-7000-8000-00000000000${digit}`)

const line = (sku: string, price: number, quantity: number): Omit<OrderLine, 'tax'> => ({
  productId: sku,
  sku,
  name: sku,
  unitPrice: { amount: price, currency: 'EUR' },
  quantity,
})
/** Six mugs are wanted, five are there. */
const STOCK = { MUG: 5, PEN: 3 }
const baskets = [
  [line('MUG', 999, 3), line('PEN', 150, 1)],
  [line('MUG', 999, 2)],
  [line('PEN', 150, 2), line('MUG', 999, 1)],
]

const createShop = (authorisedForMs: number): World =>
  createWorld({ timings: { ...defaultTimings, retryMs: 5_000 }, authorisedForMs, stock: STOCK })

const placeIn =
  (world: World) =>
  (index: number): Promise<boolean> => {
    const charges = { shipping: { amount: 490, currency: 'EUR' }, taxBasisPoints: 1_900 } as const
    const shippingAddress = { name: 'Ada', line1: 'Lane 1', city: 'Berlin', postalCode: '10115', country: 'DE' }
    const orderId = orderIds[index] ?? ''
    const priced = priceLines(baskets[index] ?? [], charges)
    return world.place({ orderId, customerId: 'c', ...priced, shippingAddress, paymentMethodId: 'pm', at: world.now() })
  }

describe('the saga of an order', () => {
  it('keeps every invariant after every step, and always ends', async () => {
    const seen = new Set<string>()
    const play = async (tape: readonly number[], faults: boolean, patient: boolean, late: boolean): Promise<void> => {
      const world = createShop(late ? 3 * DAY : 7 * DAY)
      const place = placeIn(world)
      const happened: string[] = []
      const ids = () => `made-${happened.length}`
      try {
        for (const index of orderIds.keys()) await place(index)
        if (late) await calm(world, orderIds)
        for (const dice of tape) {
          await world.relay()
          const [, name, run] = choose(await stepsOf(world, { orderIds, faults, patient, ids, place }), dice)
          happened.push(name)
          await run()
          await checkWorld(world, orderIds)
        }
        await untilRest(world, orderIds)
        await checkEnd(world, orderIds)
      } catch (error) {
        const log = world.log().map(({ streamId, type, data }) => `${streamId} ${type} ${JSON.stringify(data)}`)
        throw new Error(['after', ...happened, 'the log is', ...log].join('\n  '), { cause: error })
      }
      for (const { type } of world.log()) seen.add(type)
    }

    const tape = fc.array(fc.nat({ max: 1_000_000 }), { minLength: 40, maxLength: 220, size: 'max' })
    await fc.assert(fc.asyncProperty(tape, fc.boolean(), fc.boolean(), fc.boolean(), play), {
      numRuns: 500,
      endOnFailure: true,
    })

    const reachable = Object.keys(schemas).filter(type => !/^(Guest)?Cart/.test(type) && type !== 'ReturnDeclined')
    expect([...seen].sort()).toEqual(reachable.sort())
  }, 120_000)
})
