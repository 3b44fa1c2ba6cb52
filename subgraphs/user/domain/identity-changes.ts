import { accept, canonicalEmail, type Decision, reject } from '@mercato/shared-kernel/domain'
import { mayResend, opens } from './mailed-links.ts'
import {
  changeTooLate,
  emailChangedRecently,
  emailUnchanged,
  linkInvalid,
  mailedRecently,
  usernameChangedRecently,
} from './rejections.ts'
import type { DataOf } from './user-commands.ts'
import type { UserEvent } from './user-events.ts'
import { type ActiveUser, isOpen, type UserState } from './user-state.ts'

const DAY_MS = 86_400_000
/** Between two changes of a user name: people shall be recognised, and nobody collects names. */
export const RENAME_EVERY_MS = 30 * DAY_MS
/** Between two changes of the address: whoever broke in shall not run through mailboxes. */
export const NEW_EMAIL_EVERY_MS = DAY_MS

const within = (ms: number, since: string | undefined, now: string): boolean =>
  since !== undefined && Date.parse(now) - Date.parse(since) < ms

/** The claim on the new name has been given up in the meantime: somebody else may have it. */
const cameTooLate = ({ lapsedUntil }: ActiveUser, claimedUntil: string): boolean =>
  lapsedUntil !== undefined && claimedUntil <= lapsedUntil

export const changeUsername = (user: ActiveUser, data: DataOf<'ChangeUsername'>): Decision<UserEvent> => {
  const { username, claimedUntil, now: at } = data
  if (user.person.username === username) return accept()
  if (within(RENAME_EVERY_MS, user.renamedAt, at)) return reject(usernameChangedRecently)
  if (cameTooLate(user, claimedUntil)) return reject(changeTooLate)
  return accept({ type: 'UsernameChanged', data: { userId: user.person.id, username, at } })
}

/** Mails a link to the new address. Nothing changes before somebody who reads that mailbox follows it. */
export const requestEmailChange = (user: ActiveUser, data: DataOf<'RequestEmailChange'>): Decision<UserEvent> => {
  const { email, link, now } = data
  if (canonicalEmail(user.person.email) === canonicalEmail(email)) return reject(emailUnchanged)
  if (within(NEW_EMAIL_EVERY_MS, user.newEmailAt, now)) return reject(emailChangedRecently)
  if (!mayResend(user.emailChange, now)) return reject(mailedRecently)
  return accept({ type: 'EmailChangeRequested', data: { userId: user.person.id, email, link } })
}

/** The new mailbox is theirs. Clicking twice is no mistake. */
export const changeEmail = (state: UserState, data: DataOf<'ChangeEmail'>): Decision<UserEvent> => {
  const { linkId, claimedUntil, now: at } = data
  if (state.status !== 'active') return reject(linkInvalid)
  if (state.newEmailBy === linkId) return accept()
  const { emailChange, person } = state
  if (!opens(emailChange?.link, linkId, at) || person.pendingEmail === undefined) return reject(linkInvalid)
  if (cameTooLate(state, claimedUntil)) return reject(changeTooLate)
  return accept({ type: 'EmailChanged', data: { userId: person.id, email: person.pendingEmail, linkId, at } })
}

/** Names were claimed for a change that did not follow in time. Should it still come, it finds this. */
export const lapseClaims = (state: UserState, data: DataOf<'LapseClaims'>): Decision<UserEvent> => {
  const { until, now: at } = data
  if (!isOpen(state) || (state.lapsedUntil !== undefined && until <= state.lapsedUntil)) return accept()
  return accept({ type: 'NameClaimsLapsed', data: { userId: state.person.id, until, at } })
}
