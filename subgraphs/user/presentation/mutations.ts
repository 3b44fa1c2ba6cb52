import { replayAnswer } from '@mercato/shared-kernel/application'
import { answer, run, withGrant, withProvedUser, withUser } from './answers.ts'
import { bookOf } from './entities.ts'
import type { MutationResolvers } from './generated/types.ts'

export const Mutation = {
  registerUser: async (_root, { input }, context, info) =>
    withProvedUser(context, await run(context, info, input, command => context.registration.register(input, command))),

  verifyEmail: async (_root, { input }, context, info) =>
    withProvedUser(
      context,
      await run(context, info, input, command => context.registration.verifyEmail(input, command)),
    ),

  resendVerification: async (_root, { input }, context, info) =>
    answer(await run(context, info, input, command => context.registration.resend(input, command))),

  completeRegistration: async (_root, { input }, context, info) =>
    withProvedUser(context, await run(context, info, input, command => context.registration.complete(input, command))),

  signIn: async (_root, { input }, context) =>
    withGrant(context, await context.signIn.signIn(input, context.commandOf(context), context.viewer.consumer)),

  refreshSession: async (_root, { input }, context) =>
    withGrant(context, await context.sessions.refresh(input, context.commandOf(context))),

  signOut: async (_root, { input }, context, info) => {
    const sessionId = context.viewer.user?.sessionId
    return answer(await run(context, info, input, command => context.signIn.signOut(input, command, sessionId)))
  },

  signOutEverywhere: async (_root, { input }, context, info) =>
    withUser(context, await run(context, info, input, command => context.signIn.signOutEverywhere(command))),

  revokeSession: async (_root, { input }, context, info) =>
    answer(await run(context, info, input, command => context.signIn.revokeSession(input, command))),

  changePassword: async (_root, { input }, context, info) => {
    const sessionId = context.viewer.user?.sessionId ?? ''
    const change = await run(context, info, input, command => context.passwords.change(input, command, sessionId))
    return withUser(context, change)
  },

  requestPasswordReset: async (_root, { input }, context, info) =>
    answer(await run(context, info, input, command => context.passwords.requestReset(input, command))),

  resetPassword: async (_root, { input }, context, info) =>
    withProvedUser(context, await run(context, info, input, command => context.passwords.reset(input, command))),

  changeUsername: async (_root, { input }, context, info) =>
    withUser(context, await run(context, info, input, command => context.ownNames.changeUsername(input, command))),

  requestEmailChange: async (_root, { input }, context, info) => {
    const { ownNames, viewer } = context
    return withUser(
      context,
      await run(context, info, input, command => ownNames.requestEmailChange(input, command, viewer)),
    )
  },

  confirmEmailChange: async (_root, { input }, context, info) =>
    withProvedUser(
      context,
      await run(context, info, input, command => context.ownNames.confirmEmailChange(input, command)),
    ),

  updateProfile: async (_root, { input }, context, info) =>
    withUser(context, await run(context, info, input, command => context.ownAccount.updateProfile(input, command))),

  addAddress: async (_root, { input }, context, info) => {
    const added = await run(context, info, input, command => context.ownAccount.addAddress(input, command))
    const payload = await withUser(context, added)
    return { ...payload, address: payload.user ? (bookOf(payload.user).at(-1) ?? null) : null }
  },

  updateAddress: async (_root, { input }, context, info) => {
    const updated = await run(context, info, input, command => context.ownAccount.updateAddress(input, command))
    const payload = await withUser(context, updated)
    const entry = payload.user && bookOf(payload.user).find(({ id }) => id === input.addressId)
    return { ...payload, address: entry ?? null }
  },

  removeAddress: async (_root, { input }, context, info) =>
    withUser(context, await run(context, info, input, command => context.ownAccount.removeAddress(input, command))),

  setDefaultAddress: async (_root, { input }, context, info) =>
    withUser(context, await run(context, info, input, command => context.ownAccount.setDefaultAddress(input, command))),

  assignRole: async (_root, { input }, context, info) => {
    const { administration, viewer } = context
    return withUser(
      context,
      await run(context, info, input, command => administration.assignRole(input, command, viewer)),
    )
  },

  revokeRole: async (_root, { input }, context, info) => {
    const { administration, viewer } = context
    return withUser(
      context,
      await run(context, info, input, command => administration.revokeRole(input, command, viewer)),
    )
  },

  deactivateUser: async (_root, { input }, context, info) => {
    const { administration, viewer } = context
    return withUser(
      context,
      await run(context, info, input, command => administration.deactivate(input, command, viewer)),
    )
  },

  eraseMe: async (_root, { input }, context, info) =>
    withUser(context, await run(context, info, input, command => context.ownAccount.erase(command, context.viewer))),

  replayUserParkedMessages: async (_root, { input }, context, info) =>
    replayAnswer(await run(context, info, input, command => context.operations.replay(input, context.viewer, command))),
} satisfies MutationResolvers
