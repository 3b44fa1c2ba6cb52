import {
  accept,
  type Command,
  type Decider,
  type Decision,
  type DomainEvent,
  reject,
} from '@mercato/shared-kernel/domain'
import { refreshRefused, sessionNotFound } from './rejections.ts'

const DAY_MS = 86_400_000
/** A session that nobody refreshes ends. */
export const IDLE_MS = 14 * DAY_MS
/** However busy, a session ends: the person signs in again. */
export const LIFETIME_MS = 60 * DAY_MS
/** How long a refresh token that was just replaced still leads to its successor: answers get lost on the way. */
export const GRACE_MS = 10_000

export type RevokedReason = 'signed-out' | 'token-reused' | 'account-closed'

export type SessionEvent =
  | DomainEvent<
      'SessionStarted',
      {
        readonly sessionId: string
        readonly userId: string
        readonly tokenHash: string
        readonly startedAt: string
        readonly expiresAt: string
      }
    >
  | DomainEvent<
      'SessionRefreshed',
      {
        readonly sessionId: string
        readonly userId: string
        readonly replacedHash: string
        readonly tokenHash: string
        /** The new token, encrypted under the one it replaces. */
        readonly successor: string
        readonly at: string
      }
    >
  | DomainEvent<
      'SessionRevoked',
      { readonly sessionId: string; readonly userId: string; readonly reason: RevokedReason; readonly at: string }
    >

export type SessionCommand =
  | Command<
      'StartSession',
      {
        readonly sessionId: string
        readonly userId: string
        readonly tokenHash: string
        readonly expiresAt: string
        readonly now: string
      }
    >
  | Command<
      'RefreshSession',
      {
        readonly presentedHash: string
        readonly tokenHash: string
        readonly successor: string
        readonly now: string
      }
    >
  | Command<'RevokeSession', { readonly reason: RevokedReason; readonly now: string }>

export interface Replaced {
  readonly tokenHash: string
  readonly successor: string
  readonly at: string
}

export interface LiveSession {
  readonly status: 'live'
  readonly sessionId: string
  readonly userId: string
  readonly tokenHash: string
  /** Tokens replaced within the grace before the last refresh, oldest first. */
  readonly replaced: readonly Replaced[]
  readonly startedAt: string
  readonly refreshedAt: string
  readonly expiresAt: string
}

export type SessionState =
  | { readonly status: 'none' }
  | LiveSession
  | {
      readonly status: 'revoked'
      readonly sessionId: string
      readonly userId: string
      readonly reason: RevokedReason
    }

const msBetween = (from: string, to: string): number => Date.parse(to) - Date.parse(from)

const start = (
  state: SessionState,
  { now, ...given }: Extract<SessionCommand, { type: 'StartSession' }>['data'],
): Decision<SessionEvent> =>
  state.status === 'none'
    ? accept({ type: 'SessionStarted', data: { ...given, startedAt: now } })
    : reject(sessionNotFound)

/**
 * Replaces the token. One that was replaced moments ago changes nothing (the caller hands out the same successor again);
 * any other is a token that two parties hold: the whole family ends.
 */
const refresh = (
  state: SessionState,
  { presentedHash, now, ...next }: Extract<SessionCommand, { type: 'RefreshSession' }>['data'],
): Decision<SessionEvent> => {
  if (state.status !== 'live') return reject(refreshRefused)
  const { sessionId, userId } = state
  if (now >= state.expiresAt || msBetween(state.refreshedAt, now) > IDLE_MS) return reject(refreshRefused)
  if (presentedHash === state.tokenHash)
    return accept({
      type: 'SessionRefreshed',
      data: { sessionId, userId, replacedHash: presentedHash, ...next, at: now },
    })
  const before = state.replaced.find(({ tokenHash }) => tokenHash === presentedHash)
  return before && msBetween(before.at, now) <= GRACE_MS
    ? accept()
    : accept({ type: 'SessionRevoked', data: { sessionId, userId, reason: 'token-reused', at: now } })
}

const revoke = (
  state: SessionState,
  { reason, now }: Extract<SessionCommand, { type: 'RevokeSession' }>['data'],
): Decision<SessionEvent> => {
  if (state.status === 'none') return reject(sessionNotFound)
  if (state.status === 'revoked') return accept()
  const { sessionId, userId } = state
  return accept({ type: 'SessionRevoked', data: { sessionId, userId, reason, at: now } })
}

const decide = (command: SessionCommand, state: SessionState): Decision<SessionEvent> => {
  switch (command.type) {
    case 'StartSession':
      return start(state, command.data)
    case 'RefreshSession':
      return refresh(state, command.data)
    case 'RevokeSession':
      return revoke(state, command.data)
  }
}

const evolve = (state: SessionState, event: SessionEvent): SessionState => {
  switch (event.type) {
    case 'SessionStarted':
      return { ...event.data, status: 'live', replaced: [], refreshedAt: event.data.startedAt }
    case 'SessionRefreshed': {
      if (state.status !== 'live') return state
      const { replacedHash, tokenHash, successor, at } = event.data
      const recent = state.replaced.filter(each => msBetween(each.at, at) <= GRACE_MS)
      const replaced = [...recent, { tokenHash: replacedHash, successor, at }]
      return { ...state, tokenHash, replaced, refreshedAt: at }
    }
    case 'SessionRevoked': {
      const { sessionId, userId, reason } = event.data
      return { status: 'revoked', sessionId, userId, reason }
    }
  }
}

/** One sign-in on one device: a family of refresh tokens, of which one is valid at a time. */
export const session: Decider<SessionState, SessionCommand, SessionEvent> = {
  initialState: { status: 'none' },
  decide,
  evolve,
}
