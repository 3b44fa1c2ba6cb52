import { Money } from '@mercato/shared-kernel/domain'
import { lineTotal } from '#domain/order-lines.ts'
import type { Order } from '#domain/order-state.ts'
import type { ChargesPolicy } from './ports.ts'

/** What shipping an order would cost by today's tariff. `weights` are grams per piece, line by line; undefined unless all are known. */
export const shippingEstimate = (
  { lines, totals }: Order,
  weights: readonly number[],
  country: string,
  policy: ChargesPolicy,
): Money.Money | undefined => {
  if (weights.length !== lines.length) return undefined
  const weightGrams = lines.reduce((sum, { quantity }, index) => sum + quantity * (weights[index] ?? 0), 0)
  const items = Money.sum(totals.items.currency, lines.map(lineTotal))
  return policy.chargesFor({ items, weightGrams, country }).shipping
}
