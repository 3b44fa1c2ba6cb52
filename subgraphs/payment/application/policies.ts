import {
  type CommandContext,
  type ContextPorts,
  type IntegrationEvent,
  type Policy,
  readContract,
} from '@mercato/shared-kernel/application'
import type { Aggregates } from './aggregates.ts'

type Policies = Readonly<Record<string, Policy>>

const contextOf = (event: IntegrationEvent, actor: string, { ids, clock }: ContextPorts): CommandContext => ({
  actor: { kind: 'system', id: actor },
  commandId: ids.derive(event.id, 'payment'),
  correlationId: event.correlationId,
  causationId: event.id,
  now: clock.now(),
  ...(event.traceparent === undefined ? {} : { traceparent: event.traceparent }),
})

/** The user context says who is to be forgotten: what is kept here about that person goes, and its key with it. */
export const userPolicies = ({ methods }: Aggregates, ports: ContextPorts): Policies => ({
  'user.UserErased': async event => {
    const customerId = readContract(event).id('userId')
    const context = contextOf(event, 'erasure', ports)
    const data = { customerId, now: context.now.toISOString() }
    await methods.handle(customerId, { type: 'ErasePaymentMethods', data }, context)
  },
})

/**
 * What the order saga asks for, as commands whose ids derive from the request: a second delivery changes nothing. A request that
 * breaks its contract throws before anything is appended, and is parked.
 */
export const orderPolicies = ({ payments, methods }: Aggregates, ports: ContextPorts): Policies => ({
  'order.PaymentAuthorisationRequested': async event => {
    const contract = readContract(event)
    const [orderId, customerId] = [contract.id('orderId'), contract.id('customerId')]
    const paymentMethodId = contract.text('paymentMethodId')
    const amount = contract.money('amount')
    const { state } = await methods.load(customerId)
    const methodKnown = state.methods.some(method => method.paymentMethodId === paymentMethodId)
    const context = contextOf(event, 'order-saga', ports)
    const asked = { requestId: event.id, requestedAt: context.now.toISOString() }
    const data = { orderId, customerId, paymentMethodId, amount, methodKnown, ...asked }
    await payments.handle(orderId, { type: 'RequestPayment', data }, context)
  },
  'order.PaymentVoidRequested': async event => {
    const contract = readContract(event)
    const data = { orderId: contract.id('orderId'), reason: contract.text('reason'), requestId: event.id }
    await payments.handle(data.orderId, { type: 'RequestVoid', data }, contextOf(event, 'order-saga', ports))
  },
  'order.PaymentCaptureRequested': async event => {
    const contract = readContract(event)
    const context = contextOf(event, 'order-saga', ports)
    const cause = contract.maybeId('shipmentId')
    const data = {
      orderId: contract.id('orderId'),
      captureId: contract.id('captureId'),
      amount: contract.money('amount'),
      final: contract.flag('final'),
      requestId: event.id,
      now: context.now.toISOString(),
      ...(cause === undefined ? {} : { cause }),
    }
    await payments.handle(data.orderId, { type: 'RequestCapture', data }, context)
  },
  'order.PaymentRefundRequested': async event => {
    const contract = readContract(event)
    const cause = contract.maybeId('cause')
    const data = {
      orderId: contract.id('orderId'),
      refundId: contract.id('refundId'),
      amount: contract.money('amount'),
      reason: contract.text('reason'),
      requestId: event.id,
      ...(cause === undefined ? {} : { cause }),
    }
    await payments.handle(data.orderId, { type: 'RequestRefund', data }, contextOf(event, 'order-saga', ports))
  },
})
