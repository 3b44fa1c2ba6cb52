import { accept, type Decider, type Decision, type Rejection, reject } from '@mercato/shared-kernel/domain'
import { addAddress, removeAddress, setDefaultAddress, updateAddress } from './address-book.ts'
import { changeEmail, changeUsername, lapseClaims, requestEmailChange } from './identity-changes.ts'
import {
  completeRegistration,
  requestPasswordReset,
  requestVerification,
  resetPassword,
  verifyEmail,
} from './mailed-links.ts'
import {
  alreadyRegistered,
  deactivated,
  notFound,
  ownAdminRole,
  passwordWrong,
  pending,
  registrationExpired,
} from './rejections.ts'
import type { DataOf, UserCommand } from './user-commands.ts'
import type { SignedOutReason, UserEvent } from './user-events.ts'
import { type ActiveUser, evolve, isOpen, type UserState } from './user-state.ts'

const WHY_NOT_ACTIVE: Readonly<Record<Exclude<UserState['status'], 'active'>, Rejection>> = {
  none: notFound,
  abandoned: notFound,
  pending,
  deactivated,
  erased: notFound,
}

const whenActive = (state: UserState, then: (user: ActiveUser) => Decision<UserEvent>): Decision<UserEvent> =>
  state.status === 'active' ? then(state) : reject(WHY_NOT_ACTIVE[state.status])

const register = (state: UserState, data: DataOf<'RegisterUser'>): Decision<UserEvent> => {
  if (state.status === 'abandoned') return reject(registrationExpired)
  if (state.status !== 'none') return reject(alreadyRegistered)
  const { now, ...given } = data
  return accept({ type: 'UserRegistered', data: { ...given, roles: ['CUSTOMER'], registeredAt: now } })
}

const abandon = (state: UserState, { userId, now }: DataOf<'AbandonRegistration'>): Decision<UserEvent> =>
  state.status === 'none' ? accept({ type: 'RegistrationAbandoned', data: { userId, at: now } }) : accept()

const changePassword = (user: ActiveUser, data: DataOf<'ChangePassword'>): Decision<UserEvent> => {
  const { passwordHash, checkedAgainst, sessionId, now: at } = data
  if (user.passwordHash !== checkedAgainst) return reject(passwordWrong)
  const userId = user.person.id
  return accept(
    { type: 'PasswordSet', data: { userId, passwordHash, reason: 'change', at } },
    { type: 'SignedOutEverywhere', data: { userId, at, reason: 'password-changed', except: sessionId } },
  )
}

const signedOut = (userId: string, at: string, reason: SignedOutReason): UserEvent => ({
  type: 'SignedOutEverywhere',
  data: { userId, at, reason },
})

const updateProfile = (user: ActiveUser, { profile, now }: DataOf<'UpdateProfile'>): Decision<UserEvent> => {
  const { id: userId, profile: known } = user.person
  return known.displayName === profile.displayName && known.phone === profile.phone
    ? accept()
    : accept({ type: 'ProfileUpdated', data: { userId, profile, at: now } })
}

const assignRole = (user: ActiveUser, { role, now: at }: DataOf<'AssignRole'>): Decision<UserEvent> => {
  const { id: userId, roles } = user.person
  return roles.includes(role)
    ? accept()
    : accept({ type: 'RoleAssigned', data: { userId, role, roles: [...roles, role], at } })
}

const revokeRole = (user: ActiveUser, data: DataOf<'RevokeRole'>): Decision<UserEvent> => {
  const { role, byOneself, now: at } = data
  const { id: userId, roles } = user.person
  if (role === 'ADMIN' && byOneself) return reject(ownAdminRole)
  return roles.includes(role)
    ? accept({ type: 'RoleRevoked', data: { userId, role, roles: roles.filter(each => each !== role), at } })
    : accept()
}

const deactivate = (state: UserState, at: string): Decision<UserEvent> => {
  if (state.status === 'deactivated') return accept()
  if (!isOpen(state)) return reject(notFound)
  const userId = state.person.id
  return accept(signedOut(userId, at, 'deactivated'), { type: 'UserDeactivated', data: { userId, at } })
}

const erase = (state: UserState, at: string): Decision<UserEvent> => {
  if (state.status === 'erased') return accept()
  if (state.status !== 'deactivated' && !isOpen(state)) return reject(notFound)
  const userId = state.person.id
  return accept(signedOut(userId, at, 'erased'), { type: 'UserErased', data: { userId, at } })
}

const decide = (command: UserCommand, state: UserState): Decision<UserEvent> => {
  switch (command.type) {
    case 'RegisterUser':
      return register(state, command.data)
    case 'AbandonRegistration':
      return abandon(state, command.data)
    case 'RequestVerification':
      return requestVerification(state, command.data)
    case 'VerifyEmail':
      return verifyEmail(state, command.data)
    case 'CompleteRegistration':
      return completeRegistration(state, command.data)
    case 'RequestPasswordReset':
      return requestPasswordReset(state, command.data)
    case 'ResetPassword':
      return resetPassword(state, command.data)
    case 'ChangePassword':
      return whenActive(state, user => changePassword(user, command.data))
    case 'ChangeUsername':
      return whenActive(state, user => changeUsername(user, command.data))
    case 'RequestEmailChange':
      return whenActive(state, user => requestEmailChange(user, command.data))
    case 'ChangeEmail':
      return changeEmail(state, command.data)
    case 'LapseClaims':
      return lapseClaims(state, command.data)
    case 'SignOutEverywhere':
      return whenActive(state, ({ person }) => accept(signedOut(person.id, command.data.now, 'asked')))
    case 'UpdateProfile':
      return whenActive(state, user => updateProfile(user, command.data))
    case 'AddAddress':
      return whenActive(state, user => addAddress(user, command.data))
    case 'UpdateAddress':
      return whenActive(state, user => updateAddress(user, command.data))
    case 'RemoveAddress':
      return whenActive(state, user => removeAddress(user, command.data))
    case 'SetDefaultAddress':
      return whenActive(state, user => setDefaultAddress(user, command.data))
    case 'AssignRole':
      return whenActive(state, user => assignRole(user, command.data))
    case 'RevokeRole':
      return whenActive(state, user => revokeRole(user, command.data))
    case 'DeactivateUser':
      return deactivate(state, command.data.now)
    case 'EraseUser':
      return erase(state, command.data.now)
  }
}

/** An account: registered (pending without a password), active, deactivated, erased. */
export const user: Decider<UserState, UserCommand, UserEvent> = { initialState: { status: 'none' }, decide, evolve }
