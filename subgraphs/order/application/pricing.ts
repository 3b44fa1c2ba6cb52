import { Money, ok, type Rejection, type Result, refused } from '@mercato/shared-kernel/domain'
import { lineTotal, type OrderLine, type OrderTotals, priceLines } from '#domain/order-lines.ts'
import {
  MAX_LINES,
  MAX_PER_LINE,
  mixedCurrencies,
  outOfStock,
  productUnavailable,
  tooManyLines,
  tooManyOfOneProduct,
  totalTooLarge,
} from '#domain/rejections.ts'
import type { Asker, ChargesPolicy, ProductCatalog, QuotedProduct, QuoteLine } from './ports.ts'

/** A wish for some pieces of a product; `field` is where it stands in the input. */
export interface Wanted {
  readonly line: QuoteLine
  readonly field: readonly string[]
}

export interface Priced {
  readonly lines: readonly OrderLine[]
  readonly totals: OrderTotals
}

interface Found {
  readonly product: QuotedProduct
  readonly quantity: number
  readonly field: readonly string[]
}

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

const isSameProduct = (line: QuoteLine, product: QuotedProduct): boolean =>
  'productId' in line ? sameName(line.productId, product.productId) : sameName(line.sku, product.sku)

/** One entry per product, however often and by whatever name it was asked for. */
const merge = (wanted: readonly Wanted[], products: readonly QuotedProduct[]): Result<readonly Found[]> => {
  const found = new Map<string, Found>()
  for (const { line, field } of wanted) {
    const product = products.find(each => isSameProduct(line, each))
    if (!product) return refused(productUnavailable(field))
    const known = found.get(product.productId)
    found.set(product.productId, { product, field, quantity: line.quantity + (known?.quantity ?? 0) })
  }
  return ok([...found.values()])
}

const problemWith = (found: readonly Found[]): Rejection | undefined => {
  if (found.length > MAX_LINES) return tooManyLines
  if (new Set(found.map(({ product }) => product.unitPrice.currency)).size > 1) return mixedCurrencies
  for (const { product, quantity, field } of found) {
    if (quantity > MAX_PER_LINE) return tooManyOfOneProduct(field)
    if (quantity > product.available) return outOfStock(field, product.name, product.available)
  }
  return undefined
}

const total = (found: readonly Found[], policy: ChargesPolicy, country: string): Result<Priced> => {
  const lines = found.map(({ product: { productId, sku, name, unitPrice }, quantity }) => ({
    productId,
    sku,
    name,
    unitPrice,
    quantity,
  }))
  const [first] = lines
  if (!first) throw new TypeError('pricing of no lines')
  const items = Money.sum(first.unitPrice.currency, lines.map(lineTotal))
  if (items.amount > Money.MAX_AMOUNT) return refused(totalTooLarge)
  const weightGrams = found.reduce((sum, { product, quantity }) => sum + product.weightGrams * quantity, 0)
  const priced = priceLines(lines, policy.chargesFor({ items, weightGrams, country }))
  return priced.totals.grandTotal.amount > Money.MAX_AMOUNT ? refused(totalTooLarge) : ok(priced)
}

/** Prices wishes from the catalogue as it is at this moment. `wanted` is not empty. */
export const createPricing =
  (catalog: ProductCatalog, policy: ChargesPolicy) =>
  async (wanted: readonly Wanted[], country: string, asker: Asker): Promise<Result<Priced>> => {
    const products = await catalog.quote(
      wanted.map(({ line }) => line),
      asker,
    )
    const found = merge(wanted, products)
    if (!found.ok) return found
    const problem = problemWith(found.value)
    return problem ? refused(problem) : total(found.value, policy, country)
  }

export type Pricing = ReturnType<typeof createPricing>
