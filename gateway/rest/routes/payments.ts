import { z } from 'zod'
import { invoiceDocument } from '../invoice/document.ts'
import { found, given, listed, page } from '../paging.ts'
import { notSignedIn } from '../problem.ts'
import { Invoice, listOf, Payment, PaymentMethod } from '../resources.ts'
import type { RestAnswer, Route } from '../route.ts'
import type { Seller } from '../seller.ts'

interface GraphInvoice {
  readonly order: { readonly id: string }
}

const invoiceOf = (node: unknown): unknown => {
  const { order, ...invoice } = node as GraphInvoice
  return { ...invoice, orderId: order.id }
}

const methodsOf = (methods: readonly unknown[]): RestAnswer => ({
  status: 200,
  body: { items: methods, totalCount: methods.length, nextCursor: null },
})

export const paymentRoutes = (seller: Seller): readonly Route[] => [
  {
    method: 'GET',
    path: '/payments/{id}',
    summary: 'The payment of an order, for its customer.',
    operation: 'get-payment',
    signedIn: true,
    success: { status: 200, description: 'The payment.', schema: Payment },
    variables: ({ params }) => ({ id: params['id'] }),
    answer: ({ payment }) => found(payment),
  },
  {
    method: 'GET',
    path: '/payment-methods',
    summary: 'One’s ways to pay.',
    operation: 'list-payment-methods',
    signedIn: true,
    success: { status: 200, description: 'All of them.', schema: listOf(PaymentMethod, 'PaymentMethodList') },
    variables: () => ({}),
    answer: ({ me }) => (me ? methodsOf(me.paymentMethods) : notSignedIn()),
  },
  {
    method: 'POST',
    path: '/payment-methods',
    summary: 'Keeps a way to pay: a token of the payment provider, never card data.',
    operation: 'add-payment-method',
    signedIn: true,
    body: z.strictObject({
      token: z.string().max(1_000).meta({ example: 'tok_approved' }),
      label: z.string().max(1_000).meta({ example: 'My card' }),
    }),
    success: { status: 201, description: 'The way to pay.', schema: PaymentMethod },
    variables: ({ body }) => ({ input: body }),
    answer: ({ addPaymentMethod: { paymentMethod } }) => ({ status: 201, body: paymentMethod }),
  },
  {
    method: 'GET',
    path: '/invoices',
    summary: 'One’s invoices and credit notes, newest first.',
    operation: 'list-invoices',
    signedIn: true,
    query: z.object(page),
    success: {
      status: 200,
      description: 'A page.',
      schema: listOf(Invoice, 'InvoiceList'),
      header: 'Link',
    },
    variables: ({ query: { first, after } }) => given({ first, after }),
    answer: ({ invoices }, _input, self) => listed(invoices, self, invoiceOf),
  },
  {
    method: 'GET',
    path: '/invoices/{number}',
    summary: 'An invoice or credit note, for its customer.',
    operation: 'get-invoice',
    signedIn: true,
    success: { status: 200, description: 'The document.', schema: Invoice },
    variables: ({ params }) => ({ number: params['number'] }),
    answer: ({ invoice }) => found(invoice && invoiceOf(invoice)),
  },
  {
    method: 'GET',
    path: '/invoices/{number}/document',
    summary: 'An invoice or credit note as a page to read, print and keep; for its customer and for staff.',
    operation: 'get-invoice-document',
    signedIn: true,
    success: { status: 200, description: 'The document.', schema: z.string(), mediaType: 'text/html' },
    variables: ({ params }) => ({ number: params['number'] }),
    answer: ({ invoice }) => invoice && { status: 200, document: invoiceDocument(invoice, seller) },
  },
]
