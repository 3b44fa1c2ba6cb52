import type { CommandContext, IdempotencyOutcome, Ids, RequestContext } from '@mercato/shared-kernel/application'
import { parseQuantity } from '@mercato/shared-kernel/domain'
import type { CartLines } from '#domain/cart-lines.ts'
import { type GuestCartCommand, openAt } from '#domain/guest-cart.ts'
import { customerErased, guestCartGone, MAX_PER_LINE, productUnavailable } from '#domain/rejections.ts'
import { customerOf } from './access.ts'
import type { Aggregates } from './aggregates.ts'
import { type ProductInput, productRef } from './cart-commands.ts'
import { refuse } from './placing.ts'
import type { GuestTokens, ProductCatalog } from './ports.ts'

interface Guest {
  readonly guestToken: string
}

type UseCase<Input> = (input: Input, request: RequestContext, command: CommandContext) => Promise<IdempotencyOutcome>

/** What people may do who have not signed in. A guest's cart belongs to whoever holds its token. */
export interface GuestCarts {
  /** Without a token a new cart is opened. */
  readonly addToGuestCart: UseCase<
    ProductInput & { readonly guestToken?: string | null | undefined; readonly quantity: number }
  >
  readonly changeGuestQuantity: UseCase<Guest & { readonly productId: string; readonly quantity: number }>
  readonly removeFromGuestCart: UseCase<Guest & { readonly productId: string }>
  /** The lines go over into the signed-in customer's cart, once, as far as there is room. The outcome is the customer's cart. */
  readonly mergeGuestCart: UseCase<Guest>
  /** Finishes a merge of which only the first half is in the log. Once, however often it is asked for. */
  finishMerge(
    taken: { readonly customerId: string; readonly guestCartId: string; readonly lines: CartLines },
    command: CommandContext,
  ): Promise<IdempotencyOutcome>
  /** The cart of a token; undefined when there is none any more. */
  find(guestToken: string, now: Date): Promise<GuestCartFound | undefined>
}

export interface GuestCartFound {
  readonly guestCartId: string
  readonly lines: CartLines
  readonly touchedAt: string
}

export const createGuestCarts = (dependencies: {
  readonly aggregates: Pick<Aggregates, 'carts' | 'guestCarts'>
  readonly catalog: ProductCatalog
  readonly tokens: GuestTokens
  readonly ids: Ids
}): GuestCarts => {
  const { aggregates, catalog, tokens, ids } = dependencies
  const { carts, guestCarts } = aggregates

  const gone = refuse('', guestCartGone)
  const handle = async (
    guestCartId: string,
    wish: GuestCartCommand,
    command: CommandContext,
  ): Promise<IdempotencyOutcome> => {
    const { streamId, revision, rejection } = await guestCarts.handle(guestCartId, wish, command)
    return { streamId, revision, ...(rejection ? { rejection } : {}) }
  }

  const finishMerge: GuestCarts['finishMerge'] = async ({ customerId, guestCartId, lines }, command) => {
    const data = { customerId, guestCartId, lines, now: command.now.toISOString() }
    const commandId = ids.derive(guestCartId, 'merge')
    const merged = await carts.handle(customerId, { type: 'MergeGuestCart', data }, { ...command, commandId })
    const { streamId, revision, rejection } = merged
    return { streamId, revision, ...(rejection ? { rejection } : {}) }
  }

  return {
    finishMerge,

    async addToGuestCart(input, request, command) {
      const opens = input.guestToken === undefined || input.guestToken === null
      const guestCartId = opens ? command.commandId : tokens.open(input.guestToken ?? '')
      if (guestCartId === undefined) return gone
      const ref = productRef(input, [])
      if (!ref.ok) return refuse('', ref.rejection)
      const parsed = parseQuantity(input.quantity, ['quantity'], MAX_PER_LINE)
      if (!parsed.ok) return refuse('', parsed.rejection)
      const quantity = parsed.value
      const [product] = await catalog.quote([{ ...ref.value, quantity }], request)
      if (!product) return refuse('', productUnavailable(['productId' in ref.value ? 'productId' : 'sku']))
      const { productId, sku, unitPrice } = product
      const data = { guestCartId, opens, productId, sku, quantity, unitPrice, now: command.now.toISOString() }
      return handle(guestCartId, { type: 'AddToGuestCart', data }, command)
    },

    async changeGuestQuantity({ guestToken, productId, quantity }, _request, command) {
      const guestCartId = tokens.open(guestToken)
      if (guestCartId === undefined) return gone
      const parsed = parseQuantity(quantity, ['quantity'], MAX_PER_LINE)
      if (!parsed.ok) return refuse('', parsed.rejection)
      const data = { guestCartId, productId, quantity: parsed.value, now: command.now.toISOString() }
      return handle(guestCartId, { type: 'ChangeGuestQuantity', data }, command)
    },

    async removeFromGuestCart({ guestToken, productId }, _request, command) {
      const guestCartId = tokens.open(guestToken)
      if (guestCartId === undefined) return gone
      const data = { guestCartId, productId, now: command.now.toISOString() }
      return handle(guestCartId, { type: 'RemoveFromGuestCart', data }, command)
    },

    async mergeGuestCart({ guestToken }, request, command) {
      const customerId = customerOf(request)
      const guestCartId = tokens.open(guestToken)
      if (guestCartId === undefined) return gone
      if ((await carts.load(customerId)).state.closed) return refuse('', customerErased)
      const now = command.now.toISOString()
      const wish: GuestCartCommand = { type: 'TakeGuestCart', data: { guestCartId, customerId, now } }
      const { state, rejection } = await guestCarts.handle(guestCartId, wish, command)
      if (rejection || state.status !== 'taken') return gone
      return finishMerge({ customerId, guestCartId, lines: state.lines }, command)
    },

    async find(guestToken, now) {
      const guestCartId = tokens.open(guestToken)
      if (guestCartId === undefined) return undefined
      const open = openAt((await guestCarts.load(guestCartId)).state, now.toISOString())
      return open && { guestCartId, ...open }
    },
  }
}
