import { Money } from '@mercato/shared-kernel/domain'
import { onlyFor } from '#application/permissions.ts'
import { readProductName } from '#application/queries.ts'
import type { SubgraphContext } from './context.ts'
import type {
  MoneyResolvers,
  ProductChangedEventResolvers,
  ProductResolvers,
  StockItemResolvers,
  StockMovementResolvers,
  StockReservationResolvers,
} from './generated/types.ts'

/** The product that an id or a SKU names. */
export const productNamed = async (
  name: { readonly id?: string | null | undefined; readonly sku?: string | null | undefined },
  context: SubgraphContext,
) => {
  const { id, sku } = readProductName(name)
  if (id !== undefined) return context.productById(id)
  return sku === undefined ? undefined : context.productBySku(sku)
}

export const MoneyType = {
  amount: value => Money.toDecimal(value),
  currency: ({ currency }) => currency,
} satisfies MoneyResolvers

export const Product = {
  __resolveReference: async (reference, context) =>
    context.queries.known(await productNamed(reference, context), context.viewer) ?? null,
  stock: ({ sku }, _args, context) => context.stockBySku(sku),
  history: ({ id }, page, { queries, viewer }) => queries.history(id, page, viewer),
} satisfies ProductResolvers

export const StockItem = {
  __resolveReference: ({ sku }, context) => context.stockBySku(sku),
  inStock: ({ available }) => available > 0,
  onHand: ({ onHand }, _args, { viewer }) => onlyFor(viewer, 'stock:read', onHand),
  reserved: ({ reserved }, _args, { viewer }) => onlyFor(viewer, 'stock:read', reserved),
  lowStockThreshold: ({ threshold }, _args, { viewer }) => onlyFor(viewer, 'stock:read', threshold),
} satisfies StockItemResolvers

export const StockReservation = {
  __resolveReference: async ({ orderId, sku }, context) => (await context.reservedLine(orderId, sku)) ?? null,
} satisfies StockReservationResolvers

export const StockMovement = {
  onHand: ({ balance }) => balance.onHand,
  reserved: ({ balance }) => balance.reserved,
} satisfies StockMovementResolvers

export const ProductChangedEvent = {
  product: ({ product }) => product ?? null,
} satisfies ProductChangedEventResolvers
