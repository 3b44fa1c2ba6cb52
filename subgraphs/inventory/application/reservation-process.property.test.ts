import { createMemoryEventStore, createMemoryLog } from '@mercato/adapters/event-store/memory'
import { createUuidIds } from '@mercato/adapters/ids/uuid'
import { createMemoryKeyVault } from '@mercato/adapters/key-vault/memory'
import { createFakeClock } from '@mercato/adapters/testing/fake-clock'
import { noMetrics } from '@mercato/adapters/testing/quiet'
import { createMemoryTimers } from '@mercato/adapters/timers/memory'
import { type EventStore, Fault, type IntegrationEvent } from '@mercato/shared-kernel/application'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createInventoryCodec } from '#infrastructure/event-codec.ts'
import { sumUp, violations } from '../testing-ledger.ts'
import { createAggregates } from './aggregates.ts'
import { createPolicies } from './policies.ts'
import { publish } from './published-events.ts'
import { createExpiryHandler, EXPIRY_TIMER, scheduleExpiry } from './reservation-expiry.ts'
import { createReservationProcess } from './reservation-process.ts'

const SKUS = ['A', 'B', 'C'] as const
const START = new Date('2026-01-01T00:00:00.000Z')
const EXPIRES_MS = 900_000
const RESERVE = 'order.StockReservationRequested'
const LOST = 'inventory.ReservationLost'

/** What befalls one call of the store. After `lost`, the event is in the log but its writer never hears of it. */
type Fate = 'fine' | 'failed' | 'lost'

interface OrderPlan {
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[]
  /** Requests after the reservation, in order. */
  readonly then: readonly ('confirm' | 'ship-one' | 'ship-all' | 'restock' | 'release')[]
  /** Whether the first of them overtakes the reservation. */
  readonly overtaken: boolean
}

interface Plan {
  readonly stock: readonly number[]
  readonly orders: readonly OrderPlan[]
  /** Deliveries besides the due ones: which request, of which order; on which instance. */
  readonly extra: readonly { readonly order: number; readonly request: number; readonly instance: number }[]
  /** After so many steps the time of all reservations is over. */
  readonly expiryAt: number
  readonly fates: readonly Fate[]
}

const linesArb = fc
  .subarray([...SKUS], { minLength: 1 })
  .chain(skus =>
    fc.tuple(...skus.map(sku => fc.record({ sku: fc.constant(sku), quantity: fc.integer({ min: 1, max: 3 }) }))),
  )
const orderArb: fc.Arbitrary<OrderPlan> = fc.record({
  lines: linesArb,
  then: fc.array(fc.constantFrom('confirm', 'ship-one', 'ship-all', 'restock', 'release'), { maxLength: 5 }),
  overtaken: fc.boolean(),
})
const planArb: fc.Arbitrary<Plan> = fc.record({
  stock: fc.tuple(...SKUS.map(() => fc.integer({ min: 0, max: 5 }))),
  orders: fc.array(orderArb, { minLength: 1, maxLength: 4 }),
  extra: fc.array(fc.record({ order: fc.nat(3), request: fc.nat(5), instance: fc.nat(1) }), { maxLength: 8 }),
  expiryAt: fc.integer({ min: 0, max: 150 }),
  fates: fc.array(fc.oneof({ weight: 5, arbitrary: fc.constant('fine' as const) }, fc.constantFrom('failed', 'lost')), {
    maxLength: 60,
  }),
})

