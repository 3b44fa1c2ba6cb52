import { z } from 'zod'
import { found, given, listed, page } from '../paging.ts'
import { listOf, Product } from '../resources.ts'
import type { Route } from '../route.ts'

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
    }),
    success: {
      status: 200,
      description: 'A page.',
      schema: listOf(Product, 'ProductList'),
      header: 'Link',
    },
    variables: ({ query: { first, after, search, category, inStock } }) => ({
      ...given({ first, after }),
      filter: given({ search, category, inStock: inStock === undefined ? undefined : inStock === 'true' }),
    }),
    answer: ({ products }, _input, self) => listed(products, self),
  },
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
]
