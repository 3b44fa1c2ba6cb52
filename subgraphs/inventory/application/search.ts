import { type Consistency, Fault, type ListedDocument, type ViewReader } from '@mercato/shared-kernel/application'
import { Money } from '@mercato/shared-kernel/domain'
import { type CatalogueEntry, type CatalogueSort, indexOf, partitionOf, wordsOf } from './catalogue-view.ts'
import { type Connection, type Page, toConnection } from './connection.ts'
import type { ProductView } from './product-view.ts'

export interface ProductFilter {
  /** Words of name, SKU, category or attributes; each may be the beginning of one. */
  readonly search?: string
  readonly category?: string
  readonly minPrice?: Money.Money
  readonly maxPrice?: Money.Money
  readonly inStock?: boolean
  /** Also what is not on sale. */
  readonly everything?: boolean
}

export interface ProductOrder {
  readonly sort: CatalogueSort
  readonly descending: boolean
}

/** The ways to sort that the schema offers. */
export const readProductOrder = (sort: 'NEWEST' | 'NAME' | 'PRICE_ASCENDING' | 'PRICE_DESCENDING'): ProductOrder => {
  switch (sort) {
    case 'NEWEST':
      return { sort: 'newest', descending: true }
    case 'NAME':
      return { sort: 'name', descending: false }
    case 'PRICE_ASCENDING':
      return { sort: 'price', descending: false }
    case 'PRICE_DESCENDING':
      return { sort: 'price', descending: true }
  }
}

export type Search = (
  filter: ProductFilter,
  order: ProductOrder,
  page: Page,
  consistency: Consistency,
) => Promise<Connection<ProductView>>

const MAX_WORDS = 8
const SCANNED = 100

/** Reads a bound of a price range; Fault BAD_USER_INPUT when it is none. */
export const readPriceBound = (price: { readonly amount: string; readonly currency: string }): Money.Money => {
  const parsed = Money.parseMoney(price.amount, price.currency)
  if (!parsed.ok) throw new Fault('BAD_USER_INPUT', parsed.rejection.message)
  return parsed.value
}

const within = ({ price }: ProductView, { minPrice, maxPrice }: ProductFilter): boolean =>
  (!minPrice || (price.currency === minPrice.currency && price.amount >= minPrice.amount)) &&
  (!maxPrice || (price.currency === maxPrice.currency && price.amount <= maxPrice.amount))

const searchWords = ({ search }: ProductFilter): readonly string[] => {
  const words = wordsOf((search ?? '').slice(0, 200))
  return words.slice(0, MAX_WORDS)
}

/** The smallest listed part of the catalogue that holds every match, and what is left to be checked on each entry. */
const plan = (filter: ProductFilter) => {
  const words = searchWords(filter)
  const longest = [...words].sort((a, b) => b.length - a.length)[0]
  const byWord = longest !== undefined && longest.length > 1 && !filter.everything
  const byCategory = filter.category !== undefined && !byWord && !filter.everything
  const partition = filter.everything
    ? partitionOf.everything
    : byWord
      ? partitionOf.word(longest)
      : byCategory
        ? partitionOf.category(filter.category ?? '')
        : partitionOf.onSale
  const exact =
    words.length === 0 &&
    !filter.minPrice &&
    !filter.maxPrice &&
    filter.inStock === undefined &&
    (filter.category === undefined || byCategory)
  const matches = (entry: CatalogueEntry): boolean =>
    entry.product !== undefined &&
    (filter.category === undefined || entry.product.category === filter.category) &&
    (filter.inStock === undefined || entry.inStock === filter.inStock) &&
    within(entry.product, filter) &&
    words.every(word => entry.words.some(each => each.startsWith(word)))
  return { partition, exact, matches }
}

export const createSearch = (reader: ViewReader<CatalogueEntry>): Search => {
  /** Matches in reading order, one more than the page holds, so that it is known whether the list goes on. */
  const collect = async (
    index: string,
    matches: (entry: CatalogueEntry) => boolean,
    { size, backwards, after, before }: Page,
    descending: boolean,
    consistency: Consistency,
  ): Promise<ListedDocument<CatalogueEntry>[]> => {
    const found: ListedDocument<CatalogueEntry>[] = []
    let near = backwards ? before : after
    for (;;) {
      const bounds = {
        ...(backwards ? after !== undefined && { after } : before !== undefined && { before }),
        ...(near !== undefined && (backwards ? { before: near } : { after: near })),
      }
      const range = { index, limit: SCANNED, descending, fromEnd: backwards, ...bounds }
      const { items, more } = await reader.list(range, consistency)
      const ordered = backwards ? [...items].reverse() : items
      for (const item of ordered) if (matches(item.doc) && found.push(item) > size) return found
      near = ordered.at(-1)?.cursor
      if (!more || near === undefined) return found
    }
  }

  return async (filter, { sort, descending }, page, consistency) => {
    const { partition, exact, matches } = plan(filter)
    const index = indexOf(partition, sort)
    const found = await collect(index, matches, page, descending, consistency)
    const taken = found.slice(0, page.size)
    if (page.backwards) taken.reverse()
    const edges = taken.flatMap(({ cursor, doc }) => (doc.product ? [{ cursor, node: doc.product }] : []))
    return toConnection(edges, page, found.length > page.size, exact ? await reader.count(index) : null)
  }
}

/** Whether the pair is a price range somebody can mean. */
export const isPriceRange = ({ minPrice, maxPrice }: ProductFilter): boolean =>
  !minPrice || !maxPrice || (minPrice.currency === maxPrice.currency && minPrice.amount <= maxPrice.amount)
