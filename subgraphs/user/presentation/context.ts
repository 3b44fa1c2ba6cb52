import type { CommandContext, Mutate, Operations, RequestContext } from '@mercato/shared-kernel/application'
import type { Administration } from '#application/administration.ts'
import type { Users } from '#application/aggregates.ts'
import type { Changes } from '#application/changes.ts'
import type { OwnAccount } from '#application/own-account.ts'
import type { OwnNames } from '#application/own-names.ts'
import type { Passwords } from '#application/passwords.ts'
import type { Queries } from '#application/queries.ts'
import type { Registration } from '#application/registration.ts'
import type { SessionKeeper } from '#application/sessions.ts'
import type { SignIn } from '#application/sign-in.ts'
import type { UserDoc } from '#application/users-view.ts'
import type { SavedAddress } from '#domain/person.ts'

/** What this context can do for a request. */
export interface UseCases {
  readonly users: Users
  readonly registration: Registration
  readonly signIn: SignIn
  readonly sessions: SessionKeeper
  readonly passwords: Passwords
  readonly ownAccount: OwnAccount
  readonly ownNames: OwnNames
  readonly administration: Administration
  readonly queries: Queries
  readonly changes: Changes
  readonly mutate: Mutate
  readonly operations: Operations
  /** A command that is never answered twice: its answer holds secrets. */
  readonly commandOf: (request: RequestContext) => CommandContext
}

/** What the resolvers of this subgraph have at hand. */
export interface SubgraphContext extends RequestContext, UseCases {
  /** Accounts by id, batched within the request. */
  readonly userOf: (id: string) => Promise<UserDoc | undefined>
}

/** An account on its way to a client. */
export type ShownUser = UserDoc & {
  /** Its person has just proved to be it: by password, or with a token from the mailbox. */
  readonly isProved?: true
}

/** An entry of an address book that knows whether it is the default one. */
export interface BookEntry extends SavedAddress {
  readonly isDefault: boolean
}
