import { describe, expect, it } from 'vitest'
import { type ProductDetails, parseDetails, parsePrice } from './product-details.ts'

const good: ProductDetails = {
  name: 'Yirgacheffe',
  description: 'Jasmine.\nLemon.',
  category: 'home-office',
  attributes: [{ name: 'Roast', value: 'light' }],
  images: [{ url: 'https://images.example/1.jpg', alt: 'A bag' }],
  weightGrams: 250,
}

describe('details of a product', () => {
  it('are read as given, names trimmed', () => {
    expect(parseDetails({ ...good, name: ' Yirgacheffe ' })).toEqual({ ok: true, value: good })
    expect(parseDetails({ images: [{ url: '/images/1.jpg', alt: '' }] }).ok).toBe(true)
  })

  it('may be given in part', () =>
    expect(parseDetails({ weightGrams: 1 })).toEqual({ ok: true, value: { weightGrams: 1 } }))

  it.each<[string, Partial<ProductDetails>, readonly string[]]>([
    ['NAME', { name: ' ' }, ['name']],
    ['NAME', { name: 'x'.repeat(201) }, ['name']],
    ['NAME', { name: 'x'.repeat(10_000) }, ['name']],
    ['NAME', { name: 'a\u0000b' }, ['name']],
    ['NAME', { name: 'a\nb' }, ['name']],
    ['NAME', { name: 'a\ud800' }, ['name']],
    ['DESCRIPTION', { description: 'x'.repeat(5_001) }, ['description']],
    ['DESCRIPTION', { description: 'a\u0000b' }, ['description']],
    ['CATEGORY', { category: 'Coffee' }, ['category']],
    ['CATEGORY', { category: 'a--b' }, ['category']],
    ['CATEGORY', { category: '' }, ['category']],
    [
      'ATTRIBUTES',
      {
        attributes: [
          { name: 'a', value: '1' },
          { name: 'a', value: '2' },
        ],
      },
      ['attributes'],
    ],
    [
      'ATTRIBUTES',
      {
        attributes: [
          { name: 'a', value: '1' },
          { name: 'b', value: '' },
        ],
      },
      ['attributes', '1'],
    ],
    [
      'ATTRIBUTES',
      { attributes: Array.from({ length: 31 }, (_, n) => ({ name: `${n}`, value: 'x' })) },
      ['attributes'],
    ],
    ['IMAGES', { images: Array.from({ length: 11 }, () => ({ url: '/a', alt: '' })) }, ['images']],
    ['IMAGES', { images: [{ url: 'javascript:alert(1)', alt: '' }] }, ['images', '0']],
    ['IMAGES', { images: [{ url: 'http://images.example/1.jpg', alt: '' }] }, ['images', '0']],
    ['IMAGES', { images: [{ url: '/a', alt: 'x'.repeat(201) }] }, ['images', '0']],
    ['WEIGHT', { weightGrams: 0 }, ['weightGrams']],
    ['WEIGHT', { weightGrams: -5 }, ['weightGrams']],
    ['WEIGHT', { weightGrams: 1.5 }, ['weightGrams']],
    ['WEIGHT', { weightGrams: 1_000_001 }, ['weightGrams']],
  ])('are refused with INVALID_%s: %j', (what, details, field) =>
    expect(parseDetails(details)).toMatchObject({ ok: false, rejection: { code: `PRODUCT.INVALID_${what}`, field } }),
  )
})

describe('a price', () => {
  it('is read in minor units', () =>
    expect(parsePrice({ amount: '12.9', currency: 'EUR' })).toEqual({
      ok: true,
      value: { amount: 1290, currency: 'EUR' },
    }))

  it.each([
    ['PRODUCT.PRICE_NOT_POSITIVE', '0.00', 'EUR', 'amount'],
    ['MONEY.INVALID_AMOUNT', '-1', 'EUR', 'amount'],
    ['MONEY.INVALID_AMOUNT', '1.999', 'EUR', 'amount'],
    ['MONEY.INVALID_AMOUNT', '9'.repeat(18), 'EUR', 'amount'],
    ['MONEY.TOO_LARGE', '999999999999', 'EUR', 'amount'],
    ['MONEY.UNKNOWN_CURRENCY', '1', 'XXX', 'currency'],
  ])('is refused with %s: %s %s', (code, amount, currency, field) =>
    expect(parsePrice({ amount, currency })).toMatchObject({ ok: false, rejection: { code, field: ['price', field] } }),
  )
})
