import { setTimeout as delay } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBooks } from './testing-books.ts'
import type { Client } from './testing-client.ts'
import { createRunningClock } from './testing-clock.ts'
import type { ContextName } from './testing-contexts.ts'
import { createMortals } from './testing-mortal.ts'
import { orderEnds, timersUntil } from './testing-order-ends.ts'
import { ADDRESS, payingWith, person, stocked } from './testing-people.ts'
import { openSystem, type System } from './testing-system.ts'
import { createUnreliableBus, randomFrom, type UnreliableBus } from './testing-unreliable-bus.ts'
import { eventually } from './testing-waiting.ts'
import { createWatchedProvider, type WatchedProvider } from './testing-watched-provider.ts'

const LONG = process.env['GUARANTEES'] === 'long'
const RUNS = LONG ? 40 : 3
const SEED = Number(process.env['GUARANTEES_SEED'] ?? Date.now() % 1_000_000_000)
const MINUTE = 60_000
const DAY = 86_400_000
const SKUS = ['CUP', 'PLATE', 'SPOON'] as const
const PIECES = 9

const TOKENS = [
  'tok_approved',
  'tok_approved',
  'tok_declined',
  'tok_slow',
  'tok_timeout_after_authorise',
  'tok_timeout_after_capture',
  'tok_capture_fails_once',
  'tok_late',
  'tok_late_capture',
] as const

const DEEDS = ['nothing', 'cancel', 'wait and cancel', 'ship', 'ship a part', 'deliver', 'return'] as const

const plan = fc.record({
  orders: fc.array(
    fc.record({
      lines: fc.uniqueArray(fc.record({ sku: fc.constantFrom(...SKUS), quantity: fc.integer({ min: 1, max: 3 }) }), {
        selector: ({ sku }) => sku,
        minLength: 1,
        maxLength: 3,
      }),
      token: fc.constantFrom(...TOKENS),
      deed: fc.constantFrom(...DEEDS),
    }),
    { minLength: 10, maxLength: 14 },
  ),
  deaths: fc.array(
    fc.record({
      context: fc.constantFrom<ContextName>('order', 'inventory', 'payment'),
      inMoments: fc.integer({ min: 1, max: 80 }),
    }),
    { minLength: 2, maxLength: 5 },
  ),
  restarts: fc.array(fc.constantFrom<ContextName>('order', 'inventory', 'payment', 'user'), { maxLength: 2 }),
  weather: fc.record({
    twice: fc.double({ min: 0.1, max: 0.5, noNaN: true }),
    again: fc.double({ min: 0.1, max: 0.5, noNaN: true }),
    lateMs: fc.integer({ min: 0, max: 15 }),
    seed: fc.integer({ min: 1, max: 1_000_000 }),
  }),
})
type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never

const play = async ({ orders, deaths, restarts, weather }: Plan): Promise<void> => {
  const clock = createRunningClock()
  const random = randomFrom(weather.seed)
  const [books, mortals, bus] = [createBooks(), createMortals(), createUnreliableBus({ ...weather, random })]
  const provider = createWatchedProvider()
  await using system = await openSystem({
    clock,
    wrap: (context, ports) => bus.wrap(context, mortals.wrap(context, books.wrap(context, ports))),
    order: { timings: { retryMs: 300, retryMaxMs: 5_000 } },
    payment: { settings: { providerTimeoutMs: 300, inquiryMs: 50 } },
    provider: provider.watch,
    lateMs: 150,
  })
  const merchandiser = await person(system, 'merchandiser', 'MERCHANDISER')
  const buyer = await person(system, 'buyer')
  for (const sku of SKUS) await stocked(merchandiser, sku, PIECES)
  const methods = new Map<string, string>()
  for (const token of new Set(TOKENS)) methods.set(token, await payingWith(buyer, token))

  let restarting: Promise<void> = Promise.resolve()
  const restart = (context: ContextName): void => {
    restarting = restarting.then(() => system.restart(context))
  }
  const dying = [...deaths]
  let died = 0
  const killNext = (): void => {
    const next = dying.shift()
    if (next)
      mortals.kill(next.context, next.inMoments, () => {
        died++
        restart(next.context)
      })
  }

  /** As a client does: the same request with the same key until there is an answer. */
  const insist = (client: Client, key: string, field: string, input: Readonly<Record<string, unknown>>) =>
    eventually(`${field} ${key}`, async () => {
      const query = `mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { order { id returns { id } } userErrors { code } } }`
      const { data } = await client.send(query, { input }, { key: `${field}-${key}` })
      if (!data?.[field]) await restarting
      return data?.[field]
    })
  const statusOf = async (id: string): Promise<string | undefined> =>
    (await buyer.send('query ($id: ID!) { order(id: $id) { status } }', { id })).data?.order?.status
  const decided = (id: string) =>
    eventually('the order is confirmed or over', async () => {
      const status = await statusOf(id)
      return status === 'PENDING' || status === 'AWAITING_PAYMENT' ? undefined : status
    })

  const live = async ({ lines, token, deed }: Plan['orders'][number], index: number): Promise<void> => {
    const key = String(index)
    const placing = { lines, paymentMethodId: methods.get(token), shippingAddress: ADDRESS }
    const { order } = await insist(buyer, key, 'placeOrder', placing)
    if (index % 3 === 0) killNext()
    if (!order || deed === 'nothing') return
    const orderId: string = order.id
    if (deed !== 'cancel' && (await decided(orderId)) !== 'CONFIRMED') return
    if (deed.endsWith('cancel')) {
      await insist(buyer, key, 'cancelOrder', { orderId })
      return
    }
    const [first] = lines
    const parcel = { orderId, carrier: 'DHL', trackingNumber: key }
    if (deed === 'ship a part') {
      await insist(merchandiser, key, 'shipOrder', { ...parcel, lines: [{ sku: first?.sku, quantity: 1 }] })
      return
    }
    await insist(merchandiser, key, 'shipOrder', parcel)
    if (deed === 'ship') return
    await insist(merchandiser, key, 'markDelivered', { orderId })
    if (deed === 'deliver') return
    const asked = await insist(buyer, key, 'requestReturn', { orderId, lines: [{ sku: first?.sku, quantity: 1 }] })
    const returnId = asked.order?.returns[0]?.id
    await insist(merchandiser, key, 'approveReturn', { orderId, returnId })
    await insist(merchandiser, key, 'receiveReturn', { orderId, returnId })
  }

  await Promise.all(orders.map(live))
  for (const context of restarts) restart(context)
  await restarting
  await settled(system, bus, provider.underWay)

  expect(books.violations).toEqual([])
  await expectDeadlines(system)
  for (const ms of [MINUTE, 20 * MINUTE, 60 * MINUTE, DAY, 5 * DAY, 2 * DAY, 15 * DAY, 60 * DAY]) {
    clock.advance(ms)
    await settled(system, bus, provider.underWay)
  }
  const ended = Object.entries(Object.groupBy(orderEnds(system), ({ end }) => end ?? 'open'))
  const counts = Object.fromEntries(ended.map(([end, list]) => [end, list?.length]))
  console.info(
    `${deaths.length - dying.length} told to die, ${died} died, ${bus.repeated} repeated, ${books.checked} checked`,
    counts,
  )
  expect(bus.repeated).toBeGreaterThan(20)
  expect(books.violations).toEqual([])
  expectEnds(system, books, provider)
  expect(await timersUntil(system)).toEqual([])
  const parked = await Promise.all(Object.values(system.ports).map(ports => ports.parked.list({ limit: 10 })))
  expect(parked.flat()).toEqual([])
}

