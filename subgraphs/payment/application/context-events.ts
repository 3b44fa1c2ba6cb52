import type { InvoiceBookEvent } from '#domain/invoice-book.ts'
import type { PaymentEvent } from '#domain/payment-events.ts'
import type { PaymentMethodsEvent } from '#domain/payment-methods.ts'

/** Every event this context writes. */
export type PaymentContextEvent = PaymentEvent | PaymentMethodsEvent | InvoiceBookEvent

export const PAYMENT = 'payment.Payment'
export const PAYMENT_METHODS = 'payment.PaymentMethods'
export const INVOICES = 'payment.Invoices'