/** The process over one log, on two instances at once, with a scheduler between every call of the store. */
const openWorld = async ({ stock, orders, fates }: Plan, step: () => Promise<void>) => {
  const log = createMemoryLog()
  const ids = createUuidIds()
  const clock = createFakeClock(START)
  const timers = createMemoryTimers()
  const codec = createInventoryCodec(createMemoryKeyVault())
  const calm = createMemoryEventStore({ log })
  const troubles = [...fates]
  let answers = 0

  const troubled: EventStore = {
    ...calm,
    async readStream(streamId, range) {
      await step()
      return calm.readStream(streamId, range)
    },
    async append(streamId, expected, events) {
      await step()
      const fate = troubles.shift() ?? 'fine'
      if (fate === 'failed') throw new Error('the store is away')
      const result = await calm.append(streamId, expected, events)
      expect(violations(log.events)).toEqual([])
      if (fate === 'lost') throw new Error('the connection is lost')
      return result
    },
  }

  const instance = (store: EventStore) => {
    const aggregates = createAggregates({ store, ids, metrics: noMetrics }, codec)
    const process = createReservationProcess({ aggregates, ids, clock })
    return { aggregates, policies: createPolicies(process, clock), expire: createExpiryHandler(process, clock) }
  }
  const quiet = instance(calm)
  for (const [index, sku] of SKUS.entries()) {
    const quantity = stock[index] ?? 0
    if (quantity > 0)
      await quiet.aggregates.stock.handle(
        quiet.aggregates.stockId(sku),
        { type: 'receiveStock', data: { sku, productId: sku, quantity } },
        { actor: { kind: 'system', id: 't' }, commandId: ids.next(), correlationId: 't', now: START },
      )
  }

  const requestsOf = ({ lines, then, overtaken }: OrderPlan): readonly IntegrationEvent[] => {
    const orderId = ids.next()
    const event = (type: string, data: object): IntegrationEvent => ({
      id: ids.next(),
      type: `order.${type}`,
      version: 1,
      sequence: answers++,
      streamId: `order.Saga-${orderId}`,
      revision: 0,
      occurredAt: START.toISOString(),
      actor: { kind: 'system', id: 'order' },
      correlationId: 'c',
      commandId: 'c',
      data: { orderId, ...data },
    })
    const expiresAt = new Date(START.getTime() + EXPIRES_MS).toISOString()
    const first = lines.slice(0, 1).map(({ sku }) => ({ sku, quantity: 1 }))
    const reserve = event('StockReservationRequested', { lines, expiresAt })
    const later = then.map((what, index) => {
      switch (what) {
        case 'confirm':
          return event('ReservationConfirmationRequested', {})
        case 'ship-one':
          return event('StockShipmentRequested', { shipmentId: `s${index}`, lines: first })
        case 'ship-all':
          return event('StockShipmentRequested', { shipmentId: `s${index}`, lines })
        case 'restock':
          return event('RestockRequested', { returnId: `r${index}`, lines: first })
        default:
          return event('StockReleaseRequested', { reason: 'CANCELLED' })
      }
    })
    return overtaken ? [...later.slice(0, 1), reserve, ...later.slice(1)] : [reserve, ...later]
  }

  return {
    log,
    clock,
    timers,
    codec,
    quiet,
    instances: [instance(troubled), instance(troubled)],
    requests: orders.map(requestsOf),
    /** What the reaction does with every event so far. */
    async react() {
      for (const recorded of log.events) await scheduleExpiry(timers)(await codec.decode(recorded))
    },
  }
}

type World = Awaited<ReturnType<typeof openWorld>>
type Instance = World['quiet']

/** True once served, or refused for good; false when it is to be delivered again. */
const deliver = async (instance: Instance, request: IntegrationEvent): Promise<boolean> => {
  try {
    await instance.policies[request.type]?.(request)
    return true
  } catch (error) {
    if (error instanceof Fault) return !error.retryable
    if (error instanceof Error && /^the (store|connection)/.test(error.message)) return false
    throw error
  }
}

const fireTimers = async ({ timers, clock }: World, instance: Instance): Promise<void> => {
  for (const timer of await timers.due(EXPIRY_TIMER, clock.now(), 100)) {
    await instance.expire(timer)
    await timers.fired(timer.id)
  }
}

/** Every deadline once more, also those that were taken back: a timer may fire twice, and late. */
const fireTimersTwice = async ({ clock, quiet, requests }: World): Promise<void> => {
  for (const [first] of requests.map(each => each.filter(({ type }) => type === RESERVE))) {
    if (!first) continue
    const { orderId } = first.data as { readonly orderId: string }
    const payload = { orderId, requestId: first.id, correlationId: 'c' }
    await quiet.expire({ id: orderId, kind: EXPIRY_TIMER, dueAt: clock.now(), payload })
  }
}

