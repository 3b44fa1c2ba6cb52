import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import { type ProductEvent, productDecider } from './product.ts'
import { type ProductDetails, parseDetails } from './product-details.ts'
import { parseSku } from './sku.ts'

const messageOf = (details: Partial<ProductDetails>): string | undefined => {
  const parsed = parseDetails(details)
  return parsed.ok ? undefined : parsed.rejection.message
}
const attribute = (name: string, value = 'x') => ({ name, value })
const image = (url: string, alt = '') => ({ url, alt })

describe('details of a product', () => {
  it.each<[string, Partial<ProductDetails>]>([
    ['a name of 200 characters', { name: 'x'.repeat(200) }],
    ['a description of 5000 characters', { description: 'x'.repeat(5_000) }],
    ['no description', { description: '' }],
    ['a description of many lines', { description: 'one\ntwo\n\tthree\n\nfour' }],
    ['a category of one word', { category: 'coffee' }],
    ['a category of three words', { category: 'home-office-chairs' }],
    ['a category of 60 characters', { category: 'x'.repeat(60) }],
    ['no attributes', { attributes: [] }],
    ['30 attributes', { attributes: Array.from({ length: 30 }, (_, n) => attribute(`${n}`)) }],
    ['a long attribute', { attributes: [attribute('n'.repeat(60), 'v'.repeat(200))] }],
    ['10 images', { images: Array.from({ length: 10 }, (_, n) => image(`/${n}.jpg`)) }],
    ['an image with a long address and text', { images: [image(`https://${'x'.repeat(500)}`, 'y'.repeat(200))] }],
    ['a ton', { weightGrams: 1_000_000 }],
  ])('may be %s', (_what, details) => expect(parseDetails(details)).toEqual({ ok: true, value: details }))

  it('are trimmed only where that is quick, and blanks are no name', () => {
    const padded = (blanks: number) => parseDetails({ name: `${' '.repeat(blanks)}Mug` }).ok
    expect([padded(397), padded(398)]).toEqual([true, false])
  })

  it.each<[RegExp, Partial<ProductDetails>]>([
    [/^A name has 1 to 200 characters/, { name: '' }],
    [/^A description has at most 5000/, { description: 'x'.repeat(5_001) }],
    [/small letters, digits and hyphens/, { category: 'x'.repeat(61) }],
    [/small letters, digits and hyphens/, { category: 'coffee-' }],
    [/^At most 30 attributes, each name once/, { attributes: [attribute('a'), attribute('a')] }],
    [/^An attribute has a name of at most 60/, { attributes: [attribute('n'.repeat(61))] }],
    [/value of at most 200/, { attributes: [attribute('a', 'v'.repeat(201))] }],
    [/^At most 10 images/, { images: Array.from({ length: 11 }, () => image('/a')) }],
    [/^An image has an https address/, { images: [image('/a"onerror=')] }],
    [/^An image has an https address/, { images: [image(`https://${'x'.repeat(501)}`)] }],
    [/^A weight is a whole number of grams from 1 to 1000000/, { weightGrams: 0 }],
  ])('say what they should be: %s', (sentence, details) => expect(messageOf(details)).toMatch(sentence))

  it.each<[readonly string[], Partial<ProductDetails>]>([
    [['attributes', '0'], { attributes: [attribute(''), attribute('b')] }],
    [['images', '0'], { images: [image('a'), image('/b')] }],
    [['images', '1'], { images: [image('/b'), image('a')] }],
  ])('name the one that is wrong: %j', (field, details) =>
    expect(parseDetails(details)).toMatchObject({ ok: false, rejection: { field } }),
  )
})

describe('a SKU', () => {
  it('says at which field it is wrong, and what it should be', () =>
    expect(parseSku('-')).toMatchObject({
      rejection: { field: ['sku'], message: 'A SKU has 1 to 40 letters, digits and hyphens.' },
    }))
  it('is trimmed only where that is quick', () => {
    expect(parseSku(`${' '.repeat(59)}a`)).toEqual({ ok: true, value: 'A' })
    expect(parseSku(`${' '.repeat(60)}A`).ok).toBe(false)
  })
})

describe('a product', () => {
  const { given } = specFor(productDecider)
  const who = { productId: 'p1', sku: 'COF-1' }
  const details = {
    name: 'Yirgacheffe',
    description: '',
    category: 'coffee',
    attributes: [],
    images: [],
    weightGrams: 250,
  }
  const price = { amount: 1_290, currency: 'EUR' as const }
  const created: ProductEvent = { type: 'ProductCreated', data: { ...who, ...details, price } }
  const published: ProductEvent = { type: 'ProductPublished', data: { ...who, category: 'coffee' } }
  const renamed: ProductEvent = { type: 'ProductUpdated', data: { ...who, changes: { name: 'Sidamo' } } }
  const moved: ProductEvent = {
    type: 'ProductRecategorised',
    data: { ...who, from: 'coffee', to: 'tea', published: true },
  }

  it('is what its events made of it', () => {
    const listed = { ...who, ...details, price }
    expect(given(created).state()).toStrictEqual({ ...listed, status: 'unpublished' })
    expect(given(created, published, renamed, moved).state()).toStrictEqual({
      ...listed,
      name: 'Sidamo',
      category: 'tea',
      status: 'published',
    })
    const unpublished: ProductEvent = { type: 'ProductUnpublished', data: { ...who, category: 'tea' } }
    expect(given(created, published, unpublished).state()).toStrictEqual({ ...listed, status: 'unpublished' })
  })

  it('does not exist before it is created, whatever else is told of it', () => {
    for (const event of [renamed, moved, published]) expect(given(event).state()).toStrictEqual({ status: 'absent' })
  })

  it('stays where it is when moved to where it is', () =>
    given(created)
      .when({ type: 'updateProduct', data: { changes: { category: 'coffee' } } })
      .then())
})
