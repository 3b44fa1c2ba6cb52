import type { Claims, CommandContext } from '@mercato/shared-kernel/application'
import { canonicalEmail, type Rejection } from '@mercato/shared-kernel/domain'
import { emailTaken, usernameTaken } from '#domain/rejections.ts'
import { canonicalUsername } from '#domain/username.ts'
import type { Users } from './aggregates.ts'
import { after } from './outcome.ts'
import type { KeyedHash } from './ports.ts'

export interface Identity {
  readonly email: string
  readonly username: string
}

/** Who has which address and which user name. Strongly consistent: it decides, no view does. */
export interface IdentityClaims {
  /** Takes both names for a new account, or neither. They are pending until {@link confirm}. */
  take(userId: string, identity: Identity, command: CommandContext): Promise<Rejection | undefined>
  /** The account exists. Doing it twice does nothing. */
  confirm(userId: string, identity: Identity): Promise<void>
  /** Gives both names back. */
  release(userId: string, identity: Identity): Promise<void>
  /** Gives the address back and keeps the user name: nobody shall pass for a person who was erased. */
  releaseEmail(userId: string, email: string): Promise<void>
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
  const emailOf = (email: string): Name => ({
    scope: EMAIL,
    value: keyedHash(EMAIL, canonicalEmail(email)),
  })
  const usernameOf = (username: string): Name => ({
    scope: USERNAME,
    value: keyedHash(USERNAME, canonicalUsername(username)),
  })
  const namesOf = ({ email, username }: Identity): readonly Name[] => [emailOf(email), usernameOf(username)]

  /**
   * Whoever claimed did not confirm in time. If their account exists the claim becomes final; if not, their stream is
   * closed first, so that an append that still comes finds it taken, and the name is free again.
   */
  const settle = async ({ scope, value }: Name, ownerId: string, command: CommandContext): Promise<boolean> => {
    const now = command.now.toISOString()
    const closing = { ...command, commandId: `${command.commandId}/abandon` }
    const { state } = await users.handle(
      ownerId,
      { type: 'AbandonRegistration', data: { userId: ownerId, now } },
      closing,
    )
    const free = state.status === 'abandoned' || (state.status === 'erased' && scope === EMAIL)
    if (free) await claims.release(scope, value, ownerId)
    else await claims.confirm(scope, value, ownerId)
    return free
  }

  const takeOne = async (userId: string, name: Name, command: CommandContext): Promise<boolean> => {
    const expiresAt = new Date(after(command.now, PENDING_MS))
    for (;;) {
      const outcome = await claims.claim(name.scope, name.value, userId, expiresAt)
      if (outcome.status === 'granted') return true
      if (!outcome.pending) return false
      const holder = await claims.holder(name.scope, name.value)
      if (holder && (!holder.pending || holder.expiresAt > command.now)) return false
      if (holder && !(await settle(name, holder.ownerId, command))) return false
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
    async confirm(userId, identity) {
      for (const { scope, value } of namesOf(identity)) await claims.confirm(scope, value, userId)
    },
    async release(userId, identity) {
      for (const { scope, value } of namesOf(identity)) await claims.release(scope, value, userId)
    },
    async releaseEmail(userId, email) {
      const { scope, value } = emailOf(email)
      await claims.release(scope, value, userId)
    },
    async settleExpired(command) {
      for (const { scope, value, ownerId } of await claims.expired(command.now, 100))
        await settle({ scope, value }, ownerId, { ...command, commandId: `${command.commandId}/${ownerId}` })
    },
    async ownerOf(email) {
      const { scope, value } = emailOf(email)
      return (await claims.holder(scope, value))?.ownerId
    },
  }
}
