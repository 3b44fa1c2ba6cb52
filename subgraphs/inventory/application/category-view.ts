import type { View } from '@mercato/shared-kernel/application'
import { type InventoryEvent, PRODUCT } from './context-events.ts'

export interface CategoryView {
  readonly name: string
  /** Products on sale. */
  readonly productCount: number
}

export const CATEGORY_INDEX = 'by-name'

/** How an event changes the number of products on sale in the categories it names. */
const changesOf = (event: InventoryEvent): Readonly<Record<string, number>> => {
  if (event.type === 'ProductPublished') return { [event.data.category]: 1 }
  if (event.type === 'ProductUnpublished') return { [event.data.category]: -1 }
  if (event.type === 'ProductRecategorised' && event.data.published)
    return { [event.data.from]: -1, [event.data.to]: 1 }
  return {}
}

/** Categories with something on sale. Counting commutes, so that products may arrive in any order. */
export const categoriesView: View<InventoryEvent, CategoryView> = {
  name: 'categories',
  version: 1,
  categories: [PRODUCT],
  keysOf: ({ event }) => Object.keys(changesOf(event)),
  evolve: (category, { event }, name) => ({
    name,
    productCount: (category?.productCount ?? 0) + (changesOf(event)[name] ?? 0),
  }),
  indexes: ({ productCount }, name): Record<string, string[]> => (productCount > 0 ? { [CATEGORY_INDEX]: [name] } : {}),
}
