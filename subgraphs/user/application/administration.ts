import {
  type CommandContext,
  Fault,
  hasScope,
  type IdempotencyOutcome,
  type Viewer,
} from '@mercato/shared-kernel/application'
import { notFound } from '#domain/rejections.ts'
import type { Role } from '#domain/roles.ts'
import type { UserCommand } from '#domain/user-commands.ts'
import type { Users } from './aggregates.ts'
import { isUuid, outcomeOf, refusal, userIdOf } from './outcome.ts'

interface RoleInput {
  readonly userId: string
  readonly role: Role
}

/** What those with the scope `users:admin` do with accounts; Fault FORBIDDEN for everybody else. */
export interface Administration {
  assignRole(input: RoleInput, command: CommandContext, viewer: Viewer): Promise<IdempotencyOutcome>
  revokeRole(input: RoleInput, command: CommandContext, viewer: Viewer): Promise<IdempotencyOutcome>
  /** People may deactivate their own account, too. */
  deactivate(
    input: { readonly userId?: string | null | undefined },
    command: CommandContext,
    viewer: Viewer,
  ): Promise<IdempotencyOutcome>
}

export const createAdministration = ({ users }: { readonly users: Users }): Administration => {
  const run = async (userId: string, made: UserCommand, command: CommandContext): Promise<IdempotencyOutcome> =>
    isUuid(userId) ? outcomeOf(await users.handle(userId, made, command)) : refusal(notFound)

  const assertAdmin = (viewer: Viewer): void => {
    if (!hasScope(viewer, 'users:admin')) throw new Fault('FORBIDDEN', 'This needs the scope users:admin.')
  }

  return {
    async assignRole({ userId, role }, command, viewer) {
      assertAdmin(viewer)
      return run(userId, { type: 'AssignRole', data: { role, now: command.now.toISOString() } }, command)
    },

    async revokeRole({ userId, role }, command, viewer) {
      assertAdmin(viewer)
      const data = { role, byOneself: userId === userIdOf(command), now: command.now.toISOString() }
      return run(userId, { type: 'RevokeRole', data }, command)
    },

    async deactivate({ userId }, command, viewer) {
      const own = userIdOf(command)
      const whose = userId ?? own
      if (whose !== own) assertAdmin(viewer)
      return run(whose, { type: 'DeactivateUser', data: { now: command.now.toISOString() } }, command)
    },
  }
}
