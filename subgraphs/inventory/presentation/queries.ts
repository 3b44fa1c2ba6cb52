import { readMoment } from '@mercato/shared-kernel/application'
import { readPriceBound, readProductOrder } from '#application/search.ts'
import { productNamed } from './entities.ts'
import type { ProductFilter, QueryResolvers } from './generated/types.ts'

const filterOf = (filter: ProductFilter | null | undefined) => ({
  ...(filter?.search == null ? {} : { search: filter.search }),
  ...(filter?.category == null ? {} : { category: filter.category }),
  ...(filter?.minPrice ? { minPrice: readPriceBound(filter.minPrice) } : {}),
  ...(filter?.maxPrice ? { maxPrice: readPriceBound(filter.maxPrice) } : {}),
  ...(filter?.inStock == null ? {} : { inStock: filter.inStock }),
  ...(filter?.includeUnpublished ? { everything: true } : {}),
})

export const Query = {
  product: async (_root, { at, ...name }, context) => {
    const product = await productNamed(name, context)
    if (!at) return context.queries.visible(product, context.viewer) ?? null
    const moment = readMoment(at)
    return (await context.queries.productThen(product?.id ?? '', moment, context.viewer)) ?? null
  },
  products: (_root, { filter, sort, ...page }, context) =>
    context.queries.products(filterOf(filter), readProductOrder(sort), page, context),
  categories: (_root, _args, context) => context.queries.categories(context.consistency),
  stockMovements: (_root, { sku, ...page }, context) => context.queries.movements(sku, page, context.viewer),
  inventoryParkedMessages: (_root, filter, { operations, viewer }) => operations.parked(filter, viewer),
} satisfies QueryResolvers
