import type { CommandContext, IdempotencyOutcome } from '@mercato/shared-kernel/application'
import { MAX_QUANTITY, parseQuantity } from '@mercato/shared-kernel/domain'
import { emptyAdjustment, invalidNote, productNotFound } from '#domain/rejections.ts'
import { parseSku } from '#domain/sku.ts'
import type { AdjustmentReason } from '#domain/stock-events.ts'
import type { StockCommand } from '#domain/stock-item.ts'
import type { StockKey } from '#domain/stock-state.ts'
import type { Aggregates } from './aggregates.ts'
import { outcomeOf, refusedInput } from './outcome.ts'
import type { SkuRegistry } from './sku-registry.ts'

interface BySku {
  readonly sku: string
}

/** What the warehouse does to the ledger of a product's stock. */
export interface StockCommands {
  receiveStock(
    command: CommandContext,
    input: BySku & { readonly quantity: number; readonly reference?: string | null | undefined },
  ): Promise<IdempotencyOutcome>
  /** `delta` may be negative; what is reserved stays on hand. */
  adjustStock(
    command: CommandContext,
    input: BySku & {
      readonly delta: number
      readonly reason: AdjustmentReason
      readonly note?: string | null | undefined
    },
  ): Promise<IdempotencyOutcome>
  /** Null switches the alarm off. */
  setLowStockThreshold(
    command: CommandContext,
    input: BySku & { readonly threshold?: number | null | undefined },
  ): Promise<IdempotencyOutcome>
}

const NOTE = /^[^\p{Cc}]{1,200}$/u
const isNote = (text: string | null | undefined): boolean => text == null || (text.isWellFormed() && NOTE.test(text))

export const createStockCommands = (aggregates: Aggregates, skus: SkuRegistry): StockCommands => {
  const { stock, stockId } = aggregates

  const toStockOf = async (text: string, command: (key: StockKey) => StockCommand, context: CommandContext) => {
    const sku = parseSku(text)
    if (!sku.ok) return refusedInput(productNotFound(['sku']))
    const productId = await skus.productOf(sku.value)
    if (!productId) return refusedInput(productNotFound(['sku']))
    return outcomeOf(await stock.handle(stockId(sku.value), command({ sku: sku.value, productId }), context))
  }

  return {
    async receiveStock(context, { sku, quantity, reference }) {
      const pieces = parseQuantity(quantity, ['quantity'])
      if (!pieces.ok) return refusedInput(pieces.rejection)
      if (!isNote(reference)) return refusedInput(invalidNote(['reference']))
      const data = { quantity: pieces.value, ...(reference == null ? {} : { reference }) }
      return toStockOf(sku, key => ({ type: 'receiveStock', data: { ...key, ...data } }), context)
    },

    async adjustStock(context, { sku, delta, reason, note }) {
      if (!Number.isSafeInteger(delta) || Math.abs(delta) > MAX_QUANTITY) return refusedInput(emptyAdjustment)
      if (!isNote(note)) return refusedInput(invalidNote(['note']))
      const data = { delta, reason, ...(note == null ? {} : { note }) }
      return toStockOf(sku, key => ({ type: 'adjustStock', data: { ...key, ...data } }), context)
    },

    setLowStockThreshold: (context, { sku, threshold }) =>
      toStockOf(
        sku,
        key => ({ type: 'setLowStockThreshold', data: { ...key, threshold: threshold ?? null } }),
        context,
      ),
  }
}
