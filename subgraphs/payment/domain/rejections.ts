import type { Rejection } from '@mercato/shared-kernel/domain'

const rejection = (code: Rejection['code'], message: string, field?: readonly string[]): Rejection =>
  field ? { code, message, field } : { code, message }

export const unknownPayment = rejection('PAYMENT.NOT_FOUND', 'There is no such payment.', ['paymentId'])
export const nothingToRefund = rejection(
  'PAYMENT.NOTHING_TO_REFUND',
  'Nothing has been captured that could be refunded.',
)
export const refundTooLarge = rejection(
  'PAYMENT.REFUND_EXCEEDS_CAPTURED',
  'A refund cannot exceed what was captured and not yet refunded.',
  ['amount'],
)
export const refundOfNothing = rejection('PAYMENT.REFUND_NOT_POSITIVE', 'A refund must be more than zero.', ['amount'])
export const otherCurrency = rejection(
  'PAYMENT.OTHER_CURRENCY',
  'The amount is in another currency than the payment.',
  ['amount', 'currency'],
)
/** What the provider says it did, and what cannot be in our books. */
export const reportInOtherCurrency = rejection(
  'PAYMENT.REPORT_OTHER_CURRENCY',
  'The provider reports a capture in another currency than the payment.',
)
export const reportBeyondAuthorised = rejection(
  'PAYMENT.REPORT_EXCEEDS_AUTHORISED',
  'The provider reports a capture beyond what is authorised.',
)
export const reportTooEarly = rejection(
  'PAYMENT.REPORT_TOO_EARLY',
  'The provider reports a capture for which there is room only if another one fails, which is under way.',
)
export const refundUnasked = rejection(
  'PAYMENT.REPORT_REFUND_UNASKED',
  'The provider reports a refund that nobody asked for.',
)
export const voidUnasked = rejection(
  'PAYMENT.REPORT_VOID_UNASKED',
  'The provider reports a void that nobody asked for.',
)
export const unknownToken = rejection('PAYMENT_METHOD.INVALID_TOKEN', 'This is not a token of the payment provider.', [
  'token',
])
export const invalidLabel = rejection('PAYMENT_METHOD.INVALID_LABEL', 'A label has 1 to 60 printable characters.', [
  'label',
])
export const invalidReason = rejection('PAYMENT.INVALID_REASON', 'A reason has 1 to 200 printable characters.', [
  'reason',
])
export const tooManyMethods = rejection(
  'PAYMENT_METHOD.TOO_MANY',
  'At most 10 payment methods can be kept. Remove one first.',
)
export const customerErased = rejection('PAYMENT_METHOD.CUSTOMER_ERASED', 'This account has been erased.')
export const unknownMethod = rejection('PAYMENT_METHOD.NOT_FOUND', 'You have no such payment method.', [
  'paymentMethodId',
])
