import type { View } from '@mercato/shared-kernel/application'
import { idOf } from '@mercato/shared-kernel/application'
import type { InvoiceDocument } from '#domain/invoice-book.ts'
import type { PaymentEvent } from '#domain/payment-events.ts'
import type { PaymentMethodsEvent } from '#domain/payment-methods.ts'
import { type PaymentMethodsState, paymentMethods } from '#domain/payment-methods.ts'
import { evolve, initialState, type PaymentState } from '#domain/payment-state.ts'
import { INVOICES, PAYMENT, PAYMENT_METHODS, type PaymentContextEvent } from './context-events.ts'

export const ALL_PAYMENTS = 'all'
export const paymentsOf = (customerId: string): string => `customer:${customerId}`

/** A payment as it is read: the aggregate's state, by order id. */
export type PaymentView = Exclude<PaymentState, { status: 'none' }>

/** Payments by order id, listed by when they were asked for: all, and by customer. */
export const paymentsView: View<PaymentContextEvent, PaymentState> = {
  name: 'payments',
  version: 3,
  categories: [PAYMENT],
  keysOf: ({ streamId }) => [idOf(streamId)],
  evolve: (state, { event }) => evolve(state ?? initialState, event as PaymentEvent),
  indexes: (state): Record<string, readonly string[]> =>
    state.status === 'none'
      ? {}
      : { [ALL_PAYMENTS]: [state.requestedAt], [paymentsOf(state.customerId)]: [state.requestedAt] },
}

/** Payment methods by customer id. */
export const methodsView: View<PaymentContextEvent, PaymentMethodsState> = {
  name: 'payment-methods',
  version: 1,
  categories: [PAYMENT_METHODS],
  keysOf: ({ streamId }) => [idOf(streamId)],
  evolve: (state, { event }) =>
    paymentMethods.evolve(state ?? paymentMethods.initialState, event as PaymentMethodsEvent),
  indexes: () => ({}),
}

/** Invoices and credit notes by number, listed by customer and by order. */
export const invoicesView: View<PaymentContextEvent, InvoiceDocument> = {
  name: 'invoices',
  version: 1,
  categories: [INVOICES],
  keysOf: ({ event }) => ('number' in event.data ? [event.data.number] : []),
  evolve: (_doc, { event }) => event.data as InvoiceDocument,
  indexes: ({ customerId, orderId, number }) => ({
    [`customer:${customerId}`]: [number],
    [`order:${orderId}`]: [number],
  }),
}
