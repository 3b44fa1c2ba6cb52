import {
  type CommandContext,
  Fault,
  type Handled,
  type IdempotencyOutcome,
  type Viewer,
} from '@mercato/shared-kernel/application'
import type { Rejection } from '@mercato/shared-kernel/domain'

/** What a command leaves for the payload. */
export const outcomeOf = ({ streamId, revision, rejection }: Handled<unknown>): IdempotencyOutcome =>
  rejection ? { streamId, revision, rejection } : { streamId, revision }

/** Refused before any stream was touched. */
export const refusal = (rejection: Rejection): IdempotencyOutcome => ({ streamId: '', revision: -1, rejection })

/** Done, without telling which stream was written, or whether one was. */
export const DISCREET: IdempotencyOutcome = { streamId: '', revision: -1 }

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
export const isUuid = (text: string): boolean => UUID.test(text)

/** The signed-in person; Fault UNAUTHENTICATED when there is none. */
export const userIdOf = ({ actor }: CommandContext): string => {
  if (actor.kind !== 'user') throw new Fault('UNAUTHENTICATED', 'Please sign in.')
  return actor.id
}

/** How long ago a sign-in may lie before something that must not be done by whoever finds an open session. */
const RECENT_MS = 600_000

/** Fault FORBIDDEN unless the person has signed in within the last ten minutes. */
export const requireRecentSignIn = ({ now }: CommandContext, { user }: Viewer): void => {
  if (!user || now.getTime() - user.authenticatedAt * 1_000 > RECENT_MS)
    throw new Fault('FORBIDDEN', 'Sign in again to do this.')
}

/** ISO 8601 time some milliseconds after a moment. */
export const after = (now: Date, ms: number): string => new Date(now.getTime() + ms).toISOString()
