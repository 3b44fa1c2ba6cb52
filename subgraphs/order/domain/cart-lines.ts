import type { Money, Rejection } from '@mercato/shared-kernel/domain'
import type { SkuQuantity } from './order-lines.ts'
import { cartFull, MAX_LINES, MAX_PER_LINE, notInCart, tooManyOfOne } from './rejections.ts'

/** Some pieces of one product that somebody means to buy. */
export interface CartLine {
  readonly productId: string
  readonly sku: string
  readonly quantity: number
  /** What one piece cost when it was last put in; unknown of lines from before carts remembered it. */
  readonly unitPrice?: Money.Money
}

export type CartLines = readonly CartLine[]

const lineOf = (lines: CartLines, productId: string): CartLine | undefined =>
  lines.find(line => line.productId === productId)

/** Why so many pieces more cannot be added. */
export const refusalOfAdding = (lines: CartLines, productId: string, quantity: number): Rejection | undefined => {
  const known = lineOf(lines, productId)
  if (!known && lines.length >= MAX_LINES) return cartFull
  return (known?.quantity ?? 0) + quantity > MAX_PER_LINE ? tooManyOfOne(['quantity']) : undefined
}

/** Why a line cannot hold so many pieces; `unchanged` when it does already. */
export const refusalOfChanging = (
  lines: CartLines,
  productId: string,
  quantity: number,
): Rejection | 'unchanged' | undefined => {
  const known = lineOf(lines, productId)
  if (!known) return notInCart
  if (quantity > MAX_PER_LINE) return tooManyOfOne(['quantity'])
  return quantity === known.quantity ? 'unchanged' : undefined
}

export const refusalOfRemoving = (lines: CartLines, productId: string): Rejection | undefined =>
  lineOf(lines, productId) ? undefined : notInCart

/** With pieces added to their line, which takes on the price of now, or to a line of their own. */
export const withAdded = (lines: CartLines, { productId, sku, quantity, unitPrice }: CartLine): CartLines => {
  const price = unitPrice === undefined ? {} : { unitPrice }
  return lineOf(lines, productId)
    ? lines.map(line =>
        line.productId === productId ? { ...line, ...price, quantity: line.quantity + quantity } : line,
      )
    : [...lines, { productId, sku, quantity, ...price }]
}

export const withQuantity = (lines: CartLines, productId: string, quantity: number): CartLines =>
  lines.map(line => (line.productId === productId ? { ...line, quantity } : line))

export const withoutProduct = (lines: CartLines, productId: string): CartLines =>
  lines.filter(line => line.productId !== productId)

export interface Merge {
  /** What there is room for. */
  readonly added: CartLines
  /** What there is not. */
  readonly leftOut: readonly SkuQuantity[]
}

/** What of other lines finds room beside these, in their order. */
export const merge = (lines: CartLines, others: CartLines): Merge => {
  const added: CartLine[] = []
  const leftOut: SkuQuantity[] = []
  let together = lines
  for (const line of others) {
    const known = lineOf(together, line.productId)
    const room = known || together.length < MAX_LINES ? MAX_PER_LINE - (known?.quantity ?? 0) : 0
    const fitting = { ...line, quantity: Math.min(line.quantity, room) }
    if (fitting.quantity > 0) {
      added.push(fitting)
      together = withAdded(together, fitting)
    }
    const rest = line.quantity - fitting.quantity
    if (rest > 0) leftOut.push({ sku: line.sku, quantity: rest })
  }
  return { added, leftOut }
}

/** Whether both hold the same pieces, in the same order. */
export const sameLines = (a: CartLines, b: CartLines): boolean =>
  a.length === b.length &&
  a.every((line, index) => line.productId === b[index]?.productId && line.quantity === b[index]?.quantity)
