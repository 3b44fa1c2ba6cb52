import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import { type ProductEvent, productDecider } from './product.ts'

const { given } = specFor(productDecider)
const who = { productId: 'p1', sku: 'COF-1' }
const eur = (amount: number) => ({ amount, currency: 'EUR' as const })
const details = {
  name: 'Yirgacheffe',
  description: '',
  category: 'coffee',
  attributes: [{ name: 'Roast', value: 'light' }],
  images: [],
  weightGrams: 250,
}
const created: ProductEvent = { type: 'ProductCreated', data: { ...who, ...details, price: eur(1290) } }
const published: ProductEvent = { type: 'ProductPublished', data: { ...who, category: 'coffee' } }
const unpublished: ProductEvent = { type: 'ProductUnpublished', data: { ...who, category: 'coffee' } }

describe('a product that does not exist', () => {
  it('is created, unpublished', () => {
    given().when({ type: 'createProduct', data: created.data }).then(created)
    expect(given(created).state()).toMatchObject({ status: 'unpublished', price: eur(1290) })
  })

  it.each([
    { type: 'updateProduct', data: { changes: { name: 'x' } } },
    { type: 'changePrice', data: { price: eur(1) } },
    { type: 'publishProduct', data: {} },
    { type: 'unpublishProduct', data: {} },
  ] as const)('cannot be changed: $type', command => given().when(command).thenRejected('PRODUCT.NOT_FOUND', ['id']))
})

describe('a product that is not on sale', () => {
  it('cannot be created again', () =>
    given(created).when({ type: 'createProduct', data: created.data }).thenRejected('PRODUCT.ALREADY_EXISTS'))

  it('is published', () => given(created).when({ type: 'publishProduct', data: {} }).then(published))

  it('stays so when unpublished', () => given(created).when({ type: 'unpublishProduct', data: {} }).then())

  it('keeps only what really changes', () => {
    given(created)
      .when({ type: 'updateProduct', data: { changes: { name: 'Sidamo', weightGrams: 250 } } })
      .then({ type: 'ProductUpdated', data: { ...who, changes: { name: 'Sidamo' } } })
    given(created)
      .when({ type: 'updateProduct', data: { changes: { attributes: [{ name: 'Roast', value: 'light' }] } } })
      .then()
  })

  it('moves between categories without anybody seeing it', () =>
    given(created)
      .when({ type: 'updateProduct', data: { changes: { category: 'tea' } } })
      .then({ type: 'ProductRecategorised', data: { ...who, from: 'coffee', to: 'tea', published: false } }))
})

describe('a product on sale', () => {
  it('stays so when published', () => given(created, published).when({ type: 'publishProduct', data: {} }).then())

  it('is taken off sale', () =>
    given(created, published).when({ type: 'unpublishProduct', data: {} }).then(unpublished))

  it('can come back', () =>
    given(created, published, unpublished).when({ type: 'publishProduct', data: {} }).then(published))

  it('changes text and category at once', () =>
    given(created, published)
      .when({ type: 'updateProduct', data: { changes: { name: 'Oolong', category: 'tea' } } })
      .then(
        { type: 'ProductUpdated', data: { ...who, changes: { name: 'Oolong' } } },
        { type: 'ProductRecategorised', data: { ...who, from: 'coffee', to: 'tea', published: true } },
      ))

  it('changes its price', () => {
    const changed: ProductEvent = { type: 'PriceChanged', data: { ...who, from: eur(1290), to: eur(1390) } }
    given(created, published)
      .when({ type: 'changePrice', data: { price: eur(1390) } })
      .then(changed)
    expect(given(created, published, changed).state()).toMatchObject({ status: 'published', price: eur(1390) })
  })

  it('keeps a price that is the same', () =>
    given(created, published)
      .when({ type: 'changePrice', data: { price: eur(1290) } })
      .then())

  it('keeps its currency', () =>
    given(created, published)
      .when({ type: 'changePrice', data: { price: { amount: 1290, currency: 'USD' } } })
      .thenRejected('PRODUCT.OTHER_CURRENCY', ['price', 'currency']))
})
