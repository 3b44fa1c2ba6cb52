import { z } from 'zod'
import * as resources from './resources.ts'
import type { Route } from './route.ts'

const page = {
  first: z.coerce.number().int().min(1).max(100).default(20).describe('How many.'),
  after: z.string().max(512).optional().describe('Only what comes after this cursor.'),
}

const nextLink = (self: URL, cursor: string | null): Readonly<Record<string, string>> => {
  if (cursor === null) return {}
  const next = new URL(self)
  next.searchParams.set('after', cursor)
  return { link: `<${next.pathname}${next.search}>; rel="next"` }
}

/** Leaves out what was not given. */
const given = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))

const found = (thing: unknown) => (thing == null ? undefined : { status: 200, body: thing })

/** Everything under /api/v1. */
export const routes: readonly Route[] = [
  {
    method: 'POST',
    path: '/users',
    summary: 'Opens an account.',
    operation: 'create-user',
    body: z.object({
      email: z.string().max(1_000),
      username: z.string().max(1_000),
      password: z.string().max(1_000).optional().describe('Without one, a mailed link lets the person set it.'),
    }),
    success: { status: 201, description: 'The account; `Location` says where.', schema: resources.User },
    variables: ({ body }) => ({ input: body }),
    answer: ({ registerUser: { user } }) => ({
      status: 201,
      headers: { location: `/api/v1/users/${user.id}` },
      body: user,
    }),
  },
  {
    method: 'GET',
    path: '/users/{id}',
    summary: 'The public profile of an account.',
    operation: 'get-user',
    success: { status: 200, description: 'The profile.', schema: resources.User },
    variables: ({ params }) => ({ id: params['id'] }),
    answer: ({ user }) => found(user),
  },
  {
    method: 'GET',
    path: '/products',
    summary: 'Products on sale.',
    operation: 'list-products',
    maxAge: 5,
    query: z.object({
      ...page,
      search: z.string().max(200).optional().describe('Words; each may be the beginning of a word.'),
      category: z.string().max(100).optional().describe('Slug of a category.'),
      inStock: z.enum(['true', 'false']).optional(),
    }),
    success: {
      status: 200,
      description: 'A page; the `Link` header leads to the next.',
      schema: resources.ProductList,
    },
    variables: ({ query: { first, after, search, category, inStock } }) => ({
      ...given({ first, after }),
      filter: given({ search, category, inStock: inStock === undefined ? undefined : inStock === 'true' }),
    }),
    answer: ({ products: { edges, totalCount, pageInfo } }, _input, self) => {
      const nextCursor: string | null = pageInfo.hasNextPage ? pageInfo.endCursor : null
      const items = edges.map(({ node }: { readonly node: unknown }) => node)
      return { status: 200, headers: nextLink(self, nextCursor), body: { items, totalCount, nextCursor } }
    },
  },
  {
    method: 'GET',
    path: '/products/{id}',
    summary: 'A product on sale.',
    operation: 'get-product',
    maxAge: 5,
    success: { status: 200, description: 'The product.', schema: resources.Product },
    variables: ({ params }) => ({ id: params['id'] }),
    answer: ({ product }) => found(product),
  },
  {
    method: 'GET',
    path: '/payments/{id}',
    summary: 'The payment of an order, for its customer.',
    operation: 'get-payment',
    signedIn: true,
    success: { status: 200, description: 'The payment.', schema: resources.Payment },
    variables: ({ params }) => ({ id: params['id'] }),
    answer: ({ payment }) => found(payment),
  },
]
