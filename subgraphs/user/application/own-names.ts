import type { CommandContext, Handled, IdempotencyOutcome, Ids, Viewer } from '@mercato/shared-kernel/application'
import { canonicalEmail, parseEmail } from '@mercato/shared-kernel/domain'
import { linkInvalid, newEmailTaken, usernameTaken } from '#domain/rejections.ts'
import { user } from '#domain/user.ts'
import type { UserCommand } from '#domain/user-commands.ts'
import type { UserState } from '#domain/user-state.ts'
import { canonicalUsername, parseUsername } from '#domain/username.ts'
import type { Users } from './aggregates.ts'
import type { IdentityClaims, NewName } from './identity-claims.ts'
import { after, outcomeOf, refusal, requireRecentSignIn, userIdOf } from './outcome.ts'
import type { LinkTokens } from './ports.ts'

/** Sorts after every time: without a claim nothing can have come too late. */
const NO_CLAIM_YET = '9999-12-31T23:59:59.999Z'
const LINK_MS = 2 * 86_400_000

/** How people change the names by which they are known: both are unique, whatever their case. */
export interface OwnNames {
  /** The former name stays theirs: nobody shall pass for them. */
  changeUsername(input: { readonly username: string }, command: CommandContext): Promise<IdempotencyOutcome>
  /** Mails a link to the new address, and a warning to the present one. Needs a sign-in of the last ten minutes, else Fault FORBIDDEN. */
  requestEmailChange(
    input: { readonly email: string },
    command: CommandContext,
    viewer: Viewer,
  ): Promise<IdempotencyOutcome>
  /** The mailed link was followed. Whether the address is free is decided here: whoever reads its mailbox may know. */
  confirmEmailChange(input: { readonly token: string }, command: CommandContext): Promise<IdempotencyOutcome>
}

const sameName = (state: UserState, name: NewName): boolean => {
  if (state.status !== 'active') return false
  return 'email' in name
    ? canonicalEmail(state.person.email) === canonicalEmail(name.email)
    : canonicalUsername(state.person.username) === canonicalUsername(name.username)
}

export const createOwnNames = (options: {
  readonly users: Users
  readonly identities: IdentityClaims
  readonly links: LinkTokens
  readonly ids: Ids
}): OwnNames => {
  const { users, identities, links, ids } = options

  /** Claims the name, decides, and makes the claim final or gives it back. What would be refused anyway claims nothing. */
  const withClaim = async (
    userId: string,
    name: NewName,
    command: CommandContext,
    make: (claimedUntil: string) => UserCommand,
  ): Promise<IdempotencyOutcome> => {
    const loaded = await users.load(userId)
    const early = user.decide(make(NO_CLAIM_YET), loaded.state)
    if (early.outcome === 'rejected') return refusal(early.rejection)
    const claim = await identities.takeAnother(userId, name, command)
    if (!claim) return refusal('email' in name ? newEmailTaken : usernameTaken)
    const handled: Handled<UserState> = await users.handle(userId, make(claim.until), command)
    if (!handled.rejection) await identities.confirm(userId, name)
    else if (!sameName(handled.state, name)) await identities.release(userId, name)
    return outcomeOf(handled)
  }

  return {
    async changeUsername({ username }, command) {
      const userId = userIdOf(command)
      const name = parseUsername(username)
      if (!name.ok) return refusal(name.rejection)
      const now = command.now.toISOString()
      return withClaim(userId, { username: name.value }, command, claimedUntil => ({
        type: 'ChangeUsername',
        data: { username: name.value, claimedUntil, now },
      }))
    },

    async requestEmailChange({ email }, command, viewer) {
      const userId = userIdOf(command)
      requireRecentSignIn(command, viewer)
      const address = parseEmail(email)
      if (!address.ok) return refusal(address.rejection)
      const now = command.now.toISOString()
      const link = { id: ids.next(), requestedAt: now, expiresAt: after(command.now, LINK_MS) }
      const data = { email: address.value, link, now }
      return outcomeOf(await users.handle(userId, { type: 'RequestEmailChange', data }, command))
    },

    async confirmEmailChange({ token }, command) {
      const opened = links.open('email-change', token)
      if (!opened) return refusal(linkInvalid)
      const { userId, linkId } = opened
      const { state } = await users.load(userId)
      if (state.status !== 'active') return refusal(linkInvalid)
      const now = command.now.toISOString()
      const make = (claimedUntil: string): UserCommand => ({ type: 'ChangeEmail', data: { linkId, claimedUntil, now } })
      const email = state.newEmailBy === linkId ? state.person.email : state.person.pendingEmail
      return email === undefined ? refusal(linkInvalid) : withClaim(userId, { email }, command, make)
    },
  }
}
