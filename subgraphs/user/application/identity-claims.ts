import type { Claims, CommandContext } from '@mercato/shared-kernel/application'
import { canonicalEmail, type Rejection } from '@mercato/shared-kernel/domain'
import { emailTaken, usernameTaken } from '#domain/rejections.ts'
import type { UserState } from '#domain/user-state.ts'
import { canonicalUsername } from '#domain/username.ts'
import type { Users } from './aggregates.ts'
import { after } from './outcome.ts'
import type { KeyedHash } from './ports.ts'

export interface Identity {
  readonly email: string
  readonly username: string
}

/** One of both. */
export type NewName = { readonly email: string } | { readonly username: string }

/** Who has which address and which user name. Strongly consistent: it decides, no view does. */
export interface IdentityClaims {
  /** Takes both names for a new account, or neither. They are pending until {@link confirm}. */
  take(userId: string, identity: Identity, command: CommandContext): Promise<Rejection | undefined>
  /** Takes another name for an account; `until` is when the claim expires unless it is confirmed. Undefined when it is taken. */
  takeAnother(userId: string, name: NewName, command: CommandContext): Promise<{ readonly until: string } | undefined>
  /** The account has these names. Doing it twice does nothing. */
  confirm(userId: string, identity: Partial<Identity>): Promise<void>
  /** Gives names back. */
  release(userId: string, identity: Partial<Identity>): Promise<void>
  /** Settles claims whose owners did not confirm in time. */
  settleExpired(command: CommandContext): Promise<void>
  /** The account that holds an address, registered or about to be. */
  ownerOf(email: string): Promise<string | undefined>
}

const PENDING_MS = 30_000

interface Name {
  readonly scope: string
  readonly value: string
}

const EMAIL = 'email'
const USERNAME = 'username'

export const createIdentityClaims = ({
  claims,
  users,
  keyedHash,
}: {
  readonly claims: Claims
  readonly users: Users
  readonly keyedHash: KeyedHash
}): IdentityClaims => {
  const namesOf = ({ email, username }: Partial<Identity>): readonly Name[] => [
    ...(email === undefined ? [] : [{ scope: EMAIL, value: keyedHash(EMAIL, canonicalEmail(email)) }]),
    ...(username === undefined ? [] : [{ scope: USERNAME, value: keyedHash(USERNAME, canonicalUsername(username)) }]),
  ]

  /** Whether a name is the account's own. That of an erased person stays theirs: nobody shall pass for them. */
  const isOwn = (state: UserState, { scope, value }: Name): boolean => {
    if (state.status === 'none' || state.status === 'abandoned') return false
    if (state.status === 'erased') return scope === USERNAME
    return namesOf(state.person).some(own => own.scope === scope && own.value === value)
  }

  /**
   * Whoever claimed did not confirm in time. If the name is their account's by now the claim becomes final. If not, their stream
   * says first that it is given up, so that an append that still comes finds that, and then the name is free again.
   */
  const settle = async (
    name: Name,
    ownerId: string,
    expiresAt: Date,
    command: CommandContext,
  ): Promise<{ readonly free: boolean }> => {
    const { scope, value } = name
    const now = command.now.toISOString()
    const step = (what: string): CommandContext => ({ ...command, commandId: `${command.commandId}/${what}` })
    const abandon = { type: 'AbandonRegistration', data: { userId: ownerId, now } } as const
    let { state } = await users.handle(ownerId, abandon, step('abandon'))
    if (!isOwn(state, name)) {
      const lapse = { type: 'LapseClaims', data: { until: expiresAt.toISOString(), now } } as const
      state = (await users.handle(ownerId, lapse, step(`lapse/${value}`))).state
    }
    const free = !isOwn(state, name)
    if (free) await claims.release(scope, value, ownerId)
    else await claims.confirm(scope, value, ownerId)
    return { free }
  }

  /** When the claim expires; undefined when somebody else has the name. */
  const takeOne = async (userId: string, name: Name, command: CommandContext): Promise<string | undefined> => {
    const until = after(command.now, PENDING_MS)
    for (;;) {
      const outcome = await claims.claim(name.scope, name.value, userId, new Date(until))
      if (outcome.status === 'granted') return until
      if (!outcome.pending) return undefined
      const holder = await claims.holder(name.scope, name.value)
      if (holder && (!holder.pending || holder.expiresAt > command.now)) return undefined
      if (holder && !(await settle(name, holder.ownerId, holder.expiresAt, command)).free) return undefined
    }
  }

  return {
    async take(userId, identity, command) {
      const taken: Name[] = []
      for (const name of namesOf(identity)) {
        if (await takeOne(userId, name, command)) taken.push(name)
        else {
          for (const { scope, value } of taken) await claims.release(scope, value, userId)
          return name.scope === EMAIL ? emailTaken : usernameTaken
        }
      }
      return undefined
    },
    async takeAnother(userId, identity, command) {
      const [name] = namesOf(identity)
      const until = name && (await takeOne(userId, name, command))
      return until === undefined ? undefined : { until }
    },
    async confirm(userId, identity) {
      for (const { scope, value } of namesOf(identity)) await claims.confirm(scope, value, userId)
    },
    async release(userId, identity) {
      for (const { scope, value } of namesOf(identity)) await claims.release(scope, value, userId)
    },
    async settleExpired(command) {
      for (const { scope, value, ownerId, expiresAt } of await claims.expired(command.now, 100))
        await settle({ scope, value }, ownerId, expiresAt, {
          ...command,
          commandId: `${command.commandId}/${ownerId}/${value}`,
        })
    },
    async ownerOf(email) {
      const [name] = namesOf({ email })
      return name && (await claims.holder(name.scope, name.value))?.ownerId
    },
  }
}
