import { Money, ok, type Result, refused } from '@mercato/shared-kernel/domain'
import { invalid, notPositive } from './rejections.ts'

export interface ProductAttribute {
  readonly name: string
  readonly value: string
}

export interface ProductImage {
  readonly url: string
  readonly alt: string
}

/** What a product is, apart from its SKU, its price and whether it is on sale. */
export interface ProductDetails {
  readonly name: string
  readonly description: string
  /** A slug such as `coffee` or `home-office`. */
  readonly category: string
  readonly attributes: readonly ProductAttribute[]
  readonly images: readonly ProductImage[]
  readonly weightGrams: number
}

const ONE_LINE = /^[^\p{Cc}]*$/u
const MANY_LINES = /^[^\p{Cc}]*(?:[\n\t][^\p{Cc}]*)*$/u
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/
const IMAGE_URL = /^(?:https:\/\/|\/)[^\s\p{Cc}<>"]{1,500}$/u

const isText = (text: string, min: number, max: number, shape = ONE_LINE): boolean =>
  text.length >= min && text.length <= max && text.isWellFormed() && shape.test(text)

const parsers: { readonly [Key in keyof ProductDetails]: (value: ProductDetails[Key]) => Result<ProductDetails[Key]> } =
  {
    name: text => {
      const name = text.length <= 400 ? text.trim() : text
      return isText(name, 1, 200) ? ok(name) : refused(invalid('NAME', 'A name has 1 to 200 characters.', ['name']))
    },
    description: text =>
      isText(text, 0, 5_000, MANY_LINES)
        ? ok(text)
        : refused(invalid('DESCRIPTION', 'A description has at most 5000 characters.', ['description'])),
    category: text =>
      isText(text, 1, 60, SLUG)
        ? ok(text)
        : refused(invalid('CATEGORY', 'A category is small letters, digits and hyphens: home-office.', ['category'])),
    attributes: attributes => {
      const names = new Set(attributes.map(({ name }) => name))
      if (attributes.length > 30 || names.size < attributes.length)
        return refused(invalid('ATTRIBUTES', 'At most 30 attributes, each name once.', ['attributes']))
      const bad = attributes.findIndex(({ name, value }) => !isText(name, 1, 60) || !isText(value, 1, 200))
      return bad < 0
        ? ok(attributes.map(({ name, value }) => ({ name, value })))
        : refused(
            invalid('ATTRIBUTES', 'An attribute has a name of at most 60 and a value of at most 200 characters.', [
              'attributes',
              `${bad}`,
            ]),
          )
    },
    images: images => {
      if (images.length > 10) return refused(invalid('IMAGES', 'At most 10 images.', ['images']))
      const bad = images.findIndex(({ url, alt }) => !isText(url, 1, 510, IMAGE_URL) || !isText(alt, 0, 200))
      return bad < 0
        ? ok(images.map(({ url, alt }) => ({ url, alt })))
        : refused(
            invalid('IMAGES', 'An image has an https address and a text of at most 200 characters.', [
              'images',
              `${bad}`,
            ]),
          )
    },
    weightGrams: grams =>
      Number.isSafeInteger(grams) && grams >= 1 && grams <= 1_000_000
        ? ok(grams)
        : refused(invalid('WEIGHT', 'A weight is a whole number of grams from 1 to 1000000.', ['weightGrams'])),
  }

const KEYS = Object.keys(parsers) as readonly (keyof ProductDetails)[]

/** Reads details from outside, all of them or some; the first bad field refuses. Field paths are relative to the input. */
export const parseDetails = <Given extends Partial<ProductDetails>>(given: Given): Result<Given> => {
  const read: Record<string, unknown> = {}
  for (const key of KEYS) {
    const value = given[key]
    if (value === undefined) continue
    const parsed = (parsers[key] as (value: unknown) => Result<unknown>)(value)
    if (!parsed.ok) return parsed
    read[key] = parsed.value
  }
  return ok(read as Given)
}

/** Reads a price: a positive amount in a currency traded here. */
export const parsePrice = (
  price: { readonly amount: string; readonly currency: string },
  field: readonly string[] = ['price'],
): Result<Money.Money> => {
  const parsed = Money.parseMoney(price.amount, price.currency, field)
  return parsed.ok && parsed.value.amount === 0 ? refused({ ...notPositive, field: [...field, 'amount'] }) : parsed
}
