import { Money } from '@mercato/shared-kernel/domain'
import type { PaymentView } from '#application/payment-views.ts'
import { captured, refunded } from '#domain/payment-state.ts'
import type { PaymentStatus } from './generated/types.ts'

/** The status as the schema tells it: money moved counts for more than the authorisation. */
export const statusOf = (payment: PaymentView): PaymentStatus => {
  if (payment.status !== 'authorised') return payment.status.toUpperCase() as PaymentStatus
  const taken = captured(payment).amount
  const back = refunded(payment).amount
  if (taken === 0) return 'AUTHORISED'
  if (back > 0) return back === taken ? 'REFUNDED' : 'PARTLY_REFUNDED'
  return taken === payment.amount.amount ? 'CAPTURED' : 'PARTLY_CAPTURED'
}

export const capturedOf = (payment: PaymentView): Money.Money =>
  payment.status === 'authorised' ? captured(payment) : Money.zero(payment.amount.currency)

export const refundedOf = (payment: PaymentView): Money.Money =>
  payment.status === 'authorised' ? refunded(payment) : Money.zero(payment.amount.currency)
