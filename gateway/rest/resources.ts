import { z } from 'zod'

/** The shapes of REST answers; they document what the stored operations select. */
export const Money = z
  .object({ amount: z.string().meta({ example: '19.99' }), currency: z.string().meta({ example: 'EUR' }) })
  .meta({ id: 'Money' })

export const Address = z
  .strictObject({
    name: z.string().max(1_000),
    line1: z.string().max(1_000),
    line2: z.string().max(1_000).optional(),
    city: z.string().max(1_000),
    postalCode: z.string().max(1_000),
    region: z.string().max(1_000).optional(),
    country: z.string().max(1_000).meta({ description: 'ISO 3166-1 alpha-2 code.', example: 'DE' }),
  })
  .meta({ id: 'Address' })

export const User = z
  .object({ id: z.string(), username: z.string(), createdAt: z.string() })
  .meta({ id: 'User', description: 'The public profile of an account.' })

export const Session = z
  .object({
    accessToken: z.string().meta({ description: 'Goes into the header `Authorization: Bearer …`.' }),
    accessTokenExpiresAt: z.string(),
    refreshToken: z.string(),
    refreshTokenExpiresAt: z.string(),
  })
  .meta({ id: 'Session', description: 'What a client needs to act as the person. Keep it secret.' })

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

export const OrderStatus = z
  .enum(['PENDING', 'AWAITING_PAYMENT', 'CONFIRMED', 'PARTLY_SHIPPED', 'SHIPPED', 'DELIVERED', 'REJECTED', 'CANCELLED'])
  .meta({ id: 'OrderStatus' })

export const Order = z
  .object({
    id: z.string(),
    number: z.string(),
    status: OrderStatus,
    statusReason: z.string().nullable().meta({ description: 'Why it was rejected or cancelled, as a stable code.' }),
    placedAt: z.string(),
    lines: z.array(
      z.object({
        sku: z.string(),
        name: z.string(),
        quantity: z.int(),
        unitPrice: Money,
        lineTotal: Money,
        shippedQuantity: z.int(),
      }),
    ),
    totals: z.object({ items: Money, shipping: Money, tax: Money, grandTotal: Money }),
    shipments: z.array(
      z.object({ id: z.string(), carrier: z.string(), trackingNumber: z.string(), shippedAt: z.string() }),
    ),
  })
  .meta({ id: 'Order' })

export const Payment = z
  .object({
    id: z.string().meta({ description: 'Same as the order’s id.' }),
    status: z.string(),
    amount: Money,
    captured: Money,
    refunded: Money,
    declineReason: z.string().nullable(),
    requestedAt: z.string(),
  })
  .meta({ id: 'Payment' })

export const PaymentMethod = z
  .object({ id: z.string(), label: z.string(), addedAt: z.string() })
  .meta({ id: 'PaymentMethod' })

export const Invoice = z
  .object({
    number: z.string().meta({ example: '2026-000001' }),
    kind: z.enum(['INVOICE', 'CREDIT_NOTE']),
    amount: Money,
    issuedAt: z.string(),
    orderId: z.string(),
  })
  .meta({ id: 'Invoice', description: 'An invoice or credit note.' })

/** A page of a list. */
export const listOf = (item: z.ZodType, name: string) =>
  z
    .object({ items: z.array(item), totalCount: z.int().nullable(), nextCursor: z.string().nullable() })
    .meta({ id: name, description: 'A page; `nextCursor` goes into `after`.' })

export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().meta({ description: 'Stable code, such as `NOT_FOUND` or `USER.EMAIL_TAKEN`.' }),
    detail: z.string(),
    correlationId: z.string().optional(),
    errors: z.array(z.object({ code: z.string(), message: z.string(), field: z.array(z.string()) })).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details.' })
