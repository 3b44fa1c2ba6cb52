import type { OrderCommand } from '#domain/order.ts'
import { type Channel, deliver } from './channel.ts'
import type { World } from './world.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** Something that could happen next, and how likely. */
export type Step = readonly [weight: number, name: string, run: () => Promise<unknown>]

/** What people may do to an order, sensible or not. */
const wishes = (world: World, orderId: string, ids: () => string): readonly OrderCommand[] => {
  const now = world.now()
  const parcel = { carrier: 'DHL', trackingNumber: '1Z', now }
  return [
    { type: 'CancelOrder', data: { by: 'customer', reason: 'CUSTOMER_REQUEST', now } },
    { type: 'ShipOrder', data: { ...parcel, shipmentId: ids() } },
    { type: 'ShipOrder', data: { ...parcel, shipmentId: ids(), lines: [{ sku: 'MUG', quantity: 1 }] } },
    { type: 'MarkDelivered', data: { by: 'staff', now } },
    {
      type: 'RequestReturn',
      data: { returnId: `return of ${orderId}`, lines: [{ sku: 'MUG', quantity: 1 }], windowMs: 30 * DAY, now },
    },
    { type: 'ApproveReturn', data: { returnId: `return of ${orderId}`, now } },
    { type: 'ReceiveReturn', data: { returnId: `return of ${orderId}`, now } },
  ]
}

/** Told once: nobody asks for it, or the one who is asked again has nothing to add. Such an answer may be late, but not lost. */
const isOnce = (message: unknown): boolean => /"type":"payment.Payment(Capture|Refund)/.test(JSON.stringify(message))

export interface StepOptions {
  readonly orderIds: readonly string[]
  /** Crashes, repeats, losses, disorder, and time that passes when it should not. */
  readonly faults: boolean
  /** Nobody cancels: orders come further. */
  readonly patient: boolean
  readonly ids: () => string
  readonly place: (index: number) => Promise<unknown>
}

/** Everything that could happen next. */
export const stepsOf = async (
  world: World,
  { orderIds, faults, patient, ids, place }: StepOptions,
): Promise<readonly Step[]> => {
  const channels = world.channels().filter(({ waiting }) => waiting.length > 0)
  const steps: Step[] = [
    ...channels.map((channel): Step => [12, `deliver ${channel.name}`, () => world.survive(() => deliver(channel))]),
    ...(await world.due()).map((timer): Step => [6, `fire ${timer.id}`, () => world.fire(timer)]),
    ...world.payment.operations().flatMap((operation): Step[] => [
      [8, operation.name, async () => world.answerFromPayment(operation.succeed(world.now()))],
      [2, `not ${operation.name}`, async () => world.answerFromPayment(operation.fail(world.now()))],
    ]),
    ...world.inventory
      .expiring()
      .filter(({ expiresAt }) => expiresAt <= world.now())
      .map(
        ({ orderId }): Step => [
          4,
          `reservation of ${orderId} expires`,
          async () => world.answerFromInventory(world.inventory.expire(orderId)),
        ],
      ),
    ...world.payment
      .expiring()
      .filter(({ expiresAt }) => expiresAt <= world.now())
      .map(
        ({ orderId }): Step => [
          4,
          `authorisation of ${orderId} expires`,
          async () => world.answerFromPayment(world.payment.expire(orderId)),
        ],
      ),
    ...orderIds.flatMap(orderId =>
      wishes(world, orderId, ids)
        .filter(({ type }) => !patient || type !== 'CancelOrder')
        .map((wish): Step => [1, `${wish.type} ${orderId}`, () => world.command(orderId, wish)]),
    ),
    ...orderIds.map((orderId, index): Step => [2, `place ${orderId}`, () => place(index)]),
    ...orderIds.map((orderId): Step => [1, `operator retries ${orderId}`, () => world.operator(orderId, 'retrySaga')]),
    ...orderIds
      .filter(() => !patient)
      .map((orderId): Step => [1, `operator gives up ${orderId}`, () => world.operator(orderId, 'compensateSaga')]),
  ]
  if (!faults) return steps
  const again = (channel: Channel): Step => [
    2,
    `once more ${channel.name}`,
    () => world.survive(() => channel.handle(channel.delivered.at(-1))),
  ]
  const swapped = (channel: Channel): Step => [
    4,
    `out of order ${channel.name}`,
    async () => channel.waiting.push(...channel.waiting.splice(0, 1)),
  ]
  const lost = (channel: Channel): Step => [
    2,
    `lose ${channel.name}`,
    async () => world.lost.push(channel.waiting.shift()),
  ]
  const told = (channel: Channel): Step => [
    2,
    `told twice ${channel.name}`,
    async () => world.tellAgain(channel.delivered.at(-1)),
  ]
  const partners = channels.filter(({ name }) => !name.startsWith('reactions/'))
  return [
    ...steps,
    ...world
      .channels()
      .filter(({ delivered }) => delivered.length > 0)
      .map(again),
    ...partners.filter(({ waiting }) => !isOnce(waiting[0])).map(lost),
    ...partners.filter(({ waiting }) => waiting.length > 1).map(swapped),
    ...world
      .channels()
      .filter(({ name, delivered }) => name.startsWith('answers/payment') && delivered.length > 0)
      .map(told),
    [3, 'light the fuse', async () => world.fuse.light(1 + Math.floor(world.clock.now().getTime() % 7))],
    [3, 'a second passes', async () => world.clock.advance(1_037)],
    [2, 'ten minutes pass', async () => world.clock.advance(10 * MINUTE + 13)],
    [1, 'a day passes', async () => world.clock.advance(DAY + 7)],
    ...orderIds.flatMap(orderId =>
      [0.1, 0.5, 1].map(
        (share): Step => [
          1,
          `captured by itself ${share} of ${orderId}`,
          async () =>
            world.answerFromPayment(world.payment.captureByItself(orderId, `stray ${share} ${orderId}`, share)),
        ],
      ),
    ),
  ]
}

/** The step on which the dice fall. */
export const choose = (steps: readonly Step[], dice: number): Step => {
  const total = steps.reduce((sum, [weight]) => sum + weight, 0)
  let left = dice % total
  const chosen = steps.find(([weight]) => {
    left -= weight
    return left < 0
  })
  if (!chosen) throw new Error('nothing can happen')
  return chosen
}
