import { type Aggregate, type ContextPorts, createAggregate, type EventCodec } from '@mercato/shared-kernel/application'
import { type SessionCommand, type SessionState, session } from '#domain/session.ts'
import { type SigningKeyCommand, type SigningKeyState, signingKeys } from '#domain/signing-keys.ts'
import { user } from '#domain/user.ts'
import type { UserCommand } from '#domain/user-commands.ts'
import type { UserState } from '#domain/user-state.ts'
import type { UserContextEvent } from './context-events.ts'

export const USER = 'user.User'
export const SESSION = 'user.Session'
export const SIGNING_KEYS = 'user.SigningKeys'

export type Users = Aggregate<UserState, UserCommand>
export type Sessions = Aggregate<SessionState, SessionCommand>
export type KeyRing = Aggregate<SigningKeyState, SigningKeyCommand>

export interface Aggregates {
  readonly users: Users
  readonly sessions: Sessions
  readonly keyRing: KeyRing
}

/** The aggregates of this context over its one log. */
export const createAggregates = (ports: ContextPorts, codec: EventCodec<UserContextEvent>): Aggregates => {
  const { store, ids, metrics } = ports
  const shared = { codec, store, ids, metrics }
  return {
    users: createAggregate({ category: USER, decider: user, ...shared }),
    sessions: createAggregate({ category: SESSION, decider: session, ...shared }),
    keyRing: createAggregate({ category: SIGNING_KEYS, decider: signingKeys, ...shared }),
  }
}
