import { type Aggregate, type ContextPorts, createAggregate, type EventCodec } from '@mercato/shared-kernel/application'
import type { DomainEvent } from '@mercato/shared-kernel/domain'
import { type InvoiceBookCommand, type InvoiceBookState, invoiceBook } from '#domain/invoice-book.ts'
import { payment } from '#domain/payment.ts'
import type { PaymentCommand } from '#domain/payment-commands.ts'
import { type PaymentMethodsCommand, type PaymentMethodsState, paymentMethods } from '#domain/payment-methods.ts'
import type { PaymentState } from '#domain/payment-state.ts'
import { INVOICES, PAYMENT, PAYMENT_METHODS } from './context-events.ts'

export interface Aggregates {
  /** By order id. */
  readonly payments: Aggregate<PaymentState, PaymentCommand>
  /** By customer id. */
  readonly methods: Aggregate<PaymentMethodsState, PaymentMethodsCommand>
  /** By year. */
  readonly invoices: Aggregate<InvoiceBookState, InvoiceBookCommand>
}

export const createAggregates = (ports: ContextPorts, codec: EventCodec<DomainEvent>): Aggregates => {
  const { store, ids, metrics } = ports
  const shared = { store, ids, metrics, codec }
  return {
    payments: createAggregate({ ...shared, category: PAYMENT, decider: payment }),
    methods: createAggregate({ ...shared, category: PAYMENT_METHODS, decider: paymentMethods }),
    invoices: createAggregate({ ...shared, category: INVOICES, decider: invoiceBook, attempts: 200 }),
  }
}
