import {
  type CommandContext,
  encodeConsistency,
  type IdempotencyOutcome,
  idOf,
  type MutationOutcome,
} from '@mercato/shared-kernel/application'
import type { GraphQLResolveInfo } from 'graphql'
import type { Granted } from '#application/sessions.ts'
import { type UserDoc, userDocOf } from '#application/users-view.ts'
import type { ShownUser, SubgraphContext } from './context.ts'

/** The parts that every payload has. */
export const answer = ({ userErrors, consistencyToken }: MutationOutcome) => ({
  userErrors,
  consistencyToken: consistencyToken ?? null,
})

/** Runs a use case once per idempotency key. */
export const run = (
  context: SubgraphContext,
  info: GraphQLResolveInfo,
  input: { readonly idempotencyKey?: string | null },
  useCase: (command: CommandContext) => Promise<IdempotencyOutcome>,
): Promise<MutationOutcome> => context.mutate(context, info, input, useCase)

/** A payload with the account as the command left it. */
export const withUser = async (context: SubgraphContext, outcome: MutationOutcome) => {
  return { ...answer(outcome), user: await userAt(context, outcome) }
}

/** The same, for somebody who has just proved to be that person: they see the account as its owner does. */
export const withProvedUser = async (context: SubgraphContext, outcome: MutationOutcome) => {
  const { user, ...rest } = await withUser(context, outcome)
  return { ...rest, user: user && proved(user) }
}

const proved = (user: UserDoc): ShownUser => ({ ...user, isProved: true })

const userAt = async (
  { users }: SubgraphContext,
  { streamId, revision, rejection }: MutationOutcome,
): Promise<UserDoc | null> =>
  rejection || revision < 0 ? null : (userDocOf((await users.load(idOf(streamId), revision)).state) ?? null)

/** The account as it is now. The session goes on seeing at least that, also where views lag behind. */
const userOf = async ({ users, wrote }: SubgraphContext, userId: string): Promise<ShownUser | null> => {
  const { state, streamId, revision } = await users.load(userId)
  wrote[streamId] = revision
  const user = userDocOf(state)
  return user ? proved(user) : null
}

/** A payload with a session's secrets. It is made once and never kept. */
export const withGrant = async (context: SubgraphContext, granted: Granted) => {
  if (granted.rejection) {
    const refused = { ...granted.rejection, field: granted.rejection.field ?? null }
    return { userErrors: [refused], consistencyToken: null, session: null, user: null }
  }
  const { grant, streamId, revision } = granted
  context.wrote[streamId] = revision
  const { sessionId, userId, ...tokens } = grant
  return {
    userErrors: [],
    consistencyToken: encodeConsistency({ [streamId]: revision }),
    session: { id: sessionId, ...tokens },
    user: await userOf(context, userId),
  }
}
