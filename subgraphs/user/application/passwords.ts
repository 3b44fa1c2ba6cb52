import type { CommandContext, IdempotencyOutcome, Ids } from '@mercato/shared-kernel/application'
import { canonicalEmail, parseEmail } from '@mercato/shared-kernel/domain'
import { canonicalPassword, checkPassword } from '#domain/password-policy.ts'
import { linkInvalid, notFound, passwordUnchanged, passwordWrong, tooManyAttempts } from '#domain/rejections.ts'
import type { Users } from './aggregates.ts'
import type { IdentityClaims } from './identity-claims.ts'
import { after, DISCREET, outcomeOf, refusal, userIdOf } from './outcome.ts'
import type { KeyedHash, LinkTokens, PasswordHasher, SignInAttempts } from './ports.ts'

const RESET_MS = 3_600_000

export interface Passwords {
  /** Keeps the session it is done in and ends all others. */
  change(
    input: { readonly currentPassword: string; readonly newPassword: string },
    command: CommandContext,
    sessionId: string,
  ): Promise<IdempotencyOutcome>
  /** Mails a link. The answer is the same whether there is such an account or not. */
  requestReset(input: { readonly email: string }, command: CommandContext): Promise<IdempotencyOutcome>
  /** Sets a new password through the link and ends every session. */
  reset(
    input: { readonly token: string; readonly password: string },
    command: CommandContext,
  ): Promise<IdempotencyOutcome>
}

export const createPasswords = (options: {
  readonly users: Users
  readonly identities: IdentityClaims
  readonly hasher: PasswordHasher
  readonly links: LinkTokens
  readonly attempts: SignInAttempts
  readonly keyedHash: KeyedHash
  readonly ids: Ids
}): Passwords => {
  const { users, identities, hasher, links, attempts, keyedHash, ids } = options

  return {
    async change({ currentPassword, newPassword }, command, sessionId) {
      const userId = userIdOf(command)
      const { state } = await users.load(userId)
      if (state.status !== 'active') return refusal(notFound)
      const secret = checkPassword(newPassword, { field: 'newPassword', ...state.person })
      if (!secret.ok) return refusal(secret.rejection)
      const key = keyedHash('change-password', userId)
      const { waitMs } = await attempts.begin(key, command.now)
      if (waitMs > 0) return refusal(tooManyAttempts(Math.ceil(waitMs / 1_000)))
      const present = canonicalPassword(currentPassword)
      if (!(await hasher.verify(state.passwordHash, present))) return refusal(passwordWrong)
      await attempts.clear(key)
      if (present === secret.value) return refusal(passwordUnchanged)
      const passwordHash = await hasher.hash(secret.value)
      const data = { passwordHash, checkedAgainst: state.passwordHash, sessionId, now: command.now.toISOString() }
      return outcomeOf(await users.handle(userId, { type: 'ChangePassword', data }, command))
    },

    async requestReset({ email }, command) {
      const address = parseEmail(email)
      if (!address.ok) return refusal(address.rejection)
      const userId = await identities.ownerOf(address.value)
      const now = command.now.toISOString()
      const link = { id: ids.next(), requestedAt: now, expiresAt: after(command.now, RESET_MS) }
      if (userId) await users.handle(userId, { type: 'RequestPasswordReset', data: { link, now } }, command)
      return DISCREET
    },

    async reset({ token, password }, command) {
      const opened = links.open('password-reset', token)
      if (!opened) return refusal(linkInvalid)
      const { state } = await users.load(opened.userId)
      if (state.status !== 'active') return refusal(linkInvalid)
      const secret = checkPassword(password, { field: 'password', ...state.person })
      if (!secret.ok) return refusal(secret.rejection)
      const passwordHash = await hasher.hash(secret.value)
      const data = { linkId: opened.linkId, passwordHash, now: command.now.toISOString() }
      const handled = await users.handle(opened.userId, { type: 'ResetPassword', data }, command)
      if (!handled.rejection) await attempts.clear(keyedHash('sign-in', canonicalEmail(state.person.email)))
      return outcomeOf(handled)
    },
  }
}
