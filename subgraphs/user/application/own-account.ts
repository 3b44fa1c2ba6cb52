import type { CommandContext, IdempotencyOutcome, Ids, Viewer } from '@mercato/shared-kernel/application'
import { type AddressInput, parseAddress } from '@mercato/shared-kernel/domain'
import { changeProfile, type ProfileChanges } from '#domain/profile.ts'
import { addressNotFound, notFound } from '#domain/rejections.ts'
import type { UserCommand } from '#domain/user-commands.ts'
import type { Users } from './aggregates.ts'
import { isUuid, outcomeOf, refusal, requireRecentSignIn, userIdOf } from './outcome.ts'

interface AddressRef {
  readonly addressId: string
}

/** What people do with their own account. */
export interface OwnAccount {
  updateProfile(input: ProfileChanges, command: CommandContext): Promise<IdempotencyOutcome>
  addAddress(
    input: { readonly address: AddressInput; readonly asDefault?: boolean | null | undefined },
    command: CommandContext,
  ): Promise<IdempotencyOutcome>
  updateAddress(
    input: AddressRef & { readonly address: AddressInput },
    command: CommandContext,
  ): Promise<IdempotencyOutcome>
  removeAddress(input: AddressRef, command: CommandContext): Promise<IdempotencyOutcome>
  setDefaultAddress(input: AddressRef, command: CommandContext): Promise<IdempotencyOutcome>
  /** For good; needs a sign-in of the last ten minutes, else Fault FORBIDDEN. */
  erase(command: CommandContext, viewer: Viewer): Promise<IdempotencyOutcome>
}

export const createOwnAccount = ({ users, ids }: { readonly users: Users; readonly ids: Ids }): OwnAccount => {
  const run = async (make: (now: string) => UserCommand, command: CommandContext): Promise<IdempotencyOutcome> =>
    outcomeOf(await users.handle(userIdOf(command), make(command.now.toISOString()), command))

  const withAddress = async (
    { addressId }: AddressRef,
    command: CommandContext,
    make: (now: string) => UserCommand,
  ): Promise<IdempotencyOutcome> => (isUuid(addressId) ? run(make, command) : refusal(addressNotFound))

  return {
    async updateProfile(input, command) {
      const { state } = await users.load(userIdOf(command))
      if (state.status !== 'active') return refusal(notFound)
      const profile = changeProfile(state.person.profile, input)
      if (!profile.ok) return refusal(profile.rejection)
      return run(now => ({ type: 'UpdateProfile', data: { profile: profile.value, now } }), command)
    },

    async addAddress(input, command) {
      const address = parseAddress(input.address, ['address'])
      if (!address.ok) return refusal(address.rejection)
      const data = { addressId: ids.next(), address: address.value, asDefault: input.asDefault ?? false }
      return run(now => ({ type: 'AddAddress', data: { ...data, now } }), command)
    },

    async updateAddress(input, command) {
      const address = parseAddress(input.address, ['address'])
      if (!address.ok) return refusal(address.rejection)
      const { addressId } = input
      const data = { addressId, address: address.value }
      return withAddress(input, command, now => ({ type: 'UpdateAddress', data: { ...data, now } }))
    },

    removeAddress: (input, command) =>
      withAddress(input, command, now => ({ type: 'RemoveAddress', data: { addressId: input.addressId, now } })),

    setDefaultAddress: (input, command) =>
      withAddress(input, command, now => ({ type: 'SetDefaultAddress', data: { addressId: input.addressId, now } })),

    async erase(command, viewer) {
      userIdOf(command)
      requireRecentSignIn(command, viewer)
      return run(now => ({ type: 'EraseUser', data: { now } }), command)
    },
  }
}
