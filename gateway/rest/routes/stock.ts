import { z } from 'zod'
import { action } from '../action.ts'
import { found, listed, page, pageOf } from '../paging.ts'
import { listOf, Stock, StockMovement } from '../resources.ts'
import type { Route } from '../route.ts'

const text = z.string().max(1_000)
const stock = { entity: 'stock', schema: Stock, description: 'The stock.' }
const input = { sku: 'sku' }

export const stockRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/stock/{sku}',
    summary: 'How many pieces of a product there are.',
    operation: 'get-stock',
    success: { status: 200, description: 'The stock.', schema: Stock },
    variables: ({ params }) => ({ sku: params['sku'] }),
    answer: ({ product }) => found(product?.stock),
  },
  {
    method: 'GET',
    path: '/stock/{sku}/movements',
    summary: 'What came and went, newest first; for staff.',
    operation: 'list-stock-movements',
    signedIn: true,
    query: z.object(page),
    success: {
      status: 200,
      description: 'A page.',
      schema: listOf(StockMovement, 'StockMovementList'),
      header: 'Link',
    },
    variables: ({ params, query }) => ({ sku: params['sku'], ...pageOf(query) }),
    answer: ({ stockMovements }, _input, self) => listed(stockMovements, self),
  },
  action({
    method: 'POST',
    path: '/stock/{sku}/receipts',
    summary: 'Books a delivery in.',
    operation: 'receive-stock',
    mutation: 'receiveStock',
    input,
    body: z.strictObject({ quantity: z.int32(), reference: text.optional() }),
    gives: stock,
  }),
  action({
    method: 'POST',
    path: '/stock/{sku}/adjustments',
    summary: 'Corrects the count.',
    operation: 'adjust-stock',
    mutation: 'adjustStock',
    input,
    body: z.strictObject({
      delta: z.int32(),
      reason: z.enum(['COUNTED', 'DAMAGED', 'LOST', 'FOUND', 'OTHER']),
      note: text.optional(),
    }),
    gives: stock,
  }),
  action({
    method: 'PUT',
    path: '/stock/{sku}/low-stock-threshold',
    summary: 'Says from how few pieces on the alarm goes off; null turns it off.',
    operation: 'set-low-stock-threshold',
    mutation: 'setLowStockThreshold',
    input,
    body: z.strictObject({ threshold: z.int32().nullable() }),
    gives: stock,
  }),
]
