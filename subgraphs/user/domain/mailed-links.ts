import { accept, type Decision, reject } from '@mercato/shared-kernel/domain'
import { linkInvalid } from './rejections.ts'
import type { DataOf } from './user-commands.ts'
import type { MailedLink, UserEvent } from './user-events.ts'
import { isOpen, type SentLink, type UserState } from './user-state.ts'

const MINUTE_MS = 60_000
const MOST_DOUBLINGS = 10

/** One mail a minute at first; every further one that nobody uses doubles the wait, up to 17 hours. */
export const mayResend = (sent: SentLink | undefined, now: string): boolean => {
  if (!sent) return true
  const wait = MINUTE_MS * 2 ** Math.min(sent.unused - 1, MOST_DOUBLINGS)
  return sent.unused === 0 || Date.parse(now) - Date.parse(sent.link.requestedAt) >= wait
}

export const opens = (link: MailedLink | undefined, id: string, now: string): boolean =>
  link?.id === id && now < link.expiresAt

/** Sends the link again. Too soon, already verified or no open account: nothing happens, and the answer does not say so. */
export const requestVerification = (state: UserState, data: DataOf<'RequestVerification'>): Decision<UserEvent> => {
  if (!isOpen(state) || (state.status === 'active' && state.person.emailVerified)) return accept()
  if (!mayResend(state.verification, data.now)) return accept()
  return accept({ type: 'VerificationRequested', data: { userId: state.person.id, link: data.link } })
}

/** The mailbox is theirs. Clicking twice is no mistake. */
export const verifyEmail = (state: UserState, { linkId, now }: DataOf<'VerifyEmail'>): Decision<UserEvent> => {
  if (!isOpen(state)) return reject(linkInvalid)
  const { person, verification } = state
  if (person.emailVerified && verification.link.id === linkId) return accept()
  return opens(verification.link, linkId, now)
    ? accept({ type: 'EmailVerified', data: { userId: person.id, at: now } })
    : reject(linkInvalid)
}

const proven = (state: Extract<UserState, { status: 'pending' | 'active' }>, now: string): readonly UserEvent[] =>
  state.person.emailVerified ? [] : [{ type: 'EmailVerified', data: { userId: state.person.id, at: now } }]

/** Sets the first password through the link; whoever has the link has the mailbox. */
export const completeRegistration = (
  state: UserState,
  { linkId, passwordHash, now }: DataOf<'CompleteRegistration'>,
): Decision<UserEvent> => {
  if (state.status !== 'pending' || !opens(state.verification.link, linkId, now)) return reject(linkInvalid)
  const userId = state.person.id
  return accept(...proven(state, now), {
    type: 'PasswordSet',
    data: { userId, passwordHash, reason: 'registration', at: now },
  })
}

/** An account without a password gets the link that sets one. */
export const requestPasswordReset = (
  state: UserState,
  { link, now }: DataOf<'RequestPasswordReset'>,
): Decision<UserEvent> => {
  if (!isOpen(state)) return accept()
  const userId = state.person.id
  if (state.status === 'pending')
    return mayResend(state.verification, now)
      ? accept({ type: 'VerificationRequested', data: { userId, link } })
      : accept()
  return mayResend(state.reset, now) ? accept({ type: 'PasswordResetRequested', data: { userId, link } }) : accept()
}

/** Sets a new password through the link and ends every session. */
export const resetPassword = (
  state: UserState,
  { linkId, passwordHash, now }: DataOf<'ResetPassword'>,
): Decision<UserEvent> => {
  if (state.status !== 'active' || !opens(state.reset?.link, linkId, now)) return reject(linkInvalid)
  const userId = state.person.id
  return accept(
    ...proven(state, now),
    { type: 'PasswordSet', data: { userId, passwordHash, reason: 'reset', at: now } },
    { type: 'SignedOutEverywhere', data: { userId, at: now, reason: 'password-changed' } },
  )
}
