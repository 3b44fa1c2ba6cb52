import { Money } from '@mercato/shared-kernel/domain'

type Amount = Money.Money

export interface GraphMoney {
  readonly amount: string
  readonly currency: string
}
interface Pieces {
  readonly sku: string
  readonly quantity: number
}

/** What the stored operation `rest/get-invoice-document` gives. */
export interface GraphInvoice {
  readonly number: string
  readonly kind: 'INVOICE' | 'CREDIT_NOTE'
  readonly amount: GraphMoney
  readonly issuedAt: string
  readonly cause: string | null
  readonly reason: string | null
  readonly order: {
    readonly number: string
    readonly placedAt: string
    readonly customer: { readonly username: string } | null
    readonly lines: readonly {
      readonly sku: string
      readonly name: string
      readonly unitPrice: GraphMoney
    }[]
    readonly totals: { readonly shipping: GraphMoney; readonly tax: GraphMoney; readonly grandTotal: GraphMoney }
    readonly shipments: readonly {
      readonly id: string
      readonly amount: GraphMoney
      readonly lines: readonly Pieces[]
    }[]
    readonly returns: readonly { readonly id: string; readonly lines: readonly Pieces[] }[]
    readonly shippingAddress: GraphAddress | null
    readonly billingAddress: GraphAddress | null
    readonly invoices: readonly { readonly number: string; readonly kind: string }[] | null
  }
}
export interface GraphAddress {
  readonly name: string
  readonly line1: string
  readonly line2: string | null
  readonly city: string
  readonly postalCode: string
  readonly region: string | null
  readonly country: string
}

export interface BillLine {
  readonly sku: string
  readonly name: string
  readonly quantity: number
  readonly unitPrice: Amount
  readonly total: Amount
}

/** What a document says in numbers. `items`, `shipping` and `tax` add up to `total`. */
export interface Bill {
  /** Empty when money was given back for no pieces in particular. */
  readonly lines: readonly BillLine[]
  readonly items: Amount
  readonly shipping: Amount
  readonly tax: Amount
  readonly total: Amount
}

const read = ({ amount, currency }: GraphMoney): Amount => {
  const parsed = Money.parseMoney(amount, currency, [])
  if (!parsed.ok) throw new TypeError(`the graph gave an amount that is none: ${amount} ${currency}`)
  return parsed.value
}

/** The part of a sum that is tax, at the rate of the whole order. */
const taxIn = (total: Amount, { tax, grandTotal }: GraphInvoice['order']['totals']): Amount => {
  const whole = read(grandTotal).amount
  return Money.money(whole === 0 ? 0 : Math.round((total.amount * read(tax).amount) / whole), total.currency)
}

/**
 * Breaks the amount of an invoice or credit note down: the pieces of its shipment or return at their net prices, the carriage, which
 * the first shipment bears, and tax as what is left. Where no pieces belong to it, or only a part of their price since the other was
 * taken before, only tax is told apart.
 */
export const billOf = ({ kind, amount, cause, order }: GraphInvoice): Bill => {
  const total = read(amount)
  const { currency } = total
  const shipment = order.shipments.find(({ id }) => id === cause)
  const whole = kind === 'CREDIT_NOTE' || (shipment !== undefined && read(shipment.amount).amount === total.amount)
  const causes = kind === 'INVOICE' ? order.shipments : order.returns
  const pieces = whole ? (causes.find(({ id }) => id === cause)?.lines ?? []) : []
  const lines = pieces.flatMap(({ sku, quantity }): BillLine[] => {
    const line = order.lines.find(each => each.sku === sku)
    if (!line) return []
    const unitPrice = read(line.unitPrice)
    return [{ sku, name: line.name, quantity, unitPrice, total: Money.times(unitPrice, quantity) }]
  })
  const none = Money.zero(currency)
  const isFirst = kind === 'INVOICE' && order.shipments[0]?.id === cause
  const shipping = isFirst ? read(order.totals.shipping) : none
  const items = Money.sum(
    currency,
    lines.map(line => line.total),
  )
  const rest = total.amount - items.amount - shipping.amount
  if (lines.length > 0 && rest >= 0) return { lines, items, shipping, tax: Money.money(rest, currency), total }
  const tax = taxIn(total, order.totals)
  return { lines: [], items: Money.subtract(total, tax), shipping: none, tax, total }
}
