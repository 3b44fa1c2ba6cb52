import { z } from 'zod'
import { action } from '../action.ts'
import { found, given, listed, page, pageOf, whole } from '../paging.ts'
import { Category, listOf, MoneyInput, Product } from '../resources.ts'
import type { Route } from '../route.ts'

const text = z.string().max(1_000)
const fields = {
  name: text,
  description: z.string().max(20_000),
  category: text,
  attributes: z.array(z.strictObject({ name: text, value: text })).max(100),
  images: z.array(z.strictObject({ url: z.string().max(2_000), alt: text })).max(100),
  weightGrams: z.int32(),
}
const product = { entity: 'product', schema: Product, description: 'The product.' }

const filterOf = ({ inStock, drafts, ...rest }: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  given({
    ...rest,
    inStock: inStock === undefined ? undefined : inStock === 'true',
    includeUnpublished: drafts === undefined ? undefined : drafts === 'true',
  })

export const productRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/products',
    summary: 'Products on sale.',
    operation: 'list-products',
    maxAge: 5,
    query: z.object({
      ...page,
      search: z.string().max(200).optional().meta({ description: 'Words; each may be the beginning of a word.' }),
      category: z.string().max(100).optional().meta({ description: 'Slug of a category.' }),
      inStock: z.enum(['true', 'false']).optional(),
      drafts: z
        .enum(['true', 'false'])
        .optional()
        .meta({ description: 'Products that are not on sale, too; for staff.' }),
      sort: z.enum(['NEWEST', 'NAME', 'PRICE_ASCENDING', 'PRICE_DESCENDING']).optional(),
    }),
    success: {
      status: 200,
      description: 'A page.',
      schema: listOf(Product, 'ProductList'),
      header: 'Link',
    },
    variables: ({ query: { first, after, last, before, sort, ...filter } }) => ({
      ...pageOf({ first, after, last, before }),
      ...given({ sort }),
      filter: filterOf(filter),
    }),
    answer: ({ products }, _input, self) => listed(products, self),
  },
  action({
    method: 'POST',
    path: '/products',
    summary: 'Makes a product, not yet on sale.',
    operation: 'create-product',
    mutation: 'createProduct',
    body: z.strictObject({
      sku: text.meta({ example: 'CUP-1' }),
      ...fields,
      description: fields.description.optional(),
      attributes: fields.attributes.optional(),
      images: fields.images.optional(),
      price: MoneyInput,
    }),
    gives: { ...product, newBelow: '/products' },
  }),
  {
    method: 'GET',
    path: '/products/{id}',
    summary: 'A product on sale.',
    operation: 'get-product',
    maxAge: 5,
    success: { status: 200, description: 'The product.', schema: Product },
    variables: ({ params }) => ({ id: params['id'] }),
    answer: ({ product }) => found(product),
  },
  action({
    method: 'PATCH',
    path: '/products/{id}',
    summary: 'Changes what is said of a product.',
    operation: 'update-product',
    mutation: 'updateProduct',
    input: { id: 'id' },
    body: z.strictObject(fields).partial(),
    gives: product,
  }),
  action({
    method: 'PUT',
    path: '/products/{id}/price',
    summary: 'Changes the price; orders placed before keep theirs.',
    operation: 'change-price',
    mutation: 'changePrice',
    input: { id: 'id' },
    body: MoneyInput,
    toInput: price => ({ price }),
    gives: product,
  }),
  action({
    method: 'PUT',
    path: '/products/{id}/publication',
    summary: 'Puts a product on sale.',
    operation: 'publish-product',
    mutation: 'publishProduct',
    input: { id: 'id' },
    gives: product,
  }),
  action({
    method: 'DELETE',
    path: '/products/{id}/publication',
    summary: 'Takes a product off sale.',
    operation: 'unpublish-product',
    mutation: 'unpublishProduct',
    input: { id: 'id' },
    gives: product,
  }),
  {
    method: 'GET',
    path: '/categories',
    summary: 'Categories, with how many products of each are on sale.',
    operation: 'list-categories',
    maxAge: 30,
    success: { status: 200, description: 'All of them.', schema: listOf(Category, 'CategoryList') },
    variables: () => ({}),
    answer: ({ categories }) => whole(categories),
  },
]
