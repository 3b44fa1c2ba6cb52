import { z } from 'zod'

/** The shapes of REST answers; they document what the stored operations select. */
export const Money = z
  .object({ amount: z.string().meta({ example: '19.99' }), currency: z.string().meta({ example: 'EUR' }) })
  .meta({ id: 'Money' })

export const MoneyInput = z
  .strictObject({
    amount: z.string().max(40).meta({ description: 'Decimal number in major units.', example: '19.99' }),
    currency: z.enum(['EUR', 'USD', 'GBP', 'CHF', 'JPY']),
  })
  .meta({ id: 'MoneyInput' })

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

const piece = z.object({ sku: z.string(), quantity: z.int() })

export const Product = z
  .object({
    id: z.string(),
    sku: z.string(),
    name: z.string(),
    description: z.string(),
    category: z.string(),
    attributes: z.array(z.object({ name: z.string(), value: z.string() })),
    images: z.array(z.object({ url: z.string(), alt: z.string() })),
    weightGrams: z.int(),
    published: z.boolean(),
    price: Money,
    stock: z.object({ inStock: z.boolean() }),
  })
  .meta({ id: 'Product' })

export const Category = z
  .object({ name: z.string().meta({ description: 'Slug.' }), productCount: z.int() })
  .meta({ id: 'Category' })

export const Stock = z
  .object({
    sku: z.string(),
    available: z.int(),
    inStock: z.boolean(),
    onHand: z.int().nullable(),
    reserved: z.int().nullable(),
    lowStockThreshold: z.int().nullable(),
  })
  .meta({ id: 'Stock', description: '`onHand`, `reserved` and `lowStockThreshold` are for staff.' })

export const StockMovement = z
  .object({
    id: z.string(),
    sku: z.string(),
    kind: z.string(),
    quantity: z.int(),
    onHand: z.int(),
    reserved: z.int(),
    orderId: z.string().nullable(),
    reason: z.string().nullable(),
    note: z.string().nullable(),
    occurredAt: z.string(),
  })
  .meta({ id: 'StockMovement' })

const basket = {
  itemCount: z.int(),
  itemsTotal: Money.nullable().meta({ description: 'At the prices of this moment.' }),
  lines: z.array(
    z.object({
      product: z.object({ id: z.string() }),
      sku: z.string(),
      quantity: z.int(),
      unitPrice: Money.nullable(),
      lineTotal: Money.nullable(),
      available: z.boolean(),
    }),
  ),
}

export const Cart = z.object({ id: z.string(), ...basket }).meta({ id: 'Cart' })

export const GuestCart = z
  .object({
    guestToken: z.string().meta({ description: 'Whoever has it has the cart: goes into `X-Guest-Token`.' }),
    expiresAt: z.string(),
    ...basket,
  })
  .meta({ id: 'GuestCart', description: 'The cart of somebody who has not signed in.' })

export const MergedCart = z
  .object({
    ...{ id: z.string(), ...basket },
    leftOut: z.array(piece).meta({ description: 'What found no room in it.' }),
  })
  .meta({ id: 'MergedCart' })

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
    deliveredAt: z.string().nullable(),
    lines: z.array(
      z.object({
        sku: z.string(),
        name: z.string(),
        quantity: z.int(),
        unitPrice: Money,
        lineTotal: Money,
        tax: Money,
        shippedQuantity: z.int(),
        cancelledQuantity: z.int(),
        returnedQuantity: z.int(),
      }),
    ),
    totals: z.object({ items: Money, shipping: Money, tax: Money, grandTotal: Money }),
    shipments: z.array(
      z.object({
        id: z.string(),
        carrier: z.string(),
        trackingNumber: z.string(),
        shippedAt: z.string(),
        amount: Money,
        lines: z.array(piece),
      }),
    ),
    returns: z.array(
      z.object({
        id: z.string(),
        status: z.string(),
        requestedAt: z.string(),
        refund: Money.nullable(),
        lines: z.array(piece),
      }),
    ),
  })
  .meta({ id: 'Order' })

const movements = z.array(
  z.object({
    id: z.string(),
    amount: Money,
    status: z.string(),
    reason: z.string().nullable(),
    at: z.string().nullable(),
  }),
)

export const Payment = z
  .object({
    id: z.string().meta({ description: 'Same as the order’s id.' }),
    status: z.string(),
    amount: Money,
    captured: Money,
    refunded: Money,
    declineReason: z.string().nullable(),
    requestedAt: z.string(),
    captures: movements,
    refunds: movements,
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
    .object({
      items: z.array(item),
      totalCount: z.int().nullable(),
      nextCursor: z.string().nullable(),
      previousCursor: z.string().nullable(),
    })
    .meta({ id: name, description: 'A page; `nextCursor` goes into `after`, `previousCursor` into `before`.' })

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

export const Refusal = z
  .looseObject({ message: z.string().optional(), code: z.string().optional() })
  .meta({ id: 'Refusal', description: 'What the edge says when it lets nothing through.' })
