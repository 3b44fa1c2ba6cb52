import type { SessionEvent } from '#domain/session.ts'
import type { SigningKeyEvent } from '#domain/signing-keys.ts'
import type { UserEvent } from '#domain/user-events.ts'

/** Everything that stands in the log of this context. */
export type UserContextEvent = UserEvent | SessionEvent | SigningKeyEvent
