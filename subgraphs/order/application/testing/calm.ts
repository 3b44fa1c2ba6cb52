import { deliver } from './channel.ts'
import { checkDeadlines, checkNothingHeld, checkWorld, isResting, isStuck } from './invariants.ts'
import type { World } from './world.ts'

/** Delivers everything that is on its way, without faults. */
export const calm = async (world: World, orderIds: readonly string[]): Promise<void> => {
  for (;;) {
    await world.relay()
    const channel = world.channels().find(({ waiting }) => waiting.length > 0)
    const [operation] = world.payment.operations()
    if (channel) await deliver(channel)
    else if (operation) world.answerFromPayment(operation.succeed(world.now()))
    else return
    await checkWorld(world, orderIds)
  }
}

/** The partners' own deadlines: what they hold for nobody runs out. */
const runOut = (world: World): void => {
  for (const { orderId, expiresAt } of world.inventory.expiring())
    if (expiresAt <= world.now()) world.answerFromInventory(world.inventory.expire(orderId))
  for (const { orderId, expiresAt } of world.payment.expiring())
    if (expiresAt <= world.now()) world.answerFromPayment(world.payment.expire(orderId))
}

/** Lets time pass, deadline by deadline, until every saga rests and the partners wait for nothing. */
export const untilRest = async (world: World, orderIds: readonly string[]): Promise<void> => {
  world.fuse.light(Number.POSITIVE_INFINITY)
  for (let rounds = 0; rounds < 2_000; rounds++) {
    await calm(world, orderIds)
    await checkDeadlines(world, orderIds)
    await checkNothingHeld(world, orderIds)
    const sagas = await Promise.all(orderIds.map(orderId => world.aggregates.sagas.load(orderId)))
    const resting = sagas.every(
      ({ state }, index) => state.status === 'none' || isResting(state) || isStuck(world, orderIds[index] ?? '', state),
    )
    const expiring = [...world.inventory.expiring(), ...world.payment.expiring()]
    if (resting && expiring.length === 0) return
    const moments = [
      ...(await world.pending()).map(({ dueAt }) => dueAt.getTime()),
      ...expiring.map(({ expiresAt }) => Date.parse(expiresAt)),
    ]
    const next = Math.min(...moments)
    if (next > world.clock.now().getTime()) world.clock.set(new Date(next))
    runOut(world)
    for (const timer of await world.due()) await world.fire(timer)
    await checkWorld(world, orderIds)
  }
}
