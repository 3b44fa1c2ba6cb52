import {
  type CommandContext,
  type ContextPorts,
  Fault,
  type IdempotencyOutcome,
  type RequestContext,
} from '@mercato/shared-kernel/application'
import { Money, type Rejection } from '@mercato/shared-kernel/domain'
import { invalidLabel, invalidReason, unknownPayment, unknownToken } from '#domain/rejections.ts'
import type { Aggregates } from './aggregates.ts'
import type { PaymentProvider } from './ports.ts'

/** What people may ask of this context. Refusals come back as outcomes, nothing is appended for them. */
export interface Commands {
  addPaymentMethod(
    input: { readonly token: string; readonly label: string },
    request: RequestContext,
    command: CommandContext,
  ): Promise<IdempotencyOutcome>
  removePaymentMethod(
    input: { readonly paymentMethodId: string },
    request: RequestContext,
    command: CommandContext,
  ): Promise<IdempotencyOutcome>
  refundPayment(
    input: {
      readonly paymentId: string
      readonly amount: { readonly amount: string; readonly currency: string }
      readonly reason: string
    },
    request: RequestContext,
    command: CommandContext,
  ): Promise<IdempotencyOutcome>
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const printable = (text: string, most: number): string | undefined => {
  const trimmed = text.trim()
  return trimmed.length >= 1 && trimmed.length <= most && trimmed.isWellFormed() && !/\p{Cc}/u.test(trimmed)
    ? trimmed
    : undefined
}

const refuse = (streamId: string, rejection: Rejection): IdempotencyOutcome => ({ streamId, revision: -1, rejection })

const customerOf = ({ viewer }: RequestContext): string => {
  if (!viewer.user) throw new Fault('UNAUTHENTICATED', 'Sign in first.')
  return viewer.user.id
}

export const createCommands = (
  { payments, methods }: Aggregates,
  provider: PaymentProvider,
  { ids }: ContextPorts,
): Commands => ({
  async addPaymentMethod(input, request, command) {
    const customerId = customerOf(request)
    const stream = methods.streamId(customerId)
    const label = printable(input.label, 60)
    if (!label) return refuse(stream, invalidLabel)
    if (!provider.isToken(input.token)) return refuse(stream, unknownToken)
    const paymentMethodId = ids.derive(command.commandId, 'payment-method')
    const data = { customerId, paymentMethodId, token: input.token, label, addedAt: command.now.toISOString() }
    const { streamId, revision, rejection } = await methods.handle(
      customerId,
      { type: 'AddPaymentMethod', data },
      command,
    )
    return { streamId, revision, extra: { paymentMethodId }, ...(rejection ? { rejection } : {}) }
  },

  async removePaymentMethod({ paymentMethodId }, request, command) {
    const customerId = customerOf(request)
    const data = { customerId, paymentMethodId }
    const { streamId, revision, rejection } = await methods.handle(
      customerId,
      { type: 'RemovePaymentMethod', data },
      command,
    )
    return { streamId, revision, ...(rejection ? { rejection } : {}) }
  },

  async refundPayment(input, request, command) {
    if (!request.viewer.user?.scopes.includes('payments:refund'))
      throw new Fault('FORBIDDEN', 'This needs the scope payments:refund.')
    const stream = payments.streamId(input.paymentId)
    if (!UUID.test(input.paymentId)) return refuse(stream, unknownPayment)
    const amount = Money.parseMoney(input.amount.amount, input.amount.currency, ['amount'])
    if (!amount.ok) return refuse(stream, amount.rejection)
    const reason = printable(input.reason, 200)
    if (!reason) return refuse(stream, invalidReason)
    const data = {
      refundId: ids.derive(command.commandId, 'refund'),
      amount: amount.value,
      reason,
      requestId: command.commandId,
    }
    const { streamId, revision, rejection } = await payments.handle(
      input.paymentId,
      { type: 'RefundPayment', data },
      command,
    )
    return { streamId, revision, ...(rejection ? { rejection } : {}) }
  },
})
