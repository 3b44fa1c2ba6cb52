import { accept, type Decider, type Decision } from '@mercato/shared-kernel/domain'
import type { PaymentCommand } from './payment-commands.ts'
import { event, type PaymentEvent } from './payment-events.ts'
import { recordApproval, recordRefusal } from './payment-outcomes.ts'
import { refundPayment, requestCapture, requestPayment, requestRefund, requestVoid } from './payment-requests.ts'
import { evolve, initialState, type PaymentState } from './payment-state.ts'

const decide = (command: PaymentCommand, state: PaymentState): Decision<PaymentEvent> => {
  switch (command.type) {
    case 'RequestPayment':
      return requestPayment(command.data, state)
    case 'RequestVoid':
      return requestVoid(command.data, state)
    case 'RequestCapture':
      return requestCapture(command.data, state)
    case 'RequestRefund':
      return requestRefund(command.data, state)
    case 'RefundPayment':
      return refundPayment(command.data, state)
    case 'ExpireAuthorisation':
      return state.status === 'authorised' && !state.voiding && !state.closed && command.data.now >= state.expiresAt
        ? accept(event('AuthorisationExpired', { orderId: state.orderId }))
        : accept()
    case 'RecordApproval':
      return recordApproval(command.data, state)
    case 'RecordRefusal':
      return recordRefusal(command.data, state)
    case 'RecordUnknown':
      return state.status === 'requested' || state.status === 'authorised'
        ? accept(event('ProviderOutcomeUnknown', { orderId: state.orderId, ...command.data }))
        : accept()
  }
}

/** A payment of one order: asked for, authorised, captured in parts, refunded in parts; or declined, voided, expired. */
export const payment: Decider<PaymentState, PaymentCommand, PaymentEvent> = { initialState, decide, evolve }
