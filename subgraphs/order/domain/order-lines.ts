import { Money } from '@mercato/shared-kernel/domain'

type Amount = Money.Money

/** Pieces of one product, named by SKU. */
export interface SkuQuantity {
  readonly sku: string
  readonly quantity: number
}

/** One product of an order at the price of the moment it was placed. */
export interface OrderLine extends SkuQuantity {
  readonly productId: string
  readonly name: string
  readonly unitPrice: Amount
  /** Tax on the whole line. */
  readonly tax: Amount
}

/** A line with what has become of its pieces. */
export interface FulfilledLine extends OrderLine {
  readonly shipped: number
  readonly cancelled: number
  /** Asked to be returned and not declined. */
  readonly returning: number
}

/** What an order costs. `tax` is on items and shipping; `grandTotal` is the sum of the three. */
export interface OrderTotals {
  readonly items: Amount
  readonly shipping: Amount
  readonly tax: Amount
  readonly grandTotal: Amount
}

/** What is charged on top of the items: shipping before tax, and the tax rate in hundredths of a percent. */
export interface Charges {
  readonly shipping: Amount
  readonly taxBasisPoints: number
}

const taxOn = (amount: Amount, basisPoints: number): Amount =>
  Money.money(Math.round((amount.amount * basisPoints) / 10_000), amount.currency)

export const lineTotal = (line: Pick<OrderLine, 'unitPrice' | 'quantity'>): Amount =>
  Money.times(line.unitPrice, line.quantity)

const grossOf = (line: OrderLine): Amount => Money.add(lineTotal(line), line.tax)

/** Adds tax to each line and sums up. Tax is rounded half up per line, so that lines can be charged one by one. */
export const priceLines = (
  lines: readonly Omit<OrderLine, 'tax'>[],
  { shipping, taxBasisPoints }: Charges,
): { readonly lines: readonly OrderLine[]; readonly totals: OrderTotals } => {
  const { currency } = shipping
  const taxed = lines.map(line => ({ ...line, tax: taxOn(lineTotal(line), taxBasisPoints) }))
  const items = Money.sum(currency, taxed.map(lineTotal))
  const tax = Money.sum(currency, [...taxed.map(line => line.tax), taxOn(shipping, taxBasisPoints)])
  const grandTotal = Money.sum(currency, [items, shipping, tax])
  return { lines: taxed, totals: { items, shipping, tax, grandTotal } }
}

/** Value of pieces `from`…`to` of a line, tax included. The pieces of a line always add up to its gross value. */
const valueBetween = (line: OrderLine, from: number, to: number): Amount => {
  const { amount, currency } = grossOf(line)
  const upTo = (pieces: number): number => Math.floor((amount * pieces) / line.quantity)
  return Money.money(upTo(to) - upTo(from), currency)
}

const find = (lines: readonly FulfilledLine[], sku: string): FulfilledLine | undefined =>
  lines.find(line => line.sku === sku)

/** What a shipment is worth: its pieces with tax; the first shipment also bears the shipping costs. */
export const valueOfShipment = (
  lines: readonly FulfilledLine[],
  totals: OrderTotals,
  shipped: readonly SkuQuantity[],
): Amount => {
  const { currency } = totals.grandTotal
  const pieces = shipped.flatMap(({ sku, quantity }) => {
    const line = find(lines, sku)
    return line ? [valueBetween(line, line.shipped, line.shipped + quantity)] : []
  })
  const isFirst = lines.every(line => line.shipped === 0)
  const carriage = Money.subtract(totals.grandTotal, Money.sum(currency, lines.map(grossOf)))
  return Money.sum(currency, isFirst ? [...pieces, carriage] : pieces)
}

/** What returned pieces are worth: with tax, without shipping costs. `before` are pieces refunded earlier. */
export const valueOfReturn = (
  lines: readonly FulfilledLine[],
  returned: readonly SkuQuantity[],
  before: (sku: string) => number,
): Amount[] =>
  returned.flatMap(({ sku, quantity }) => {
    const line = find(lines, sku)
    return line ? [valueBetween(line, before(sku), before(sku) + quantity)] : []
  })

/** Pieces of a line that may still be shipped. */
export const toShip = (line: FulfilledLine): number => line.quantity - line.shipped - line.cancelled

/** Pieces of a line that may still be returned. */
export const toReturn = (line: FulfilledLine): number => line.shipped - line.returning

/** One entry per SKU, in the order of their codes: two baskets with the same content become the same list. */
export const sumPerSku = (lines: readonly SkuQuantity[]): readonly SkuQuantity[] => {
  const sums = new Map<string, number>()
  for (const { sku, quantity } of lines) sums.set(sku, (sums.get(sku) ?? 0) + quantity)
  return [...sums].map(([sku, quantity]) => ({ sku, quantity })).sort((a, b) => (a.sku < b.sku ? -1 : 1))
}
