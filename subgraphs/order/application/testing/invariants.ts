import { orderIn } from '#application/aggregates.ts'
import type { Order } from '#domain/order-state.ts'
import { creditOf, nextDeadline, type SagaState } from '#domain/saga-state.ts'
import type { World } from './world.ts'

const TERMINAL: readonly Order['status'][] = ['delivered', 'rejected', 'cancelled']

const fail = (orderId: string, what: string): never => {
  throw new Error(`${orderId}: ${what}`)
}

/**
 * Goods left, but the authorisation ran out before the capture got through, and nothing that was taken before pays for them: the saga goes
 * on asking, and a person must help.
 */
export const isStuck = (world: World, orderId: string, saga: SagaState): boolean =>
  saga.status === 'fulfilling' &&
  saga.tasks.length > 0 &&
  saga.tasks.every(({ key }) => key.startsWith('capture/') || key.startsWith('refund/')) &&
  creditOf(saga).every(({ amount }) => amount.amount === 0) &&
  world.payment.isUncollectable(orderId, world.now())

export const isResting = (saga: SagaState): boolean => saga.status !== 'none' && nextDeadline(saga) === undefined

/** What must hold for one order after every step, whatever happened. */
const checkOrder = (orderId: string, order: Order | undefined, saga: SagaState): void => {
  const shipped = order?.shipments.length ?? 0
  if (shipped > 0 && (order?.status === 'cancelled' || order?.status === 'rejected')) fail(orderId, 'shipped and over')
  if (shipped > 0 && saga.status === 'undoing') fail(orderId, 'shipped and undone')
  if (order?.status === 'cancelled' && saga.status === 'fulfilling') fail(orderId, 'cancelled and fulfilled')
  if (saga.status === 'confirmed' && saga.shipBy >= saga.authorisation.expiresAt)
    fail(orderId, 'would be shipped after its authorisation')
  const rests = isResting(saga)
  if (rests && saga.status === 'fulfilling' && saga.stage.name !== 'delivered') fail(orderId, 'rests undelivered')
}

/** The invariants of the whole world: stock and money of the partners, and every order with its saga. */
export const checkWorld = async (world: World, orderIds: readonly string[]): Promise<void> => {
  world.inventory.check()
  world.payment.check()
  for (const orderId of orderIds) {
    const order = orderIn(await world.aggregates.orders.load(orderId))
    const { state } = await world.aggregates.sagas.load(orderId)
    checkOrder(orderId, order, state)
  }
}

const isAuthorisationOf = (orderId: string, message: unknown): boolean => {
  const { type, data } = message as { readonly type: string; readonly data: { readonly orderId?: string } }
  return type === 'payment.PaymentAuthorised' && data.orderId === orderId
}

/**
 * Once nothing is on its way any more: an order that is over before it was shipped holds nothing, unless it was left to run out,
 * or nobody was told of it.
 */
export const checkNothingHeld = async (world: World, orderIds: readonly string[]): Promise<void> => {
  for (const orderId of orderIds) {
    const { state, streamId } = await world.aggregates.sagas.load(orderId)
    if (state.status !== 'undoing' || !isResting(state)) continue
    if (world.log().some(each => each.streamId === streamId && each.type === 'RequestLapsed')) continue
    if (world.inventory.heldFor(orderId) > 0) fail(orderId, 'over, but stock is held')
    const untold = world.lost.some(message => isAuthorisationOf(orderId, message))
    if (world.payment.holds(orderId) && !untold) fail(orderId, 'over, but money is set aside')
  }
}

/** Once nothing is on its way any more: who does not rest has a timer that will wake him, no later than his deadline. */
export const checkDeadlines = async (world: World, orderIds: readonly string[]): Promise<void> => {
  const pending = await world.pending()
  for (const orderId of orderIds) {
    const { state } = await world.aggregates.sagas.load(orderId)
    const deadline = nextDeadline(state)
    if (deadline === undefined) continue
    const awake = pending.some(
      ({ payload, dueAt }) =>
        (payload as { readonly orderId: string }).orderId === orderId && dueAt.toISOString() <= deadline,
    )
    if (!awake) fail(orderId, `${state.status} waits until ${deadline} without a timer`)
  }
}

const worth = (amounts: readonly { readonly amount: number }[]): number =>
  amounts.reduce((sum, { amount }) => sum + amount, 0)

/** What a saga still asks of payment: captures of what was shipped, less refunds. */
const openAmount = (saga: SagaState): number =>
  ('tasks' in saga ? [...saga.tasks, ...(saga.givenUp ?? [])] : []).reduce((sum, { request }) => {
    if (request.type === 'PaymentCaptureRequested') return sum + request.data.amount.amount
    return request.type === 'PaymentRefundRequested' ? sum - request.data.amount.amount : sum
  }, 0)

/** At the end: every order is over, nothing is held, and what was taken is what was shipped and not returned. */
export const checkEnd = async (world: World, orderIds: readonly string[]): Promise<void> => {
  for (const orderId of orderIds) {
    const order = orderIn(await world.aggregates.orders.load(orderId))
    const { state } = await world.aggregates.sagas.load(orderId)
    if (!order) continue
    const taken = world.payment.capturedOf(orderId) - world.payment.refundedOf(orderId)
    const sent = worth(order.shipments.map(({ amount }) => amount))
    const back = worth(order.returns.flatMap(({ status, amount }) => (status === 'received' && amount ? [amount] : [])))
    const open = openAmount(state)
    if (taken + open !== sent - back)
      fail(orderId, `taken ${taken}, asked for ${open} more, shipped ${sent}, returned ${back}`)
    if (isStuck(world, orderId, state)) continue
    if (open !== 0) fail(orderId, `rests, but asks for ${open}`)
    if (!TERMINAL.includes(order.status)) fail(orderId, `ends ${order.status} with a saga that is ${state.status}`)
    if (!isResting(state)) fail(orderId, `its saga does not rest: ${JSON.stringify(state)}`)
    if (world.inventory.heldFor(orderId) > 0) fail(orderId, `${order.status}, but stock is held`)
    if (world.payment.holds(orderId)) fail(orderId, `${order.status}, but money is set aside`)
  }
}
