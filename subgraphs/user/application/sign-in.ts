import type { CommandContext, IdempotencyOutcome, Ids, Metrics } from '@mercato/shared-kernel/application'
import { canonicalEmail, type Rejection } from '@mercato/shared-kernel/domain'
import { canonicalPassword } from '#domain/password-policy.ts'
import { refreshRefused, sessionNotFound, signInRefused, tooManyAttempts } from '#domain/rejections.ts'
import type { Sessions, Users } from './aggregates.ts'
import type { GuessingBudget } from './guessing-budget.ts'
import type { IdentityClaims } from './identity-claims.ts'
import { isUuid, outcomeOf, refusal, userIdOf } from './outcome.ts'
import type { KeyedHash, PasswordHasher, RefreshTokens, SignInAttempts } from './ports.ts'
import type { Granted, SessionKeeper } from './sessions.ts'

const LONGEST_EMAIL = 254
const LONGEST_PASSWORD = 1_024

export interface SignIn {
  /** The same answer after the same time for an unknown address, a wrong password, and an account that cannot sign in. */
  signIn(
    input: { readonly email: string; readonly password: string },
    command: CommandContext,
    apiKey: string,
  ): Promise<Granted>
  /** Ends the session of the refresh token, or else the one that the request was made in. */
  signOut(
    input: { readonly refreshToken?: string | null | undefined },
    command: CommandContext,
    sessionId: string | undefined,
  ): Promise<IdempotencyOutcome>
  /** Ends one of the person's own sessions. */
  revokeSession(input: { readonly sessionId: string }, command: CommandContext): Promise<IdempotencyOutcome>
  signOutEverywhere(command: CommandContext): Promise<IdempotencyOutcome>
}

export interface SignInDependencies {
  readonly users: Users
  readonly sessions: Sessions
  readonly keeper: SessionKeeper
  readonly identities: IdentityClaims
  readonly hasher: PasswordHasher
  readonly refreshTokens: RefreshTokens
  readonly attempts: SignInAttempts
  readonly budget: GuessingBudget
  readonly keyedHash: KeyedHash
  readonly ids: Ids
  readonly metrics: Metrics
}

export const createSignIn = (dependencies: SignInDependencies): SignIn => {
  const { users, sessions, keeper, identities, hasher, refreshTokens, attempts, budget, keyedHash, ids, metrics } =
    dependencies

  const revoke = async (sessionId: string, command: CommandContext): Promise<IdempotencyOutcome> => {
    const data = { reason: 'signed-out', now: command.now.toISOString() } as const
    return outcomeOf(await sessions.handle(sessionId, { type: 'RevokeSession', data }, command))
  }

  return {
    async signIn({ email, password }, command, apiKey) {
      const refuse = (outcome: 'refused' | 'throttled', rejection: Rejection): Granted => {
        metrics.count('mercato_sign_ins_total', { outcome })
        return { rejection }
      }
      if (email.length > LONGEST_EMAIL || password.length > LONGEST_PASSWORD) return refuse('refused', signInRefused)
      const key = keyedHash('sign-in', canonicalEmail(email))
      const now = command.now.getTime()
      const waitMs = budget.waitMs(apiKey, now) || (await attempts.begin(key, command.now)).waitMs
      if (waitMs > 0) return refuse('throttled', tooManyAttempts(Math.ceil(waitMs / 1_000)))
      const { state } = await users.load((await identities.ownerOf(email)) ?? ids.derive(key, 'nobody'))
      const hash = state.status === 'active' ? state.passwordHash : undefined
      const fits = await hasher.verify(hash, canonicalPassword(password))
      if (!fits || state.status !== 'active') {
        budget.spend(apiKey, now)
        return refuse('refused', signInRefused)
      }
      await attempts.clear(key)
      metrics.count('mercato_sign_ins_total', { outcome: 'accepted' })
      return keeper.start(state, command)
    },

    async signOut({ refreshToken }, command, sessionId) {
      if (refreshToken === undefined || refreshToken === null)
        return sessionId === undefined ? refusal(sessionNotFound) : revoke(sessionId, command)
      const opened = refreshTokens.open(refreshToken)
      return opened ? revoke(opened.sessionId, command) : refusal(refreshRefused)
    },

    async revokeSession({ sessionId }, command) {
      const userId = userIdOf(command)
      if (!isUuid(sessionId)) return refusal(sessionNotFound)
      const { state } = await sessions.load(sessionId)
      const own = state.status !== 'none' && state.userId === userId
      return own ? revoke(sessionId, command) : refusal(sessionNotFound)
    },

    async signOutEverywhere(command) {
      const data = { now: command.now.toISOString() }
      return outcomeOf(await users.handle(userIdOf(command), { type: 'SignOutEverywhere', data }, command))
    },
  }
}
