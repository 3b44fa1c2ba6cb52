import type { Rejection } from '@mercato/shared-kernel/domain'
import { expect, it } from 'vitest'
import * as why from './rejections.ts'

type Row = [Rejection, code: string, field: readonly string[] | undefined, sentence: RegExp]

/** Programs match the code, forms mark the field, people read the sentence. */
const refusals: Row[] = [
  [why.unknownPayment, 'PAYMENT.NOT_FOUND', ['paymentId'], /no such payment/],
  [why.nothingToRefund, 'PAYMENT.NOTHING_TO_REFUND', undefined, /Nothing has been captured/],
  [why.refundTooLarge, 'PAYMENT.REFUND_EXCEEDS_CAPTURED', ['amount'], /cannot exceed what was captured/],
  [why.refundOfNothing, 'PAYMENT.REFUND_NOT_POSITIVE', ['amount'], /more than zero/],
  [why.otherCurrency, 'PAYMENT.OTHER_CURRENCY', ['amount', 'currency'], /another currency than the payment/],
  [why.reportInOtherCurrency, 'PAYMENT.REPORT_OTHER_CURRENCY', undefined, /another currency than the payment/],
  [why.reportBeyondAuthorised, 'PAYMENT.REPORT_EXCEEDS_AUTHORISED', undefined, /beyond what is authorised/],
  [why.reportTooEarly, 'PAYMENT.REPORT_TOO_EARLY', undefined, /only if another one fails/],
  [why.refundUnasked, 'PAYMENT.REPORT_REFUND_UNASKED', undefined, /a refund that nobody asked for/],
  [why.voidUnasked, 'PAYMENT.REPORT_VOID_UNASKED', undefined, /a void that nobody asked for/],
  [why.unknownToken, 'PAYMENT_METHOD.INVALID_TOKEN', ['token'], /not a token of the payment provider/],
  [why.invalidLabel, 'PAYMENT_METHOD.INVALID_LABEL', ['label'], /1 to 60 printable characters/],
  [why.invalidReason, 'PAYMENT.INVALID_REASON', ['reason'], /1 to 200 printable characters/],
  [why.tooManyMethods, 'PAYMENT_METHOD.TOO_MANY', undefined, /At most 10 payment methods/],
  [why.customerErased, 'PAYMENT_METHOD.CUSTOMER_ERASED', undefined, /has been erased/],
  [why.unknownMethod, 'PAYMENT_METHOD.NOT_FOUND', ['paymentMethodId'], /no such payment method/],
]

it.each(refusals)('%# a refusal has a code, its field and a sentence: $code', (rejection, code, field, sentence) => {
  expect(rejection).toStrictEqual({
    code,
    message: expect.stringMatching(sentence),
    ...(field === undefined ? {} : { field }),
  })
})
