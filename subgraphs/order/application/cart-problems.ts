import type { Money } from '@mercato/shared-kernel/domain'
import type { CartLine, CartLines } from '#domain/cart-lines.ts'
import { lineOf } from './cart-prices.ts'
import type { QuotedProduct } from './ports.ts'

/** Why a line cannot be ordered as it stands, or not at the price it was put in for. */
export type CartProblem =
  | { readonly kind: 'unavailable'; readonly line: CartLine }
  | { readonly kind: 'short'; readonly line: CartLine; readonly available: number }
  | {
      readonly kind: 'price changed'
      readonly line: CartLine
      readonly before: Money.Money
      readonly now: Money.Money
    }

const sameMoney = (a: Money.Money, b: Money.Money): boolean => a.amount === b.amount && a.currency === b.currency

/** Whether a line's product costs something else by now. */
export const priceChange = (
  line: CartLine,
  now: Money.Money,
): Extract<CartProblem, { kind: 'price changed' }> | undefined =>
  line.unitPrice && !sameMoney(line.unitPrice, now)
    ? { kind: 'price changed', line, before: line.unitPrice, now }
    : undefined

/** Everything that stands in the way of a cart at this moment, line by line. */
export const problemsOf = (lines: CartLines, quotes: readonly QuotedProduct[]): readonly CartProblem[] =>
  lines.flatMap((line): readonly CartProblem[] => {
    const product = lineOf(line, quotes)
    if (!product) return [{ kind: 'unavailable', line }]
    const { available, unitPrice } = product
    const changed = priceChange(line, unitPrice)
    return [
      ...(available < line.quantity ? [{ kind: 'short', line, available } as const] : []),
      ...(changed ? [changed] : []),
    ]
  })
