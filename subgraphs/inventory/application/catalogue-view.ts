import type { View } from '@mercato/shared-kernel/application'
import { availabilityChange, availableOf } from '#domain/stock-events.ts'
import { type InventoryEvent, PRODUCT, STOCK_ITEM } from './context-events.ts'
import { evolveProduct, type ProductView } from './product-view.ts'

/** A product as it is found: with its words, and whether it can be had now. Stock may be known before the product is. */
export interface CatalogueEntry {
  readonly product?: ProductView
  readonly words: readonly string[]
  readonly inStock: boolean
}

export const CATALOGUE_SORTS = ['newest', 'name', 'price'] as const
export type CatalogueSort = (typeof CATALOGUE_SORTS)[number]

/** Words of a text as they are compared: small letters without accents. */
export const wordsOf = (text: string): readonly string[] =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '')

const searchable = ({ name, sku, category, attributes }: ProductView): readonly string[] => [
  ...new Set(wordsOf([name, sku, category, ...attributes.map(({ value }) => value)].join(' ')).slice(0, 60)),
]

const sortKeys: { readonly [Sort in CatalogueSort]: (product: ProductView) => string } = {
  newest: product => product.createdAt,
  name: product => wordsOf(product.name).join(' '),
  price: ({ price }) => `${price.currency}${String(price.amount).padStart(13, '0')}`,
}

/** Parts of the catalogue that are listed on their own, so that a filter on them costs nothing. */
export const partitionOf = {
  /** Unpublished products included. */
  everything: 'everything',
  onSale: 'on-sale',
  category: (category: string): string => `category/${category}`,
  /** Products with a word that starts like this one. */
  word: (word: string): string => `word/${word.slice(0, 2)}`,
} as const

export const indexOf = (partition: string, sort: CatalogueSort): string => `${partition}:${sort}`

const partitionsOf = (product: ProductView, words: readonly string[]): readonly string[] =>
  product.published
    ? [
        partitionOf.everything,
        partitionOf.onSale,
        partitionOf.category(product.category),
        ...new Set(words.filter(word => word.length > 1).map(partitionOf.word)),
      ]
    : [partitionOf.everything]

/** Only stock events that turn availability on or off matter here. */
const flips = (event: InventoryEvent): boolean => {
  if (!('balance' in event.data)) return false
  const after = availableOf(event.data.balance)
  const before = after - availabilityChange(event as Parameters<typeof availabilityChange>[0])
  return before > 0 !== after > 0
}

/** The catalogue as customers page through it, by SKU. */
export const catalogueView: View<InventoryEvent, CatalogueEntry> = {
  name: 'catalogue',
  version: 1,
  categories: [PRODUCT, STOCK_ITEM],
  keysOf: ({ event, streamId }) =>
    'sku' in event.data && (streamId.startsWith(`${PRODUCT}-`) || flips(event)) ? [event.data.sku] : [],
  evolve: (entry, envelope) => {
    const { data } = envelope.event
    const inStock = 'balance' in data ? availableOf(data.balance) > 0 : (entry?.inStock ?? false)
    const product = evolveProduct(entry?.product, envelope)
    return product ? { product, words: searchable(product), inStock } : { words: [], inStock }
  },
  indexes: ({ product, words }) =>
    product
      ? Object.fromEntries(
          partitionsOf(product, words).flatMap(partition =>
            CATALOGUE_SORTS.map(sort => [indexOf(partition, sort), [sortKeys[sort](product)]]),
          ),
        )
      : {},
}