/** What ends the hold of an authorisation. */
const SETTLED = ['PaymentDeclined', 'PaymentVoided', 'AuthorisationExpired', 'PaymentCaptured']

/** Nothing is on its way: logs are published and handled, nothing is due, the provider has answered. */
const settled = (system: System, bus: UnreliableBus, underWay: () => number): Promise<true> =>
  eventually('everything has settled', async () => {
    const isCalm = async (): Promise<boolean> => {
      if (underWay() > 0 || !bus.isIdle()) return false
      if ((await timersUntil(system, system.clock.now())).length > 0) return false
      for (const [name, { checkpoints, store }] of Object.entries(system.ports))
        if ((await checkpoints.load(`relay/${name}`)) !== (await store.head())) return false
      return true
    }
    if (!(await isCalm())) return undefined
    // What is done off the bus (a call to the provider) may be about to begin.
    await delay(20)
    return (await isCalm()) ? true : undefined
  })

const expectDeadlines = async (system: System): Promise<void> => {
  const waiting = orderEnds(system).filter(({ end }) => end === undefined)
  const timers = await timersUntil(system)
  const watched = new Set(timers.filter(({ kind }) => kind === 'order-saga').map(({ orderId }) => orderId))
  expect(waiting.filter(({ orderId }) => !watched.has(orderId))).toEqual([])
}

const expectEnds = (system: System, books: ReturnType<typeof createBooks>, provider: WatchedProvider): void => {
  const ends = orderEnds(system)
  expect(ends.filter(({ end }) => end === undefined)).toEqual([])
  for (const { orderId, shippedFor, returnedFor } of ends) {
    const { captured, refunded } = books.moneyOf(orderId)
    expect(captured - refunded, orderId).toBe(shippedFor - returnedFor)
  }
  for (const sku of SKUS) {
    const count = (pieces: 'shipped' | 'returned'): number =>
      ends.flatMap(end => end[pieces]).reduce((sum, each) => sum + (each.sku === sku ? each.quantity : 0), 0)
    expect(books.stockOf(sku), sku).toEqual({ onHand: PIECES - count('shipped') + count('returned'), reserved: 0 })
  }
  const held = ends.filter(({ orderId }) => {
    const types =
      system.ports.payment.log.streams.get(`payment.Payment-${orderId}`)?.events.map(({ type }) => type) ?? []
    return types.length > 0 && !types.some(type => SETTLED.includes(type))
  })
  expect(held, 'money is set aside for orders that are over').toEqual([])
  const ours = (kind: 'captured' | 'refunded'): number =>
    ends.reduce((sum, { orderId }) => sum + books.moneyOf(orderId)[kind], 0)
  // A capture whose answer is lost is learnt of later, but it is learnt of.
  expect(ours('captured')).toBeGreaterThanOrEqual(provider.moved('captured'))
  expect(ours('refunded')).toBe(provider.moved('refunded'))
}

describe('over a bus that delivers late, twice, again and in another order, to contexts that die and start anew', () => {
  it(`stock and money stay right, and every order ends (seed ${SEED}, ${RUNS} runs)`, {
    timeout: 1_200_000,
  }, async () => {
    await fc.assert(fc.asyncProperty(plan, play), { numRuns: RUNS, seed: SEED, endOnFailure: true })
  })
})
