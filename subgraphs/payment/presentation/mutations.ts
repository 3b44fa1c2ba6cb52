import { idOf, type MutationOutcome, replayAnswer } from '@mercato/shared-kernel/application'
import type { PaymentMethodsState } from '#domain/payment-methods.ts'
import type { SubgraphContext } from './context.ts'
import type { MutationResolvers } from './generated/types.ts'

const walletAt = async (outcome: MutationOutcome, { aggregates }: SubgraphContext): Promise<PaymentMethodsState> =>
  (await aggregates.methods.load(idOf(outcome.streamId), outcome.revision)).state

const answer = ({ userErrors, consistencyToken }: MutationOutcome) => ({
  userErrors,
  consistencyToken: consistencyToken ?? null,
})

export const Mutation = {
  addPaymentMethod: async (_root, { input }, context, info) => {
    const outcome = await context.mutate(context, info, input, command =>
      context.commands.addPaymentMethod(input, context, command),
    )
    if (outcome.rejection) return { ...answer(outcome), paymentMethod: null }
    const { paymentMethodId } = outcome.extra as { readonly paymentMethodId: string }
    const { methods } = await walletAt(outcome, context)
    return {
      ...answer(outcome),
      paymentMethod: methods.find(method => method.paymentMethodId === paymentMethodId) ?? null,
    }
  },

  removePaymentMethod: async (_root, { input }, context, info) => {
    const outcome = await context.mutate(context, info, input, command =>
      context.commands.removePaymentMethod(input, context, command),
    )
    if (outcome.rejection) return { ...answer(outcome), paymentMethods: null }
    return { ...answer(outcome), paymentMethods: (await walletAt(outcome, context)).methods }
  },

  refundPayment: async (_root, { input }, context, info) => {
    const outcome = await context.mutate(context, info, input, command =>
      context.commands.refundPayment(input, context, command),
    )
    if (outcome.rejection) return { ...answer(outcome), payment: null }
    const { state } = await context.aggregates.payments.load(idOf(outcome.streamId), outcome.revision)
    return { ...answer(outcome), payment: state.status === 'none' ? null : state }
  },

  replayPaymentParkedMessages: async (_root, { input }, context, info) =>
    replayAnswer(
      await context.mutate(context, info, input, command => context.operations.replay(input, context.viewer, command)),
    ),
} satisfies MutationResolvers
