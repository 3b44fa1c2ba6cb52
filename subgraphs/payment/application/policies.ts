import type { CommandContext, ContextPorts, IntegrationEvent, Policy } from '@mercato/shared-kernel/application'
import type { Money } from '@mercato/shared-kernel/domain'
import type { Aggregates } from './aggregates.ts'

interface AuthorisationRequested {
  readonly orderId: string
  readonly customerId: string
  readonly paymentMethodId: string
  readonly amount: Money.Money
}
interface VoidRequested {
  readonly orderId: string
  readonly reason: string
}
interface CaptureRequested {
  readonly orderId: string
  readonly captureId: string
  readonly amount: Money.Money
  readonly final: boolean
}
interface RefundRequested {
  readonly orderId: string
  readonly refundId: string
  readonly amount: Money.Money
  readonly reason: string
}

/** The user context says who is to be forgotten: what is kept here about that person goes, and its key with it. */
export const userPolicies = ({ methods }: Aggregates, ports: ContextPorts): Readonly<Record<string, Policy>> => ({
  'user.UserErased': async event => {
    const { userId: customerId } = event.data as { readonly userId: string }
    const now = ports.clock.now()
    await methods.handle(
      customerId,
      { type: 'ErasePaymentMethods', data: { customerId, now: now.toISOString() } },
      {
        actor: { kind: 'system', id: 'erasure' },
        commandId: ports.ids.derive(event.id, 'payment'),
        correlationId: event.correlationId,
        causationId: event.id,
        now,
        ...(event.traceparent === undefined ? {} : { traceparent: event.traceparent }),
      },
    )
  },
})

/** What the order saga asks for, as commands whose ids derive from the request: a second delivery changes nothing. */
export const orderPolicies = (
  { payments, methods }: Aggregates,
  ports: ContextPorts,
): Readonly<Record<string, Policy>> => {
  const contextOf = (event: IntegrationEvent): CommandContext => ({
    actor: { kind: 'system', id: 'order-saga' },
    commandId: ports.ids.derive(event.id, 'payment'),
    correlationId: event.correlationId,
    causationId: event.id,
    now: ports.clock.now(),
    ...(event.traceparent === undefined ? {} : { traceparent: event.traceparent }),
  })

  return {
    'order.PaymentAuthorisationRequested': async event => {
      const request = event.data as AuthorisationRequested
      const { state } = await methods.load(request.customerId)
      const methodKnown = state.methods.some(({ paymentMethodId }) => paymentMethodId === request.paymentMethodId)
      const context = contextOf(event)
      const data = { ...request, requestId: event.id, requestedAt: context.now.toISOString(), methodKnown }
      await payments.handle(request.orderId, { type: 'RequestPayment', data }, context)
    },
    'order.PaymentVoidRequested': async event => {
      const request = event.data as VoidRequested
      await payments.handle(
        request.orderId,
        { type: 'RequestVoid', data: { ...request, requestId: event.id } },
        contextOf(event),
      )
    },
    'order.PaymentCaptureRequested': async event => {
      const request = event.data as CaptureRequested
      const context = contextOf(event)
      const data = { ...request, requestId: event.id, now: context.now.toISOString() }
      await payments.handle(request.orderId, { type: 'RequestCapture', data }, context)
    },
    'order.PaymentRefundRequested': async event => {
      const request = event.data as RefundRequested
      await payments.handle(
        request.orderId,
        { type: 'RequestRefund', data: { ...request, requestId: event.id } },
        contextOf(event),
      )
    },
  }
}
