import { createEventCodec, type EventCodec, type EventSchemas, type KeyVault } from '@mercato/shared-kernel/application'
import type { PaymentContextEvent } from '#application/context-events.ts'

const v1 = { version: 1 }

export const schemas: EventSchemas<PaymentContextEvent> = {
  PaymentRequested: v1,
  PaymentAuthorised: v1,
  PaymentDeclined: v1,
  PaymentVoidRequested: v1,
  PaymentVoided: v1,
  AuthorisationExpired: v1,
  CaptureRequested: v1,
  PaymentCaptured: v1,
  CaptureRestated: v1,
  CaptureFailed: v1,
  RefundRequested: v1,
  PaymentRefunded: v1,
  RefundRestated: v1,
  RefundFailed: v1,
  ProviderOutcomeUnknown: v1,
  PaymentMethodAdded: {
    version: 1,
    subject: ({ data }) => data.customerId,
    sealed: { token: '', label: 'Erased' },
  },
  PaymentMethodRemoved: v1,
  PaymentMethodsErased: v1,
  InvoiceIssued: v1,
  CreditNoteIssued: v1,
}

export const createPaymentCodec = (vault: KeyVault): EventCodec<PaymentContextEvent> =>
  createEventCodec('payment', schemas, vault)
