import type { EventEnvelope, View } from '@mercato/shared-kernel/application'
import type { Money } from '@mercato/shared-kernel/domain'
import type { ProductDetails } from '#domain/product-details.ts'
import { type InventoryEvent, PRODUCT } from './context-events.ts'

export interface PricePoint {
  readonly price: Money.Money
  /** ISO 8601: from then on. */
  readonly since: string
}

export interface ProductView extends ProductDetails {
  readonly id: string
  readonly sku: string
  readonly price: Money.Money
  readonly published: boolean
  /** Whether it ever was on sale: such a product stays readable where somebody bought it. */
  readonly wasPublished: boolean
  /** Oldest first; the last one is the present price. */
  readonly priceHistory: readonly PricePoint[]
  readonly createdAt: string
  readonly updatedAt: string
}

/** A product after one more event. Events of other aggregates leave it as it is. */
export const evolveProduct = (
  product: ProductView | undefined,
  { event, occurredAt }: EventEnvelope<InventoryEvent>,
): ProductView | undefined => {
  if (event.type === 'ProductCreated') {
    const { productId: id, ...data } = event.data
    const priceHistory = [{ price: data.price, since: occurredAt }]
    const times = { createdAt: occurredAt, updatedAt: occurredAt }
    return { id, ...data, published: false, wasPublished: false, priceHistory, ...times }
  }
  if (!product) return undefined
  const updatedAt = occurredAt
  switch (event.type) {
    case 'ProductUpdated':
      return { ...product, ...event.data.changes, updatedAt }
    case 'ProductRecategorised':
      return { ...product, category: event.data.to, updatedAt }
    case 'PriceChanged': {
      const { to: price } = event.data
      return { ...product, price, priceHistory: [...product.priceHistory, { price, since: occurredAt }], updatedAt }
    }
    case 'ProductPublished':
      return { ...product, published: true, wasPublished: true, updatedAt }
    case 'ProductUnpublished':
      return { ...product, published: false, updatedAt }
    default:
      return product
  }
}

/** Products by id. */
export const productsView: View<InventoryEvent, ProductView> = {
  name: 'products',
  version: 1,
  categories: [PRODUCT],
  keysOf: ({ event }) => ('productId' in event.data ? [event.data.productId] : []),
  evolve: evolveProduct,
  indexes: () => ({}),
}

/** Product ids by SKU. */
export const skusView: View<InventoryEvent, { readonly productId: string }> = {
  name: 'skus',
  version: 1,
  categories: [PRODUCT],
  keysOf: ({ event }) => (event.type === 'ProductCreated' ? [event.data.sku] : []),
  evolve: (doc, { event }) => (event.type === 'ProductCreated' ? { productId: event.data.productId } : doc),
  indexes: () => ({}),
}
