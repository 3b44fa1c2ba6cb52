import type { CommandContext, IdempotencyOutcome, RequestContext } from '@mercato/shared-kernel/application'
import { ok, parseQuantity, type Result, refused } from '@mercato/shared-kernel/domain'
import type { CartCommand } from '#domain/cart.ts'
import { MAX_PER_LINE, productUnavailable, whichProduct } from '#domain/rejections.ts'
import { isToken } from '#domain/text.ts'
import { customerOf } from './access.ts'
import type { Aggregates } from './aggregates.ts'
import { refuse } from './placing.ts'
import type { ProductCatalog, ProductRef } from './ports.ts'

export interface ProductInput {
  readonly productId?: string | null
  readonly sku?: string | null
}

type UseCase<Input> = (input: Input, request: RequestContext, command: CommandContext) => Promise<IdempotencyOutcome>

/** What customers may do to their cart. Refusals come back as outcomes, nothing is appended for them. */
export interface CartCommands {
  readonly addToCart: UseCase<ProductInput & { readonly quantity: number }>
  readonly changeQuantity: UseCase<{ readonly productId: string; readonly quantity: number }>
  readonly removeFromCart: UseCase<{ readonly productId: string }>
  readonly clearCart: UseCase<unknown>
}

/** A product named by exactly one of its two names. */
export const productRef = ({ productId, sku }: ProductInput, field: readonly string[]): Result<ProductRef> => {
  const [name, value] = productId ? (['productId', productId] as const) : (['sku', sku] as const)
  if (!value || (productId && sku)) return refused(whichProduct([...field, 'productId']))
  if (!isToken(value)) return refused(productUnavailable([...field, name]))
  return ok(name === 'productId' ? { productId: value } : { sku: value })
}

export const createCartCommands = ({ carts }: Aggregates, catalog: ProductCatalog): CartCommands => {
  const handle = async (
    customerId: string,
    wish: CartCommand,
    command: CommandContext,
  ): Promise<IdempotencyOutcome> => {
    const { streamId, revision, rejection } = await carts.handle(customerId, wish, command)
    return { streamId, revision, ...(rejection ? { rejection } : {}) }
  }

  return {
    async addToCart(input, request, command) {
      const customerId = customerOf(request)
      const stream = carts.streamId(customerId)
      const ref = productRef(input, [])
      if (!ref.ok) return refuse(stream, ref.rejection)
      const parsed = parseQuantity(input.quantity, ['quantity'], MAX_PER_LINE)
      if (!parsed.ok) return refuse(stream, parsed.rejection)
      const quantity = parsed.value
      const [product] = await catalog.quote([{ ...ref.value, quantity }], request)
      if (!product) return refuse(stream, productUnavailable(['productId' in ref.value ? 'productId' : 'sku']))
      const { productId, sku, unitPrice } = product
      const data = { customerId, productId, sku, quantity, unitPrice, now: command.now.toISOString() }
      return handle(customerId, { type: 'AddToCart', data }, command)
    },

    async changeQuantity({ productId, quantity }, request, command) {
      const customerId = customerOf(request)
      const parsed = parseQuantity(quantity, ['quantity'], MAX_PER_LINE)
      if (!parsed.ok) return refuse(carts.streamId(customerId), parsed.rejection)
      const data = { customerId, productId, quantity: parsed.value, now: command.now.toISOString() }
      return handle(customerId, { type: 'ChangeQuantity', data }, command)
    },

    async removeFromCart({ productId }, request, command) {
      const customerId = customerOf(request)
      const data = { customerId, productId, now: command.now.toISOString() }
      return handle(customerId, { type: 'RemoveFromCart', data }, command)
    },

    async clearCart(_input, request, command) {
      const customerId = customerOf(request)
      return handle(customerId, { type: 'ClearCart', data: { customerId, now: command.now.toISOString() } }, command)
    },
  }
}
