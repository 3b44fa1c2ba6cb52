import { itemsTotal, lineOf } from '#application/cart-prices.ts'
import { problemsOf } from '#application/cart-problems.ts'
import { goneAt } from '#domain/guest-cart.ts'
import { lineTotal } from '#domain/order-lines.ts'
import type { BasketView, CartLineView, CartProblemView, SubgraphContext } from './context.ts'
import type {
  CartLineResolvers,
  CartProblemResolvers,
  CartResolvers,
  GuestCartResolvers,
  NotEnoughStockResolvers,
  PriceChangedResolvers,
  ProductUnavailableResolvers,
} from './generated/types.ts'

/** What a customer's and a guest's cart have in common. */
const basket = {
  lines: (cart: BasketView) => cart.lines.map(line => ({ ...line, cart })),
  itemCount: ({ lines }: BasketView) => lines.reduce((sum, { quantity }) => sum + quantity, 0),
  itemsTotal: async (cart: BasketView, _args: unknown, context: SubgraphContext) =>
    itemsTotal(cart.lines, await context.quotesFor(cart)) ?? null,
  estimate: async (cart: BasketView, { country }: { readonly country: string }, context: SubgraphContext) =>
    (await context.estimate(cart, country)) ?? null,
  problems: async (cart: BasketView, _args: unknown, context: SubgraphContext) =>
    problemsOf(cart.lines, await context.quotesFor(cart)).map(problem => ({ ...problem, cart })),
}

export const Cart = { ...basket, id: ({ customerId }) => customerId } satisfies CartResolvers

export const GuestCart = {
  ...basket,
  expiresAt: ({ lines, touchedAt }) => new Date(goneAt({ status: 'open', lines, touchedAt })).toISOString(),
} satisfies GuestCartResolvers

const quoted = async (line: CartLineView, context: SubgraphContext) => lineOf(line, await context.quotesFor(line.cart))

export const CartLine = {
  product: ({ productId, sku }) => ({ id: productId, sku }),
  unitPrice: async (line, _args, context) => (await quoted(line, context))?.unitPrice ?? null,
  lineTotal: async (line, _args, context) => {
    const found = await quoted(line, context)
    return found ? lineTotal(found) : null
  },
  available: async (line, _args, context) => ((await quoted(line, context))?.available ?? 0) >= line.quantity,
} satisfies CartLineResolvers

const KINDS = { unavailable: 'ProductUnavailable', short: 'NotEnoughStock', 'price changed': 'PriceChanged' } as const

export const CartProblem = { __resolveType: ({ kind }) => KINDS[kind] } satisfies CartProblemResolvers

const line = ({ line, cart }: CartProblemView): CartLineView => ({ ...line, cart })

export const ProductUnavailable = {
  line,
  message: ({ line: { sku } }) => `${sku} is not sold any more.`,
} satisfies ProductUnavailableResolvers

export const NotEnoughStock = {
  line,
  message: ({ line: { sku }, available }) =>
    available > 0 ? `Only ${available} of ${sku} are left.` : `${sku} is sold out.`,
} satisfies NotEnoughStockResolvers

export const PriceChanged = {
  line,
  message: ({ line: { sku } }) => `${sku} has another price than when it was put in.`,
} satisfies PriceChangedResolvers
