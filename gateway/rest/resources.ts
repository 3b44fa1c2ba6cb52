import { z } from 'zod'

/** The shapes of REST answers; they document what the stored operations select. */
export const Money = z
  .object({ amount: z.string().meta({ example: '19.99' }), currency: z.string().meta({ example: 'EUR' }) })
  .meta({ id: 'Money' })

export const User = z
  .object({ id: z.string(), username: z.string(), createdAt: z.string() })
  .meta({ id: 'User', description: 'The public profile of an account.' })

export const Product = z
  .object({
    id: z.string(),
    sku: z.string(),
    name: z.string(),
    description: z.string(),
    category: z.string(),
    price: Money,
    stock: z.object({ inStock: z.boolean() }),
  })
  .meta({ id: 'Product' })

export const ProductList = z
  .object({ items: z.array(Product), totalCount: z.int().nullable(), nextCursor: z.string().nullable() })
  .meta({ id: 'ProductList' })

export const Payment = z
  .object({
    id: z.string(),
    status: z.string(),
    amount: Money,
    captured: Money,
    refunded: Money,
    declineReason: z.string().nullable(),
    requestedAt: z.string(),
  })
  .meta({ id: 'Payment' })

export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().describe('Stable code, such as `NOT_FOUND` or `USER.EMAIL_TAKEN`.'),
    detail: z.string(),
    correlationId: z.string().optional(),
    errors: z.array(z.object({ code: z.string(), message: z.string(), field: z.array(z.string()) })).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details.' })