const answersIn = async ({ log, codec }: World) => {
  const found: { readonly name: string; readonly causationId: string | undefined; readonly orderId: unknown }[] = []
  for (const recorded of log.events) {
    const envelope = await codec.decode(recorded)
    const published = publish(envelope)
    if (published && recorded.streamId.startsWith('inventory.Reservation-')) {
      const { orderId, reason } = published.data as { readonly orderId: unknown; readonly reason?: string }
      const name = published.type === LOST ? `${published.type} ${reason}` : published.type
      found.push({ name, causationId: recorded.causationId, orderId })
    }
  }
  return found
}

describe('reservations under duplicates, reorders, races, crashes and expiry', () => {
  it('never break the ledger, and come to rest with exactly what they should hold', async () => {
    await fc.assert(
      fc.asyncProperty(planArb, fc.scheduler(), async (plan, scheduler) => {
        let steps = 0
        const world = await openWorld(plan, async () => {
          if (++steps === plan.expiryAt) world.clock.advance(EXPIRES_MS)
          await scheduler.schedule(Promise.resolve())
        })
        const [first, second] = world.instances
        if (!first || !second) throw new Error('no instances')

        const consumers = world.requests.map(async (requests, index) => {
          for (const request of requests)
            for (
              let tries = 0;
              tries < 4 && !(await deliver(tries % 2 === index % 2 ? first : second, request));
              tries++
            );
        })
        const strays = plan.extra.map(async ({ order, request, instance }) => {
          const stray = world.requests[order]?.[request]
          if (stray) await deliver(instance === 0 ? first : second, stray)
        })
        const expiry = (async () => {
          for (let look = 0; look < 3; look++) {
            await scheduler.schedule(Promise.resolve())
            await world.react()
            await fireTimers(world, second).catch((error: unknown) => {
              if (!(error instanceof Error && /^the (store|connection)|BUSY/.test(error.message))) throw error
            })
          }
        })()
        let done = false
        const all = Promise.all([...consumers, ...strays, expiry]).finally(() => {
          done = true
        })
        all.catch(() => undefined)
        while (!done)
          if (scheduler.count() > 0) await scheduler.waitOne()
          else await new Promise(resolve => setTimeout(resolve, 1))
        await all

        // Everything is delivered once more, by a fresh process, in calm; then time runs out.
        for (const requests of world.requests) for (const request of requests) await deliver(world.quiet, request)
        world.clock.advance(2 * EXPIRES_MS)
        await world.react()
        await fireTimers(world, world.quiet)
        await fireTimersTwice(world)

        expect(violations(world.log.events)).toEqual([])
        const answers = await answersIn(world)
        const { orders } = sumUp(world.log.events)
        for (const requests of world.requests) {
          const { orderId } = (requests[0] ?? { data: {} }).data as { readonly orderId: string }
          const { state } = await world.quiet.aggregates.reservations.load(orderId)
          expect(['none', 'barred', 'confirmed', 'ended']).toContain(state.status)
          for (const sku of SKUS) {
            const sums = orders.get(`${orderId} ${sku}`) ?? { reserved: 0, released: 0, shipped: 0, restocked: 0 }
            const line = state.status === 'confirmed' ? state.lines.find(each => each.sku === sku) : undefined
            const due = line ? line.quantity - line.shipped : 0
            expect({ sku, held: sums.reserved - sums.released - sums.shipped }).toEqual({ sku, held: due })
          }
          const own = answers.filter(answer => answer.orderId === orderId).map(({ name }) => name)
          if (own.includes('inventory.StockReserved')) expect(own).not.toContain('inventory.StockRefused')
          const confirmed = own.indexOf('inventory.ReservationConfirmed')
          if (confirmed >= 0) expect(own.slice(confirmed)).not.toContain(`${LOST} EXPIRED`)
          for (const request of requests) {
            const given = answers.filter(({ causationId }) => causationId === request.id)
            // A granted request may be told later that it expired; nothing else is answered twice.
            const granted = given.some(({ name }) => name === 'inventory.StockReserved')
            expect(given.length).toBeLessThanOrEqual(granted ? 2 : 1)
          }
        }
      }),
      { numRuns: 150 },
    )
  }, 60_000)
})
