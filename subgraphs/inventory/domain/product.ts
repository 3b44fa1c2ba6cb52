import {
  accept,
  type Decider,
  type Decision,
  type DomainEvent,
  type Money,
  reject,
} from '@mercato/shared-kernel/domain'
import type { ProductDetails } from './product-details.ts'
import { alreadyCreated, otherCurrency, productNotFound } from './rejections.ts'

type Identified<Data> = Data & { readonly productId: string; readonly sku: string }

export type ProductEvent =
  | DomainEvent<'ProductCreated', Identified<ProductDetails & { readonly price: Money.Money }>>
  | DomainEvent<'ProductUpdated', Identified<{ readonly changes: Partial<Omit<ProductDetails, 'category'>> }>>
  | DomainEvent<
      'ProductRecategorised',
      Identified<{ readonly from: string; readonly to: string; readonly published: boolean }>
    >
  | DomainEvent<'PriceChanged', Identified<{ readonly from: Money.Money; readonly to: Money.Money }>>
  | DomainEvent<'ProductPublished', Identified<{ readonly category: string }>>
  | DomainEvent<'ProductUnpublished', Identified<{ readonly category: string }>>

export type ProductCommand =
  | { readonly type: 'createProduct'; readonly data: Identified<ProductDetails & { readonly price: Money.Money }> }
  | { readonly type: 'updateProduct'; readonly data: { readonly changes: Partial<ProductDetails> } }
  | { readonly type: 'changePrice'; readonly data: { readonly price: Money.Money } }
  | { readonly type: 'publishProduct'; readonly data: Record<string, never> }
  | { readonly type: 'unpublishProduct'; readonly data: Record<string, never> }

interface Listed extends ProductDetails {
  readonly productId: string
  readonly sku: string
  readonly price: Money.Money
}

export type Product =
  | { readonly status: 'absent' }
  | (Listed & { readonly status: 'unpublished' })
  | (Listed & { readonly status: 'published' })

type Existing = Exclude<Product, { status: 'absent' }>

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

const update = (changes: Partial<ProductDetails>, product: Existing): Decision<ProductEvent> => {
  const { productId, sku } = product
  const { category, ...rest } = changes
  const changed = Object.entries(rest).filter(
    ([key, value]) => value !== undefined && !same(value, product[key as keyof ProductDetails]),
  )
  const events: ProductEvent[] = []
  if (changed.length > 0)
    events.push({ type: 'ProductUpdated', data: { productId, sku, changes: Object.fromEntries(changed) } })
  if (category !== undefined && category !== product.category)
    events.push({
      type: 'ProductRecategorised',
      data: { productId, sku, from: product.category, to: category, published: product.status === 'published' },
    })
  return accept(...events)
}

const changePrice = (price: Money.Money, product: Existing): Decision<ProductEvent> => {
  const { productId, sku, price: from } = product
  if (price.currency !== from.currency) return reject(otherCurrency(from.currency))
  return price.amount === from.amount
    ? accept()
    : accept({ type: 'PriceChanged', data: { productId, sku, from, to: price } })
}

const decide = (command: ProductCommand, product: Product): Decision<ProductEvent> => {
  if (command.type === 'createProduct')
    return product.status === 'absent' ? accept({ type: 'ProductCreated', data: command.data }) : reject(alreadyCreated)
  if (product.status === 'absent') return reject(productNotFound())
  const { productId, sku, category, status } = product
  switch (command.type) {
    case 'updateProduct':
      return update(command.data.changes, product)
    case 'changePrice':
      return changePrice(command.data.price, product)
    case 'publishProduct':
      return status === 'published'
        ? accept()
        : accept({ type: 'ProductPublished', data: { productId, sku, category } })
    case 'unpublishProduct':
      return status === 'unpublished'
        ? accept()
        : accept({ type: 'ProductUnpublished', data: { productId, sku, category } })
  }
}

const evolve = (product: Product, event: ProductEvent): Product => {
  if (event.type === 'ProductCreated') return { ...event.data, status: 'unpublished' }
  if (product.status === 'absent') return product
  switch (event.type) {
    case 'ProductUpdated':
      return { ...product, ...event.data.changes }
    case 'ProductRecategorised':
      return { ...product, category: event.data.to }
    case 'PriceChanged':
      return { ...product, price: event.data.to }
    case 'ProductPublished':
      return { ...product, status: 'published' }
    case 'ProductUnpublished':
      return { ...product, status: 'unpublished' }
  }
}

/** A thing in the catalogue. Created unpublished; its SKU and its currency never change. */
export const productDecider: Decider<Product, ProductCommand, ProductEvent> = {
  initialState: { status: 'absent' },
  decide,
  evolve,
}
