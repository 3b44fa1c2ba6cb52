import type { Money } from '@mercato/shared-kernel/domain'
import { parseSku } from '#domain/sku.ts'
import { availableOf } from '#domain/stock-events.ts'
import type { Aggregates } from './aggregates.ts'
import { readId } from './outcome.ts'
import type { SkuRegistry } from './sku-registry.ts'

/** What a buyer wants, named by SKU or by product id. */
export interface QuoteRequest {
  readonly sku?: string
  readonly productId?: string
  readonly quantity: number
}

export interface QuotedLine {
  readonly productId: string
  readonly sku: string
  readonly name: string
  readonly unitPrice: Money.Money
  readonly weightGrams: number
  /** Pieces that could be reserved at this moment; nothing is promised. */
  readonly available: number
}

export interface Quoted {
  /** In the order asked. */
  readonly lines: readonly QuotedLine[]
  /** The lines that name no product on sale, as they were asked. */
  readonly missing: readonly QuoteRequest[]
}

/** Price and availability as the write side has them at this moment. */
export type Quote = (lines: readonly QuoteRequest[]) => Promise<Quoted>

export const createQuote = (aggregates: Aggregates, skus: SkuRegistry): Quote => {
  const { products, stock, stockId } = aggregates

  const productIdOf = async ({ sku: text, productId }: QuoteRequest): Promise<string | undefined> => {
    if (productId !== undefined) return readId(productId)
    const sku = parseSku(text ?? '')
    return sku.ok ? skus.productOf(sku.value) : undefined
  }

  const quoteLine = async (line: QuoteRequest): Promise<QuotedLine | undefined> => {
    const productId = await productIdOf(line)
    if (!productId) return undefined
    const { state: product } = await products.load(productId)
    if (product.status !== 'published') return undefined
    const { sku, name, price: unitPrice, weightGrams } = product
    const { state: item } = await stock.load(stockId(sku))
    const available = item.status === 'tracked' ? availableOf(item) : 0
    return { productId, sku, name, unitPrice, weightGrams, available }
  }

  return async lines => {
    const quoted = await Promise.all(lines.map(quoteLine))
    return {
      lines: quoted.filter(line => line !== undefined),
      missing: lines.filter((_, index) => quoted[index] === undefined),
    }
  }
}
