import type { CommandContext, IdempotencyOutcome, Ids, Metrics } from '@mercato/shared-kernel/application'
import { parseEmail } from '@mercato/shared-kernel/domain'
import { checkPassword } from '#domain/password-policy.ts'
import { linkInvalid } from '#domain/rejections.ts'
import type { MailedLink } from '#domain/user-events.ts'
import { parseUsername } from '#domain/username.ts'
import type { Users } from './aggregates.ts'
import type { IdentityClaims } from './identity-claims.ts'
import { after, DISCREET, outcomeOf, refusal } from './outcome.ts'
import type { LinkTokens, PasswordHasher } from './ports.ts'

const VERIFICATION_MS = 2 * 86_400_000

export interface RegisterInput {
  readonly email: string
  readonly username: string
  readonly password?: string | null | undefined
}

export interface Registration {
  /** E-mail and user name are unique; without a password the account waits for one to be set through the mailed link. */
  register(input: RegisterInput, command: CommandContext): Promise<IdempotencyOutcome>
  verifyEmail(input: { readonly token: string }, command: CommandContext): Promise<IdempotencyOutcome>
  /** Sets the first password through the link. */
  complete(
    input: { readonly token: string; readonly password: string },
    command: CommandContext,
  ): Promise<IdempotencyOutcome>
  /** Mails the link again. The answer is the same whether there is such an account or not. */
  resend(input: { readonly email: string }, command: CommandContext): Promise<IdempotencyOutcome>
}

export interface RegistrationDependencies {
  readonly users: Users
  readonly identities: IdentityClaims
  readonly hasher: PasswordHasher
  readonly links: LinkTokens
  readonly ids: Ids
  readonly metrics: Metrics
}

export const createRegistration = (dependencies: RegistrationDependencies): Registration => {
  const { users, identities, hasher, links, ids, metrics } = dependencies

  const newLink = ({ now }: CommandContext): MailedLink => ({
    id: ids.next(),
    requestedAt: now.toISOString(),
    expiresAt: after(now, VERIFICATION_MS),
  })

  const checked = ({ email, username, password }: RegisterInput) => {
    const address = parseEmail(email)
    if (!address.ok) return address
    const name = parseUsername(username)
    if (!name.ok) return name
    const identity = { email: address.value, username: name.value }
    if (password === undefined || password === null) return { ok: true, value: { identity } } as const
    const secret = checkPassword(password, { field: 'password', ...identity })
    return secret.ok ? ({ ok: true, value: { identity, password: secret.value } } as const) : secret
  }

  return {
    async register(input, command) {
      const given = checked(input)
      if (!given.ok) return refusal(given.rejection)
      const { identity, password } = given.value
      // The account is named after the command that made it: a retry finds its own claims and its own stream.
      const userId = command.commandId
      const passwordHash = password === undefined ? {} : { passwordHash: await hasher.hash(password) }
      const taken = await identities.take(userId, identity, command)
      if (taken) return refusal(taken)
      const now = command.now.toISOString()
      const data = { userId, ...identity, ...passwordHash, link: newLink(command), now }
      const handled = await users.handle(userId, { type: 'RegisterUser', data }, command)
      if (handled.state.status === 'abandoned') await identities.release(userId, identity)
      else await identities.confirm(userId, identity)
      if (!handled.rejection && !handled.repeated) metrics.count('mercato_users_registered_total')
      return outcomeOf(handled)
    },

    async verifyEmail({ token }, command) {
      const opened = links.open('verification', token)
      if (!opened) return refusal(linkInvalid)
      const data = { linkId: opened.linkId, now: command.now.toISOString() }
      return outcomeOf(await users.handle(opened.userId, { type: 'VerifyEmail', data }, command))
    },

    async complete({ token, password }, command) {
      const opened = links.open('verification', token)
      if (!opened) return refusal(linkInvalid)
      const { state } = await users.load(opened.userId)
      if (state.status !== 'pending') return refusal(linkInvalid)
      const secret = checkPassword(password, { field: 'password', ...state.person })
      if (!secret.ok) return refusal(secret.rejection)
      const passwordHash = await hasher.hash(secret.value)
      const data = { linkId: opened.linkId, passwordHash, now: command.now.toISOString() }
      return outcomeOf(await users.handle(opened.userId, { type: 'CompleteRegistration', data }, command))
    },

    async resend({ email }, command) {
      const address = parseEmail(email)
      if (!address.ok) return refusal(address.rejection)
      const userId = await identities.ownerOf(address.value)
      const data = { link: newLink(command), now: command.now.toISOString() }
      if (userId) await users.handle(userId, { type: 'RequestVerification', data }, command)
      return DISCREET
    },
  }
}
