import { itemsTotal, lineOf } from '#application/cart-prices.ts'
import { lineTotal } from '#domain/order-lines.ts'
import type { CartLineView, SubgraphContext } from './context.ts'
import type { CartLineResolvers, CartResolvers } from './generated/types.ts'

export const Cart = {
  id: ({ customerId }) => customerId,
  lines: cart => cart.lines.map(line => ({ ...line, cart })),
  itemCount: ({ lines }) => lines.reduce((sum, { quantity }) => sum + quantity, 0),
  itemsTotal: async (cart, _args, context) => itemsTotal(cart.lines, await context.quotesFor(cart)) ?? null,
  estimate: async (cart, { country }, context) => (await context.estimate(cart, country)) ?? null,
} satisfies CartResolvers

const quoted = async (line: CartLineView, context: SubgraphContext) => lineOf(line, await context.quotesFor(line.cart))

export const CartLine = {
  product: ({ productId }) => ({ id: productId }),
  unitPrice: async (line, _args, context) => (await quoted(line, context))?.unitPrice ?? null,
  lineTotal: async (line, _args, context) => {
    const found = await quoted(line, context)
    return found ? lineTotal(found) : null
  },
  available: async (line, _args, context) => ((await quoted(line, context))?.available ?? 0) >= line.quantity,
} satisfies CartLineResolvers
