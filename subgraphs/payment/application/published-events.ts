import type { Published, Translator } from '@mercato/shared-kernel/application'
import type { PaymentContextEvent } from './context-events.ts'

const version = 1

/** What other contexts may know. Requests and unknown outcomes stay private. */
export const publish: Translator<PaymentContextEvent> = ({ event }): Published | undefined => {
  switch (event.type) {
    case 'PaymentAuthorised': {
      const { orderId, amount, expiresAt } = event.data
      return { type: 'payment.PaymentAuthorised', version, data: { orderId, paymentId: orderId, amount, expiresAt } }
    }
    case 'PaymentDeclined':
      return { type: 'payment.PaymentDeclined', version, data: event.data }
    case 'PaymentVoided':
      return { type: 'payment.PaymentVoided', version, data: event.data }
    case 'AuthorisationExpired':
      return { type: 'payment.AuthorisationExpired', version, data: event.data }
    case 'PaymentCaptured':
    case 'CaptureRestated': {
      const { orderId, captureId, amount } = event.data
      return { type: 'payment.PaymentCaptured', version, data: { orderId, captureId, amount } }
    }
    case 'CaptureFailed':
      return { type: 'payment.PaymentCaptureFailed', version, data: event.data }
    case 'PaymentRefunded':
    case 'RefundRestated': {
      const { orderId, refundId, amount } = event.data
      return { type: 'payment.PaymentRefunded', version, data: { orderId, refundId, amount } }
    }
    case 'RefundFailed':
      return { type: 'payment.PaymentRefundFailed', version, data: event.data }
    case 'PaymentRequested':
    case 'PaymentVoidRequested':
    case 'CaptureRequested':
    case 'RefundRequested':
    case 'ProviderOutcomeUnknown':
    case 'PaymentMethodAdded':
    case 'PaymentMethodRemoved':
    case 'PaymentMethodsErased':
    case 'InvoiceIssued':
    case 'CreditNoteIssued':
      return undefined
  }
}
