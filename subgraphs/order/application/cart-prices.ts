import { isCountry, Money } from '@mercato/shared-kernel/domain'
import type { CartLine } from '#domain/cart-lines.ts'
import { lineTotal, type OrderTotals } from '#domain/order-lines.ts'
import type { Asker, QuotedProduct } from './ports.ts'
import type { Pricing } from './pricing.ts'

/** A line of a cart at the price of this moment; undefined when its product is not sold any more. */
export const lineOf = (
  { productId, quantity }: CartLine,
  quotes: readonly QuotedProduct[],
): (QuotedProduct & { readonly quantity: number }) | undefined => {
  const product = quotes.find(each => each.productId === productId)
  return product && { ...product, quantity }
}

/** What the items cost at this moment; undefined when there are none, one is not sold any more, or their currencies differ. */
export const itemsTotal = (lines: readonly CartLine[], quotes: readonly QuotedProduct[]): Money.Money | undefined => {
  const found = lines.map(line => lineOf(line, quotes)).filter(line => line !== undefined)
  const [first] = found
  if (!first || found.length < lines.length) return undefined
  const { currency } = first.unitPrice
  return found.every(({ unitPrice }) => unitPrice.currency === currency)
    ? Money.sum(currency, found.map(lineTotal))
    : undefined
}

/** What an order of the cart would cost, shipped to a country; undefined when it could not be ordered as it is. */
export const estimateOf = async (
  lines: readonly CartLine[],
  country: string,
  pricing: Pricing,
  asker: Asker,
): Promise<OrderTotals | undefined> => {
  if (lines.length === 0 || !isCountry(country)) return undefined
  const wanted = lines.map(({ productId, quantity }) => ({ line: { productId, quantity }, field: [] }))
  const priced = await pricing(wanted, country, asker)
  return priced.ok ? priced.value.totals : undefined
}
