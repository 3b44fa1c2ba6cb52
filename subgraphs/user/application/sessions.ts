import type { CommandContext, Ids } from '@mercato/shared-kernel/application'
import type { Rejection } from '@mercato/shared-kernel/domain'
import { refreshRefused } from '#domain/rejections.ts'
import { scopesOf } from '#domain/roles.ts'
import { LIFETIME_MS, type LiveSession, type SessionState } from '#domain/session.ts'
import type { ActiveUser } from '#domain/user-state.ts'
import type { Sessions, Users } from './aggregates.ts'
import { after } from './outcome.ts'
import type { AccessTokens, RefreshTokens } from './ports.ts'
import type { SigningKeyRing } from './signing-key-ring.ts'

/** What a sign-in or a refresh hands to the client. Never kept. */
export interface Grant {
  readonly sessionId: string
  readonly userId: string
  readonly accessToken: string
  readonly accessTokenExpiresAt: string
  readonly refreshToken: string
  readonly refreshTokenExpiresAt: string
}

export type Granted =
  | { readonly grant: Grant; readonly streamId: string; readonly revision: number; readonly rejection?: never }
  | { readonly rejection: Rejection; readonly grant?: never }

/** Whether a session is over because its person signed out everywhere since. */
export const isSignedOut = ({ sessionId, startedAt }: LiveSession, { signedOut }: ActiveUser): boolean =>
  signedOut !== undefined && startedAt <= signedOut.at && signedOut.except !== sessionId

/** Starts sessions for people who have proved who they are, and keeps them going. */
export interface SessionKeeper {
  start(user: ActiveUser, command: CommandContext): Promise<Granted>
  /** Hands out the next refresh token; a token that was used before ends the session for all who hold one. */
  refresh(input: { readonly refreshToken: string }, command: CommandContext): Promise<Granted>
}

export const createSessionKeeper = (options: {
  readonly users: Users
  readonly sessions: Sessions
  readonly refreshTokens: RefreshTokens
  readonly accessTokens: AccessTokens
  readonly keys: SigningKeyRing
  readonly ids: Ids
}): SessionKeeper => {
  const { users, sessions, refreshTokens, accessTokens, keys, ids } = options

  const grant = async (
    session: LiveSession,
    { person }: ActiveUser,
    refreshToken: string,
    now: Date,
  ): Promise<Grant> => {
    const { sessionId, userId, startedAt, expiresAt } = session
    const { roles, emailVerified } = person
    const claims = { userId, sessionId, roles, scopes: scopesOf(roles), emailVerified, authenticatedAt: startedAt }
    const access = await accessTokens.issue(await keys.signer(), claims, now)
    return {
      sessionId,
      userId,
      accessToken: access.token,
      accessTokenExpiresAt: access.expiresAt,
      refreshToken,
      refreshTokenExpiresAt: expiresAt,
    }
  }

  /** The token that the presented one has become: the one just made, or in the grace its successor. */
  const successorOf = (
    session: LiveSession,
    presented: { token: string; hash: string },
    next: { token: string; hash: string },
  ): string | undefined => {
    if (session.tokenHash === next.hash) return next.token
    const replaced = session.replaced.find(({ tokenHash }) => tokenHash === presented.hash)
    return replaced && refreshTokens.openSuccessor(presented.token, replaced.successor)
  }

  /** The account behind a session, if it may still be used. */
  const accountOf = async (session: SessionState): Promise<ActiveUser | undefined> => {
    if (session.status !== 'live') return undefined
    const { state } = await users.load(session.userId)
    return state.status === 'active' && !isSignedOut(session, state) ? state : undefined
  }

  return {
    async start(user, command) {
      const sessionId = ids.next()
      const { token, hash } = refreshTokens.issue(sessionId)
      const data = {
        sessionId,
        userId: user.person.id,
        tokenHash: hash,
        expiresAt: after(command.now, LIFETIME_MS),
        now: command.now.toISOString(),
      }
      const { state, streamId, revision } = await sessions.handle(sessionId, { type: 'StartSession', data }, command)
      if (state.status !== 'live') return { rejection: refreshRefused }
      return { grant: await grant(state, user, token, command.now), streamId, revision }
    },

    async refresh({ refreshToken }, command) {
      const opened = refreshTokens.open(refreshToken)
      if (!opened) return { rejection: refreshRefused }
      const { sessionId, hash } = opened
      const next = refreshTokens.issue(sessionId)
      const now = command.now.toISOString()
      const successor = refreshTokens.sealSuccessor(refreshToken, next.token)
      const data = { presentedHash: hash, tokenHash: next.hash, successor, now }
      const handled = await sessions.handle(sessionId, { type: 'RefreshSession', data }, command)
      const user = handled.rejection ? undefined : await accountOf(handled.state)
      if (!user || handled.state.status !== 'live') {
        const gone = { type: 'RevokeSession', data: { reason: 'account-closed', now } } as const
        if (handled.state.status === 'live' && !handled.rejection)
          await sessions.handle(sessionId, gone, { ...command, commandId: ids.next() })
        return { rejection: refreshRefused }
      }
      const token = successorOf(handled.state, { token: refreshToken, hash }, next)
      if (token === undefined) return { rejection: refreshRefused }
      const { streamId, revision } = handled
      return { grant: await grant(handled.state, user, token, command.now), streamId, revision }
    },
  }
}
