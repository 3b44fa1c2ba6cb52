import type { Clock, CommandContext, Ids } from '@mercato/shared-kernel/application'
import type { Role } from '#domain/roles.ts'
import type { UserCommand } from '#domain/user-commands.ts'
import type { Users } from './aggregates.ts'
import type { Registration } from './registration.ts'

export interface DemoUser {
  readonly email: string
  readonly username: string
  readonly password: string
  /** Beside CUSTOMER, which everybody has. */
  readonly roles: readonly Role[]
}

const demo = (username: string, ...roles: readonly Role[]): DemoUser => ({
  email: `${username}@mercato.local`,
  username,
  password: 'correct horse battery staple',
  roles,
})

/** One person for each role. */
export const DEMO_USERS: readonly DemoUser[] = [
  demo('customer'),
  demo('support', 'SUPPORT'),
  demo('merchandiser', 'MERCHANDISER'),
  demo('admin', 'ADMIN'),
]

/** Opens accounts through the commands that everybody uses; what is there already stays as it is. Returns their ids. */
export type SeedUsers = (people: readonly DemoUser[]) => Promise<readonly string[]>

export const createSeedUsers = (options: {
  readonly users: Users
  readonly registration: Registration
  readonly clock: Clock
  readonly ids: Ids
}): SeedUsers => {
  const { users, registration, clock, ids } = options

  const contextOf = (email: string, step: string): CommandContext => {
    const commandId = ids.derive('user.seed', `${email}/${step}`)
    return { actor: { kind: 'system', id: 'seed' }, commandId, correlationId: commandId, now: clock.now() }
  }

  const seed = async ({ email, username, password, roles }: DemoUser): Promise<string> => {
    const registering = contextOf(email, 'register')
    const userId = registering.commandId
    const send = (step: string, command: UserCommand) => users.handle(userId, command, contextOf(email, step))
    const { state: before } = await users.load(userId)
    if (before.status === 'none') {
      const { rejection } = await registration.register({ email, username, password }, registering)
      if (rejection) throw new TypeError(`cannot seed a demo user: ${rejection.code}`)
    }
    const { state } = await users.load(userId)
    if (state.status !== 'active') return userId
    const now = clock.now().toISOString()
    await send('verify', { type: 'VerifyEmail', data: { linkId: state.verification.link.id, now } })
    for (const role of roles) await send(`assign ${role}`, { type: 'AssignRole', data: { role, now } })
    return userId
  }

  return async people => {
    const userIds: string[] = []
    for (const person of people) userIds.push(await seed(person))
    return userIds
  }
}
