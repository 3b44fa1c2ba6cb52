import {
  type CommandContext,
  type IdempotencyOutcome,
  idOf,
  type MutationOutcome,
  replayAnswer,
} from '@mercato/shared-kernel/application'
import type { GraphQLResolveInfo } from 'graphql'
import { orderIn } from '#application/aggregates.ts'
import type { Order } from '#domain/order-state.ts'
import type { CartView, SubgraphContext } from './context.ts'
import type { MutationResolvers } from './generated/types.ts'

const answer = ({ userErrors, consistencyToken }: MutationOutcome) => ({
  userErrors,
  consistencyToken: consistencyToken ?? null,
})

type Run<Input> = (context: SubgraphContext, input: Input, command: CommandContext) => Promise<IdempotencyOutcome>

type Keyed = { readonly idempotencyKey?: string | null }

const run = <Input extends Keyed>(
  use: Run<Input>,
  input: Input,
  context: SubgraphContext,
  info: GraphQLResolveInfo,
): Promise<MutationOutcome> => context.mutate(context, info, input, command => use(context, input, command))

/** A mutation that answers with the cart as it left it. */
const onCart =
  <Input extends Keyed>(use: Run<Input>) =>
  async (_root: unknown, { input }: { readonly input: Input }, context: SubgraphContext, info: GraphQLResolveInfo) => {
    const outcome = await run(use, input, context, info)
    if (outcome.rejection) return { ...answer(outcome), cart: null }
    const customerId = idOf(outcome.streamId)
    const { state } = await context.aggregates.carts.load(customerId, outcome.revision)
    return { ...answer(outcome), cart: { ...state, customerId } satisfies CartView }
  }

/** The guest's cart as a mutation left it, with its token. */
const withGuestCart = async (context: SubgraphContext, outcome: MutationOutcome) => {
  if (outcome.rejection) return { ...answer(outcome), guestToken: null, cart: null }
  const guestCartId = idOf(outcome.streamId)
  const { state } = await context.aggregates.guestCarts.load(guestCartId, outcome.revision)
  const cart = state.status === 'open' ? { ...state, guestCartId } : null
  return { ...answer(outcome), guestToken: context.guestTokens.make(guestCartId), cart }
}

/** Without a token a cart is opened, never the same one twice: two guests may have thought of the same key. */
const unlessOpening = <Input extends Keyed & { readonly guestToken?: string | null }>(
  input: Input,
  context: SubgraphContext,
): readonly [Input, SubgraphContext] => {
  if (input.guestToken != null) return [input, context]
  const { idempotencyKey: _, ...unkeyed } = context
  return [{ ...input, idempotencyKey: null }, unkeyed]
}

/** A mutation that answers with the guest's cart as it left it. */
const onGuestCart =
  <Input extends Keyed & { readonly guestToken?: string | null }>(use: Run<Input>) =>
  async (_root: unknown, { input }: { readonly input: Input }, context: SubgraphContext, info: GraphQLResolveInfo) =>
    withGuestCart(context, await run(use, ...unlessOpening(input, context), info))

/** A mutation that answers with the order as it left it. */
const onOrder =
  <Input extends Keyed>(use: Run<Input>) =>
  async (_root: unknown, { input }: { readonly input: Input }, context: SubgraphContext, info: GraphQLResolveInfo) => {
    const outcome = await run(use, input, context, info)
    const loaded = outcome.rejection
      ? undefined
      : await context.aggregates.orders.load(idOf(outcome.streamId), outcome.revision)
    const order: Order | null = (loaded && orderIn(loaded)) ?? null
    return { ...answer(outcome), order }
  }

/** A mutation that answers with the saga as it left it. */
const onSaga =
  <Input extends Keyed>(use: Run<Input>) =>
  async (_root: unknown, { input }: { readonly input: Input }, context: SubgraphContext, info: GraphQLResolveInfo) => {
    const outcome = await run(use, input, context, info)
    if (outcome.rejection) return { ...answer(outcome), saga: null }
    const saga = await context.operatorQueries.sagaAt(idOf(outcome.streamId), outcome.revision)
    return { ...answer(outcome), saga: saga ?? null }
  }

export const Mutation = {
  addToCart: onCart((context, input, command) => context.carts.addToCart(input, context, command)),
  changeQuantity: onCart((context, input, command) => context.carts.changeQuantity(input, context, command)),
  removeFromCart: onCart((context, input, command) => context.carts.removeFromCart(input, context, command)),
  clearCart: onCart((context, input, command) => context.carts.clearCart(input, context, command)),
  addToGuestCart: onGuestCart((context, input, command) => context.guestCarts.addToGuestCart(input, context, command)),
  changeGuestQuantity: onGuestCart((context, input, command) =>
    context.guestCarts.changeGuestQuantity(input, context, command),
  ),
  removeFromGuestCart: onGuestCart((context, input, command) =>
    context.guestCarts.removeFromGuestCart(input, context, command),
  ),
  mergeGuestCart: async (root, args, context, info) => {
    const merge = onCart<typeof args.input>((_, input, command) =>
      context.guestCarts.mergeGuestCart(input, context, command),
    )
    const payload = await merge(root, args, context, info)
    const guestCartId = context.guestTokens.open(args.input.guestToken)
    const merged = payload.cart?.merged?.find(each => each.guestCartId === guestCartId)
    return { ...payload, leftOut: merged?.leftOut ?? [] }
  },
  checkout: async (root, args, context, info) => {
    const checkout = onOrder<typeof args.input>((_, input, command) =>
      context.checkouts.checkout(input, context, command),
    )
    const payload = await checkout(root, args, context, info)
    return { ...payload, cart: await context.queries.cart(context) }
  },
  placeOrder: onOrder((context, input, command) => context.checkouts.placeOrder(input, context, command)),
  cancelOrder: onOrder((context, input, command) => context.fulfilment.cancelOrder(input, context, command)),
  shipOrder: onOrder((context, input, command) => context.fulfilment.shipOrder(input, context, command)),
  markDelivered: onOrder((context, input, command) => context.fulfilment.markDelivered(input, context, command)),
  requestReturn: onOrder((context, input, command) => context.fulfilment.requestReturn(input, context, command)),
  approveReturn: onOrder((context, input, command) => context.fulfilment.approveReturn(input, context, command)),
  declineReturn: onOrder((context, input, command) => context.fulfilment.declineReturn(input, context, command)),
  receiveReturn: onOrder((context, input, command) => context.fulfilment.receiveReturn(input, context, command)),
  retrySaga: onSaga((context, input, command) => context.operators.retrySaga(input, context, command)),
  compensateSaga: onSaga((context, input, command) => context.operators.compensateSaga(input, context, command)),
  replayOrderParkedMessages: async (_root, { input }, context, info) => {
    const replay: Run<typeof input> = (_, which, command) => context.operations.replay(which, context.viewer, command)
    return replayAnswer(await run(replay, input, context, info))
  },
} satisfies MutationResolvers
