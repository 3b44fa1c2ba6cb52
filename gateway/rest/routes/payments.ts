import { z } from 'zod'
import { action } from '../action.ts'
import { invoiceDocument } from '../invoice/document.ts'
import { found, given, listed, page, pageOf, whole } from '../paging.ts'
import { notSignedIn } from '../problem.ts'
import { Invoice, listOf, MoneyInput, Payment, PaymentMethod } from '../resources.ts'
import type { Route } from '../route.ts'
import type { Seller } from '../seller.ts'

interface GraphInvoice {
  readonly order: { readonly id: string }
}

const invoiceOf = (node: unknown): unknown => {
  const { order, ...invoice } = node as GraphInvoice
  return { ...invoice, orderId: order.id }
}

export const paymentRoutes = (seller: Seller): readonly Route[] => [
  {
    method: 'GET',
    path: '/payments',
    summary: 'One’s payments, newest first; for staff everybody’s.',
    operation: 'list-payments',
    signedIn: true,
    query: z.object({
      ...page,
      customerId: z.string().max(100).optional().meta({ description: 'Only those of this customer; for staff.' }),
    }),
    success: { status: 200, description: 'A page.', schema: listOf(Payment, 'PaymentList'), header: 'Link' },
    variables: ({ query: { customerId, ...query } }) => ({ ...pageOf(query), ...given({ customerId }) }),
    answer: ({ payments }, _input, self) => listed(payments, self),
  },
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
    answer: ({ me }) => (me ? whole(me.paymentMethods) : notSignedIn()),
  },
  action({
    method: 'POST',
    path: '/payment-methods',
    summary: 'Keeps a way to pay: a token of the payment provider, never card data.',
    operation: 'add-payment-method',
    mutation: 'addPaymentMethod',
    body: z.strictObject({
      token: z.string().max(1_000).meta({ example: 'tok_approved' }),
      label: z.string().max(1_000).meta({ example: 'My card' }),
    }),
    gives: { entity: 'paymentMethod', schema: PaymentMethod, description: 'The way to pay.', isNew: true },
  }),
  action({
    method: 'DELETE',
    path: '/payment-methods/{id}',
    summary: 'Forgets a way to pay.',
    operation: 'remove-payment-method',
    mutation: 'removePaymentMethod',
    input: { id: 'paymentMethodId' },
  }),
  action({
    method: 'POST',
    path: '/payments/{id}/refunds',
    summary: 'Gives money back; for staff.',
    operation: 'refund-payment',
    mutation: 'refundPayment',
    input: { id: 'paymentId' },
    body: z.strictObject({ amount: MoneyInput, reason: z.string().max(1_000) }),
    gives: { entity: 'payment', schema: Payment, description: 'The payment.' },
  }),
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
    variables: ({ query }) => pageOf(query),
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
