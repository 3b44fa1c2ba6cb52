import { Fault, readMoment } from '@mercato/shared-kernel/application'
import type { QueryResolvers } from './generated/types.ts'

export const Query = {
  payment: async (_root, { id, at }, context) =>
    (await context.queries.payment(id, context, at ? readMoment(at) : undefined)) ?? null,
  payments: (_root, page, context) => context.queries.paymentList(page, context),
  invoice: async (_root, { number }, context) => (await context.queries.invoice(number, context)) ?? null,
  invoices: (_root, page, context) => {
    if (!context.viewer.user) throw new Fault('UNAUTHENTICATED', 'Sign in first.')
    return context.queries.invoicesOf(context.viewer.user.id, page, context)
  },
  paymentParkedMessages: (_root, filter, { operations, viewer }) => operations.parked(filter, viewer),
} satisfies QueryResolvers
