import type { ListPage } from '@mercato/shared-kernel/application'
import { Money } from '@mercato/shared-kernel/domain'
import type { InvoicePage, PaymentPage } from '#application/queries.ts'
import type {
  InvoiceConnectionResolvers,
  InvoiceResolvers,
  MoneyResolvers,
  OrderResolvers,
  PaymentConnectionResolvers,
  PaymentMethodResolvers,
  PaymentMovementResolvers,
  PaymentResolvers,
  UserResolvers,
} from './generated/types.ts'
import { named } from './movements.ts'
import { capturedOf, refundedOf, statusOf } from './payment-status.ts'

export const MoneyType = {
  amount: value => Money.toDecimal(value),
  currency: value => value.currency,
} satisfies MoneyResolvers

export const Payment = {
  __resolveReference: async ({ id }, context) => (await context.paymentOf(id)) ?? null,
  id: ({ orderId }) => orderId,
  order: ({ orderId }) => ({ id: orderId }),
  status: statusOf,
  captured: capturedOf,
  refunded: refundedOf,
  declineReason: payment => (payment.status === 'declined' ? payment.reason : null),
  authorisationExpiresAt: payment => (payment.status === 'authorised' ? payment.expiresAt : null),
  captures: payment => (payment.status === 'authorised' ? named(payment.captures) : []),
  refunds: payment => (payment.status === 'authorised' ? named(payment.refunds) : []),
  history: ({ orderId }, page, context) => context.queries.history(orderId, page, context),
} satisfies PaymentResolvers

export const PaymentMovement = {
  status: ({ status }) => status.toUpperCase() as Uppercase<typeof status>,
} satisfies PaymentMovementResolvers

export const PaymentMethod = { id: ({ paymentMethodId }) => paymentMethodId } satisfies PaymentMethodResolvers

export const Invoice = {
  __resolveReference: async ({ id }, context) => (await context.queries.invoice(id, context)) ?? null,
  id: ({ number }) => number,
  order: ({ orderId }) => ({ id: orderId }),
  kind: ({ kind }) => (kind === 'invoice' ? 'INVOICE' : 'CREDIT_NOTE'),
} satisfies InvoiceResolvers

const edgesOf = <Doc>({ items }: ListPage<Doc>) => items.map(({ cursor, doc }) => ({ cursor, node: doc }))

const pageInfoOf = ({ items, more, hasEarlier, backwards }: InvoicePage | PaymentPage) => ({
  hasNextPage: backwards ? hasEarlier : more,
  hasPreviousPage: backwards ? more : hasEarlier,
  startCursor: items.at(0)?.cursor ?? null,
  endCursor: items.at(-1)?.cursor ?? null,
})

export const PaymentConnection = {
  edges: edgesOf,
  pageInfo: pageInfoOf,
  totalCount: ({ customerId }, _args, context) => context.queries.countPayments(customerId),
} satisfies PaymentConnectionResolvers

export const InvoiceConnection = {
  edges: edgesOf,
  pageInfo: pageInfoOf,
  totalCount: ({ customerId }, _args, context) => context.queries.countInvoices(customerId),
} satisfies InvoiceConnectionResolvers

export const Order = {
  __resolveReference: ({ id }) => ({ id }),
  payment: async ({ id }, _args, context) => (await context.paymentOf(id)) ?? null,
  invoices: ({ id }, _args, context) => context.queries.invoicesOfOrder(id, context),
} satisfies OrderResolvers

export const User = {
  __resolveReference: ({ id }) => ({ id }),
  paymentMethods: ({ id }, _args, context) => context.queries.methodsOf(id, context),
  invoices: ({ id }, page, context) => context.queries.invoicesOf(id, page, context),
} satisfies UserResolvers
